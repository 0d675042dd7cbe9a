"""Showing a person their own lists: saved records, agenda, alerts, contact requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from actions.act import Answer, Turn
from actions.conversation import Shown
from actions.presenting import (
    ids_in,
    names_of,
    present_agenda,
    present_alerts,
    present_contacts,
    present_saved,
)
from actions.presenting.lists import AgendaNote, AlertsNote, ContactsNote, SavedNote
from actions.presenting.records import OwnList
from conference.models import Event, Record
from conference.people import Alert


def show_saved(turn: Turn, *, note: SavedNote | None = None, about: Record | None = None) -> Answer:
    records = turn.services.catalogue.get_many(turn.services.people.saved(person=turn.person))
    message = present_saved(
        records,
        language=turn.language,
        institutions=turn.institutions(records),
        note=note,
        about=about,
    )
    return _listed(turn, message, "saved", note)


def show_agenda(
    turn: Turn, *, note: AgendaNote | None = None, about: Record | None = None
) -> Answer:
    records = turn.services.catalogue.get_many(turn.services.people.agenda(person=turn.person))
    events = [record for record in records if isinstance(record, Event)]
    message = present_agenda(
        events,
        language=turn.language,
        institutions=turn.institutions(events),
        note=note,
        about=about,
    )
    return _listed(turn, message, "agenda", note)


def show_alerts(
    turn: Turn, *, note: AlertsNote | None = None, about: Alert | None = None
) -> Answer:
    alerts = turn.services.people.alerts(person=turn.person)
    message = present_alerts(
        alerts,
        language=turn.language,
        names=_names(alerts, turn),
        note=note,
        about=about,
    )
    return Answer(message, turn.conversation)


def own_alert(turn: Turn, alert_id: int) -> Alert | None:
    """One of the person's alerts, switched off or not."""
    mine = turn.services.people.alerts(person=turn.person)
    return next((each for each in mine if each.id == alert_id), None)


def show_contacts(
    turn: Turn, *, note: ContactsNote | None = None, about: Record | None = None
) -> Answer:
    requests = [
        replace(each, consent_at=turn.services.told(each.consent_at))
        for each in turn.services.people.contacts(person=turn.person)
    ]
    records = turn.services.catalogue.get_many([each.record_id for each in requests])
    message = present_contacts(
        requests,
        records={record.id: record for record in records},
        language=turn.language,
        institutions=turn.institutions(records),
        note=note,
        about=about,
    )
    return _listed(turn, message, "contacts", note)


def lists_with(turn: Turn, record: Record) -> tuple[OwnList, ...]:
    """Those of the person's lists that a record is in."""
    people, person = turn.services.people, turn.person
    found: list[OwnList] = ["saved"] if record.id in people.saved(person=person) else []
    if isinstance(record, Event) and record.id in people.agenda(person=person):
        found.append("agenda")
    return tuple(found)


SHOW: dict[str, Callable[[Turn], Answer]] = {
    "saved": show_saved,
    "agenda": show_agenda,
    "contacts": show_contacts,
}
"""The lists of records, by the type of their answer."""


def _listed(turn: Turn, message: dict[str, Any], type_: str, note: str | None) -> Answer:
    """A list that was asked for is the one shown; one shown after a change interrupts nothing."""
    if note is not None:
        return Answer(message, turn.conversation)
    ids = tuple(str(item["id"]) for item in message["custom"]["items"])
    shown = Shown(type_, None, ids)
    return Answer(message, replace(turn.conversation, shown=shown))


def _names(alerts: Sequence[Alert], turn: Turn) -> dict[str, str]:
    ids: Iterable[str] = {each for alert in alerts for each in ids_in(alert.frame.query)}
    return names_of(turn.services.catalogue.get_many(sorted(ids)), turn.language)
