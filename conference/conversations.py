"""Conversations and their messages: what a reload shows, and what the brain remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from conference.moments import iso_utc, utc_now
from conference.people_tables import conversations, messages
from conference.store import insert_if_new

KEPT = timedelta(days=90)
"""How long after its last message a conversation is kept."""

# Every turn executes these: SQLAlchemy takes as long to build one as SQLite to execute it.
_THIS = conversations.c.id == bindparam("conversation")
_COUNT = (
    update(conversations)
    .where(_THIS)
    .values(
        last_seq=conversations.c.last_seq + 1,
        updated_at=bindparam("now"),
        expires_at=bindparam("end"),
    )
)
_COUNT_UNASKED = update(conversations).where(_THIS).values(last_seq=conversations.c.last_seq + 1)
_LAST = select(conversations.c.last_seq).where(_THIS)
_ADD = insert(messages)
_STATE = select(conversations.c.state).where(_THIS)
_SAVE_STATE = update(conversations).where(_THIS).values(state=bindparam("value"))


@dataclass(frozen=True)
class Message:
    """One message: `author` is `user` or `bot`, `payload` what was said, `seq` counts from 1."""

    seq: int
    author: str
    payload: dict[str, Any]
    created_at: str


class Conversations:
    """All conversations; one object serves all threads and processes. Times are in UTC."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock
        self.writers = 1 if engine.dialect.name == "sqlite" else 10
        """How many threads of a process may write at once with profit: SQLite lets one, and the
        others sleep for milliseconds between one look and the next."""

    def start(
        self, *, conversation: str, person: str, channel: str, language: str | None = None
    ) -> None:
        """Begin a conversation; one that is there already stays as it is."""
        now = self._clock()
        row = {
            "id": conversation,
            "person": person,
            "channel": channel,
            "language": language,
            "state": None,
            "last_seq": 0,
            "created_at": iso_utc(now),
            "updated_at": iso_utc(now),
            "expires_at": iso_utc(now + KEPT),
        }
        with self._engine.begin() as connection:
            insert_if_new(connection, conversations, row)

    def append(
        self,
        *,
        conversation: str,
        author: str,
        payload: dict[str, Any],
        client_id: str | None = None,
        answers: str | None = None,
    ) -> int | None:
        """Add a message; its number.

        `client_id` is the client's own id of a user's message: None is returned, and nothing
        added, for one that is there already. `answers` is the client id that a bot's message
        answers. Raises KeyError for a conversation that was never started or is gone.
        """
        try:
            return self._append(conversation, author, payload, client_id, answers)
        except IntegrityError:
            if client_id is None:
                raise
            return None

    def history(self, *, conversation: str, after: int = 0) -> list[Message]:
        """The messages with a greater number than `after`, in order."""
        return self._messages(messages.c.conversation_id == conversation, messages.c.seq > after)

    def answered(self, *, conversation: str, client_id: str) -> list[Message] | None:
        """The bot's answers to a client's message; None if that message never came."""
        mine = messages.c.conversation_id == conversation
        with self._engine.connect() as connection:
            came = connection.execute(
                select(messages.c.seq).where(mine, messages.c.client_id == client_id)
            ).first()
        return self._messages(mine, messages.c.answers == client_id) if came else None

    def state(self, *, conversation: str) -> dict[str, Any] | None:
        """What the brain saved, or None."""
        with self._engine.connect() as connection:
            found = connection.execute(_STATE, {"conversation": conversation})
            state: dict[str, Any] | None = found.scalar()
        return state

    def save_state(self, *, conversation: str, state: dict[str, Any] | None) -> None:
        """Raises KeyError for a conversation that was never started or is gone."""
        values = {"conversation": conversation, "value": state}
        with self._engine.begin() as connection:
            if not connection.execute(_SAVE_STATE, values).rowcount:
                raise KeyError(conversation)

    def clear(self, *, conversation: str) -> None:
        """Forget what was said and what the brain remembered; numbers are not used again."""
        mine = messages.c.conversation_id == conversation
        with self._engine.begin() as connection:
            connection.execute(delete(messages).where(mine))
            connection.execute(
                update(conversations).where(conversations.c.id == conversation).values(state=None)
            )

    def forget_expired(self) -> int:
        """Delete the conversations whose time is over; how many."""
        over = conversations.c.expires_at <= iso_utc(self._clock())
        with self._engine.begin() as connection:
            expired = select(conversations.c.id).where(over)
            connection.execute(delete(messages).where(messages.c.conversation_id.in_(expired)))
            return int(connection.execute(delete(conversations).where(over)).rowcount)

    def _append(
        self,
        conversation: str,
        author: str,
        payload: dict[str, Any],
        client_id: str | None,
        answers: str | None,
    ) -> int:
        now = self._clock()
        ends = {"now": iso_utc(now), "end": iso_utc(now + KEPT)}
        row = {
            "author": author,
            "payload": payload,
            "client_id": client_id,
            "answers": answers,
            "created_at": iso_utc(now),
        }
        with self._engine.begin() as connection:
            return _add(connection, conversation, row, count=_COUNT, values=ends)

    def _messages(self, *where: Any) -> list[Message]:
        statement = select(messages).where(*where).order_by(messages.c.seq)
        with self._engine.connect() as connection:
            return [
                Message(row.seq, row.author, row.payload, row.created_at)
                for row in connection.execute(statement)
            ]


def add_unasked(
    connection: Connection, *, conversation: str, payload: dict[str, Any], now: datetime
) -> int:
    """Add a message of the bot's that answers nothing, in the caller's transaction; its number.

    Nobody said anything, so the conversation is kept no longer for it. Raises KeyError as `append`.
    """
    row = {
        "author": "bot",
        "payload": payload,
        "client_id": None,
        "answers": None,
        "created_at": iso_utc(now),
    }
    return _add(connection, conversation, row, count=_COUNT_UNASKED, values={})


def _add(
    connection: Connection,
    conversation: str,
    row: dict[str, Any],
    *,
    count: Any,
    values: dict[str, str],
) -> int:
    """Number and add a message."""
    # The UPDATE comes first: it locks the conversation on both databases, so two writers
    # never read the same number.
    if not connection.execute(count, {"conversation": conversation, **values}).rowcount:
        raise KeyError(conversation)
    seq: int = connection.execute(_LAST, {"conversation": conversation}).scalar_one()
    connection.execute(_ADD, {**row, "conversation_id": conversation, "seq": seq})
    return seq
