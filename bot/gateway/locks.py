"""One turn at a time in a conversation, however many gateways serve it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from bot.errors import SettingError
from bot.gateway.errors import unavailable

_LEASE = 15.0  # seconds after which the lock of a gateway that was killed is free again
_PATIENCE = 45.0  # seconds that a turn waits for another gateway's: longer than any turn takes
_LOOK_AGAIN = 0.02  # seconds between one look and the next: less than a turn takes


class Locks(Protocol):
    """Who may take a turn in a conversation."""

    def hold(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Hold the conversation for as long as the context lasts; raises ApiError if it can't."""


class OwnLocks:
    """For one gateway, whose own queue for each conversation is enough."""

    def hold(self, conversation: str) -> AbstractAsyncContextManager[None]:
        return contextlib.nullcontext()


class RedisLocks:
    """For several gateways on one database: a lock a conversation in Redis.

    A lease that is renewed while its turn lasts, so that a gateway that is killed holds up
    nobody for longer than `lease` seconds. Without Redis no turn is taken.
    """

    def __init__(self, url: str, *, lease: float = _LEASE, patience: float = _PATIENCE) -> None:
        self._redis: Redis[str] = Redis.from_url(url, socket_connect_timeout=2, socket_timeout=5)
        self._lease = lease
        self._patience = patience

    async def check(self) -> None:
        """Raises SettingError if Redis does not answer."""
        try:
            await self._redis.ping()
        except RedisError as error:
            raise SettingError(
                "CIEP_REDIS_URL",
                f"names a Redis that does not answer ({type(error).__name__})",
                "start it, mend the address, or unset it to run one gateway alone",
            ) from error

    async def close(self) -> None:
        await self._redis.close(close_connection_pool=True)  # else its connections stay

    @contextlib.asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        lock = self._redis.lock(
            f"ciep:turn:{conversation}",
            timeout=self._lease,
            sleep=_LOOK_AGAIN,
            blocking_timeout=self._patience,
        )
        try:
            held = await lock.acquire()
        except RedisError:
            raise unavailable() from None
        if not held:
            raise unavailable()
        renewing = asyncio.create_task(self._renew(lock))
        try:
            yield
        finally:
            renewing.cancel()
            with contextlib.suppress(LockError, RedisError):  # then the lease ends by itself
                await lock.release()

    async def _renew(self, lock: Lock) -> None:
        while True:
            await asyncio.sleep(self._lease / 3)
            with contextlib.suppress(RedisError):  # the next round may reach it
                await lock.reacquire()
