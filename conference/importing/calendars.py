"""Events from iCalendar files and from the schedules of conference software (frab, pretalx)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.importing.texts import Lines, encoding_of
from conference.query import Kind

OWN = "X-CIEP-"
"""What our own fields begin with in a calendar; their values are JSON, percent-encoded where a
calendar's own escapes would get in the way."""

_MOST_TIMES = 366  # of an event that repeats
_FURTHEST = timedelta(days=2 * 365)

_OF_TIME = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"}


class _Whole:
    """A reader of files that are small enough to be read at once."""

    def __init__(self, path: Path, problems: Problems, *, zone: tzinfo) -> None:
        self._path = path
        self._problems = problems
        self._zone = zone
        self._fraction = 0.0

    def fraction(self) -> float:
        return self._fraction

    def _told(self, rows: list[Row]) -> Iterator[Row]:
        """The rows; ids that stand on several get the event's name and start to tell them apart.

        Calendars give one UID to all times of an event, and broken ones to all of their events.
        """
        times = Counter(row.values.get("id") for row in rows)
        for number, row in enumerate(rows, start=1):
            own = row.values.get("id")
            if own is not None and times[own] > 1:
                named = row.values.get("name") or row.values.get("name_en") or ""
                key = f"{own} {named} {row.values.get('starts_at', '')}"
                yield replace(row, values={**row.values, "id": key})
            else:
                yield row
            self._fraction = number / len(rows)


class CalendarReader(_Whole):
    """An iCalendar file. Each VEVENT is read by itself, so that a broken one spoils no other."""

    def rows(self) -> Iterator[Row]:
        found: list[Row] = []
        for place, text in self._blocks():
            found += self._events(place, text)
        yield from self._told(found)

    def _blocks(self) -> Iterator[tuple[str, str]]:
        """Each event's text, with the line that it begins on."""
        block: list[str] | None = None
        start = 0
        lines = Lines(self._path, self._problems)
        for line in lines:
            name = line.strip().upper()
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

    def _events(self, place: str, text: str) -> list[Row]:
        from icalendar import Event  # noqa: PLC0415 - takes 0.2 s to import

        event: Any = None
        try:
            event = Event.from_ical(f"BEGIN:VEVENT\r\n{text}END:VEVENT\r\n")
            values = _values(event)
            return [
                Row(place, values | times, Kind.EVENTS, exact=True)
                for times in _times(event, self._zone)
            ]
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            broken = next(iter(getattr(event, "errors", ())), None)
            if broken and broken[0] in _OF_TIME:
                said = event.get(broken[0]).to_ical().decode(errors="replace")
                self._problems.add("time_unreadable", place=place, column=broken[0], value=said)
            else:
                hint = (str(error).splitlines() or ["?"])[0]
                self._problems.add("not_a_record", place=place, value=hint)
            return []


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


def _times(event: Any, zone: tzinfo) -> list[dict[str, Any]]:
    """When the event is: once, or each time that it repeats."""
    if "DTSTART" not in event:
        return [{}]
    start, whole_day = _moment(event.decoded("DTSTART"), zone)
    length = None
    if "DTEND" in event:
        length = _moment(event.decoded("DTEND"), zone)[0] - start
    elif "DURATION" in event:
        length = event.decoded("DURATION")
    elif whole_day:
        length = timedelta(days=1)
    starts = [start]
    if "RRULE" in event:
        from dateutil.rrule import rrulestr  # noqa: PLC0415 - few calendars need it

        rule = event["RRULE"].to_ical().decode()
        gone = {
            _moment(each.dt, zone)[0] for part in _several(event.get("EXDATE")) for each in part.dts
        }
        until = start + _FURTHEST
        starts = []
        for each in rrulestr(rule, dtstart=start):
            if each > until or len(starts) >= _MOST_TIMES:
                break
            if each not in gone:
                starts.append(each)
    return [
        {
            "starts_at": each.isoformat(),
            **({"ends_at": (each + length).isoformat()} if length is not None else {}),
        }
        for each in starts
    ]


def _moment(value: date | datetime, zone: tzinfo) -> tuple[datetime, bool]:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)), False
    return datetime(value.year, value.month, value.day, tzinfo=zone), True


