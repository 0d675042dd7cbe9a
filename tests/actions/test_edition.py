"""A second edition through the acts: its days, its clock, its guest, its zones, its staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from actions.action_answer import ActionAnswer
from actions.action_confirm import ActionConfirm
from actions.action_contact import ActionContact
from actions.action_details import ActionDetails
from actions.action_handoff import ActionHandoff
from actions.action_list import ActionList
from actions.action_search import ActionSearch
from actions.action_talk import ActionTalk
from actions.reading import read
from actions.services import Services
from bot.settings import clock_of, read_settings
from conference.catalogue import open_catalogue
from conference.conversations import Conversations
from conference.database import migrate, open_database
from conference.edition import open_edition
from conference.importing import Request, import_file
from conference.lessons import Lessons
from conference.models import Event, Job
from conference.people import People
from conference.query import Kind, Query
from conference.vocabulary import using
from tests.actions.conftest import Talk, ids
from tests.editions import FORUM, changed_forum

# the forum's first day in Moscow, already its second in Shenzhen
NOW = "2031-05-19T23:30:00+03:00"
EVENTS = (
    "id,name_en,name_zh,starts_at,ends_at,zone\n"
    "event-1,Opening,开幕式,2031-05-19 10:00,2031-05-19 11:00,startup-alley\n"
    "event-2,Night talk,夜谈,2031-05-19T20:45:00Z,2031-05-19T21:30:00Z,创业大道\n"
    "event-3,Job fair,招聘会,2031-05-20 09:00,2031-05-20 17:00,Career hall\n"
    "event-4,Farewell,闭幕式,2031-05-21 18:00,,career-hall\n"
)


@pytest.fixture
def forum(tmp_path: Path) -> Iterator[Callable[..., Services]]:
    """Services of the forum, its events imported from a spreadsheet."""
    engine = open_database(f"sqlite:///{tmp_path}/ciep.db")
    migrate(engine)

    def opened(folder: Path = FORUM, clock: str = NOW) -> Services:
        environ = {"CIEP_EDITION": str(folder), "CIEP_CLOCK": clock}
        settings = read_settings(environ, root=tmp_path)
        catalogue = open_catalogue(engine, edition=settings.edition)
        file = tmp_path / "events.csv"
        file.write_text(EVENTS, encoding="utf-8")
        report = import_file(catalogue, file, Request())
        assert report.refused == 0
        catalogue.load([Job(id="job-00001", title_en="Welder", title_zh="焊工")])
        return Services(
            catalogue=catalogue,
            people=People(engine),
            conversations=Conversations(engine),
            lessons=Lessons(engine),
            now=clock_of(settings, sample=False),
        )

    yield opened
    engine.dispose()


@pytest.fixture(params=["en", "zh"])
def visitor(request: pytest.FixtureRequest, forum: Callable[..., Services]) -> Talk:
    return Talk(forum(), person="somebody", language=request.param)


def days(services: Services, value: str) -> tuple[str | None, str | None]:
    """What a `day` entity means."""
    said = {
        "text": "",
        "intent": {"name": "find_events", "confidence": 1.0},
        "entities": [{"entity": "day", "value": value, "start": 0, "end": 0}],
    }
    wanted = read(said, now=services.now(), days=services.edition.days).wanted
    return wanted.day, wanted.until


def found(visitor: Talk, **query: Any) -> list[str]:
    custom = visitor.take(ActionSearch(), "find_events", kind=Kind.EVENTS, wanted=Query(**query))
    return ids(custom["items"])


def test_days_are_those_of_its_clock_and_its_calendar(forum: Callable[..., Services]) -> None:
    services = forum()
    assert days(services, "+0") == ("2031-05-19", None)
    assert days(services, "+1") == ("2031-05-20", None)
    assert days(services, "first") == ("2031-05-19", None)
    assert days(services, "last") == ("2031-05-21", None)


def test_events_are_found_by_its_clock(visitor: Talk) -> None:
    # the night talk begins at 23:45 in Moscow and ends after midnight: it is on both days
    assert found(visitor, day="2031-05-19") == ["event-2", "event-1"]
    assert found(visitor, day="2031-05-20") == ["event-2", "event-3"]
    assert found(visitor, day="2031-05-19", period="evening") == ["event-2"]
    assert found(visitor, period="next")[0] == "event-2"


def test_times_are_stored_shown_and_named_by_its_clock(visitor: Talk) -> None:
    record = visitor.services.catalogue.get("event-1")
    assert isinstance(record, Event)
    assert record.starts_at == "2031-05-19T10:00:00+03:00"
    with using(visitor.services.catalogue.vocabulary):
        found(visitor, day="2031-05-20", period="afternoon")
        visitor.take(ActionDetails(), "ask_details", places=(1,))
    zone = {"en": ("(UTC+3)", "Career hall"), "zh": ("（UTC+3）", "招聘大厅")}
    for part in ("09:00–17:00", *zone[visitor.language]):
        assert part in visitor.message["text"]


def test_a_zone_is_understood_by_its_code_and_its_names(forum: Callable[..., Services]) -> None:
    records = forum().catalogue.get_many(["event-1", "event-2", "event-3"])
    zones = [each.zone for each in records if isinstance(each, Event)]
    assert zones == ["startup-alley", "startup-alley", "career-hall"]


def test_it_greets_in_its_name_and_helps_with_its_guest(visitor: Talk) -> None:
    visitor.take(ActionTalk(), "greet")
    name = {"en": "the 31st Open Forum of Talent", "zh": "第三十一届开放人才论坛"}
    assert name[visitor.language] in visitor.message["text"]
    visitor.take(ActionTalk(), "help")
    example = {"en": "Programmes from Brazil", "zh": "巴西有哪些"}
    assert example[visitor.language] in visitor.message["text"]


def test_without_a_guest_none_is_named(forum: Callable[..., Services], tmp_path: Path) -> None:
    folder = changed_forum(tmp_path, ("guest_of_honour: BR\n", ""))
    visitor = Talk(forum(folder), person="somebody")
    visitor.take(ActionTalk(), "help")
    assert "“Programmes on hydrogen”" in visitor.message["text"]
    visitor.take(ActionAnswer(), "ask_guest_of_honour")
    assert [each["title"] for each in visitor.message["buttons"]] == [
        "👍 Helpful",
        "👎 Not helpful",
    ]


@pytest.mark.parametrize(
    ("topic", "payload", "title"),
    [
        (
            "guest_of_honour",
            '/find_programs{"country": "BR"}',
            ("Programmes from Brazil", "巴西的合作项目"),
        ),
        ("regions", '/find_jobs{"region": "europe"}', ("Jobs in Europe", "欧洲的职位")),
        ("shenzhen", '/find_jobs{"city": "kazan"}', ("Jobs in Kazan", "喀山的职位")),
    ],
)
def test_buttons_lead_to_what_it_has(
    visitor: Talk, topic: str, payload: str, title: tuple[str, str]
) -> None:
    visitor.take(ActionAnswer(), f"ask_{topic}")
    button = visitor.message["buttons"][0]
    assert (button["payload"], button["title"]) == (payload, title[visitor.language == "zh"])


def test_a_fact_names_its_page_and_its_source(visitor: Talk) -> None:
    custom = visitor.take(ActionAnswer(), "ask_registration")
    assert "https://www.example.org/register" in visitor.message["text"]
    office = {"en": "The forum office", "zh": "论坛办公室"}
    assert custom["sources"] == [{"name": office[visitor.language], "as_of": "2031-02"}]


@pytest.mark.parametrize("topic", ["contact", "fees"])
def test_what_is_not_known_says_whom_to_ask_and_when(visitor: Talk, topic: str) -> None:
    custom = visitor.take(ActionAnswer(), f"ask_{topic}")
    assert custom["sources"] == []
    text = visitor.message["text"]
    assert "office@example.org" in text
    assert "+7 843 000 0000" in text
    hours = {
        "en": "Staff answer Mon to Fri, 09:00–18:00; Sat, 10:00–14:00 (UTC+3).",
        "zh": "人工服务时间：星期一至星期五 09:00–18:00；星期六 10:00–14:00（UTC+3）。",
    }
    assert hours[visitor.language] in text


def test_a_ticket_says_when_staff_answer(visitor: Talk) -> None:
    visitor.take(ActionHandoff(), "handoff", text="Where is hall 3?")
    assert "09:00–18:00" in visitor.message["text"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "I don't know that"), ("zh", "没有可靠的信息")]
)
def test_a_topic_without_a_fact_is_not_known(
    forum: Callable[..., Services], tmp_path: Path, language: str, said: str
) -> None:
    folder = changed_forum(tmp_path, ("  fees:\n", "  feess:\n"), file="facts.yml")
    visitor = Talk(forum(folder), person="somebody", language=language)
    custom = visitor.take(ActionAnswer(), "ask_fees")
    assert (custom["topic"], custom["sources"]) == ("fees", [])
    assert said in visitor.message["text"]


def test_a_fact_in_one_language_is_shown_in_the_other_with_a_mark(
    forum: Callable[..., Services], tmp_path: Path
) -> None:
    folder = changed_forum(tmp_path, ("    zh: 主宾国是巴西。\n", ""), file="facts.yml")
    visitor = Talk(forum(folder), person="somebody", language="zh")
    visitor.take(ActionAnswer(), "ask_guest_of_honour")
    assert "Brazil is the guest of honour.（英文原文）" in visitor.message["text"]


def test_events_stored_for_another_zone_move_to_its_own(
    forum: Callable[..., Services], tmp_path: Path
) -> None:
    from conference.zones import keep_zone

    catalogue = forum().catalogue
    folder = changed_forum(tmp_path, ("Europe/Moscow", "America/New_York"))
    keep_zone(catalogue.engine, open_edition(folder).zone)
    moved = open_catalogue(catalogue.engine, edition=open_edition(folder)).get("event-1")
    assert isinstance(moved, Event)
    assert moved.starts_at == "2031-05-19T03:00:00-04:00"


def test_a_contact_request_has_the_conferences_day(visitor: Talk) -> None:
    """Kept with the real time, which the fixed clock of a demonstration is years from."""
    visitor.take(ActionContact(), "contact_item", records=("job-00001",))
    visitor.take(ActionConfirm(), "affirm")
    custom = visitor.take(ActionList(), "show_contacts")
    (item,) = custom["items"]
    shown = {"en": "sent 19 May 2031", "zh": "2031年5月19日发送"}
    assert shown[visitor.language] in item["subtitle"]
    told = datetime.fromisoformat(item["consentAt"])
    assert abs(told - datetime.fromisoformat(NOW)) < timedelta(minutes=5)
    (kept,) = visitor.services.people.contacts(person="somebody")
    real = datetime.fromisoformat(kept.consent_at)
    assert abs(real - datetime.now(timezone.utc)) < timedelta(minutes=5)


def test_with_the_real_clock_a_kept_moment_is_told_as_it_was(
    forum: Callable[..., Services],
) -> None:
    services = replace(forum(), now=lambda: datetime.now(timezone.utc))
    moment = datetime.now(timezone.utc).replace(microsecond=0)
    told = datetime.fromisoformat(services.told(moment.isoformat()))
    assert abs(told - moment) <= timedelta(seconds=1)
