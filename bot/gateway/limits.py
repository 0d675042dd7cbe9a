"""How much one visitor or one address may ask for."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

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

    def wait(self, key: str) -> int:
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
