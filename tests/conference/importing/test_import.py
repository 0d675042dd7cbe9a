"""What an import does to the catalogue: add, update, retire, refuse; whole rows or none."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from conference import text_index
from conference.catalogue import Catalogue
from conference.importing import Wishes, importer, report_lines, write_spreadsheet
from conference.models import Institution, Job
from conference.query import Frame, Kind, Query
from conference.store import documents
from tests.conference.importing.conftest import Bring

Rows = Callable[[Kind], list[dict[str, Any]]]

JOBS = "id,title,company,salary\n1,Nurse,Harbour Hospital,8k-12k\n2,Cook,Sea Inn,5k-6k\n"


def test_the_same_file_again_changes_nothing(store: Catalogue, bring: Bring) -> None:
    first = bring("jobs.csv", JOBS)
    version = store.version()
    again = bring("jobs.csv", JOBS)
    assert first.outcome.added == {Kind.JOBS: 2, Kind.INSTITUTIONS: 2}
    assert not again.outcome.changed
    assert again.outcome.unchanged == {Kind.JOBS: 2}
    assert store.version() == version


def test_a_newer_file_updates_what_it_says_and_leaves_the_rest(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", JOBS)
    report = bring("new.csv", "id,title,city\n1,Head Nurse,Shenzhen\n3,Clerk,\n")
    assert (report.outcome.updated, report.outcome.added) == ({Kind.JOBS: 1}, {Kind.JOBS: 1})
    nurse = rows_of(Kind.JOBS)[0]
    assert (nurse["title_en"], nurse["city"], nurse["salary_min"]) == (
        "Head Nurse",
        "shenzhen",
        8_000,
    )


def test_rows_without_ids_are_found_again_by_title_employer_and_city(
    bring: Bring, rows_of: Rows
) -> None:
    text = (
        "title,company,city,salary\nNurse,A,Beijing,8k\nNurse,A,Beijing,9k\nNurse,A,Shanghai,8k\n"
    )
    bring("jobs.csv", text)
    before = [row["id"] for row in rows_of(Kind.JOBS)]
    assert len(before) == 3
    report = bring("jobs.csv", text.replace("9k", "10k"))
    assert report.outcome.updated == {Kind.JOBS: 1}
    assert [row["id"] for row in rows_of(Kind.JOBS)] == before


def test_what_is_missing_is_retired_on_request_only(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", JOBS)
    newer = "".join(JOBS.splitlines(keepends=True)[:2])
    assert not bring("jobs.csv", newer).outcome.retired
    assert bring("jobs.csv", newer, retire_missing=True).outcome.retired == {Kind.JOBS: 1}
    assert [row["title_en"] for row in rows_of(Kind.JOBS)] == ["Nurse"]


def test_a_file_with_errors_retires_nothing(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", JOBS)
    report = bring("jobs.csv", "id,title\n1,Nurse\n9,\n", retire_missing=True)
    assert "retired_nothing" in {each.rule for each in report.problems.kept}
    assert len(rows_of(Kind.JOBS)) == 2


def test_a_source_retires_its_own_records_only(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", JOBS, source="board")
    bring("jobs.csv", JOBS)
    bring("jobs.csv", "id,title\n1,Nurse\n", source="board", retire_missing=True)
    assert [row["id"] for row in rows_of(Kind.JOBS)] == ["job-1", "job-2", "job-board-1"]


def test_retired_records_are_found_no_more(store: Catalogue, bring: Bring, now: datetime) -> None:
    frame = Frame(Kind.JOBS, Query(text="cook"))
    bring("jobs.csv", JOBS)
    assert [each.id for each in store.search(frame, now=now).items] == ["job-2"]
    bring("jobs.csv", "id,title\n1,Nurse\n", retire_missing=True)
    assert store.search(frame, now=now).total == 0
    assert store.get("job-2") is None


def test_what_is_imported_is_searched_at_once(
    store: Catalogue, bring: Bring, now: datetime
) -> None:
    bring("jobs.csv", "职位,公司,城市\n注册护士,海港医院,深圳\n")
    page = store.search(Frame(Kind.JOBS, Query(city=("shenzhen",), text="护士")), now=now)
    assert page.total == 1
    assert ("海港医院",) in [names for _, names in store.institutions_named()]


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("A,X,2020-13-45,,1,1k", "date_unreadable", "valid_through"),
        ("A,X,09/08/2020,,1,1k", "date_unclear", "valid_through"),
        ("A,X,2020-10-01,2020-11-01,1,1k", "closes_before_posted", "valid_through"),
        ("A,X,,,many,1k", "number_unreadable", "openings"),
        (",X,,,1,1k", "name_missing", "title"),
        ("A,X,,,1,30k-15k", "salary_upside_down", "salary"),
        ("A,X,,,1,1k,more", "more_cells", ""),
    ],
)
def test_a_bad_row_is_refused_whole_and_stops_no_other(
    bring: Bring, rows_of: Rows, row: str, rule: str, column: str
) -> None:
    head = "title,company,valid_through,date_posted,openings,salary"
    report = bring("jobs.csv", f"{head}\nGood,Y,,,1,1k\n{row}\nBetter,Z,,,1,1k\n")
    assert [(each.rule, each.place, each.column) for each in report.problems.kept] == [
        (rule, "3", column)
    ]
    assert {each["title_en"] for each in rows_of(Kind.JOBS)} == {"Good", "Better"}
    assert {each["name_en"] for each in rows_of(Kind.INSTITUTIONS)} == {"Y", "Z"}


def test_a_value_that_is_not_understood_is_left_out_and_listed(bring: Bring, rows_of: Rows) -> None:
    report = bring(
        "jobs.csv", "title,company,degree,city,salary\nNurse,A,wizard,Nowhere-ville,abc\n"
    )
    assert [(each.rule, each.value) for each in report.problems.kept] == [
        ("place_unknown", "Nowhere-ville"),
        ("salary_unreadable", "abc"),
        ("code_unknown", "wizard"),
    ]
    (row,) = rows_of(Kind.JOBS)
    assert not {"degree", "city", "salary_min"} & row.keys()


def test_strict_refuses_rows_with_warnings_too(bring: Bring, rows_of: Rows) -> None:
    report = bring("jobs.csv", "title,company,degree\nNurse,A,wizard\nCook,B,phd\n", strict=True)
    assert report.refused == 1
    assert [row["title_en"] for row in rows_of(Kind.JOBS)] == ["Cook"]


def test_an_id_twice_is_an_error_unless_the_rows_are_the_same(bring: Bring, rows_of: Rows) -> None:
    report = bring("jobs.csv", "id,title\n1,Nurse\n1,Nurse\n1,Doctor\n")
    assert [(each.rule, each.place) for each in report.problems.kept] == [
        ("repeated_row", "3"),
        ("duplicate_id", "4"),
    ]
    assert [row["title_en"] for row in rows_of(Kind.JOBS)] == ["Nurse"]


def test_an_id_of_another_kind_is_refused(bring: Bring) -> None:
    report = bring("jobs.csv", "id,title\nevent-0001,Nurse\n")
    assert [each.rule for each in report.problems.kept] == ["wrong_id"]


def test_a_dry_run_tells_all_and_stores_nothing(
    store: Catalogue, bring: Bring, rows_of: Rows
) -> None:
    version = store.version()
    report = bring("jobs.csv", JOBS, dry_run=True)
    assert report.outcome.added == {Kind.JOBS: 2, Kind.INSTITUTIONS: 2}
    assert rows_of(Kind.JOBS) == rows_of(Kind.INSTITUTIONS) == []
    assert store.version() == version


def test_the_users_codes_for_values_are_followed(bring: Bring, rows_of: Rows) -> None:
    wishes = Wishes(values={"industry": {"消费生活": "culture"}})
    report = bring("jobs.csv", "职位,公司,行业\n店长,甲公司,消费生活\n", wishes=wishes)
    assert not report.problems.kept
    assert rows_of(Kind.JOBS)[0]["industry"] == "culture"


def test_real_data_takes_the_place_of_the_sample(store: Catalogue, bring: Bring) -> None:
    store.load(
        [
            Institution(id="inst-0001", name_en="Invented", sample=True),
            Job(id="job-00001", title_en="J", sample=True),
        ]
    )
    report = bring("jobs.csv", JOBS)
    assert report.outcome.sample_removed
    assert not store.is_sample()
    assert store.get("job-00001") is None
    assert store.get("inst-0001") is None


def test_sample_data_does_not_go_among_real_data(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", JOBS)
    report = bring("more.csv", "id,title,sample\njob-00001,Invented,true\n")
    assert [each.rule for each in report.problems.kept] == ["sample_mixed"]
    assert len(rows_of(Kind.JOBS)) == 2


def test_an_institution_of_many_rows_is_one_and_its_own_row_completes_it(
    bring: Bring, rows_of: Rows
) -> None:
    bring(
        "jobs.csv",
        "职位,公司全称,公司简称\n护士,海港医院有限公司,海港医院\n医生,海港医院有限公司,海港医院\n",
    )
    (hospital,) = rows_of(Kind.INSTITUTIONS)
    assert hospital["alternate_names"] == ["海港医院"]
    bring("机构.csv", "机构名称,城市,类型\n海港医院有限公司,深圳,企业\n")
    (completed,) = rows_of(Kind.INSTITUTIONS)
    assert completed == hospital | {"city": "shenzhen", "country": "CN", "type": "enterprise"}


def test_new_cities_are_kept_with_their_names(
    store: Catalogue, bring: Bring, rows_of: Rows
) -> None:
    report = bring("jobs.csv", "职位,公司,城市\n店长,甲公司,浙江省义乌市\n店员,甲公司,义乌\n")
    assert {row["city"] for row in rows_of(Kind.JOBS)} == {"yiwu"}
    assert report.cities["yiwu"].names == {"zh": "义乌"}
    extended = store.vocabulary
    assert extended.label("city", "yiwu", "zh") == "义乌"
    assert extended.label("city", "yiwu", "en") == "Yiwu"
    assert "义乌市" in extended.cities["yiwu"].names("zh")
    assert extended.cities["yiwu"].province == "zhejiang"
    assert (
        {"yiwu"}
        & set(extended.cities_of("zhejiang"))
        & set(extended.cities_of("yangtze-river-delta"))
    )
    assert not bring("more.csv", "职位,公司,城市\n经理,乙公司,义乌市\n").cities


def test_a_new_city_is_one_whatever_language_its_rows_are_in(
    store: Catalogue, bring: Bring, rows_of: Rows
) -> None:
    text = "title,company,city,country\nA,X,Yiwu,China\nB,X,义乌,中国\nC,X,Yiwu,Japan\n"
    bring("jobs.csv", text)
    assert [row["city"] for row in sorted(rows_of(Kind.JOBS), key=lambda row: row["title_en"])] == [
        "yiwu",
        "yiwu",
        "yiwu-jp",
    ]
    assert store.vocabulary.cities["yiwu"].labels == {"en": "Yiwu", "zh": "义乌"}
    assert store.vocabulary.label("city", "yiwu-jp", "en") == "Yiwu"
    version = store.version()
    assert not bring("jobs.csv", text).outcome.changed
    assert store.version() == version


def test_part_of_a_city_is_no_city_of_its_own(bring: Bring, rows_of: Rows) -> None:
    report = bring(
        "jobs.csv",
        "职位,公司,地区\n甲,X,浙江省义乌市稠城街道\n乙,X,浙江稠城街道\n丙,X,浙江小商品市场\n",
    )
    assert [row.get("city") for row in rows_of(Kind.JOBS)].count("yiwu") == 1
    assert set(report.cities) == {"yiwu"}
    assert [each.rule for each in report.problems.kept].count("place_partly") == 2


def test_traditional_characters_are_stored_as_simplified_ones(bring: Bring, rows_of: Rows) -> None:
    bring("jobs.csv", "職位,公司,學歷\n軟體工程師,臺灣科技,碩士\n")
    (row,) = rows_of(Kind.JOBS)
    assert row["title_zh"] == "软体工程师"
    assert row["degree"] == "master"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_names_line_column_value_rule_and_mend(
    bring: Bring, tmp_path: Path, language: str
) -> None:
    report = bring("jobs.csv", "title,company,valid_through\n=A,X,2020-13-45\nB,Y,\n")
    lines = "\n".join(report_lines(report, language=language, seconds=1, dry_run=False))
    said = {"en": "This is not a date.", "zh": "这不是日期。"}[language]
    assert said in lines
    assert "2020-13-45" in lines
    path = tmp_path / "report.xlsx"
    write_spreadsheet(path, [report], language=language)
    _, row = load_workbook(path).active.iter_rows(values_only=True)
    assert row[:4] == ("jobs.csv", "2", "valid_through", "2020-13-45")
    assert row[5] == said
    assert "2020-09-08" in row[6]


def test_a_formula_in_a_value_is_not_run_by_the_report(bring: Bring, tmp_path: Path) -> None:
    report = bring("jobs.csv", "title,openings\nA,=1+1\n")
    path = tmp_path / "report.xlsx"
    write_spreadsheet(path, [report], language="en")
    cell = load_workbook(path).active["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_record_of_two_batches_is_found_by_what_the_second_says(
    bring: Bring, store: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "_BATCH", 1)
    rows = [
        {"kind": "jobs", "title": "Welder", "institution": "Harbour Yard"},
        {"kind": "jobs", "title": "Painter", "institution": "Harbour Yard"},
        {"kind": "institutions", "name": "Harbour Yard", "description": "Builds icebreakers"},
        {"kind": "jobs", "title": "Cook", "institution": "Harbour Yard"},
    ]
    bring("all.jsonl", "\n".join(map(json.dumps, rows)))
    with store.engine.connect() as connection:
        (number,) = text_index.find(connection, Kind.INSTITUTIONS, "icebreakers")[0][1].tolist()
        statement = select(documents.c.num).where(documents.c.kind == "institutions")
        assert connection.scalars(statement).all() == [number]


@pytest.mark.parametrize("again", [False, True])
def test_an_institution_s_openings_take_turns_with_others(
    bring: Bring, store: Catalogue, again: bool
) -> None:
    table = "title,company,posted\nA,X,2020-09-01\nB,X,2020-09-03\nC,X,2020-09-02\nD,Y,2020-08-01\n"
    bring("jobs.csv", table)
    if again:
        bring("jobs.csv", table.replace("2020-08-01", "2020-08-02"))
    with store.engine.connect() as connection:
        rows: Any = Job
        found = connection.execute(select(rows.title_en, rows.spread)).all()
    assert dict(map(tuple, found)) == {"B": 0, "C": 1, "A": 2, "D": 0}


def test_an_import_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    program = tmp_path / "killed.py"
    program.write_text(
        "import os\n"
        "from conference.importing.indexing import start_second_process\n"
        "if __name__ == '__main__':\n"
        "    print(start_second_process().submit(os.getpid).result(), flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(  # noqa: S603 - the program above
        [sys.executable, program], capture_output=True, text=True, check=False
    )
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(int(done.stdout)).wait(30)
    assert done.returncode == -9
