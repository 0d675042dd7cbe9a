from __future__ import annotations

import pytest

from bot.gateway.telegram.limits import Limits, Pace

CHAT, GROUP = 4711, -100


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(Limits(margin=0.0), now=clock)


def send(pace: Pace, chat: int) -> None:
    pace.begin()
    pace.end(chat)


@pytest.mark.parametrize("chat", [CHAT, GROUP])
def test_a_chat_rests_as_long_as_telegram_says_though_the_refused_call_ends(
    pace: Pace, clock: Clock, chat: int
) -> None:
    pace.begin()
    pace.rest(chat, 30)
    pace.end(chat)
    clock.now += 29.5
    assert pace.resting() == {chat}
    assert pace.soonest() == pytest.approx(0.5)
    clock.now += 0.5
    assert pace.resting() == set()


def test_a_shorter_rest_ends_no_longer_one(pace: Pace, clock: Clock) -> None:
    pace.rest(CHAT, 30)
    pace.rest(CHAT, 3)
    clock.now += 29
    assert pace.resting() == {CHAT}


def test_a_second_lies_between_two_messages_in_a_chat(pace: Pace, clock: Clock) -> None:
    send(pace, CHAT)
    assert pace.resting() == {CHAT}
    clock.now += 1
    assert pace.resting() == set()
    assert pace.soonest() is None


def test_a_group_gets_twenty_a_minute(pace: Pace, clock: Clock) -> None:
    for _ in range(20):
        send(pace, GROUP)
        clock.now += 1
    assert pace.resting() == {GROUP}
    assert pace.soonest() == pytest.approx(40)


def test_all_together_get_thirty_a_second(pace: Pace, clock: Clock) -> None:
    for chat in range(29):
        send(pace, chat)
    assert pace.wait_for_all() == 0
    pace.begin()  # what is under way counts
    assert pace.wait_for_all() == pytest.approx(1)
    pace.end(29)
    clock.now += 1
    assert pace.wait_for_all() == 0
