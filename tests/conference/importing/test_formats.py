"""Files of every format and encoding, whole and broken."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from conference.query import Kind
from tests.conference.importing.conftest import Bring

Rows = Callable[[Kind], list[dict[str, Any]]]

TABLE = (
    "职位名称,公司,薪资,地点,学历\n"
    "数据分析师,甲公司,15k-30k,北京,本科\n"
    "护士,海港医院,8千-1.2万/月,深圳,大专\n"
)


def titles(rows_of: Rows) -> set[str]:
    return {row.get("title_zh") or row["title_en"] for row in rows_of(Kind.JOBS)}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encoding_is_found_out(bring: Bring, rows_of: Rows, encoding: str) -> None:
    report = bring("jobs.csv", TABLE.encode(encoding))
    assert (report.rows, report.refused, report.problems.count("warning")) == (2, 0, 0)
    assert titles(rows_of) == {"数据分析师", "护士"}


def test_western_texts_of_old_programs_keep_their_accents(bring: Bring, rows_of: Rows) -> None:
    text = "Title;Company;Location\nIngénieur;Société Générale;Paris\nKöchin;Löwen;München\n"
    bring("jobs.csv", text.encode("cp1252"))
    assert titles(rows_of) == {"Ingénieur", "Köchin"}


def test_lines_in_several_encodings_are_each_read_and_reported(bring: Bring, rows_of: Rows) -> None:
    head, first, second, _ = TABLE.split("\n")
    lines = [head.encode(), first.encode("gb18030"), second.encode()]
    report = bring("jobs.csv", b"\n".join(lines) + b"\n")
    assert titles(rows_of) == {"数据分析师", "护士"}
    assert [(each.rule, each.place, each.hint) for each in report.problems.kept] == [
        ("mixed_encodings", "2", "gb18030")
    ]


@pytest.mark.parametrize("separator", ["\t", ";", "|"])
def test_the_separator_is_found_out(bring: Bring, rows_of: Rows, separator: str) -> None:
    bring("jobs.txt", TABLE.replace(",", separator))
    assert titles(rows_of) == {"数据分析师", "护士"}


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\r\r\n"])
def test_lines_may_end_in_any_way(bring: Bring, rows_of: Rows, ending: str) -> None:
    assert bring("jobs.csv", TABLE.replace("\n", ending)).rows == 2
    assert titles(rows_of) == {"数据分析师", "护士"}


def test_the_content_decides_and_not_the_name(bring: Bring, rows_of: Rows) -> None:
    assert bring("jobs.xlsx", TABLE).rows == 2
    assert bring("table.csv", workbook([["Title", "Company"], ["Cook", "Inn"]])).rows == 1
    assert titles(rows_of) == {"数据分析师", "护士", "Cook"}


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\n\n", "empty_file"),
        ("a.csv", b"1,2\n3,4\n", "no_headings"),
        ("a.csv", bytes(range(256)) * 20, "unknown_format"),
        ("a.xlsx", b"%PDF-1.4", "unknown_format"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old_excel"),
        ("a.zip", b"\x1f\x8b" + b"\0" * 60, "packed"),
        ("a.xml", b"<html><body/></html>", "unknown_format"),
        ("a.json", b'{"jobs": [', "broken_file"),
        pytest.param("a.csv", b"x," * 1_000_000, "too_many_columns", id="a million columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    bring: Bring, name: str, content: bytes, rule: str
) -> None:
    report = bring(name, content)
    assert [each.rule for each in report.problems.kept] == [rule]
    assert not report.outcome.changed
    assert not report.whole


@pytest.mark.parametrize("rest", ['工程师,乙公司,"10k-2', "工程师,乙公"])
def test_half_a_row_at_the_end_does_not_go_in(bring: Bring, rows_of: Rows, rest: str) -> None:
    report = bring("jobs.csv", TABLE + rest)
    assert titles(rows_of) == {"数据分析师", "护士"}
    assert [(each.rule, each.place) for each in report.problems.kept] == [("cut_off", "4")]


def test_a_row_of_a_million_cells_stops_no_other(bring: Bring, rows_of: Rows) -> None:
    report = bring("jobs.csv", "title,company\nNurse,A\n" + "x," * 1_000_000 + "\nCook,B\n")
    assert titles(rows_of) == {"Nurse", "Cook"}
    assert [(each.rule, each.place) for each in report.problems.kept] == [("too_many_columns", "3")]


def test_half_a_json_document_gives_the_records_before_the_break(
    bring: Bring, rows_of: Rows
) -> None:
    report = bring("a.json", '{"jobs": [{"title": "A", "company": "X"}, {"title": "B", "com')
    assert titles(rows_of) == {"A"}
    assert not report.whole


def test_json_lines_stand_each_for_itself(bring: Bring, rows_of: Rows) -> None:
    report = bring("a.jsonl", '{"title":"A","company":"X"}\n{bad\n[1]\n{"title":"B"}\n')
    assert titles(rows_of) == {"A", "B"}
    assert [(each.rule, each.place) for each in report.problems.kept] == [
        ("not_a_record", "2"),
        ("not_a_record", "3"),
    ]


def test_nested_objects_are_read_by_their_joined_names(bring: Bring, rows_of: Rows) -> None:
    job = {
        "title": "Nurse",
        "company": {"name": "Harbour"},
        "salary": {"min": 1000, "max": 2000, "currency": "EUR", "unit": "month"},
    }
    report = bring("jobs.json", json.dumps([job, 5]))
    (row,) = rows_of(Kind.JOBS)
    assert (row["salary_min"], row["salary_max"]) == (8_090, 16_180)
    assert [each.rule for each in report.problems.kept] == ["not_a_record"]


def test_linked_data_is_read_as_schema_org_means_it(bring: Bring, rows_of: Rows) -> None:
    posting = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Software Engineer",
        "description": "<p>Build <b>things</b>.</p>",
        "identifier": {"@type": "PropertyValue", "value": "1234567"},
        "datePosted": "2020-08-18",
        "validThrough": "2020-12-18T00:00",
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {"@type": "Organization", "name": "Harbour Software"},
        "jobLocation": [
            {"@type": "Place", "address": {"addressLocality": "Berlin", "addressCountry": "DE"}}
        ],
        "jobLocationType": "TELECOMMUTE",
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {"@type": "QuantitativeValue", "value": 40.0, "unitText": "HOUR"},
        },
        "educationRequirements": {"credentialCategory": "bachelor degree"},
        "experienceRequirements": {"monthsOfExperience": 60},
        "skills": "Go, Python",
    }
    bring("posting.json", json.dumps(posting))
    (row,) = rows_of(Kind.JOBS)
    owner = row.pop("institution_id")
    assert rows_of(Kind.INSTITUTIONS)[0] == {"id": owner, "name_en": "Harbour Software"}
    assert row == {
        "id": "job-1234567",
        "title_en": "Software Engineer",
        "description_en": "Build things.",
        "country": "DE",
        "city": "berlin",
        "remote": True,
        "employment": "full-time",
        "degree": "bachelor",
        "experience_years": 5,
        "salary_min": 47_606,
        "salary_max": 47_606,
        "salary_currency": "USD",
        "salary_unit": "HOUR",
        "salary_amount_min": 40.0,
        "salary_amount_max": 40.0,
        "skills_en": ["Go", "Python"],
        "openings": 1,
        "date_posted": "2020-08-18",
        "valid_through": "2020-12-18",
    }


def workbook(rows: list[list[Any]], *, cover: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    if cover:
        sheet.append(["第十八届大会"])
        sheet = book.create_sheet("招聘职位")
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_below_its_headings_wherever_they_stand(
    bring: Bring, rows_of: Rows
) -> None:
    rows = [
        ["2020年招聘计划"],
        [],
        ["职位名称", "用人单位", "薪资（万/年）", "招聘人数", "截止日期"],
        ["工程师", "甲公司", "24-36", 3, datetime(2020, 12, 31)],
        ["会计", "乙公司", 12, "=1+1", "#REF!"],
    ]
    report = bring("plan.xlsx", workbook(rows, cover=True))
    found = {row["title_zh"]: row for row in rows_of(Kind.JOBS)}
    engineer = found["工程师"]
    assert (engineer["salary_min"], engineer["salary_max"]) == (20_000, 30_000)
    assert (engineer["openings"], engineer["valid_through"]) == (3, "2020-12-31")
    assert found["会计"]["salary_min"] == 10_000
    assert [(each.rule, each.place) for each in report.problems.kept] == [
        ("formula_without_value", "招聘职位!5"),
        ("error_value", "招聘职位!5"),
        ("sheet_skipped", ""),
    ]


def test_a_zip_bomb_is_not_unpacked(bring: Bring) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 << 20))
    assert [each.rule for each in bring("a.xlsx", file.getvalue()).problems.kept] == ["too_large"]


def test_half_a_workbook_says_that_it_is_half(bring: Bring) -> None:
    content = workbook([["Title", "Company"], ["Cook", "Inn"]])
    report = bring("a.xlsx", content[: len(content) // 2])
    assert [each.rule for each in report.problems.kept] == ["incomplete"]
