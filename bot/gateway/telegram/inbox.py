"""Updates as they came, kept before Telegram is told so, and worked on in each chat's order.

One chat's oldest update that is not done with is its head; only a head can be claimed, and a claim
is one conditional UPDATE, so that any number of processes on one database share the work.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.engine import Connection, Engine

from bot.gateway.telegram.leases import living
from bot.gateway.telegram.outbox import add_all, add_reply
from bot.gateway.telegram.records import Claimed, Outgoing, Reply
from conference.store import insert_if_new
from conference.telegram_tables import telegram_chats as chats
from conference.telegram_tables import telegram_keyboards as keyboards
from conference.telegram_tables import telegram_outbox as outbox
from conference.telegram_tables import telegram_updates as updates

DONE_KEPT = 3 * 86400
"""Seconds that a finished update's number is remembered; Telegram repeats none after a day."""

KEYBOARDS_KEPT = 30 * 86400
"""Seconds that buttons can be pressed."""


class Inbox:
    """The inbox of all processes, seen by `owner`. `now` is seconds since the epoch."""

    def __init__(self, engine: Engine, owner: str, *, now: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._owner = owner
        self._now = now

    def put(self, raw: Iterable[Any]) -> int:
        """Keep updates, each once, all or nothing; how many are new.

        What has no number cannot be told from another, and is left out.
        """
        with self._engine.begin() as connection:
            return sum(
                insert_if_new(
                    connection,
                    updates,
                    {
                        "update_id": each["update_id"],
                        "lane": lane_of(each),
                        "body": json.dumps(each, ensure_ascii=False),
                        "arrived_at": self._now(),
                    },
                )
                for each in raw
                if isinstance(each, dict) and isinstance(each.get("update_id"), int)
            )

    def claim(self, limit: int) -> list[Claimed]:
        """Up to `limit` heads that nobody alive works on."""
        if limit <= 0:
            return []
        now = self._now()
        earlier = updates.alias()
        free = or_(updates.c.claimed_by.is_(None), updates.c.claimed_by.not_in(living(now)))
        heads = (
            select(updates)
            .where(
                updates.c.done_at.is_(None),
                updates.c.not_before <= now,
                free,
                ~select(earlier.c.update_id)
                .where(
                    earlier.c.done_at.is_(None),
                    earlier.c.lane == updates.c.lane,
                    earlier.c.update_id < updates.c.update_id,
                )
                .exists(),
            )
            .order_by(updates.c.update_id)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(heads).all()
        if not rows:
            return []
        claimed = []
        with self._engine.begin() as connection:
            for row in rows:
                mine = (
                    update(updates)
                    .where(updates.c.update_id == row.update_id, updates.c.done_at.is_(None), free)
                    .values(claimed_by=self._owner, attempts=row.attempts + 1)
                )
                if connection.execute(mine).rowcount:
                    claimed.append(_claimed(row))
        return claimed

    def remember_before(self, claimed: Claimed, state: dict[str, Any] | None) -> None:
        """Keep the state to begin again from, should this attempt not come to its end."""
        with self._engine.begin() as connection:
            connection.execute(
                update(updates)
                .where(updates.c.update_id == claimed.update_id)
                .values(before={"state": state})
            )

    def finish(self, claimed: Claimed, reply: Reply, *, person: str | None = None) -> bool:
        """Done: its words are deleted, its answers are to go out. False when it was no longer ours.

        With `reply.forget` the person's buttons and chat go too.
        """
        now = self._now()
        with self._engine.begin() as connection:
            if not self._settle(connection, claimed, body="", before=None, done_at=now):
                return False
            add_reply(connection, reply, now=now)
            if reply.forget and person:
                mine = select(chats.c.chat_id).where(chats.c.person == person)
                connection.execute(delete(keyboards).where(keyboards.c.chat_id.in_(mine)))
                connection.execute(delete(chats).where(chats.c.person == person))
        return True

    def postpone(
        self,
        claimed: Claimed,
        seconds: float,
        *,
        tell: Outgoing | None = None,
        failed: bool = False,
    ) -> None:
        """Try again later; `tell` is said meanwhile, once. Only a failure counts as an attempt."""
        now = self._now()
        with self._engine.begin() as connection:
            later: dict[str, Any] = {"claimed_by": None, "not_before": now + seconds}
            if not failed:
                later["attempts"] = 0
            if tell:
                later["told"] = True
            if self._settle(connection, claimed, **later) and tell:
                add_all(connection, [tell], now=now)

    def waiting(self) -> int:
        """How many are not done with."""
        with self._engine.connect() as connection:
            count = select(func.count()).select_from(updates).where(updates.c.done_at.is_(None))
            return int(connection.execute(count).scalar_one())

    def know(self, *, chat_id: int, person: str) -> None:
        """Remember whose private chat this is, for what is sent unasked."""
        with self._engine.begin() as connection:
            row = {"chat_id": chat_id, "person": person}
            if not insert_if_new(connection, chats, row):
                stale = or_(chats.c.blocked, chats.c.person != person)
                connection.execute(
                    update(chats)
                    .where(chats.c.chat_id == chat_id, stale)
                    .values(person=person, blocked=False)
                )

    def move(self, *, old: int, new: int) -> None:
        """A group has a new number: what was meant for the old one is for it."""
        move_chat(self._engine, old=old, new=new)

    def block(self, chat_id: int) -> None:
        """Nothing can be sent there any more."""
        block_chat(self._engine, chat_id)

    def tidy(self) -> None:
        """Delete what has been kept long enough."""
        now = self._now()
        with self._engine.begin() as connection:
            connection.execute(delete(updates).where(updates.c.done_at < now - DONE_KEPT))
            connection.execute(
                delete(keyboards).where(keyboards.c.created_at < now - KEYBOARDS_KEPT)
            )

    def keyboard(self, key: str) -> Any | None:
        """A kept keyboard's row, or None when there is none, or none any more."""
        statement = select(keyboards).where(
            keyboards.c.key == key, keyboards.c.created_at >= self._now() - KEYBOARDS_KEPT
        )
        with self._engine.connect() as connection:
            return connection.execute(statement).first()

    def _settle(self, connection: Connection, claimed: Claimed, **values: Any) -> bool:
        mine = (
            updates.c.update_id == claimed.update_id,
            updates.c.claimed_by == self._owner,
            updates.c.done_at.is_(None),
        )
        return bool(connection.execute(update(updates).where(*mine).values(**values)).rowcount)


def move_chat(engine: Engine, *, old: int, new: int) -> None:
    """Give everything that is kept for chat `old` to chat `new`."""
    with engine.begin() as connection:
        for table in (outbox, keyboards):
            connection.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
        connection.execute(delete(chats).where(chats.c.chat_id == old))


def block_chat(engine: Engine, chat_id: int) -> None:
    """Drop what waits for a chat and send nothing unasked there."""
    with engine.begin() as connection:
        connection.execute(delete(outbox).where(outbox.c.chat_id == chat_id))
        connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(blocked=True))


def lane_of(raw: dict[str, Any]) -> str:
    """What is handled in order: the chat, else the person, else the update alone.

    Reads with no trust at all in what is there.
    """
    for name, content in raw.items():
        if name == "update_id" or not isinstance(content, dict):
            continue
        message = content.get("message")
        chat = (message if isinstance(message, dict) else content).get("chat")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return f"chat {chat['id']}"
        person = content.get("from")
        if isinstance(person, dict) and isinstance(person.get("id"), int):
            return f"person {person['id']}"
    return f"update {raw['update_id']}"


def number_of(raw: Any) -> tuple[int, int] | None:
    """The chat and the number of the message in an update, read with as little trust."""
    message = raw.get("message") if isinstance(raw, dict) else None
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(chat, dict):
        return None
    chat_id, number = chat.get("id"), message.get("message_id")
    return (chat_id, number) if isinstance(chat_id, int) and isinstance(number, int) else None


def _claimed(row: Any) -> Claimed:
    return Claimed(
        update_id=row.update_id,
        lane=row.lane,
        body=row.body,
        attempts=row.attempts + 1,
        told=row.told,
        before=row.before,
    )
