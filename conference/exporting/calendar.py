"""Events as an iCalendar file that every calendar program shows.

Programs show one title, so both languages stand in it side by side; what a calendar has no
property for stands in properties of ours, which the importer reads back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from conference.importing.calendars import OWN

_STATUS = {"scheduled": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "TENTATIVE"}
_SHOWN = {"id", "starts_at", "ends_at", "url"}  # what a calendar's own properties bring back


def calendar(events: Iterable[dict[str, Any]], *, stamp: datetime) -> Iterator[bytes]:
    """The file's parts; `events` are as `flat` gives them, `stamp` is when they last changed."""
    yield b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//CIEP Assistant//Events//EN\r\n"
    for values in events:
        yield _event(values, stamp)
    yield b"END:VCALENDAR\r\n"


def _event(values: dict[str, Any], stamp: datetime) -> bytes:
    from icalendar import Event, vText  # noqa: PLC0415 - takes 0.2 s to import

    event = Event()
    event.add("uid", values["id"])
    event.add("dtstamp", stamp)
    for name, column in (("dtstart", "starts_at"), ("dtend", "ends_at")):
        if values[column]:
            moment = datetime.fromisoformat(values[column])
            event.add(name, moment.astimezone(timezone.utc))
    for name, column in (("summary", "name"), ("description", "description"), ("location", "room")):
        texts = [values[f"{column}_{language}"] for language in ("en", "zh")]
        joined = ("\n\n" if name == "description" else " / ").join(each for each in texts if each)
        if joined:
            event.add(name, joined)
    if values["status"]:
        event.add("status", _STATUS.get(values["status"], "CONFIRMED"))
    if values["url"]:
        event.add("url", values["url"])
    for name, value in values.items():
        if name not in _SHOWN and (value not in (None, []) or name == "status"):
            text = json.dumps(value, ensure_ascii=False)
            for sign in "%\\,;":
                text = text.replace(sign, f"%{ord(sign):02X}")
            event.add(f"{OWN}{name.upper().replace('_', '-')}", vText(text))
    content: bytes = event.to_ical()
    return content