class ScheduleXmlReader(_Whole):
    """A frab Schedule XML file, read with external entities switched off."""

    def rows(self) -> Iterator[Row]:
        from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - the error's name only

        from defusedxml import DefusedXmlException  # noqa: PLC0415
        from defusedxml.ElementTree import iterparse  # noqa: PLC0415

        found: list[Row] = []
        zone, room, day, persons = self._zone, "", "", 0
        try:
            for action, node in iterparse(
                str(self._path), events=("start", "end"), forbid_dtd=False
            ):
                if action == "start" and node.tag == "day":
                    day = node.get("date", "")
                elif action == "start" and node.tag == "room":
                    room = node.get("name", "")
                elif action == "end" and node.tag == "time_zone_name":
                    zone = _zone(node.text, zone)
                elif action == "end" and node.tag == "event":
                    persons += 1
                    talk = {each.tag: each.text for each in node}
                    talk["persons"] = [each.text for each in node.iter("person")]
                    talk["guid"] = node.get("guid") or node.get("id")
                    talk["room"] = talk.get("room") or room
                    talk["date"] = talk.get("date") or day
                    found.append(_talk(talk, str(persons), zone))
                    node.clear()
        except DefusedXmlException as error:
            raise BrokenFileError("broken_file", hint=type(error).__name__) from error
        except ParseError as error:
            yield from self._told(found)
            raise BrokenFileError("broken_file", hint=str(error)) from error
        yield from self._told(found)


class ScheduleJsonReader(_Whole):
    """A frab Schedule JSON file."""

    def rows(self) -> Iterator[Row]:
        try:
            text = self._path.read_bytes().decode(encoding_of(self._path) or "utf-8", "replace")
            conference = json.loads(text)["schedule"]["conference"]
            zone = _zone(conference.get("time_zone_name"), self._zone)
            talks = [
                (name, {"date": day.get("date"), **talk} if isinstance(talk, dict) else talk)
                for day in conference.get("days", [])
                for name, listed in (day.get("rooms") or {}).items()
                for talk in listed
            ]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BrokenFileError("broken_file", hint=str(error)[:80]) from error
        rows = []
        for number, (name, talk) in enumerate(talks, start=1):
            if not isinstance(talk, dict):
                self._problems.add("not_a_record", place=str(number), value=talk)
                continue
            people = [
                each.get("public_name") or each.get("name") or each.get("full_public_name")
                for each in talk.get("persons") or []
                if isinstance(each, dict)
            ]
            guid = talk.get("guid") or talk.get("id")
            room = talk.get("room") or name
            rows.append(
                _talk({**talk, "persons": people, "guid": guid, "room": room}, str(number), zone)
            )
        yield from self._told(rows)


def _talk(talk: dict[str, Any], place: str, zone: tzinfo) -> Row:
    """One talk of a schedule; its `date` has the offset, its `start` is the local clock."""
    when = str(talk.get("date") or "")
    if len(when) <= len("2020-09-08") and talk.get("start"):
        when = f"{when} {talk['start']}"
    subtitle = f": {talk['subtitle']}" if talk.get("subtitle") else ""
    texts = [talk.get(name) for name in ("abstract", "description")]
    values = {
        "id": talk["guid"],
        "name": f"{talk.get('title') or ''}{subtitle}".strip() or None,
        "description": "\n\n".join(str(each).strip() for each in texts if each) or None,
        "starts_at": when or None,
        "duration": talk.get("duration"),
        "zone_of_times": zone,
        "room": talk.get("room"),
        "type": talk.get("type"),
        "category": talk.get("track"),
        "languages": [talk["language"]] if talk.get("language") else None,
        "speakers": [each for each in talk["persons"] if each] or None,
        "url": talk.get("url"),
    }
    return Row(
        place,
        {name: each for name, each in values.items() if each is not None},
        Kind.EVENTS,
        exact=True,
    )


def _zone(name: str | None, otherwise: tzinfo) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415

    try:
        return ZoneInfo(name.strip()) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError):
        return otherwise


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    text = None if value is None else str(value).strip()
    return text or None
