"""How much one visitor or one address may ask for."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.settings import Settings

_FORGET_ABOVE = 10_000  # keys held before the full ones, which know nothing, are dropped


class RateLimit:
    """A token bucket for every key: `rate` a second, averaged over `window` seconds.

    A rate of 0 limits nothing. `now` is a clock in seconds that never goes back.
    """

    def __init__(
        self, rate: float, *, window: float = 60, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._size = max(1.0, rate * window)
        self._now = now
        self._buckets: dict[str, tuple[float, float]] = {}  # key: (left, when)

    async def wait(self, key: str) -> int:
        """Take one: 0 when it may go ahead, else the whole seconds until it may."""
        if self._rate <= 0:
            return 0
        left = self._left(key)
        if left < 1:
            return math.ceil((1 - left) / self._rate)
        if len(self._buckets) >= _FORGET_ABOVE:
            self._buckets = {k: v for k, v in self._buckets.items() if self._left(k) < self._size}
        self._buckets[key] = (left - 1, self._now())
        return 0

    def _left(self, key: str) -> float:
        left, when = self._buckets.get(key, (self._size, self._now()))
        return min(self._size, left + (self._now() - when) * self._rate)


# One step in Redis, by Redis's own clock, so that gateways' clocks may differ. A bucket that
# would be full again is forgotten. Answers the seconds to wait, as text: Redis cuts numbers off.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local rate, size = tonumber(ARGV[1]), tonumber(ARGV[2])
local bucket = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = math.min(size, (tonumber(bucket[1]) or size) + (now - (bucket[2] or now)) * rate)
if left < 1 then return tostring((1 - left) / rate) end
redis.call('HSET', KEYS[1], 'left', tostring(left - 1), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((size - left + 1) / rate * 1000))
return '0'
"""


class SharedRateLimit(RateLimit):
    """The same, counted by all gateways together in Redis; by each for itself while it is away.

    What the keys say of people is hashed with `secret`.
    """

    def __init__(
        self,
        name: str,
        rate: float,
        *,
        redis: Redis[str],
        secret: str,
        window: float = 60,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(rate, window=window, now=now)
        self._name = name
        self._take = redis.register_script(_TAKE)
        self._secret = hashlib.sha256(secret.encode()).digest()

    async def wait(self, key: str) -> int:
        """As above."""
        if self._rate <= 0:
            return 0
        whose = hashlib.blake2b(key.encode(), key=self._secret, digest_size=16).hexdigest()
        try:
            seconds = await self._take(
                keys=[f"ciep:rate:{self._name}:{whose}"], args=[self._rate, self._size]
            )
        except RedisError:
            return await super().wait(key)
        return math.ceil(float(seconds))


class RateLimits:
    """Makes a gateway's limits: shared with the others when `CIEP_REDIS_URL` is set."""

    def __init__(self, settings: Settings, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._secret = settings.secret
        self._redis: Redis[str] | None = None
        if settings.redis_url:
            self._redis = Redis.from_url(
                settings.redis_url, socket_connect_timeout=1, socket_timeout=2
            )

    def limit(self, name: str, rate: float, *, window: float = 60) -> RateLimit:
        """A limit; `name` tells its counts from those of others."""
        if self._redis is None:
            return RateLimit(rate, window=window, now=self._now)
        return SharedRateLimit(
            name, rate, redis=self._redis, secret=self._secret, window=window, now=self._now
        )

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.close(close_connection_pool=True)  # else its connections stay
