"""Messages to learn from: kept with consent alone, and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from conference.lessons import KEPT, Lesson, Lessons, Outcome, Reason
from conference.people import People
from conference.people_tables import LESSON, learning_consents, lessons

START = datetime(2020, 9, 8, tzinfo=timezone.utc)
LESSON_EN = Lesson("where do I park", "en", Reason.DECLINED, "out_of_scope", 0.3)


@pytest.fixture
def at(engine: Engine) -> Callable[[timedelta], Lessons]:
    """The store, some time after the start."""
    return lambda later: Lessons(engine, clock=lambda: START + later)


@pytest.fixture
def store(at: Callable[[timedelta], Lessons]) -> Lessons:
    return at(timedelta())


def test_consent_is_off_until_it_is_given_and_again_when_it_is_taken_back(store: Lessons) -> None:
    assert not store.keep(LESSON_EN, person="a")
    assert store.ask(person="a")
    assert not store.ask(person="a")
    assert not store.keep(LESSON_EN, person="a")
    store.agree(person="a", agreed=True)
    assert store.keep(LESSON_EN, person="a")
    assert not store.keep(LESSON_EN, person="b")
    assert len(store.waiting()) == 1
    store.agree(person="a", agreed=False)
    assert store.waiting() == []
    assert not store.keep(LESSON_EN, person="a")
    assert not store.ask(person="a")


def test_what_is_kept_has_no_names_and_is_kept_once(store: Lessons) -> None:
    store.agree(person="a", agreed=True)
    named = replace(LESSON_EN, text="my name is Li Hua, where do I park", correction="@li_hua, now")
    assert store.keep(named, person="a")
    assert store.keep(replace(LESSON_EN, meant="ask_place"), person="a")
    (kept,) = store.waiting()
    assert (kept.text, kept.correction, kept.meant) == ("where do I park", "now", "ask_place")


@pytest.mark.parametrize("text", ["", "123 456", "lihua@example.com", "长" * (LESSON + 1)])
def test_what_is_no_question_is_not_kept(store: Lessons, text: str) -> None:
    store.agree(person="a", agreed=True)
    assert not store.keep(replace(LESSON_EN, text=text), person="a")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_was_decided_on_does_not_come_again_whoever_says_it(
    store: Lessons, outcome: Outcome
) -> None:
    for person in ("a", "b"):
        store.agree(person=person, agreed=True)
        store.keep(LESSON_EN, person=person)
    first, _ = store.waiting()
    store.decide([first.id], outcome)
    assert store.waiting() == []


def test_a_person_who_is_forgotten_leaves_nothing(engine: Engine, store: Lessons) -> None:
    for person in ("a", "b"):
        store.agree(person=person, agreed=True)
        store.keep(LESSON_EN, person=person)
    People(engine).forget(person="a")
    with engine.connect() as connection:
        for table in (lessons, learning_consents):
            assert connection.execute(select(table.c.person)).scalars().all() == ["b"]


def test_all_of_it_ends_after_ninety_days(
    engine: Engine, at: Callable[[timedelta], Lessons]
) -> None:
    at(timedelta()).agree(person="a", agreed=True)
    at(timedelta(days=1)).keep(LESSON_EN, person="a")
    assert at(KEPT).forget_expired() == 0
    assert at(KEPT + timedelta(days=1)).forget_expired() == 1
    with engine.connect() as connection:
        for table in (lessons, learning_consents):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0
