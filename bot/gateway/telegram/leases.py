"""Which process does what only one may do, and which processes are alive."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine

from conference.store import insert_if_new
from conference.telegram_tables import telegram_leases as table

LEASE_SECONDS = 5.0
"""How long a killed process's work waits for another; renewed three times as often."""


class Leases:
    """This process's leases. `now` is seconds since the epoch; hosts' clocks agree to a second."""

    def __init__(
        self,
        engine: Engine,
        owner: str,
        *,
        seconds: float = LEASE_SECONDS,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.owner = owner
        self.seconds = seconds
        self._engine = engine
        self._now = now
        self._until: dict[str, float] = {}

    def take(self, name: str) -> bool:
        """Take the lease, or renew it; whether it is ours now."""
        now = self._now()
        until = now + self.seconds
        mine = {"owner": self.owner, "until": until}
        free = (table.c.owner == self.owner) | (table.c.until < now)
        with self._engine.begin() as connection:
            statement = update(table).where(table.c.name == name, free).values(**mine)
            won = bool(connection.execute(statement).rowcount) or insert_if_new(
                connection, table, {"name": name, **mine}
            )
        if won:
            self._until[name] = until
        else:
            self._until.pop(name, None)
        return won

    def held(self, name: str) -> bool:
        """Whether the lease is still ours, without asking: a process that stood still lost it."""
        return self._until.get(name, 0) > self._now()

    def release(self) -> None:
        """Give all of them up, so that nobody has to wait for their end."""
        self._until.clear()
        with self._engine.begin() as connection:
            connection.execute(delete(table).where(table.c.owner == self.owner))


def living(now: float) -> Any:
    """The owners that are alive, as a subquery."""
    return select(table.c.owner).where(table.c.until > now)
