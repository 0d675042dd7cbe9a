from __future__ import annotations

import pytest

from bot.gateway import limits
from bot.gateway.limits import RateLimit


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_minutes_worth_may_come_at_once_and_then_the_rate_holds() -> None:
    clock = Clock()
    limit = RateLimit(2, window=5, now=clock)
    assert [limit.wait("a") for _ in range(11)] == [0] * 10 + [1]
    clock.seconds += 0.5
    assert [limit.wait("a") for _ in range(2)] == [0, 1]


def test_one_visitor_does_not_use_up_anothers() -> None:
    limit = RateLimit(1, window=1, now=Clock())
    assert [limit.wait("a"), limit.wait("a"), limit.wait("b")] == [0, 1, 0]


def test_the_wait_is_how_long_it_takes() -> None:
    clock = Clock()
    limit = RateLimit(0.1, window=10, now=clock)
    assert limit.wait("a") == 0
    assert limit.wait("a") == 10
    clock.seconds += 10
    assert limit.wait("a") == 0


def test_an_idle_time_gives_no_more_than_a_full_bucket() -> None:
    clock = Clock()
    limit = RateLimit(1, window=2, now=clock)
    limit.wait("a")
    clock.seconds += 3600
    assert [limit.wait("a") for _ in range(3)] == [0, 0, 1]


def test_zero_is_no_limit() -> None:
    limit = RateLimit(0, now=Clock())
    assert not any(limit.wait("a") for _ in range(1000))


def test_keys_of_visitors_who_left_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_FORGET_ABOVE", 3)
    clock = Clock()
    limit = RateLimit(1, window=1, now=clock)
    for key in "abc":
        limit.wait(key)
    clock.seconds += 60
    limit.wait("d")
    assert list(limit._buckets) == ["d"]
