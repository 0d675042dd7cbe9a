"""A record in a list: its title and one line that tells it from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from actions.presenting.message import Button, button, lines, titled
from actions.presenting.wording import (
    Shown,
    dotted,
    full_day,
    label,
    label_alone,
    pay_of,
    span,
    text_in,
    text_of,
    title_of,
)
from actions.texts import say
from conference.models import Event, Institution, Intention, Job, Program, Record

Institutions = Mapping[str, Institution]
"""The institution of each record, by the record's id (`Catalogue.institutions_of`)."""


OwnList = Literal["saved", "agenda"]
"""A list of records that a person keeps."""

_KEEP: dict[OwnList, str] = {"saved": "save_item", "agenda": "add_to_agenda"}


def keep_button(own_list: OwnList, record: Record, language: str, *, kept: bool) -> Button:
    """Puts a record into a list or, where it is `kept` there, takes it out again."""
    if kept:
        leave = {"record": record.id, "own_list": own_list}
        return button(f"leave_{own_list}", language, "remove_item", **leave)
    return button(_KEEP[own_list], language, record=record.id)


def item_of(record: Record, institution: Institution | None, language: str) -> dict[str, Any]:
    """A record as an item of the contract's lists: `{id, title, subtitle, url}`."""
    return {
        "id": record.id,
        "title": title_of(record, language).marked(language),
        "subtitle": subtitle_of(record, institution, language),
        "url": getattr(record, "url", None),
    }


def items_of(
    records: Sequence[Record], institutions: Institutions, language: str
) -> list[dict[str, Any]]:
    """The items of a list."""
    return [item_of(each, institutions.get(each.id), language) for each in records]


def subtitle_of(record: Record, institution: Institution | None, language: str) -> str:
    """`employer · city · salary · degree`, and the like for the other kinds."""
    owner = title_of(institution, language).marked(language) if institution else None
    if isinstance(record, Job):
        return dotted([owner, *_of_job(record, language)])
    if isinstance(record, Program):
        stage = label_alone("stage", record.stage, language)
        return dotted([owner, _country(record, language), stage])
    if isinstance(record, Intention):
        direction = label_alone("direction", record.direction, language)
        until = record.valid_through
        last = say("item.until", language, day=full_day(until, language)) if until else None
        return dotted([direction, owner, _country(record, language), last])
    if isinstance(record, Event):
        return dotted(_of_event(record, language))
    kind = label_alone("institution_type", record.type, language)
    field = label_alone("industry", record.industry, language)
    return dotted([kind, place_of(record, language), field])


def place_of(record: Record, language: str) -> str:
    """City and country, as far as they are known; a country alone is not said twice."""
    city = label("city", record.city, language) if record.city else None
    country = _country(record, language)
    if city and country and city != country:
        return say("place", language, city=city, country=country)
    return city or country or ""


def room_of(event: Event, language: str) -> Shown:
    """Where an event is, its place or virtual room."""
    return text_of(event, "room", language)


def speakers_of(event: Event, language: str) -> list[str]:
    """Each speaker's name, with the role where it is known."""
    result = []
    for each in event.speakers:
        name = text_in(each.get("name", {}), language).text
        role = text_in(each.get("role", {}), language).text
        result.append(say("speaker", language, name=name, role=role) if role else name)
    return result


def numbered(items: Sequence[Mapping[str, Any]]) -> str:
    """The items as text, counted from 1, a blank line between."""
    return "\n\n".join(
        lines(f"{number}. {item['title']}", item.get("subtitle"))
        for number, item in enumerate(items, start=1)
    )


def number_buttons(items: Sequence[Mapping[str, Any]]) -> list[Button]:
    """A button for each number in the list, that opens it."""
    return [
        titled(str(number), "select_item", record=item["id"])
        for number, item in enumerate(items, start=1)
    ]


def _of_job(job: Job, language: str) -> list[str | None]:
    city = label("city", job.city, language) if job.city else _country(job, language)
    return [
        city,
        label_alone("remote", "remote" if job.remote else None, language),
        pay_of(job, language),
        label_alone("degree", job.degree, language),
    ]


def _of_event(event: Event, language: str) -> list[str | None]:
    status = event.status if event.status not in (None, "scheduled") else None
    return [
        label_alone("status", status, language),
        span(event.starts_at, event.ends_at, language) if event.starts_at else None,
        label_alone("zone", event.zone, language),
        room_of(event, language).text,
    ]


def _country(record: Record, language: str) -> str | None:
    return label("country", record.country, language) if record.country else None
