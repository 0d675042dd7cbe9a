"""Calls of the Bot API that are to be made: in a chat's order, replies before broadcasts."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine

from bot.gateway.telegram.records import Outgoing, Reply, Waiting
from conference.telegram_tables import telegram_keyboards as keyboards
from conference.telegram_tables import telegram_outbox as table


def add_all(connection: Connection, outgoing: Iterable[Outgoing], *, now: float) -> None:
    """Add calls within a transaction of the caller's."""
    rows = [{**vars(each), "created_at": now} for each in outgoing]
    if rows:
        connection.execute(insert(table), rows)


def add_reply(connection: Connection, reply: Reply, *, now: float) -> None:
    """Add calls, and keep what their buttons do."""
    add_all(connection, reply.outgoing, now=now)
    rows = [{**vars(each), "created_at": now} for each in reply.keyboards]
    if rows:
        connection.execute(insert(keyboards), rows)


class Outbox:
    """The one outbox; only the process that holds the sender's lease takes from it."""

    def __init__(self, engine: Engine, *, now: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._now = now

    def add(self, *outgoing: Outgoing) -> None:
        """Add calls of no update's."""
        with self._engine.begin() as connection:
            add_all(connection, outgoing, now=self._now())

    def heads(self, *, but: Collection[int], limit: int) -> list[Waiting]:
        """Each chat's next call, those of the chats in `but` left out."""
        now = self._now()
        before = table.alias()
        sooner = or_(
            before.c.priority < table.c.priority,
            and_(before.c.priority == table.c.priority, before.c.id < table.c.id),
        )
        statement = (
            select(table)
            .where(
                table.c.not_before <= now,
                table.c.chat_id.not_in(list(but)),
                ~select(before.c.id).where(before.c.chat_id == table.c.chat_id, sooner).exists(),
            )
            .order_by(table.c.priority, table.c.id)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [
                Waiting(
                    row.id,
                    row.chat_id,
                    row.method,
                    row.params,
                    row.priority,
                    row.attempts,
                    now - row.created_at,
                    row.mark,
                )
                for row in connection.execute(statement)
            ]

    def done(self, waiting: Waiting) -> None:
        """It was made, or never can be."""
        with self._engine.begin() as connection:
            connection.execute(delete(table).where(table.c.id == waiting.id))

    def begin(self, waiting: Waiting, mark: dict[str, int] | None) -> None:
        """It is tried now."""
        self._change(waiting, mark=mark)

    def marks(self) -> list[tuple[int, dict[str, int]]]:
        """The marks of what was begun, each with its chat."""
        statement = select(table.c.chat_id, table.c.mark)
        with self._engine.connect() as connection:
            return [(row.chat_id, row.mark) for row in connection.execute(statement) if row.mark]

    def later(self, waiting: Waiting, seconds: float) -> None:
        """It was not made: try it again, not before `seconds` have passed."""
        again = {"not_before": self._now() + seconds, "attempts": waiting.attempts + 1}
        self._change(waiting, mark=None, **again)

    def instead(self, waiting: Waiting, *, method: str, params: dict[str, object]) -> None:
        """Make another call in its place."""
        other = {"method": method, "params": params, "attempts": waiting.attempts + 1}
        self._change(waiting, mark=None, **other)

    def size(self) -> int:
        """How many calls wait."""
        with self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    def _change(self, waiting: Waiting, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == waiting.id).values(**values))
