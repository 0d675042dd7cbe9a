"""People's own lists."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from conference.cases import Cases
from conference.conversations import Conversations
from conference.people import People, clashes
from conference.people_tables import (
    agenda_items,
    alerts,
    contact_requests,
    conversations,
    messages,
    saved_items,
    tickets,
)
from conference.query import Frame, Kind, Query
from tests.conference.data import EVENTS


@pytest.fixture
def clock() -> Callable[[], datetime]:
    moments = iter(range(1000))
    start = datetime(2020, 9, 8, tzinfo=timezone.utc)
    return lambda: start + timedelta(seconds=next(moments))


@pytest.fixture
def people(engine: Engine, clock: Callable[[], datetime]) -> People:
    return People(engine, clock=clock)


def test_saved_items_keep_their_order_and_are_kept_once(people: People) -> None:
    assert people.save(person="a", record_id="job-00002")
    assert people.save(person="a", record_id="job-00001")
    assert not people.save(person="a", record_id="job-00002")
    people.save(person="b", record_id="prog-0001")
    assert people.saved(person="a") == ["job-00002", "job-00001"]
    assert people.unsave(person="a", record_id="job-00002")
    assert not people.unsave(person="a", record_id="job-00002")
    assert people.saved(person="a") == ["job-00001"]
    assert people.saved(person="b") == ["prog-0001"]


def test_the_agenda_is_a_list_of_its_own(people: People) -> None:
    assert people.plan(person="a", event_id="event-0001")
    assert not people.plan(person="a", event_id="event-0001")
    assert (people.agenda(person="a"), people.saved(person="a")) == (["event-0001"], [])
    assert people.unplan(person="a", event_id="event-0001")
    assert people.agenda(person="a") == []


def test_events_that_overlap_clash_and_those_that_touch_do_not() -> None:
    first = replace(EVENTS[1])  # 09:30 to 12:00
    inside = replace(
        first,
        id="event-0101",
        starts_at="2020-09-08T11:00:00+08:00",
        ends_at="2020-09-08T13:00:00+08:00",
    )
    touching = replace(
        first,
        id="event-0102",
        starts_at="2020-09-08T13:00:00+08:00",
        ends_at="2020-09-08T14:00:00+08:00",
    )
    cancelled = replace(first, id="event-0103", status="cancelled")
    assert clashes([touching, cancelled, inside, first]) == [("event-0002", "event-0101")]


def test_the_same_search_is_one_alert_whatever_its_page(people: People) -> None:
    frame = Frame(Kind.JOBS, Query(industry=("energy",), text="氢能"))
    first = people.subscribe(person="a", frame=frame)
    people.stop_alerts(person="a")
    assert [each.active for each in people.alerts(person="a")] == [False]
    again = people.subscribe(person="a", frame=replace(frame, offset=5))
    assert (again.id, again.frame, again.active) == (first.id, frame, True)
    other = people.subscribe(person="a", frame=Frame(Kind.PROGRAMS))
    assert people.stop_alerts(person="a", alert_id=other.id) == 1
    assert [each.active for each in people.alerts(person="a")] == [True, False]
    assert people.stop_alerts(person="b") == 0
    assert people.stop_alerts(person="a") == 1


def test_a_contact_request_keeps_when_it_was_consented_to(people: People) -> None:
    request = {"person": "a", "record_id": "job-00001", "institution_id": "inst-0001"}
    assert people.request_contact(**request)
    assert not people.request_contact(**request)
    (contact,) = people.contacts(person="a")
    assert (contact.record_id, contact.institution_id) == ("job-00001", "inst-0001")
    assert contact.consent_at == "2020-09-08T00:00:00.000000+00:00"


def test_tickets_have_readable_ids_that_are_never_given_again(
    engine: Engine, people: People, clock: Callable[[], datetime]
) -> None:
    assert people.open_ticket(person="a", text="I need a person") == "ticket-00001"
    case = Cases(engine, clock=clock).get("ticket-00001")
    assert case is not None
    assert (case.text, case.state) == ("I need a person", "open")
    people.forget(person="a")
    assert people.open_ticket(person="b", text="Me too") == "ticket-00002"


def test_forgetting_leaves_nothing_of_one_and_all_of_another(
    engine: Engine, people: People
) -> None:
    talk = Conversations(engine)
    for person in ("a", "b"):
        people.save(person=person, record_id="job-00001")
        people.plan(person=person, event_id="event-0001")
        people.subscribe(person=person, frame=Frame(Kind.JOBS))
        people.request_contact(person=person, record_id="job-00001", institution_id=None)
        people.open_ticket(person=person, text="help")
        talk.start(conversation=f"c-{person}", person=person, channel="web")
        talk.append(conversation=f"c-{person}", author="user", payload={"text": "hi"})
    people.forget(person="a")
    tables = (saved_items, agenda_items, alerts, contact_requests, tickets, conversations)
    with engine.connect() as connection:
        for table in tables:
            assert connection.execute(select(table.c.person)).scalars().all() == ["b"]
        kept = connection.execute(select(messages.c.conversation_id)).scalars().all()
    assert kept == ["c-b"]


def test_many_threads_save_without_losing_or_doubling(engine: Engine) -> None:
    people = People(engine)
    wanted = [f"job-{each:05d}" for each in range(20)]

    def save(record_id: str) -> bool:
        return people.save(person="a", record_id=record_id)

    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(save, wanted * 2))
    assert sum(new) == 20
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(saved_items)).scalar() == 20
