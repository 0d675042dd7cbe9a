"""Files as they come from job boards, calendars and hands: no traceback, nothing half in."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from conference.importing import Report, report_lines, write_spreadsheet
from conference.query import Kind
from tests.conference.importing.conftest import Bring

ZHILIAN = """职位名称,公司名称,薪资,工作地点,学历要求,经验要求,招聘人数,发布日期
Java开发工程师,甲公司,1.5万-2.5万·13薪,北京-海淀区,本科,3-5年,5人,2020-08-30
销售代表,乙公司,薪资面议,上海-浦东新区,学历不限,经验不限,若干,今天
护士,丙医院,6千-8千,深圳,大专,1年以下,１０,3天前
"""
LINKEDIN = """Job Title,Company Name,Location,Employment type,Posted,Salary
Data Engineer,Acme,"Munich, Bavaria, Germany",Full-time,2 weeks ago,"€70,000.00/yr - €90,000.00/yr"
Nurse,St Mary,"Greater London, England, United Kingdom",Part-time,1 month ago,£18/hr
Analyst,Foo,United States (Remote),Full-time,,$120K/yr - $160K/yr
"""
INDEED = """jobTitle,companyName,jobLocation,salarySnippet,jobType,datePublished
Accountant,Count Co,"Remote in Austin, TX 78701","$55,000 - $70,000 a year",Full-time,2020-08-15
Driver,Roadex,"Reutlingen, BW",Up to $25 an hour,Full-time,30+ days ago
"""


def rules(report: Report) -> list[str]:
    return sorted(each.rule for each in report.problems.kept)


def test_a_posting_date_in_words_refuses_no_row(bring: Bring, rows_of: Any) -> None:
    report = bring("zhilian.csv", ZHILIAN.encode("gb18030"))
    assert rules(report) == ["date_left_out", "date_left_out"]
    by_title = {row["title_zh"]: row for row in rows_of(Kind.JOBS)}
    assert by_title["Java开发工程师"]["salary_max"] == 25_000
    assert by_title["护士"]["openings"] == 10
    assert "salary_min" not in by_title["销售代表"]


def test_an_english_job_board_s_places_are_read(bring: Bring, rows_of: Any) -> None:
    assert rules(bring("linkedin.csv", LINKEDIN)) == ["date_left_out", "date_left_out"]
    places = {row["title_en"]: (row.get("city"), row["country"]) for row in rows_of(Kind.JOBS)}
    assert places == {
        "Data Engineer": ("munich", "DE"),
        "Nurse": ("london", "GB"),
        "Analyst": (None, "US"),
    }


def test_two_letters_beside_an_unknown_city_are_no_country(bring: Bring, rows_of: Any) -> None:
    report = bring("indeed.csv", INDEED)
    assert rules(report) == ["date_left_out", "place_unknown"]
    assert not report.cities
    driver, accountant = sorted(rows_of(Kind.JOBS), key=lambda row: -len(row["title_en"]))[::-1]
    assert "country" not in driver
    assert (accountant["city"], accountant["country"], accountant["remote"]) == (
        "austin",
        "US",
        True,
    )
    assert (driver["salary_unit"], driver["salary_amount_max"]) == ("HOUR", 25.0)


@pytest.mark.parametrize("content", ["[" * 50_000, '{"a":' * 50_000])
def test_brackets_without_end_are_refused(bring: Bring, content: str) -> None:
    # the parser would keep a name for each level: all memory for 50 KB
    assert rules(bring("deep.json", content)) == ["too_deep"]


def test_headings_alone_are_said_to_be_alone(bring: Bring) -> None:
    assert rules(bring("jobs.csv", "title,company,salary\n")) == ["no_rows"]


def test_totals_are_no_record(bring: Bring, rows_of: Any) -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["2020年招聘汇总表"],
        ["职位名称", "公司", "需求人数", "发布日期"],
        ["焊工\u00a0", "\u3000甲厂 ", "３", 44075.5],
        ["合计", None, 3, None],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    file = BytesIO()
    book.save(file)
    assert rules(bring("jobs.xlsx", file.getvalue())) == ["total_row"]
    (row,) = rows_of(Kind.JOBS)
    assert (row["title_zh"], row["openings"], row["date_posted"]) == ("焊工", 3, "2020-09-01")


def test_a_talk_without_a_date_is_on_its_day(bring: Bring, rows_of: Any) -> None:
    bring(
        "schedule.xml",
        "<schedule><conference><time_zone_name>Europe/Berlin</time_zone_name></conference>"
        '<day date="2020-09-08"><room name="A"><event id="3"><start>10:30</start>'
        "<duration>1:00</duration><title>Talk</title></event></room></day></schedule>",
    )
    talk = {"id": 4, "title": "Talk", "start": "10:30", "duration": "01:00", "persons": []}
    days = [{"date": "2020-09-09", "rooms": {"A": [talk]}}]
    conference = {"time_zone_name": "Europe/Berlin", "days": days}
    bring("schedule.json", json.dumps({"schedule": {"conference": conference}}))
    starts = [row["starts_at"] for row in rows_of(Kind.EVENTS)]
    assert starts == ["2020-09-08T16:30:00+08:00", "2020-09-09T16:30:00+08:00"]


def test_a_calendar_s_broken_time_is_named(bring: Bring) -> None:
    report = bring(
        "a.ics",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:A\r\nDTSTART:2020-13-45\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    (problem,) = report.problems.kept
    assert (problem.rule, problem.column, problem.value) == (
        "time_unreadable",
        "DTSTART",
        "2020-13-45",
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("zhilian.csv", ZHILIAN),
        ("linkedin.csv", LINKEDIN),
        ("indeed.csv", INDEED),
        ("half.json", '[{"title":"A","company":"X"},{"title":"B","comp'),
        ("mixed.csv", "职位,公司\n工程师,甲\n".encode() + "护士,乙医院\n".encode("gb18030")),
        ("wide.csv", "title,company\nA,B\n" + "x," * 100_000 + "\nC,D\n"),
        ("same.csv", "id,title,company\n1,A,X\n1,A,X\n1,B,Y\n２,C,Z\n"),
    ],
)
def test_every_problem_is_reported_both_ways_and_twice_changes_nothing(
    bring: Bring, tmp_path: Path, name: str, content: str | bytes, language: str
) -> None:
    report = bring(name, content)
    assert report.problems.kept
    lines = "\n".join(report_lines(report, language=language, seconds=1, dry_run=False))
    path = tmp_path / "report.xlsx"
    write_spreadsheet(path, [report], language=language)
    cells = list(load_workbook(path).active.iter_rows(min_row=2, values_only=True))
    assert len(cells) == len(report.problems.kept)
    for problem in report.problems.kept:
        if problem.level != "note":  # which the spreadsheet alone has one by one
            assert problem.says(language) in lines
            assert problem.mend(language) in lines
        assert (problem.says(language), problem.mend(language)) in {row[5:7] for row in cells}
    assert not bring(name, content).outcome.changed
