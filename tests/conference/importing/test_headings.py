"""Columns by their headings, in both languages, and by the user's own word."""

from pathlib import Path

import pytest

from conference.importing import Wishes, read_wishes, with_column, write_mapping
from conference.importing.headings import best_kind, map_columns
from conference.importing.wishes import MappingError
from conference.query import Kind
from tests.conference.importing.conftest import Bring


@pytest.mark.parametrize(
    ("headings", "kind", "fields"),
    [
        (
            ["职位名称", "薪资（万/年）", "公司", "工作地点", "学历要求", "工作经验"],
            Kind.JOBS,
            ["title", "salary", "institution", "city", "degree", "experience"],
        ),
        (
            ["職位", "薪資", "公司名稱", "地區", "學歷"],
            Kind.JOBS,
            ["title", "salary", "institution", "city", "degree"],
        ),
        (
            ["positionName", "companyFullName", "workYear", "jobNature"],
            Kind.JOBS,
            ["title", "institution", "experience", "employment"],
        ),
        (
            ["Job Title", "Employer", "Pay", "Closing Date"],
            Kind.JOBS,
            ["title", "institution", "salary", "valid_through"],
        ),
        (
            ["项目名称", "单位", "所属领域", "阶段"],
            Kind.PROGRAMS,
            ["name", "institution", "industry", "stage"],
        ),
        (
            ["机构名称", "类型", "国家", "网址"],
            Kind.INSTITUTIONS,
            ["name", "type", "country", "url"],
        ),
        (["意向名称", "供需", "机构"], Kind.INTENTIONS, ["title", "direction", "institution"]),
        (
            ["Title", "Start", "End", "Room", "Speakers"],
            Kind.EVENTS,
            ["name", "starts_at", "ends_at", "room", "speakers"],
        ),
        (
            ["活动编号", "活动名称", "日期", "时间", "地点", "嘉宾"],
            Kind.EVENTS,
            ["id", "name", "date", "starts_at", "room", "speakers"],
        ),
    ],
)
def test_headings_tell_the_kind_and_the_fields(
    headings: list[str], kind: Kind, fields: list[str]
) -> None:
    assert best_kind(headings) is kind
    assert map_columns(headings, kind=kind).fields == dict(zip(headings, fields, strict=True))


def test_of_two_columns_for_one_field_the_better_name_wins() -> None:
    mapping = map_columns(["company short name", "Company", "Company Full Name"], kind=Kind.JOBS)
    row = {"company short name": "Sea", "Company": "Sea Inn", "Company Full Name": "Sea Inn Ltd"}
    assert mapping.values_of(row)[0]["institution"] == "Sea Inn Ltd"
    assert mapping.values_of({**row, "Company Full Name": " "})[0]["institution"] == "Sea Inn"


def test_the_users_word_comes_first() -> None:
    wishes = with_column(with_column(Wishes(), "Remarks=description"), "Salary=")
    mapping = map_columns(["Title", "Remarks", "Salary"], kind=Kind.JOBS, wishes=wishes)
    assert mapping.fields == {"Title": "title", "Remarks": "description"}


def test_a_field_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="jobs have no field 'pay'"):
        map_columns(["Geld"], kind=Kind.JOBS, wishes=with_column(Wishes(), "Geld=pay"))


def test_a_mapping_is_kept_in_a_file_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "jobs.yml"
    mapping = map_columns(["职位", "备注"], kind=Kind.JOBS)
    write_mapping(path, [mapping], Wishes(values={"industry": {"消费": "culture"}}))
    assert "备注: null" in path.read_text(encoding="utf-8")
    assert read_wishes(path) == Wishes(
        Kind.JOBS, {"职位": "title", "备注": None}, {"industry": {"消费": "culture"}}
    )


@pytest.mark.parametrize("text", ["kind: jokes", "[1", "just words"])
def test_a_file_that_is_no_mapping_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(text)
    with pytest.raises(MappingError, match=r"bad\.yml is not a mapping"):
        read_wishes(path)


def test_a_list_with_places_and_no_days_is_none_of_events() -> None:
    assert best_kind(["title", "company", "location"]) is Kind.JOBS
    assert best_kind(["title", "company", "location", "start"]) is Kind.EVENTS


def test_a_column_without_a_heading_refuses_no_row(bring: Bring) -> None:
    report = bring("jobs.csv", "职位,,公司,\n厨师,x,甲,y\n司机,,乙,\n")
    assert (report.rows, report.refused) == (2, 0)
    assert report.mappings[0].unused == ["column 2", "column 4"]
