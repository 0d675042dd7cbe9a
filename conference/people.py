"""What a person keeps: saved items, agenda, alerts, contact requests and tickets.

A person is an opaque key made by the gateway, never a name or an address. Adding what is there
already changes nothing. Every list comes in the order in which it was made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.engine import Connection, Engine

from conference.cases import forget_notes, reference
from conference.models import Event
from conference.moments import iso_utc, utc_now
from conference.people_tables import (
    agenda_items,
    alerts,
    contact_requests,
    conversations,
    learning_consents,
    lessons,
    messages,
    saved_items,
    tickets,
)
from conference.query import Frame
from conference.store import insert_if_new, loads
from conference.telegram_tables import telegram_outbox


@dataclass(frozen=True)
class Alert:
    """A search that the person wants to hear about."""

    id: int
    frame: Frame
    active: bool
    created_at: str
    language: str | None = None  # in which it was set, with the script: zh-Hant


@dataclass(frozen=True)
class ContactRequest:
    """A wish to be put in touch, with the moment at which the person agreed to pass it on."""

    id: int
    record_id: str
    institution_id: str | None
    consent_at: str


class People:
    """Every person's lists; one object serves all threads. Times are ISO 8601 in UTC."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock

    def save(self, *, person: str, record_id: str) -> bool:
        """Keep a record; whether it is new in the list."""
        return self._add(saved_items, person=person, record_id=record_id)

    def unsave(self, *, person: str, record_id: str) -> bool:
        """Whether it was there."""
        return self._remove(saved_items, person=person, record_id=record_id)

    def saved(self, *, person: str) -> list[str]:
        """Record ids."""
        return self._listed(saved_items, person=person)

    def plan(self, *, person: str, event_id: str) -> bool:
        """Put an event on the agenda; whether it is new there."""
        return self._add(agenda_items, person=person, record_id=event_id)

    def unplan(self, *, person: str, event_id: str) -> bool:
        """Whether it was there."""
        return self._remove(agenda_items, person=person, record_id=event_id)

    def agenda(self, *, person: str) -> list[str]:
        """Event ids."""
        return self._listed(agenda_items, person=person)

    def subscribe(self, *, person: str, frame: Frame, language: str | None = None) -> Alert:
        """An alert on a search; the same search again switches the old one on.

        It is to hear of what comes from now on. The page and the order are no part of a search.
        """
        text = _frame_text(frame)
        mine = (alerts.c.person == person, alerts.c.frame == text)
        with self._engine.begin() as connection:
            fresh = {"active": True, "heard": loads(connection), "language": language}
            row = {"person": person, "frame": text, "created_at": iso_utc(self._clock()), **fresh}
            if not insert_if_new(connection, alerts, row):
                off = alerts.c.active.is_(False)
                connection.execute(update(alerts).where(*mine, off).values(**fresh))
            return _alert(connection.execute(select(alerts).where(*mine)).one())

    def stop_alerts(self, *, person: str, alert_id: int | None = None) -> int:
        """Switch one alert, or all, off, and send nothing more of them; how many were on."""
        mine = alerts.c.person == person
        if alert_id is not None:
            mine &= alerts.c.id == alert_id
        with self._engine.begin() as connection:
            return _stop(connection, mine)

    def alerts(self, *, person: str) -> list[Alert]:
        """All of them, those switched off too."""
        statement = select(alerts).where(alerts.c.person == person).order_by(alerts.c.id)
        with self._engine.connect() as connection:
            return [_alert(row) for row in connection.execute(statement)]

    def request_contact(self, *, person: str, record_id: str, institution_id: str | None) -> bool:
        """Note a contact request, consented to now; whether it is the first about this record."""
        row = {
            "person": person,
            "record_id": record_id,
            "institution_id": institution_id,
            "consent_at": iso_utc(self._clock()),
        }
        with self._engine.begin() as connection:
            return insert_if_new(connection, contact_requests, row)

    def contacts(self, *, person: str) -> list[ContactRequest]:
        """The contact requests that the person has sent."""
        table = contact_requests
        statement = select(table).where(table.c.person == person).order_by(table.c.id)
        with self._engine.connect() as connection:
            return [
                ContactRequest(row.id, row.record_id, row.institution_id, row.consent_at)
                for row in connection.execute(statement)
            ]

    def open_ticket(self, *, person: str, text: str) -> str:
        """Pass a question to staff; the ticket's id."""
        row = {
            "person": person,
            "text": text,
            "status": "open",
            "created_at": iso_utc(self._clock()),
        }
        with self._engine.begin() as connection:
            number = connection.execute(insert(tickets).values(**row)).inserted_primary_key[0]
        return reference("ticket", number)

    def forget(self, *, person: str) -> None:
        """Delete everything of this person's, conversations too, all or nothing."""
        own = select(conversations.c.id).where(conversations.c.person == person)
        with self._engine.begin() as connection:
            connection.execute(delete(messages).where(messages.c.conversation_id.in_(own)))
            forget_notes(connection, person=person)
            _stop(connection, alerts.c.person == person)
            for table in _PERSONAL:
                connection.execute(delete(table).where(table.c.person == person))

    def _add(self, table: Table, *, person: str, record_id: str) -> bool:
        row = {"person": person, "record_id": record_id, "created_at": iso_utc(self._clock())}
        with self._engine.begin() as connection:
            return insert_if_new(connection, table, row)

    def _remove(self, table: Table, *, person: str, record_id: str) -> bool:
        statement = delete(table).where(table.c.person == person, table.c.record_id == record_id)
        with self._engine.begin() as connection:
            return bool(connection.execute(statement).rowcount)

    def _listed(self, table: Table, *, person: str) -> list[str]:
        statement = (
            select(table.c.record_id)
            .where(table.c.person == person)
            .order_by(table.c.created_at, table.c.record_id)
        )
        with self._engine.connect() as connection:
            return list(connection.execute(statement).scalars())


_PERSONAL = (
    saved_items,
    agenda_items,
    alerts,
    contact_requests,
    tickets,
    conversations,
    lessons,
    learning_consents,
)


def clashes(events: Sequence[Event]) -> list[tuple[str, str]]:
    """Pairs of ids of events that overlap in time, the earlier first.

    Events that only touch (one ends when the other starts) do not clash; cancelled ones never do.
    """
    timed = sorted(
        (each.starts_at, each.ends_at or each.starts_at, each.id)
        for each in events
        if each.starts_at and each.status != "cancelled"
    )
    return [
        (first[2], second[2])
        for first, second in combinations(timed, 2)
        if second[0] < first[1] or second[0] == first[0]
    ]


def _stop(connection: Connection, which: Any) -> int:
    # The UPDATE comes first: who is telling one of them has then sent already, or never will.
    on = update(alerts).where(which, alerts.c.active)
    stopped = int(connection.execute(on.values(active=False)).rowcount)
    waiting = telegram_outbox.c.alert_id.in_(select(alerts.c.id).where(which))
    connection.execute(delete(telegram_outbox).where(waiting))
    return stopped


def _frame_text(frame: Frame) -> str:
    data = frame.first_page().to_json()
    data["query"].pop("sort", None)
    data.pop("news", None)
    return json.dumps(data, sort_keys=True, ensure_ascii=False)


def _alert(row: Any) -> Alert:
    frame = Frame.from_json(json.loads(row.frame))
    return Alert(row.id, frame, row.active, row.created_at, row.language)
