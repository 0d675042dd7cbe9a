"""What stands in spreadsheets beside a plain table: merged cells, remarks, hidden sheets; and what
else is called a spreadsheet."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from conference.catalogue import Catalogue
from conference.importing import Request, import_file
from conference.query import Kind
from tests.conference.importing.conftest import Bring

Rows = Callable[[Kind], list[dict[str, Any]]]

FILES = Path(__file__).with_name("files")
PAGE = """<html><head><meta charset="gb2312">
<style>td{{mso-number-format:"\\@";}}</style></head><body>
<table><tr><td colspan=3>人才需求目录</td></tr><tr><th>单位<th>岗位名称<th>薪酬待遇</tr>
<tr><td rowspan=2>海港大学</td><td>教授&nbsp;&amp; 博导</td><td>年薪60-100万元</td></tr>
<tr><td>讲师<br>（两名）</td><td>年薪25万起</td></tr></table>{}</body></html>"""
XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Jobs"><Table>
<Row><Cell><Data ss:Type="String">Job Title</Data></Cell><Cell><Data>Employer</Data></Cell>
<Cell><Data>City</Data></Cell><Cell><Data>Closing date</Data></Cell></Row>
<Row><Cell><Data>Hydrologist</Data></Cell><Cell ss:Index="3"><Data>Delft, Netherlands</Data></Cell>
<Cell><Data ss:Type="DateTime">2020-11-01T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?><source><publisher>Board</publisher><job>
<title><![CDATA[Chef]]></title><date>2020-08-01</date><referencenumber>7</referencenumber>
<company><name>Inn</name></company><city>Lyon</city><country>FR</country>
<salary>€2500 per month</salary></job></source>"""


def saved(
    sheets: dict[str, list[list[Any]]],
    *,
    merged: tuple[str, ...] = (),
    hidden: tuple[str, ...] = (),
) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for each in merged:
            sheet.merge_cells(each)
        if title in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def titles(rows_of: Rows, kind: Kind = Kind.JOBS) -> set[str]:
    names = ("title_zh", "title_en", "name_zh", "name_en")
    return {next(row[each] for each in names if each in row) for row in rows_of(kind)}


def owners(rows_of: Rows) -> dict[str, str | None]:
    names = {
        row["id"]: row.get("name_zh") or row.get("name_en") for row in rows_of(Kind.INSTITUTIONS)
    }
    return {
        row.get("title_zh") or row["title_en"]: names.get(row.get("institution_id"))
        for row in rows_of(Kind.JOBS)
    }


def test_merged_cells_hold_for_each_row_that_they_span(bring: Bring, rows_of: Rows) -> None:
    table = [["单位", "岗位"], ["海港大学", "教授"], [None, "讲师"], ["内陆研究院", "研究员"]]
    bring("jobs.xlsx", saved({"岗位": table}, merged=("A2:A3",)))
    assert owners(rows_of) == {"教授": "海港大学", "讲师": "海港大学", "研究员": "内陆研究院"}


def test_headings_in_two_rows_are_read_from_the_lower(bring: Bring, rows_of: Rows) -> None:
    table = [
        ["岗位", "单位", "薪酬", None],
        [None, None, "月薪", "年薪"],
        ["教授", "海港大学", None, "50万"],
        ["助理", "海港大学", "6000", "面议"],
    ]
    bring("jobs.xlsx", saved({"岗位": table}, merged=("A1:A2", "B1:B2", "C1:D1")))
    pay = {row["title_zh"]: (row["salary_unit"], row["salary_min"]) for row in rows_of(Kind.JOBS)}
    assert pay == {"教授": ("YEAR", 41_666), "助理": ("MONTH", 6_000)}


