"""Contacts and tickets in the hands of staff; what they did is kept with their names."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from conference.cases import NOTE, Cases
from conference.organisers import LINK_KEPT, Organisers
from conference.people import People
from tests.visits import MANY, Clock, visits


@pytest.fixture
def cases(engine: Engine, now: datetime) -> Cases:
    visits(engine, now)
    return Cases(engine, clock=Clock(now))


def test_cases_are_listed_newest_first_and_filtered(cases: Cases) -> None:
    total, listed = cases.listed()
    assert (total, len(listed)) == (MANY + 1, MANY + 1)
    assert listed[-1].id == "ticket-00001"  # yesterday's
    assert cases.listed(kind="ticket")[0] == 1
    assert cases.listed(kind="contact", state="closed") == (0, [])
    assert cases.listed(page=2) == (MANY + 1, [])


def test_a_contact_is_about_a_record(cases: Cases) -> None:
    case = cases.get("contact-00001")
    assert case is not None
    assert (case.record_id, case.institution_id, case.text) == ("job-00001", "inst-0001", None)


def test_a_move_is_logged_with_who_did_it(cases: Cases) -> None:
    assert cases.move("ticket-00001", state="answered", note="By phone", organiser="Li Hua")
    case = cases.get("ticket-00001")
    assert case is not None
    assert case.state == "answered"
    done = cases.actions(subject="ticket-00001")[0]
    assert (done.organiser, done.action, done.state, done.note) == (
        "Li Hua",
        "moved",
        "answered",
        "By phone",
    )
    assert cases.open_count() == MANY


@pytest.mark.parametrize(
    "name", ["", "ticket", "ticket-1", "ticket-00099", "tickets-00001", "ticket-00001'"]
)
def test_what_is_no_case_is_not_there(cases: Cases, name: str) -> None:
    assert cases.get(name) is None
    assert not cases.move(name, state="closed", note="", organiser="Li Hua")
    assert cases.actions() == []


def test_false_states_and_endless_notes_are_refused(cases: Cases) -> None:
    for state, note in (("gone", ""), ("open", "a" * (NOTE + 1))):
        with pytest.raises(ValueError, match=state):
            cases.move("ticket-00001", state=state, note=note, organiser="Li Hua")


def test_a_deleted_persons_case_goes_with_its_notes(engine: Engine, cases: Cases) -> None:
    cases.move("ticket-00001", state="answered", note="Zhang Wei's number", organiser="Li Hua")
    People(engine).forget(person="telegram:1")
    assert cases.get("ticket-00001") is None
    assert [each.note for each in cases.actions()] == [None]


def test_a_link_signs_in_once(engine: Engine, now: datetime) -> None:
    organisers = Organisers(engine, clock=Clock(now))
    secret = organisers.add("李华")
    used = organisers.use(secret)
    assert used is not None
    assert organisers.knows(*used)
    assert organisers.use(secret) is None
    assert organisers.use("") is None


def test_old_and_replaced_links_are_dead(engine: Engine, now: datetime) -> None:
    clock = Clock(now)
    organisers = Organisers(engine, clock=clock)
    first, second = organisers.add("Li Hua"), organisers.add("Li Hua")
    assert organisers.use(first) is None
    clock.now += LINK_KEPT + timedelta(seconds=1)
    assert organisers.use(second) is None


def test_removing_an_organiser_ends_the_sessions(engine: Engine, now: datetime) -> None:
    organisers = Organisers(engine, clock=Clock(now))
    used = organisers.use(organisers.add("Li Hua"))
    assert used is not None
    assert organisers.remove("Li Hua")
    assert not organisers.knows(*used)
    assert not organisers.remove("Li Hua")
