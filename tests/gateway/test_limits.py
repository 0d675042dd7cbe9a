from __future__ import annotations

import pytest
from redis import Redis

from bot.gateway import limits
from bot.gateway.limits import RateLimit, RateLimits
from bot.settings import ROOT, Settings


def _settings(redis_url: str) -> Settings:
    return Settings(
        root=ROOT,
        database_url="sqlite://",
        secret="made up",  # noqa: S106
        redis_url=redis_url,
    )


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


async def test_a_minutes_worth_may_come_at_once_and_then_the_rate_holds() -> None:
    clock = Clock()
    limit = RateLimit(2, window=5, now=clock)
    assert [await limit.wait("a") for _ in range(11)] == [0] * 10 + [1]
    clock.seconds += 0.5
    assert [await limit.wait("a") for _ in range(2)] == [0, 1]


async def test_one_visitor_does_not_use_up_anothers() -> None:
    limit = RateLimit(1, window=1, now=Clock())
    assert [await limit.wait("a"), await limit.wait("a"), await limit.wait("b")] == [0, 1, 0]


async def test_the_wait_is_how_long_it_takes() -> None:
    clock = Clock()
    limit = RateLimit(0.1, window=10, now=clock)
    assert await limit.wait("a") == 0
    assert await limit.wait("a") == 10
    clock.seconds += 10
    assert await limit.wait("a") == 0


async def test_an_idle_time_gives_no_more_than_a_full_bucket() -> None:
    clock = Clock()
    limit = RateLimit(1, window=2, now=clock)
    await limit.wait("a")
    clock.seconds += 3600
    assert [await limit.wait("a") for _ in range(3)] == [0, 0, 1]


async def test_zero_is_no_limit() -> None:
    limit = RateLimit(0, now=Clock())
    assert not any([await limit.wait("a") for _ in range(1000)])


async def test_keys_of_visitors_who_left_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_FORGET_ABOVE", 3)
    clock = Clock()
    limit = RateLimit(1, window=1, now=clock)
    for key in "abc":
        await limit.wait(key)
    clock.seconds += 60
    await limit.wait("d")
    assert list(limit._buckets) == ["d"]


async def test_gateways_on_one_redis_count_together(redis_url: str) -> None:
    settings = _settings(redis_url)
    one, two = RateLimits(settings), RateLimits(settings)
    first, second = (each.limit("messages", 0.01, window=300) for each in (one, two))
    other = two.limit("sessions", 0.01, window=300)
    waits = [await each.wait("198.51.100.7") for each in (first, second, first, second)]
    assert waits[:3] == [0, 0, 0]
    assert 95 <= waits[3] <= 100
    assert [await second.wait("198.51.100.8"), await other.wait("198.51.100.7")] == [0, 0]
    with Redis.from_url(redis_url) as redis:
        keys = redis.keys()
        assert len(keys) == 3
        assert not any(b"198.51" in key for key in keys)
        assert all(0 < redis.pttl(key) <= 300_000 for key in keys)
    for each in (one, two):
        await each.close()


async def test_a_bucket_in_redis_fills_again(redis_url: str) -> None:
    limits = RateLimits(_settings(redis_url))
    limit = limits.limit("messages", 0.5, window=2)
    assert await limit.wait("a") == 0
    assert await limit.wait("a") in (1, 2)
    with Redis.from_url(redis_url) as redis:
        (key,) = redis.keys()
        redis.hincrbyfloat(key, "at", -2)  # as if it were two seconds later
    assert await limit.wait("a") == 0
    await limits.close()


async def test_while_redis_is_away_a_gateway_counts_for_itself() -> None:
    limits = RateLimits(_settings("redis://127.0.0.1:1/0"))
    limit = limits.limit("messages", 0.01, window=100)
    assert [await limit.wait("a"), await limit.wait("a") > 0] == [0, True]
    await limits.close()