@pytest.mark.parametrize(
    "remark", ["注：以上为税前", "制表人：李四", "小计：2个岗位", "共 2 个岗位", "Note: gross pay"]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_remark_below_a_table_is_no_record(
    bring: Bring, rows_of: Rows, remark: str, ending: str
) -> None:
    table = [["职位", "公司", "城市"], ["厨师", "甲", "深圳"], [], [remark, "", "2020-09-01"]]
    text = "\n".join(",".join(row) for row in table)
    report = bring(f"jobs.{ending}", saved({"Jobs": table}) if ending == "xlsx" else text + "\n")
    assert titles(rows_of) == {"厨师"}
    assert report.refused == 0
    (problem,) = report.problems.kept
    assert (problem.rule, problem.level) in {("note_row", "note"), ("total_row", "note")}


def test_headings_in_two_rows_stand_for_each_other_where_one_is_empty(
    bring: Bring, rows_of: Rows
) -> None:
    table = (
        "附件,,,,,\n引才需求表,,,,,\n序号,用人单位,岗位需求,,待遇,\n,,岗位名称,人数,月薪（元）,年薪（万元）\n"
        "1,甲医院,心内科主任,1,,80-100\n2,乙学校,数学教师,5,12000-18000,\n合计,,,6,,\n"
    )
    report = bring("需求表.csv", table)
    assert owners(rows_of) == {"心内科主任": "甲医院", "数学教师": "乙学校"}
    assert {row["salary_unit"] for row in rows_of(Kind.JOBS)} == {"YEAR", "MONTH"}
    assert report.refused == 0


def test_a_second_table_on_a_sheet_has_its_own_headings(bring: Bring, rows_of: Rows) -> None:
    rows = [
        ["一、招聘岗位"],
        ["岗位名称", "单位", "人数"],
        ["教授", "甲大学", 2],
        [],
        ["二、合作项目"],
        ["项目名称", "单位", "国家"],
        ["联合实验室", "乙大学", "德国"],
    ]
    bring("两表.xlsx", saved({"Sheet1": rows}))
    assert titles(rows_of) == {"教授"}
    assert titles(rows_of, Kind.PROGRAMS) == {"联合实验室"}


def test_a_record_of_one_cell_is_a_record(bring: Bring, rows_of: Rows) -> None:
    bring("list.csv", "institution,country\nHarbour Lab,\nSea School,\n")
    assert titles(rows_of, Kind.INSTITUTIONS) == {"Harbour Lab", "Sea School"}


def test_a_title_that_speaks_of_notes_stays(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", "title,company\nNotes editor,A\nTotal quality manager,A\n联系人服务专员,B\n")
    assert titles(rows_of) == {"Notes editor", "Total quality manager", "联系人服务专员"}


def test_headings_that_are_repeated_on_every_page_are_no_records(
    bring: Bring, rows_of: Rows
) -> None:
    report = bring("jobs.csv", "职位,公司\n厨师,甲\n职位,公司\n司机,乙\n")
    assert titles(rows_of) == {"厨师", "司机"}
    assert not report.problems.kept


def test_a_line_drawn_below_the_headings_is_no_record(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.md", "| Title | Company |\n|-------|:-------:|\n| Nurse | A |\n")
    assert titles(rows_of) == {"Nurse"}


def test_hidden_sheets_are_not_read_and_named(bring: Bring, rows_of: Rows) -> None:
    sheets = {
        "Jobs": [["Title", "Company"], ["Welder", "Yard"]],
        "2019": [["Title", "Company"], ["Painter", "Yard"]],
        "Lists": [["IT"], ["Energy"]],
    }
    report = bring("jobs.xlsx", saved(sheets, hidden=("2019", "Lists")))
    assert titles(rows_of) == {"Welder"}
    assert [(each.rule, each.value) for each in report.problems.kept] == [("hidden_sheet", "2019")]


def test_a_sheet_without_headings_is_named(bring: Bring, rows_of: Rows) -> None:
    sheets = {"Jobs": [["Title", "Company"], ["Welder", "Yard"]], "More": [["Painter", "Yard"]]}
    report = bring("jobs.xlsx", saved(sheets))
    assert titles(rows_of) == {"Welder"}
    assert [(each.rule, each.value) for each in report.problems.kept] == [("sheet_skipped", "More")]


def test_a_formula_in_the_last_column_is_seen_to_be_without_its_value(bring: Bring) -> None:
    report = bring("jobs.xlsx", saved({"Jobs": [["Title", "Openings"], ["Cook", "=1+1"]]}))
    assert [each.rule for each in report.problems.kept] == ["formula_without_value"]


def test_excel_s_old_format_is_read(store: Catalogue, rows_of: Rows) -> None:
    report = import_file(store, FILES / "programmes.xls", Request())
    found = {row["name_en"]: row for row in rows_of(Kind.PROGRAMS)}
    assert {name: row["date_posted"] for name, row in found.items()} == {
        "Arctic ice": "2020-08-01",
        "Sea wind": "2020-08-02",
    }
    assert len({row["institution_id"] for row in found.values()}) == 1  # merged cells
    assert [(each.rule, each.value) for each in report.problems.kept] == [("hidden_sheet", "2019")]


def test_libreoffice_s_format_is_read(bring: Bring, rows_of: Rows) -> None:
    cells = (("Programme", "Country"), ("Smart irrigation", "Netherlands"))
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{each}</text:p>'
            "</table:table-cell>"
            for each in row
        )
        + "</table:table-row>"
        for row in cells
    )
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{oasis}:office:1.0" xmlns:text="{oasis}:text:1.0" '
        f'xmlns:table="{oasis}:table:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<manifest xmlns="{oasis}:manifest:1.0"/>')
    bring("programmes.ods", file.getvalue())
    (row,) = rows_of(Kind.PROGRAMS)
    assert (row["name_en"], row["country"]) == ("Smart irrigation", "NL")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_web_page_called_xls_is_read(bring: Bring, rows_of: Rows, encoding: str) -> None:
    bring("目录.xls", PAGE.format("").encode(encoding))
    assert owners(rows_of) == {"教授 & 博导": "海港大学", "讲师 （两名）": "海港大学"}
    assert {row["salary_min"] for row in rows_of(Kind.JOBS)} == {50_000, 20_833}


