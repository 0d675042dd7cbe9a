"""What is exported comes back without loss, in every format."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import inspect, select
from sqlalchemy.engine import Engine

from conference.catalogue import Catalogue, open_catalogue
from conference.database import migrate, open_database
from conference.exporting import export
from conference.exporting.writers import ExportError
from conference.filters import MODELS
from conference.importing import Request, import_file
from conference.models import Event, Institution, Job
from conference.query import Kind
from conference.sample import generate
from tests.conference.data import RECORDS

AWKWARD = [
    Institution(
        id="inst-9001",
        name_en='Quotes "and", commas; Inc',
        name_zh="=公式公司",
        alternate_names=["a, b", "[c]"],
        description_zh="第一行\n第二行，\\反斜杠",
        type="association",
    ),
    Job(
        id="job-90001",
        title_en="-1+1 Engineer / Expert",
        title_zh="工程师｜专家",
        institution_id="inst-9001",
        skills_en=["CI/CD; tests", "C++"],
        city="macao",
        country="CN",
        remote=True,
        employment="internship",
        degree="phd",
        experience_years=0,
        salary_currency="USD",
        salary_unit="HOUR",
        salary_amount_min=12.5,
        salary_amount_max=20.125,
        salary_min=14_877,
        openings=3,
        valid_through="2021-01-01",
    ),
    Job(id="job-90002", title_zh="只有中文", salary_min=9_000, salary_max=12_000),
    Event(
        id="event-9001",
        name_en="Talks; with, signs",
        type="talk",
        starts_at="2020-09-08T23:00:00+08:00",
        ends_at="2020-09-09T01:00:00+08:00",
        speakers=[{"name": {"en": "A, B", "zh": "甲"}, "role": {"zh": "教授"}}],
        languages=["zh-Hans", "en"],
        status="postponed",
        institution_id="inst-9001",
    ),
]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('full') / 'ciep.db'}")
    migrate(engine)
    catalogue = open_catalogue(engine)
    catalogue.load([*(replace(each, sample=False) for each in RECORDS), *AWKWARD])
    return catalogue


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Some of every kind of the sample, with the institutions that they are of, and all events."""
    records = list(generate(seed=18))
    chosen = [
        each for place, each in enumerate(records) if place % 80 == 0 or isinstance(each, Event)
    ]
    owners = {getattr(each, "institution_id", None) for each in chosen}
    chosen += [each for each in records if each.id in owners]
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'ciep.db'}")
    migrate(engine)
    catalogue = open_catalogue(engine)
    catalogue.load(chosen)
    return catalogue


def stored(engine: Engine) -> dict[Kind, list[dict[str, Any]]]:
    with engine.connect() as connection:
        return {
            kind: [
                dict(row)
                for row in connection.execute(
                    select(inspect(model).local_table).order_by(model.id)
                ).mappings()
            ]
            for kind, model in MODELS.items()
        }


@pytest.mark.parametrize("file_format", ["csv", "json", "jsonl", "jsonld"])
def test_every_record_comes_back_as_it_was(
    full: Catalogue, engine: Engine, tmp_path: Path, file_format: str
) -> None:
    done = export(full.engine, tmp_path / "out", file_format=file_format)
    back = open_catalogue(engine)
    for path in reversed(done.files):  # what refers to institutions before them: any order will do
        report = import_file(back, path, Request())
        assert not report.problems.kept
        assert report.whole
    assert stored(engine) == stored(full.engine)
    assert sum(done.counts.values()) == len(RECORDS) + len(AWKWARD)


@pytest.mark.parametrize("file_format", ["csv", "json", "jsonl", "jsonld", "ics"])
def test_importing_ones_own_export_changes_nothing(
    full: Catalogue, tmp_path: Path, file_format: str
) -> None:
    version = full.version()
    for path in export(full.engine, tmp_path / "out", file_format=file_format).files:
        assert not import_file(full, path, Request()).outcome.changed
    assert full.version() == version


