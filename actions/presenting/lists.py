"""The user's own lists: saved items, agenda, alerts and contact requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from actions.presenting.describing import Names, describe
from actions.presenting.message import Button, Message, button, message, paragraphs
from actions.presenting.records import (
    Institutions,
    OwnList,
    item_of,
    items_of,
    keep_button,
    number_buttons,
    numbered,
)
from actions.presenting.wording import capital, dotted, full_day, title_of
from actions.texts import say
from conference.models import Event, Institution, Record
from conference.people import Alert, ContactRequest, clashes

SavedNote = Literal["added", "already", "removed", "absent"]
AgendaNote = Literal["added", "already", "removed", "absent", "not_event"]
AlertsNote = Literal["added", "already", "stopped", "stopped_one", "nothing_to_stop", "no_search"]
ContactsNote = Literal["sent", "already", "declined"]


def present_saved(
    records: Sequence[Record],
    *,
    language: str,
    institutions: Institutions | None = None,
    note: SavedNote | None = None,
    about: Record | None = None,
) -> Message:
    """What the person saved; `note` says what was just done to `about`."""
    items = items_of(records, institutions or {}, language)
    return message(
        paragraphs(_note("saved", note, about, language), *_list("saved", items, language)),
        type_="saved",
        language=language,
        buttons=[
            *_undo("saved", note, about, language),
            *(number_buttons(items) or _searches(language)),
        ],
        items=items,
    )


def present_agenda(
    events: Sequence[Event],
    *,
    language: str,
    institutions: Institutions | None = None,
    note: AgendaNote | None = None,
    about: Record | None = None,
) -> Message:
    """The person's agenda by time; events at the same time are pointed out."""
    ordered = sorted(events, key=lambda each: (each.starts_at or "9", each.id))
    pairs = clashes(ordered)
    owners = institutions or {}
    items = [
        {
            **item_of(each, owners.get(each.id), language),
            "startDate": each.starts_at,
            "endDate": each.ends_at,
            "clashes": [b if a == each.id else a for a, b in pairs if each.id in (a, b)],
        }
        for each in ordered
    ]
    titles = {each.id: title_of(each, language).text for each in ordered}
    warnings = "\n".join(
        say("agenda.clash", language, first=titles[first], second=titles[second])
        for first, second in pairs
    )
    return message(
        paragraphs(
            _note("agenda", note, about, language), *_list("agenda", items, language), warnings
        ),
        type_="agenda",
        language=language,
        buttons=[
            *_undo("agenda", note, about, language),
            *(number_buttons(items) or [button("find_events", language)]),
        ],
        items=items,
    )


def present_alerts(
    alerts: Sequence[Alert],
    *,
    language: str,
    names: Names | None = None,
    note: AlertsNote | None = None,
    about: Alert | None = None,
) -> Message:
    """The searches that the person wants to hear about; those switched off are not listed."""
    items = [
        {
            "id": str(each.id),
            "title": capital(describe(each.frame, language, names=names)),
            "kind": each.frame.kind.value,
            "query": each.frame.query.to_json(),
        }
        for each in alerts
        if each.active
    ]
    things = describe(about.frame, language, names=names) if about else ""
    told = say(f"alerts.{note}", language, things=things) if note else None
    shown = None if note in ("stopped", "stopped_one", "nothing_to_stop") and not items else items
    return message(
        paragraphs(told, *(_list("alerts", items, language) if shown is not None else ())),
        type_="alerts",
        language=language,
        buttons=[button("stop_alerts", language)] if items else _searches(language),
        items=items,
    )


def present_contacts(
    requests: Sequence[ContactRequest],
    *,
    records: Mapping[str, Record],
    language: str,
    institutions: Institutions | None = None,
    note: ContactsNote | None = None,
    about: Record | None = None,
) -> Message:
    """The contact requests that the person has sent; `records` are what they were about, by id."""
    owners = institutions or {}
    known = [each for each in requests if each.record_id in records]
    items = [_contact_item(each, records[each.record_id], owners, language) for each in known]
    return message(
        paragraphs(_note("contacts", note, about, language), *_list("contacts", items, language)),
        type_="contacts",
        language=language,
        buttons=number_buttons(items) or _searches(language),
        items=items,
    )


def present_contact_consent(
    record: Record, institution: Institution | None, *, language: str
) -> Message:
    """Asks whether the person's request may be passed on; nothing is sent before a yes.

    It lists none of the requests that there are: the question is all that it says.
    """
    owner = institution or record
    return message(
        say(
            "contacts.consent_own" if owner.id == record.id else "contacts.consent",
            language,
            title=title_of(record, language).text,
            institution=title_of(owner, language).text,
        ),
        type_="contacts",
        language=language,
        buttons=[button("yes_send", language, "affirm"), button("decline", language, "deny")],
        pending=True,
        items=[],
    )


def _contact_item(
    request: ContactRequest, record: Record, owners: Institutions, language: str
) -> dict[str, Any]:
    owner = owners.get(record.id)
    name = title_of(owner, language).marked(language) if owner and owner is not record else None
    sent = say("contacts.sent_on", language, day=full_day(request.consent_at, language))
    return {
        "id": record.id,
        "title": title_of(record, language).marked(language),
        "subtitle": dotted([name, sent]),
        "url": getattr(record, "url", None),
        "request": str(request.id),
        "consentAt": request.consent_at,
    }


def _note(name: str, note: str | None, about: Record | None, language: str) -> str | None:
    if note is None:
        return None
    title = title_of(about, language).text if about else say("this_item", language)
    return say(f"{name}.{note}", language, title=title)


def _undo(own_list: OwnList, note: str | None, about: Record | None, language: str) -> list[Button]:
    """What takes back the change that the note tells of."""
    if about is None or note not in ("added", "already", "removed"):
        return []
    return [keep_button(own_list, about, language, kept=note != "removed")]


def _list(name: str, items: Sequence[Mapping[str, Any]], language: str) -> tuple[str, ...]:
    if not items:
        return (say(f"{name}.empty", language),)
    return (say(f"{name}.headline", language, count=len(items)), numbered(items))


def _searches(language: str) -> list[Button]:
    return [button("find_jobs", language), button("find_programs", language)]
