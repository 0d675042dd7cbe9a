"""Columns as job boards, recruiting programs and conference software name and fill them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from conference.importing.cells import whole_number
from conference.query import Kind
from tests.conference.importing.conftest import Bring

Rows = Callable[[Kind], list[dict[str, Any]]]


def rules(report: Any) -> list[str]:
    return [each.rule for each in report.problems.kept if each.level != "note"]


def test_names_in_one_word_with_what_they_are_of_are_read(bring: Bring, rows_of: Rows) -> None:
    job = {
        "jobName": "保洁",
        "salaryDesc": "25-30元/时",
        "jobExperience": "经验不限",
        "jobDegree": "大专",
        "cityName": "拉萨",
        "brandName": "高原物业",
        "bossName": "李女士",
    }
    assert not rules(bring("list.json", json.dumps({"data": {"jobList": [job]}})))
    (row,) = rows_of(Kind.JOBS)
    (owner,) = rows_of(Kind.INSTITUTIONS)
    assert (row["city"], row["degree"], row["salary_unit"]) == ("lhasa", "associate", "HOUR")
    assert owner["name_zh"] == "高原物业"


def test_objects_in_a_record_are_read_and_of_lists_the_first(bring: Bring, rows_of: Rows) -> None:
    job = {
        "id": 1,
        "Descriptor": {
            "PositionTitle": "Physicist",
            "OrganizationName": "Bureau of Standards",
            "PositionLocation": [{"CityName": "Berlin"}, {"CityName": "Munich"}],
        },
        "location": {"display_name": "Munich, Germany"},
        "departments": [{"id": 2, "name": "Sales"}],
        "content": "&lt;p&gt;Build &lt;b&gt;things&lt;/b&gt;.&lt;/p&gt;",
    }
    bring("jobs.json", json.dumps([job]))
    (row,) = rows_of(Kind.JOBS)
    (owner,) = rows_of(Kind.INSTITUTIONS)
    assert (row["title_en"], row["city"]) == ("Physicist", "munich")
    assert row["description_en"] == "Build things."
    assert owner["name_en"] == "Bureau of Standards"


def test_either_name_in_a_heading_will_do(bring: Bring, rows_of: Rows) -> None:
    bring(
        "意向.csv",
        "意向名称,意向类型,国别/地区,Organisation/Company\n引进工艺,技术需求,俄罗斯,甲\n",
    )
    (row,) = rows_of(Kind.INTENTIONS)
    assert (row["country"], row["direction"]) == ("RU", "seek")
    assert row["institution_id"]


@pytest.mark.parametrize(
    "document",
    [
        {"title": ["Cook", "Nurse"], "company": ["Inn", "Ward"]},
        {"17": {"title": "Cook", "company": "Inn"}, "18": {"title": "Nurse", "company": "Ward"}},
        {"columns": ["title", "company"], "data": [["Cook", "Inn"], ["Nurse", "Ward"]]},
        [["title", "company"], ["Cook", "Inn"], ["Nurse", "Ward"]],
    ],
)
def test_json_of_any_layout_gives_its_records(bring: Bring, rows_of: Rows, document: Any) -> None:
    assert not rules(bring("jobs.json", json.dumps(document)))
    assert {row["title_en"] for row in rows_of(Kind.JOBS)} == {"Cook", "Nurse"}
    assert {row["name_en"] for row in rows_of(Kind.INSTITUTIONS)} == {"Inn", "Ward"}


@pytest.mark.parametrize(
    ("name", "indent", "between"),
    [
        ("jobs.json", None, ""),
        ("jobs.json", None, "\n"),
        ("jobs.json", 1, ""),
        ("jobs.jsonl", None, "\n"),
        ("jobs.jsonl", 1, "\n"),
    ],
)
def test_several_documents_may_stand_in_one_file(
    bring: Bring, rows_of: Rows, name: str, indent: int | None, between: str
) -> None:
    jobs = [{"title": each, "company": "Inn", "tags": []} for each in ("Cook", "Nurse")]
    text = between.join(json.dumps(each, indent=indent) for each in jobs)
    assert not rules(bring(name, text))
    assert {row["title_en"] for row in rows_of(Kind.JOBS)} == {"Cook", "Nurse"}


def test_duties_and_requirements_are_both_in_the_description(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", "职位,公司,岗位职责,任职要求\n护士,甲,照护病人,有护士证\n司机,乙,,有驾照\n")
    texts = {row["title_zh"]: row["description_zh"] for row in rows_of(Kind.JOBS)}
    assert texts == {"护士": "岗位职责：照护病人\n\n任职要求：有护士证", "司机": "有驾照"}


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("title,company,status\nCook,Inn,open\nNurse,Ward,Closed\n", Kind.JOBS),
        ("title,company,招聘状态\nCook,Inn,招聘中\nNurse,Ward,已下线\n", Kind.JOBS),
        (
            "Proposal title,State,Start\nCook,confirmed,2020-09-08 10:00\nNurse,rejected,\n"
            "Waiter,withdrawn,2020-09-08 11:00\n",
            Kind.EVENTS,
        ),
    ],
)
def test_what_is_closed_or_not_accepted_stays_out(
    bring: Bring, rows_of: Rows, table: str, kind: Kind
) -> None:
    report = bring("list.csv", table)
    assert [row.get("title_en") or row["name_en"] for row in rows_of(kind)] == ["Cook"]
    assert report.refused == 0
    assert {each.rule for each in report.problems.kept} == {"not_open"}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2020年10月", "2020-10-31"),
        ("2021-2", "2021-02-28"),
        ("2020年12月底", "2020-12-31"),
        ("2020年底", "2020-12-31"),
        ("Dec 2020", "2020-12-31"),
        ("长期招聘", None),
        ("招满为止", None),
        ("until filled", None),
    ],
)
def test_a_deadline_may_be_a_month_or_open(
    bring: Bring, rows_of: Rows, said: str, day: str | None
) -> None:
    assert not rules(bring("jobs.csv", f"职位,公司,截止日期\n护士,甲,{said}\n"))
    (row,) = rows_of(Kind.JOBS)
    assert row.get("valid_through") == day


def test_pay_without_a_currency_is_in_that_of_the_country(bring: Bring, rows_of: Rows) -> None:
    table = "title,city,salary_min,salary_max\nCook,London,50000,60000\nNurse,Shenzhen,9000,12000\n"
    report = bring("jobs.csv", table)
    pay = {row["title_en"]: row for row in rows_of(Kind.JOBS)}
    assert (pay["Cook"]["salary_currency"], pay["Cook"]["salary_unit"]) == ("GBP", "YEAR")
    assert (pay["Nurse"]["salary_currency"], pay["Nurse"]["salary_unit"]) == ("CNY", "MONTH")
    assert rules(report) == ["currency_guessed", "salary_guessed"]


@pytest.mark.parametrize(
    ("text", "number"), [("招2人", 2), ("招若干人", 1), ("若干名", 1), ("3-5人", 3), ("很多", None)]
)
def test_how_many_are_wanted(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_damaged_bytes_do_not_change_the_encoding_of_a_file(bring: Bring, rows_of: Rows) -> None:
    lines = [f"工程师{number},甲公司,深圳市南山区\n" for number in range(20)]
    text = "".join(["职位,公司,城市\n", *lines]).encode("gb18030")
    place = text.index("工程师7".encode("gb18030"))
    report = bring("jobs.csv", text[:place] + b"\xff" + text[place:])
    assert len(rows_of(Kind.JOBS)) == 20
    assert [(each.rule, each.place) for each in report.problems.kept] == [("odd_characters", "9")]


def test_accents_are_western_and_not_japanese(bring: Bring, rows_of: Rows) -> None:
    table = "Job title;Company;City\nPostdoc » Optics;Società;Milano\nForschung;Universität;Köln\n"
    bring("jobs.csv", table.encode("cp1252"))
    assert {row["title_en"] for row in rows_of(Kind.JOBS)} == {"Postdoc » Optics", "Forschung"}


def test_a_few_zero_bytes_in_a_short_file_are_left_out(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", "title,company\nCook\0,Inn\0\0\n")
    assert [row["title_en"] for row in rows_of(Kind.JOBS)] == ["Cook"]


@pytest.mark.parametrize(
    "quoted", ['"Cook,Inn\nNurse,Ward\n', '"Cook,Inn\nNurse,Ward\nBaker,Mill\n']
)
def test_a_quotation_mark_that_is_never_closed_is_named(bring: Bring, quoted: str) -> None:
    report = bring("jobs.csv", "title,company\n" + quoted)
    assert [(each.rule, each.place) for each in report.problems.kept] == [("quote_open", "2")]


def test_a_language_in_brackets_says_which_name_it_is(bring: Bring, rows_of: Rows) -> None:
    table = (
        "参展单位（中文）,参展单位（英文）,国家,电子邮箱\n"
        "海港大学,Harbour University,中国,无\n,Technion,以色列,\n"
    )
    assert not rules(bring("名单.csv", table))
    names = {(row.get("name_zh"), row["name_en"]) for row in rows_of(Kind.INSTITUTIONS)}
    assert names == {("海港大学", "Harbour University"), (None, "Technion")}


@pytest.mark.parametrize(
    ("said", "starts", "ends"),
    [
        ("9月8日,09:00-10:30", "08T09:00", "08T10:30"),
        ("9月10日（周四）,全天", "10T00:00", "11T00:00"),
        ("Tuesday 8 September 2020,2 pm", "08T14:00", None),
        ('"Wed, Sep 9, 2020",10:00 AM', "09T10:00", None),
        ("Sep 9,10:00", "09T10:00", None),
        ("2020-09-08 星期二,上午9:30", "08T09:30", None),
    ],
)
def test_a_programme_s_days_are_the_conference_s(
    bring: Bring, rows_of: Rows, said: str, starts: str, ends: str | None
) -> None:
    bring("日程.csv", f"日期,时间,活动名称\n{said},开幕式\n")
    (row,) = rows_of(Kind.EVENTS)
    assert row["starts_at"] == f"2020-09-{starts}:00+08:00"
    assert row.get("ends_at") == (f"2020-09-{ends}:00+08:00" if ends else None)


def test_days_and_times_may_stand_in_four_columns(bring: Bring, rows_of: Rows) -> None:
    table = (
        "Title,Start Date,Start Time,End Date,End Time\n"
        "Opening,09/08/2020,09:00 AM,09/08/2020,10:00 AM\nExpo,09/09/2020,,09/11/2020,\n"
    )
    assert not rules(bring("events.csv", table))  # 8 September: 9 August is not the conference's
    times = {row["name_en"]: (row["starts_at"], row["ends_at"]) for row in rows_of(Kind.EVENTS)}
    assert times == {
        "Opening": ("2020-09-08T09:00:00+08:00", "2020-09-08T10:00:00+08:00"),
        "Expo": ("2020-09-09T00:00:00+08:00", "2020-09-12T00:00:00+08:00"),
    }


def test_a_posting_day_without_a_year_is_the_one_before_the_conference(
    bring: Bring, rows_of: Rows
) -> None:
    table = "职位,公司,发布\n护士,甲,08-30发布\n司机,乙,12月30日\n"
    assert not rules(bring("jobs.csv", table))
    days = {row["title_zh"]: row["date_posted"] for row in rows_of(Kind.JOBS)}
    assert days == {"护士": "2020-08-30", "司机": "2020-12-30"}


def test_the_sessions_of_groups_are_records(bring: Bring, rows_of: Rows) -> None:
    sessions = [
        {"title": "Opening", "startsAt": "2020-09-08T09:00:00", "speakers": [{"name": "Ann"}]},
        {"title": "Lunch", "startsAt": "2020-09-08T12:00:00", "speakers": [], "status": None},
    ]
    bring("all.json", json.dumps([{"groupName": "All", "sessions": sessions}]))
    assert {row["name_en"] for row in rows_of(Kind.EVENTS)} == {"Opening", "Lunch"}
