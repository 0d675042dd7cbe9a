"""Cases: the contact requests and tickets that staff handle, and the log of what staff did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, cast, func, insert, literal, null, select, update
from sqlalchemy.engine import Connection, Engine

from conference.moments import iso_utc
from conference.organiser_tables import organiser_actions as log
from conference.people_tables import contact_requests, tickets

STATES = ("open", "passed-on", "answered", "closed")
KINDS = ("contact", "ticket")
PAGE = 20  # cases on a page
NOTE = 1_000  # characters

_TABLES = {"contact": contact_requests, "ticket": tickets}


@dataclass(frozen=True)
class Case:
    """A contact request about a record, or a ticket with its `text`."""

    id: str
    kind: str
    state: str
    at: str
    text: str | None
    record_id: str | None = None
    institution_id: str | None = None


@dataclass(frozen=True)
class Action:
    """What an organiser did, and when (ISO 8601, UTC)."""

    at: str
    organiser: str
    action: str
    subject: str | None
    state: str | None
    note: str | None


class Cases:
    """All cases; one object serves all threads."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def listed(
        self, *, kind: str | None = None, state: str | None = None, page: int = 1
    ) -> tuple[int, list[Case]]:
        """How many there are, and one page of them, the newest first."""
        chosen = [_cases(each) for each in KINDS if kind in (None, each)]
        every = chosen[0].union_all(*chosen[1:]).subquery()
        where = [every.c.state == state] if state else []
        ordered = select(every).where(*where).order_by(every.c.at.desc(), every.c.number)
        with self._engine.connect() as connection:
            total = connection.execute(select(func.count()).select_from(every).where(*where))
            rows = connection.execute(ordered.limit(PAGE).offset((page - 1) * PAGE))
            return total.scalar_one(), [_case(row) for row in rows]

    def open_count(self) -> int:
        return self.listed(state="open")[0]

    def get(self, case: str) -> Case | None:
        """None when there is none, or its person deleted it."""
        found = _parsed(case)
        if found is None:
            return None
        kind, number = found
        statement = _cases(kind).where(_TABLES[kind].c.id == number)
        with self._engine.connect() as connection:
            row = connection.execute(statement).first()
        return _case(row) if row else None

    def move(self, case: str, *, state: str, note: str, organiser: str) -> bool:
        """Give the case a state, with a note; whether it is there.

        Raises ValueError for a state that there is not, or a note that is too long.
        """
        if state not in STATES or len(note) > NOTE:
            raise ValueError(f"{state!r} with {len(note)} characters")
        found = _parsed(case)
        if found is None:
            return False
        kind, number = found
        table = _TABLES[kind]
        with self._engine.begin() as connection:
            changed = connection.execute(
                update(table).where(table.c.id == number).values(status=state)
            )
            if not changed.rowcount:
                return False
            done = {"subject": case, "state": state, "note": note or None}
            self._log(connection, organiser=organiser, action="moved", **done)
        return True

    def log(self, *, organiser: str, action: str, subject: str | None = None) -> None:
        """Note what an organiser did."""
        with self._engine.begin() as connection:
            self._log(connection, organiser=organiser, action=action, subject=subject)

    def actions(self, *, subject: str | None = None, limit: int = 200) -> list[Action]:
        """What organisers did, the newest first; with `subject`, with that alone."""
        where = [log.c.subject == subject] if subject else []
        statement = select(log).where(*where).order_by(log.c.id.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [
                Action(row.at, row.organiser, row.action, row.subject, row.state, row.note)
                for row in connection.execute(statement)
            ]

    def _log(self, connection: Connection, **done: str | None) -> None:
        connection.execute(insert(log).values(at=iso_utc(self._clock()), **done))


def reference(kind: str, number: int) -> str:
    """A case's id, as people and the log name it: `ticket-00012`."""
    return f"{kind}-{number:05d}"


def forget_notes(connection: Connection, *, person: str) -> None:
    """Delete what staff noted about a person's cases; that they did something stays."""
    for kind, table in _TABLES.items():
        numbers = connection.execute(select(table.c.id).where(table.c.person == person)).scalars()
        ids = [reference(kind, each) for each in numbers]
        connection.execute(update(log).where(log.c.subject.in_(ids)).values(note=None))


def _parsed(case: str) -> tuple[str, int] | None:
    kind, _, number = case.partition("-")
    right = kind in KINDS and number.isascii() and number.isdigit() and len(number) < 10
    return (kind, int(number)) if right and reference(kind, int(number)) == case else None


def _cases(kind: str) -> Any:
    if kind == "ticket":
        mine = tickets.c
        about = [cast(null(), String(32)), cast(null(), String(32))]
        columns = [mine.text, mine.created_at, *about]
    else:
        mine = contact_requests.c
        columns = [cast(null(), Text), mine.consent_at, mine.record_id, mine.institution_id]
    names = ("text", "at", "record_id", "institution_id")
    return select(
        literal(kind, String(10)).label("kind"),
        mine.id.label("number"),
        mine.status.label("state"),
        *(column.label(name) for column, name in zip(columns, names, strict=True)),
    )


def _case(row: Any) -> Case:
    return Case(
        id=reference(row.kind, row.number),
        kind=row.kind,
        state=row.state,
        at=row.at,
        text=row.text,
        record_id=row.record_id,
        institution_id=row.institution_id,
    )