@pytest.mark.parametrize("file_format", ["csv", "json", "jsonl", "jsonld", "ics"])
def test_what_came_back_is_exported_byte_for_byte_the_same(
    sample: Catalogue, tmp_path: Path, file_format: str
) -> None:
    kinds = [Kind.EVENTS] if file_format == "ics" else list(Kind)
    first = export(sample.engine, tmp_path / "first", file_format=file_format, kinds=kinds)
    again = export(sample.engine, tmp_path / "again", file_format=file_format, kinds=kinds)
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    migrate(other)
    back = open_catalogue(other)
    if file_format == "ics":  # a calendar has the ids of institutions, not the institutions
        for path in export(sample.engine, tmp_path, file_format="csv").files:
            if path.stem == "institutions":
                import_file(back, path, Request())
    for path in first.files:
        assert not import_file(back, path, Request()).problems.kept
    third = export(other, tmp_path / "third", file_format=file_format, kinds=kinds)
    assert third.counts == first.counts
    for before, same, after in zip(first.files, again.files, third.files, strict=True):
        assert same.read_bytes() == before.read_bytes()
        assert unstamped(after) == unstamped(before)


def unstamped(path: Path) -> list[bytes]:
    """A calendar without the lines that say when the data was loaded; other files as they are."""
    lines = path.read_bytes().splitlines()
    return [each for each in lines if not each.startswith(b"DTSTAMP")]


def test_a_calendar_holds_the_events_for_any_calendar_program(
    full: Catalogue, engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "events.ics"
    done = export(full.engine, path, file_format="ics")
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(events) == done.counts[Kind.EVENTS]
    late = next(each for each in events if each["UID"] == "event-9001")
    assert late.decoded("DTSTART").isoformat() == "2020-09-08T15:00:00+00:00"
    assert str(late["SUMMARY"]) == "Talks; with, signs"
    import_file(open_catalogue(engine), path, Request())
    assert stored(engine)[Kind.EVENTS] == stored(full.engine)[Kind.EVENTS]


def test_cities_that_came_with_the_data_go_with_it(engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "jobs.csv"
    source.write_text("职位,公司,城市\n店长,甲公司,浙江省义乌市\n", encoding="utf-8")
    import_file(open_catalogue(engine), source, Request())
    for number, file_format in enumerate(("csv", "json", "jsonl", "jsonld")):
        done = export(engine, tmp_path / file_format, file_format=file_format)
        other = open_database(f"sqlite:///{tmp_path / f'{number}.db'}")
        migrate(other)
        back = open_catalogue(other)
        for path in done.files:
            assert not import_file(back, path, Request()).refused
        assert json.loads(back.facts()["cities"]) == {
            "yiwu": {"country": "CN", "province": "zhejiang", "zh": "义乌"}
        }
        assert stored(other) == stored(engine)


def test_a_spreadsheet_does_not_take_a_text_for_a_formula(full: Catalogue, tmp_path: Path) -> None:
    export(full.engine, tmp_path, file_format="csv")
    for name in ("jobs", "institutions"):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_linked_data_says_what_schema_org_has_words_for(full: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonld"
    export(full.engine, path, file_format="jsonld", kinds=[Kind.JOBS])
    nodes = {each["@id"]: each for each in json.loads(path.read_text(encoding="utf-8"))["@graph"]}
    node = nodes["job-90001"]
    assert node["@type"] == "JobPosting"
    assert node["employmentType"] == "INTERN"
    assert node["jobLocationType"] == "TELECOMMUTE"
    assert node["baseSalary"]["value"]["unitText"] == "HOUR"
    assert {"@language": "zh-Hans", "@value": "工程师｜专家"} in node["title"]


def test_a_calendar_of_jobs_is_refused(full: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="events only"):
        export(full.engine, tmp_path / "a.ics", file_format="ics", kinds=[Kind.JOBS])


def test_a_place_that_cannot_be_written_is_named(full: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        export(full.engine, tmp_path / "file" / "all.json", file_format="json")
