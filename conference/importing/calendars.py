"""Events from iCalendar files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice, takewhile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from conference.importing.problems import Problems
from conference.importing.rows import Row
from conference.importing.schedules import WholeReader, read_zone
from conference.importing.texts import Lines
from conference.query import Kind

OWN = "X-CIEP-"
"""What our own fields begin with in a calendar; their values are JSON, percent-encoded where a
calendar's own escapes would get in the way."""

_MOST_TIMES = 366  # of an event that repeats
_MOST_TRIED = 10_000  # times before the conference that a rule without end may have

_OF_TIME = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
_BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What icalendar raises, sooner or later, for what it cannot read."""


class CalendarReader(WholeReader):
    """An iCalendar file. Each VEVENT is read by itself, so that a broken one spoils no other.

    What repeats without end is read for the `days` of the conference, the first to the last.
    """

    def __init__(
        self, path: Path, problems: Problems, *, zone: tzinfo, days: tuple[date, date]
    ) -> None:
        super().__init__(path, problems, zone=zone)
        self._days = days
        self._moved: set[tuple[str, datetime]] = set()  # times that have an event of their own

    def rows(self) -> Iterator[Row]:
        blocks = list(self._blocks())
        events = [(place, self._event(place, text)) for place, text in blocks]
        for _, event in events:
            if event is not None and "RECURRENCE-ID" in event:
                with suppress(*_BROKEN):
                    moment = _moment(event.decoded("RECURRENCE-ID"), self._zone)[0]
                    self._moved.add((str(event.get("UID")), moment))
        found: list[Row] = []
        for place, event in events:
            if event is not None:
                found += self._rows_of(place, event)
        yield from self._told(found)

    def _blocks(self) -> Iterator[tuple[str, str]]:
        """Each event's text, with the line that it begins on."""
        block: list[str] | None = None
        zone: list[str] | None = None
        start = 0
        lines = Lines(self._path, self._problems)
        for line in lines:
            name = line.strip().upper()
            if name.startswith("X-WR-TIMEZONE:"):
                self._zone = read_zone(line.partition(":")[2], self._zone)
            if name == "BEGIN:VTIMEZONE":
                zone = []
            if zone is not None:
                zone.append(line)
                if name == "END:VTIMEZONE":
                    _learn_zone("".join(zone))
                    zone = None
                continue
            if name == "BEGIN:VEVENT":
                if block is not None:
                    self._problems.add("cut_off", place=str(start), value="BEGIN:VEVENT")
                block, start = [], lines.number
            elif name == "END:VEVENT" and block is not None:
                yield str(start), "".join(block)
                block = None
            elif block is not None:
                block.append(line if line.endswith("\n") else line + "\n")
        if block is not None:
            self._problems.add("cut_off", place=str(start), value="BEGIN:VEVENT")

    def _event(self, place: str, text: str) -> Any:
        from icalendar import Event  # noqa: PLC0415 - takes 0.2 s to import

        try:
            return Event.from_ical(f"BEGIN:VEVENT\r\n{text}END:VEVENT\r\n")
        except _BROKEN as error:
            self._problems.add("not_a_record", place=place, value=_line(error))
            return None

    def _rows_of(self, place: str, event: Any) -> list[Row]:
        try:
            values = _values(event)
            return [
                Row(place, values | times, Kind.EVENTS, exact=True) for times in self._times(event)
            ]
        except _BROKEN as error:
            broken = next(iter(event.errors), None)
            if broken and broken[0] in _OF_TIME:
                said = _several(event.get(broken[0]))[0].to_ical().decode(errors="replace")
                self._problems.add("time_unreadable", place=place, column=broken[0], value=said)
            else:
                self._problems.add("not_a_record", place=place, value=_line(error))
            return []

    def _times(self, event: Any) -> list[dict[str, Any]]:
        """When the event is: once, or each time that it repeats."""
        if "DTSTART" not in event:
            return [{}]
        start, whole_day = _moment(event.decoded("DTSTART"), self._zone)
        length = None
        if "DTEND" in event:
            length = _moment(event.decoded("DTEND"), self._zone)[0] - start
        elif "DURATION" in event:
            length = event.decoded("DURATION")
        elif whole_day:
            length = timedelta(days=1)
        starts = [start]
        if "RRULE" in event or "RDATE" in event:
            gone = self._listed(event, "EXDATE")
            own = str(event.get("UID"))
            if "RECURRENCE-ID" not in event:
                gone |= {moment for uid, moment in self._moved if uid == own}
            times = sorted({*self._repeated(event, start), *self._listed(event, "RDATE")})
            starts = [each for each in times if each not in gone][:_MOST_TIMES]
        return [
            {
                "starts_at": each.isoformat(),
                **({"ends_at": (each + length).isoformat()} if length is not None else {}),
            }
            for each in starts
        ]

    def _repeated(self, event: Any, start: datetime) -> list[datetime]:
        if "RRULE" not in event:
            return [start]
        from dateutil.rrule import rrulestr  # noqa: PLC0415 - few calendars need it

        rule = event["RRULE"]
        times = islice(rrulestr(rule.to_ical().decode(), dtstart=start), _MOST_TRIED)
        if "UNTIL" in rule or "COUNT" in rule:
            return list(islice(times, _MOST_TIMES))
        first, last = self._days
        within = takewhile(lambda each: each.date() <= last, times)
        # one that begins after the conference is kept once
        return [each for each in within if each.date() >= first] or [start]

    def _listed(self, event: Any, name: str) -> set[datetime]:
        return {
            _moment(each.dt[0] if isinstance(each.dt, tuple) else each.dt, self._zone)[0]
            for part in _several(event.get(name))
            for each in part.dts
        }


def _learn_zone(text: str) -> None:
    """Make a calendar's own time zone known under its name; a broken one stays unknown."""
    from icalendar import Timezone  # noqa: PLC0415
    from icalendar.timezone import tzp  # noqa: PLC0415

    with suppress(*_BROKEN):
        tzp.cache_timezone_component(Timezone.from_ical(text))


def _line(error: Exception) -> str:
    return (str(error).splitlines() or ["?"])[0]


def _values(event: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": _text(event.get("UID")),
        "url": _text(event.get("URL")),
        "type": None,
        "status": _text(event.get("STATUS")),
    }
    for name, ours in (("SUMMARY", "name"), ("DESCRIPTION", "description"), ("LOCATION", "room")):
        for each in _several(event.get(name)):
            language = str(each.params.get("LANGUAGE", "")) if hasattr(each, "params") else ""
            suffix = f"_{'zh' if language.startswith('zh') else 'en'}" if language else ""
            values[ours + suffix] = _text(each)
    for each in _several(event.get("ORGANIZER"))[:1]:
        values["institution"] = _text(getattr(each, "params", {}).get("CN"))
    for each in _several(event.get("CATEGORIES"))[:1]:
        names = [str(one) for one in getattr(each, "cats", [each])]
        values["category"] = ", ".join(names)
    values = {name: value for name, value in values.items() if value is not None}
    for name, value in event.items():
        if name.upper().startswith(OWN):
            field = name[len(OWN) :].lower().replace("-", "_")
            values[field] = json.loads(unquote(_text(value) or "null"))
    return values


def _moment(value: date | datetime, zone: tzinfo) -> tuple[datetime, bool]:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)), False
    return datetime(value.year, value.month, value.day, tzinfo=zone), True


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    text = None if value is None else str(value).strip()
    return text or None
