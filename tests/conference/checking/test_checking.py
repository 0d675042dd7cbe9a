"""Every kind of finding, in files and in records, and nothing where nothing is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text
from sqlalchemy.engine import Engine

from conference.catalogue import open_catalogue
from conference.checking import check_files, check_records
from conference.database import migrate, open_database
from conference.edition import SHIPPED, Edition, open_edition
from conference.edition.findings import LEVELS, Finding
from conference.models import Event, Institution, Intention, Job, Program, Record
from tests.editions import FORUM, changed_forum

BEFORE = date(2031, 5, 1)
_RULES = yaml.safe_load(
    resources.files("conference.edition").joinpath("rules.yml").read_text(encoding="utf-8")
)

INSTITUTION = Institution(
    id="inst-0001", name_en="Volga Works", name_zh="伏尔加工厂", url="https://volga.example.org"
)
JOB = Job(
    id="job-00001",
    title_en="Welder",
    title_zh="焊工",
    institution_id="inst-0001",
    salary_min=9000,
    salary_max=12000,
    valid_through="2031-06-30",
)
PROGRAM = Program(id="prog-0001", name_en="Seals", name_zh="密封件", institution_id="inst-0001")
INTENTION = Intention(id="int-0001", direction="seek", title_en="Steel", title_zh="钢材")
EVENT = Event(
    id="event-0001",
    name_en="Opening",
    name_zh="开幕式",
    starts_at="2031-05-19T10:00:00+03:00",
    ends_at="2031-05-19T11:00:00+03:00",
    zone="career-hall",
)
GOOD: list[Record] = [INSTITUTION, JOB, PROGRAM, INTENTION, EVENT]


def rules(found: Iterator[Finding]) -> dict[str, Finding]:
    return {each.rule: each for each in found}


@pytest.fixture
def forum() -> Edition:
    return open_edition(FORUM)


@pytest.fixture
def checked(forum: Edition, tmp_path: Path) -> Iterator[Callable[..., dict[str, Finding]]]:
    """The findings among records; `after` is SQL that breaks what loading would not let in."""
    engine = open_database(f"sqlite:///{tmp_path}/ciep.db")
    migrate(engine)

    def check(*records: Record, after: str = "", edition: Edition = forum) -> dict[str, Finding]:
        open_catalogue(engine, edition=edition).load(records)
        if after:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("PRAGMA foreign_keys=OFF"))
                connection.execute(text(after))
        return rules(check_records(engine, edition, today=BEFORE))

    yield check
    engine.dispose()


def test_good_records_of_a_good_edition_have_no_findings(
    forum: Edition, checked: Callable[..., Any]
) -> None:
    assert list(check_files(forum, today=BEFORE)) == []
    assert checked(*GOOD) == {}


@pytest.mark.parametrize(
    ("record", "rule", "kind"),
    [
        (replace(JOB, id="job-2", salary_min=13000), "salary_backwards", "jobs"),
        (replace(JOB, id="job-2", valid_through="2031-04-30"), "deadline_past", "jobs"),
        (replace(INTENTION, id="int-2", valid_through="2031-04-30"), "deadline_past", "intentions"),
        (replace(JOB, id="job-2", title_zh=None), "record_untranslated", "jobs"),
        (replace(EVENT, id="event-2", room_en="Hall 1"), "record_untranslated", "events"),
        (replace(EVENT, id="event-2", zone="attic"), "zone_unknown", "events"),
        (replace(EVENT, id="event-2", ends_at="2031-05-19T09:00:00+03:00"), "event_backwards",
         "events"),
        (replace(EVENT, id="event-2", starts_at="2031-05-22T00:00:00+03:00", ends_at=None),
         "event_outside", "events"),
        # the evening before in Moscow, whatever day it is in Shenzhen
        (replace(EVENT, id="event-2", starts_at="2031-05-19T01:00:00+08:00"), "event_outside",
         "events"),
        (replace(PROGRAM, id="program-2"), "wrong_id", "programs"),
        (replace(INSTITUTION, id="inst-2", url="http://volga.example.org"), "record_link",
         "institutions"),
        (replace(JOB, id="job-2", sample=True), "sample_in_store", "jobs"),
    ],
)  # fmt: skip
def test_one_record_that_is_wrong_is_found(
    checked: Callable[..., dict[str, Finding]], record: Record, rule: str, kind: str
) -> None:
    found = checked(*GOOD, record)
    assert set(found) == {rule}
    assert (found[rule].place, found[rule].count) == (kind, 1)
    assert record.id in found[rule].value


def test_an_event_that_ends_after_midnight_of_the_last_day_is_within(
    checked: Callable[..., Any],
) -> None:
    late = {"starts_at": "2031-05-21T22:00:00+03:00", "ends_at": "2031-05-22T01:00:00+03:00"}
    assert checked(*GOOD, replace(EVENT, id="event-2", **late)) == {}


def test_an_institution_that_is_gone_is_found(checked: Callable[..., Any]) -> None:
    after = "UPDATE jobs SET institution_id = 'inst-9999'"
    assert set(checked(*GOOD, after=after)) == {"institution_gone"}


def test_an_id_of_two_records_is_found(checked: Callable[..., Any]) -> None:
    found = checked(*GOOD, replace(INTENTION, id="prog-0001"))
    assert set(found) == {"repeated_id", "wrong_id"}
    assert found["repeated_id"].value == "prog-0001"


def test_many_are_one_finding_with_a_few_examples(checked: Callable[..., Any]) -> None:
    more = [replace(JOB, id=f"job-{number}", title_en=None) for number in range(10, 15)]
    (finding,) = checked(*GOOD, *more).values()
    assert (finding.count, finding.value) == (5, "job-10, job-11, job-12 …")


def test_a_kind_without_records_and_a_store_without_any(checked: Callable[..., Any]) -> None:
    assert set(checked()) == {"no_records"}
    assert checked(INSTITUTION, JOB, PROGRAM, INTENTION)["none_of_kind"].place == "events"


def test_records_of_another_edition_and_real_ones_beside_the_shipped(
    forum: Edition, checked: Callable[..., Any]
) -> None:
    after = "UPDATE meta SET value = '30' WHERE key = 'edition'"
    assert checked(*GOOD, after=after)["other_edition"].value == "30"
    assert "real_beside_sample" in checked(*GOOD, edition=open_edition(SHIPPED))


def test_the_sample_beside_its_own_edition_is_right(checked: Callable[..., Any]) -> None:
    sample = replace(
        EVENT,
        starts_at="2020-09-08T10:00:00+08:00",
        ends_at=None,
        zone="exhibition",
        sample=True,
    )
    assert set(checked(sample, edition=open_edition(SHIPPED))) == {"none_of_kind"}


@pytest.mark.parametrize(
    ("file", "change", "rule", "place"),
    [
        ("conference.yml", ("opens: 9:00", "opens: 19:00"),
         "hours_odd", "staff_hours 1"),
        ("conference.yml", ("opens: 9:00", "opens: 04:00"),
         "hours_odd", "staff_hours 1"),
        ("conference.yml", ("days: [sat]", "days: [mon]"),
         "hours_odd", "staff_hours 2"),
        ("conference.yml", ("  email: office@example.org\n  phone: +7 843 000 0000\n", ""),
         "no_contact", "contact"),
        ("facts.yml", ("as_of: 2031-02", "as_of: 2029-12"),
         "source_old", "topics.about"),
        ("facts.yml", ("from 19 to 21 May 2031", "from 20 to 21 May 2031"),
         "fact_disagrees", "topics.dates.en"),
        ("facts.yml", ("主宾国是巴西", "主宾国是德国"),
         "fact_disagrees", "topics.guest_of_honour.zh"),
        ("facts.yml", ("For a visa, ask the office for an invitation.", ""),
         "fact_omits", "topics.registration.en"),
        ("facts.yml", ("索取。\n", "索取。\n    until: 2031-04-30\n"),
         "fact_past", "topics.registration.until"),
    ],
)  # fmt: skip
def test_what_is_odd_in_the_files_is_found(
    tmp_path: Path, file: str, change: tuple[str, str], rule: str, place: str
) -> None:
    edition = open_edition(changed_forum(tmp_path, change, file=file))
    found = rules(check_files(edition, today=BEFORE))
    assert set(found) == {rule}
    assert f"{file}: {place}" in [each.place for each in check_files(edition, today=BEFORE)]


def test_hours_that_nobody_has_told_and_a_conference_that_is_over(tmp_path: Path) -> None:
    text_ = (FORUM / "conference.yml").read_text(encoding="utf-8")
    hours = text_[text_.index("staff_hours:") :]
    edition = open_edition(changed_forum(tmp_path, (hours, "")))
    assert set(rules(check_files(edition, today=date(2031, 5, 22)))) == {"no_hours", "over"}


def test_what_is_left_of_the_shipped_edition_is_an_error(tmp_path: Path) -> None:
    shipped = open_edition(SHIPPED)
    edition = replace(shipped, folder=tmp_path, sample_now=None)
    found = [each for each in check_files(edition, today=BEFORE) if each.level == "error"]
    places = {each.place for each in found}
    assert {each.rule for each in found} == {"of_another_edition"}
    assert {"conference.yml: name.en", "facts.yml: topics.speakers.zh"} <= places
    assert not any("topics.bot" in each or "topics.fees" in each for each in places)


@pytest.mark.parametrize("rule", _RULES)
def test_every_rule_is_said_in_both_languages(rule: str) -> None:
    assert _RULES[rule]["level"] in LEVELS
    english, chinese = (" ".join(_RULES[rule][each]) for each in ("en", "zh"))
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese))


def test_findings_are_the_same_on_every_database(engine: Engine, forum: Edition) -> None:
    wrong = [
        replace(JOB, id="job-2", salary_min=13000, title_zh=None),
        replace(EVENT, id="event-2", zone="attic", ends_at="2031-05-19T09:00:00+03:00"),
    ]
    open_catalogue(engine, edition=forum).load([*GOOD, *wrong])
    found = rules(check_records(engine, forum, today=BEFORE))
    assert set(found) == {
        "salary_backwards",
        "record_untranslated",
        "zone_unknown",
        "event_backwards",
    }
