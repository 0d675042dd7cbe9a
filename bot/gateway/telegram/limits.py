"""Telegram's limits: when the next message may go, to all and to one chat.

Telegram counts at its own end, so a gap begins when the answer is here, not when we sent.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Telegram's, from its FAQ for bots; `margin` is for what the network delays unevenly."""

    per_second: int = 30
    chat_gap: float = 1.0  # seconds between two messages in one chat
    group_per_minute: int = 20
    minute: float = 60.0
    margin: float = 0.02


class Pace:
    """Who may be sent to now. `now` is a clock in seconds that never goes back."""

    def __init__(self, limits: Limits, *, now: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._now = now
        self._sent: deque[float] = deque()
        self._under_way = 0
        self._next: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._pause_until = 0.0

    def wait_for_all(self) -> float:
        """Seconds until anything may be sent."""
        now = self._now()
        wait = self._pause_until - now
        second = 1 + self._limits.margin
        while self._sent and self._sent[0] + second <= now:
            self._sent.popleft()
        if len(self._sent) + self._under_way >= self._limits.per_second:
            wait = max(wait, self._sent[0] + second - now if self._sent else second)
        return max(0.0, wait)

    def resting(self) -> set[int]:
        """The chats that nothing may be sent to now."""
        now = self._now()
        self._next = {chat: at for chat, at in self._next.items() if at > now}
        return set(self._next)

    def soonest(self) -> float | None:
        """Seconds until a resting chat is free, None when none rests."""
        return min(self._next.values()) - self._now() if self._next else None

    def begin(self) -> None:
        """A message goes out now."""
        self._under_way += 1

    def end(self, chat_id: int) -> None:
        """A message to this chat has arrived, or never will."""
        now = self._now()
        self._under_way -= 1
        self._sent.append(now)
        self._leave_alone(chat_id, now + self._limits.chat_gap)
        if chat_id >= 0:
            return
        last = self._groups.setdefault(chat_id, deque(maxlen=self._limits.group_per_minute))
        last.append(now)
        if len(last) == self._limits.group_per_minute:
            self._leave_alone(chat_id, last[0] + self._limits.minute + self._limits.margin)

    def rest(self, chat_id: int, seconds: float) -> None:
        """Telegram says to leave a chat alone."""
        self._leave_alone(chat_id, self._now() + seconds + self._limits.margin)

    def _leave_alone(self, chat_id: int, until: float) -> None:
        """Never shortens a rest that the chat has already."""
        self._next[chat_id] = max(self._next.get(chat_id, until), until)

    def pause(self, seconds: float) -> None:
        """Telegram cannot be reached."""
        self._pause_until = self._now() + seconds
