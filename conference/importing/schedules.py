"""Events from the schedules of conference software: Schedule XML and JSON (frab, pretalx)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Any

from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.importing.texts import encoding_of
from conference.query import Kind


class WholeReader:
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


class ScheduleXmlReader(WholeReader):
    """A frab Schedule XML file, read with external entities switched off."""

    def rows(self) -> Iterator[Row]:
        from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - the error's name only

        from defusedxml import DefusedXmlException  # noqa: PLC0415
        from defusedxml.ElementTree import iterparse  # noqa: PLC0415

        found: list[Row] = []
        zone, room, day, number = self._zone, "", "", 0
        try:
            for action, node in iterparse(
                str(self._path), events=("start", "end"), forbid_dtd=False
            ):
                if action == "start" and node.tag == "day":
                    day = node.get("date", "")
                elif action == "start" and node.tag == "room":
                    room = node.get("name", "")
                elif action == "end" and node.tag == "time_zone_name":
                    zone = read_zone(node.text, zone)
                elif action == "end" and node.tag == "event":
                    number += 1
                    talk = {each.tag: each.text for each in node}
                    talk["persons"] = [each.text for each in node.iter("person")]
                    talk["guid"] = node.get("guid") or node.get("id")
                    talk["room"] = talk.get("room") or room
                    talk["date"] = talk.get("date") or day
                    found.append(_talk(talk, str(number), zone))
                    node.clear()
        except DefusedXmlException as error:
            raise BrokenFileError("broken_file", hint=type(error).__name__) from error
        except (ParseError, LookupError, ValueError) as error:  # LookupError: no such encoding
            yield from self._told(found)
            raise BrokenFileError("broken_file", hint=str(error)) from error
        yield from self._told(found)


class ScheduleJsonReader(WholeReader):
    """A frab Schedule JSON file."""

    def rows(self) -> Iterator[Row]:
        try:
            text = self._path.read_bytes().decode(encoding_of(self._path) or "utf-8", "replace")
            conference = json.loads(text)["schedule"]["conference"]
            zone = read_zone(conference.get("time_zone_name"), self._zone)
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


def read_zone(name: str | None, otherwise: tzinfo) -> tzinfo:
    """The time zone of a name; the other one where it has none or is not known."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415

    try:
        return ZoneInfo(name.strip()) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return otherwise