def test_a_web_page_in_a_single_file_is_read(bring: Bring, rows_of: Rows) -> None:
    head = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    bring("目录.mht", head + PAGE.format(""))
    assert titles(rows_of) == {"教授 & 博导", "讲师 （两名）"}


def test_excel_2003_s_xml_is_read(bring: Bring, rows_of: Rows) -> None:
    bring("export.xls", XML_2003)
    (row,) = rows_of(Kind.JOBS)
    assert (row["title_en"], row["country"], row["valid_through"]) == (
        "Hydrologist",
        "NL",
        "2020-11-01",
    )


def test_linked_data_in_a_page_comes_before_its_tables(bring: Bring, rows_of: Rows) -> None:
    posting = '{"@type": "JobPosting", "title": "Baker", "hiringOrganization": "Brot AG"}'
    report = bring(
        "page.html",
        PAGE.format(
            f'<script type="application/ld+json">{{"@type": "Organization", "name": "B"}}</script>'
            f'<script type="application/ld+json">{posting}</script>'
        ),
    )
    assert titles(rows_of) == {"Baker"}
    assert not report.problems.kept


def test_a_feed_in_xml_is_read(bring: Bring, rows_of: Rows) -> None:
    bring("feed.xml", FEED)
    (row,) = rows_of(Kind.JOBS)
    assert (row["id"], row["city"], row["salary_min"], row["date_posted"]) == (
        "job-7",
        "lyon",
        20_225,
        "2020-08-01",
    )


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "locked",
        ),
        ("a.html", b"<html><body>nothing</body></html>", "unknown_format"),
        ("a.xml", b"<a><b>1</b></a>", "unknown_format"),
        ("a.xml", b"<a><b><c>1</c></b><b>", "broken_file"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY x "x">]><a><b><c>&x;</c></b></a>', "broken_file"),
    ],
)
def test_what_cannot_be_read_is_told_apart(
    bring: Bring, name: str, content: bytes, rule: str
) -> None:
    assert [each.rule for each in bring(name, content).problems.kept] == [rule]


def test_a_packed_table_is_to_be_unpacked(bring: Bring) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("jobs.csv", "title\nCook\n")
    assert [each.rule for each in bring("jobs.zip", file.getvalue()).problems.kept] == ["packed"]


def test_a_pipe_is_not_waited_for(store: Catalogue, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    report = import_file(store, tmp_path / "pipe.csv", Request())
    assert [each.rule for each in report.problems.kept] == ["no_file"]


@pytest.mark.parametrize("place", range(0, 5_000, 250))
def test_a_damaged_old_workbook_ends_in_a_line(
    store: Catalogue, tmp_path: Path, place: int
) -> None:
    content = bytearray((FILES / "programmes.xls").read_bytes())
    content[place : place + 200] = b"\xff" * 200
    path = tmp_path / "damaged.xls"
    path.write_bytes(content)
    report = import_file(store, path, Request(dry_run=True))
    assert report.rows or report.problems.count("error")


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8])
def test_a_damaged_workbook_ends_in_a_line(bring: Bring, share: float) -> None:
    content = bytearray(saved({"Jobs": [["Title", "Company"], *[["Cook", "Inn"]] * 500]}))
    place = int(len(content) * share)
    content[place : place + 20] = b"\xff" * 20
    report = bring("jobs.xlsx", bytes(content))
    assert report.rows or report.problems.count("error")
