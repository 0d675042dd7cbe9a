"""Conversations: what a reload shows, what is answered once, what the brain remembers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import StatementError

from conference.conversations import KEPT, Conversations


@pytest.fixture
def talk(engine: Engine) -> Conversations:
    opened = Conversations(engine)
    opened.start(conversation="c", person="a", channel="web", language="en")
    return opened


def test_history_is_numbered_from_one_and_can_be_asked_from_a_gap(talk: Conversations) -> None:
    first = talk.append(conversation="c", author="user", payload={"text": "你好"})
    second = talk.append(conversation="c", author="bot", payload={"text": "Hello"})
    assert (first, second) == (1, 2)
    shown = [(each.author, each.payload) for each in talk.history(conversation="c")]
    assert shown == [("user", {"text": "你好"}), ("bot", {"text": "Hello"})]
    assert [each.seq for each in talk.history(conversation="c", after=1)] == [2]
    assert talk.history(conversation="other") == []


def test_a_repeated_message_is_not_added_and_its_answers_are_known(talk: Conversations) -> None:
    assert talk.answered(conversation="c", client_id="x") is None
    assert talk.append(conversation="c", author="user", payload={}, client_id="x") == 1
    assert talk.answered(conversation="c", client_id="x") == []
    talk.append(conversation="c", author="bot", payload={"text": "one"}, answers="x")
    assert talk.append(conversation="c", author="user", payload={}, client_id="x") is None
    answers = talk.answered(conversation="c", client_id="x")
    assert answers is not None
    assert [each.payload for each in answers] == [{"text": "one"}]
    assert talk.append(conversation="c", author="bot", payload={}) == 3  # no number was lost


def test_what_cannot_be_kept_takes_no_number(talk: Conversations) -> None:
    with pytest.raises(StatementError):
        talk.append(conversation="c", author="bot", payload={"text": object()})  # no JSON
    assert talk.history(conversation="c") == []
    assert talk.append(conversation="c", author="bot", payload={}) == 1


def test_the_same_client_id_in_two_conversations_is_two_messages(talk: Conversations) -> None:
    talk.start(conversation="d", person="b", channel="web")
    assert talk.append(conversation="c", author="user", payload={}, client_id="x") == 1
    assert talk.append(conversation="d", author="user", payload={}, client_id="x") == 1


def test_state_is_kept_and_starting_again_changes_nothing(talk: Conversations) -> None:
    assert talk.state(conversation="c") is None
    talk.save_state(conversation="c", state={"kind": "jobs", "城市": ["深圳"]})
    talk.start(conversation="c", person="a", channel="web", language="en")
    assert talk.state(conversation="c") == {"kind": "jobs", "城市": ["深圳"]}


def test_clearing_forgets_what_was_said_but_not_the_numbers(talk: Conversations) -> None:
    talk.append(conversation="c", author="user", payload={})
    talk.save_state(conversation="c", state={"a": 1})
    talk.clear(conversation="c")
    assert (talk.history(conversation="c"), talk.state(conversation="c")) == ([], None)
    assert talk.append(conversation="c", author="user", payload={}) == 2


def test_a_conversation_that_is_gone_takes_nothing(talk: Conversations) -> None:
    with pytest.raises(KeyError):
        talk.append(conversation="gone", author="user", payload={})
    with pytest.raises(KeyError):
        talk.save_state(conversation="gone", state={})


def test_conversations_run_out_after_their_last_message(engine: Engine) -> None:
    moment = datetime(2020, 9, 8, tzinfo=timezone.utc)
    talk = Conversations(engine, clock=lambda: moment)
    talk.start(conversation="c", person="a", channel="web")
    talk.append(conversation="c", author="user", payload={})
    later = Conversations(engine, clock=lambda: moment + KEPT - timedelta(seconds=1))
    assert later.forget_expired() == 0
    later.append(conversation="c", author="user", payload={})
    assert Conversations(engine, clock=lambda: moment + KEPT).forget_expired() == 0
    assert Conversations(engine, clock=lambda: moment + 2 * KEPT).forget_expired() == 1
    assert talk.history(conversation="c") == []


def test_threads_that_write_at_once_get_numbers_without_gaps(talk: Conversations) -> None:
    def append(_: int) -> int | None:
        return talk.append(conversation="c", author="user", payload={})

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(append, range(40))) == list(range(1, 41))
