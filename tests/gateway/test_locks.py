"""Two gateways on one database, with a real Redis between them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from redis import Redis

from bot.errors import SettingError
from bot.gateway.locks import RedisLocks
from tests.gateway.conftest import Site
from tests.waiting import until


@pytest.fixture
async def locks(redis_url: str) -> AsyncIterator[Callable[..., RedisLocks]]:
    made: list[RedisLocks] = []

    def make(*, lease: float = 15, patience: float = 10) -> RedisLocks:
        made.append(RedisLocks(redis_url, lease=lease, patience=patience))
        return made[-1]

    yield make
    for each in made:
        await each.close()


async def test_a_conversation_has_one_turn_at_a_time_over_both_gateways(
    open_site: Callable[..., Site], locks: Callable[..., RedisLocks]
) -> None:
    first, second = open_site(locks=locks()), open_site(locks=locks())
    first.brain.gate = asyncio.Event()
    token = await first.token()
    slow = asyncio.create_task(first.say(token, "first"))
    await until(lambda: first.brain.turns)
    waiting = asyncio.create_task(second.say(token, "second"))
    other = await second.say(await second.token(), "someone else")
    assert other[0]["text"] == "You said: someone else"
    assert [each["text"] for each in second.brain.turns] == ["someone else"]
    first.brain.gate.set()
    await slow
    await waiting
    history = await second.history(token)
    assert [each["text"] for each in history] == [
        "first",
        "You said: first",
        "second",
        "You said: second",
    ]


async def test_a_repeated_message_is_answered_once_over_both_gateways(
    open_site: Callable[..., Site], locks: Callable[..., RedisLocks]
) -> None:
    first, second = open_site(locks=locks()), open_site(locks=locks())
    token = await first.token()
    answers = await asyncio.gather(
        first.say(token, "once", id="m1"), second.say(token, "once", id="m1")
    )
    assert answers[0] == answers[1]
    assert len(first.brain.turns) + len(second.brain.turns) == 1


async def test_the_lock_of_a_killed_gateway_ends_by_itself(
    locks: Callable[..., RedisLocks], redis_url: str
) -> None:
    with Redis.from_url(redis_url) as killed:
        killed.lock("ciep:turn:c", timeout=0.2).acquire()
        async with locks().hold("c"):
            assert killed.exists("ciep:turn:c")


async def test_a_long_turn_keeps_its_lock(locks: Callable[..., RedisLocks], redis_url: str) -> None:
    taken: list[str] = []

    async def second() -> None:
        async with locks().hold("c"):
            taken.append("second")

    with Redis.from_url(redis_url) as redis:
        async with locks(lease=2).hold("c"):
            waiting = asyncio.create_task(second())
            left = [2000]

            def renewed() -> bool:
                left.append(redis.pttl("ciep:turn:c"))
                return left[-1] > left[-2]

            for _ in range(4):  # more often than the lease lasts by itself
                await until(renewed)
            taken.append("first")
        await waiting
    assert taken == ["first", "second"]


async def test_without_redis_nothing_is_answered_and_the_start_says_so(
    open_site: Callable[..., Site], tmp_path: Path
) -> None:
    away = RedisLocks(f"unix://{tmp_path}/nobody.sock")
    site = open_site(locks=away)
    answer = await site.post("messages", {"token": await site.token(), "text": "hello"})
    assert answer.status_code == 503
    assert not site.brain.turns
    with pytest.raises(SettingError, match="CIEP_REDIS_URL names a Redis that does not answer"):
        await away.check()
