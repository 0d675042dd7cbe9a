"""Reading an edition's folder: `conference.yml` says what it is, `facts.yml` what may be told."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from conference.edition.facts import FILE as FACTS
from conference.edition.facts import TOPICS, facts_in
from conference.edition.fields import Fields
from conference.edition.files import read_file
from conference.edition.findings import Finding
from conference.edition.model import Contact, Edition, Figure, Hours, Zone
from conference.errors import EditionError
from conference.vocabulary import load_vocabulary

FILE = "conference.yml"
SHIPPED = Path(__file__).resolve().parent.parent / "editions" / "ciep-18"
"""The edition that comes with the program; the invented sample belongs to it."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def open_edition(folder: Path) -> Edition:
    """The edition in a folder; raises EditionError with the first thing that stands in the way."""
    edition, found = read_edition(folder)
    if edition is None:
        first = next(each for each in found if each.stops)
        file, _, key = first.place.partition(": ")
        where = f"{folder / file}: {key} " if key else f"{folder / file} "
        raise EditionError(f"{where}{_line(first.says())}; {_line(first.mend())}.")
    return edition


@cache
def shipped_edition() -> Edition:
    """The edition that comes with the program."""
    return open_edition(SHIPPED)


def read_edition(folder: Path) -> tuple[Edition | None, list[Finding]]:
    """The edition in a folder and what is the matter with its files; None if it cannot be used."""
    data, found = read_file(folder / FILE)
    told, unread = read_file(folder / FACTS)
    parts = {} if found else _conference(data, found)
    facts = {} if unread else facts_in(told, unread)
    found += unread
    if any(each.stops for each in found):
        return None, found
    return Edition(folder=folder, facts=facts, **parts), found


def _conference(data: dict[str, Any], found: list[Finding]) -> dict[str, Any]:
    """The edition's fields from `conference.yml`."""
    file = Fields(data, found, file=FILE)
    vocabulary = load_vocabulary()
    dates = file.part("dates", needed=True)
    first, last = dates.day("first", needed=True), dates.day("last", needed=True)
    dates.end()
    if first and last and last < first:
        dates.note("ends_before_start", "last", value=last, hint=str(first))
    parts = {
        "name": file.texts("name", needed=True),
        "short": file.text("short", needed=True),
        "number": file.text("edition", needed=True),
        "first_day": first,
        "last_day": last,
        "zone": file.zone("time_zone", needed=True),
        "city": file.code("city", vocabulary.cities),
        "regions": tuple(
            each
            for each in file.items("regions")
            if file.known("regions", each, vocabulary.regions)
        ),
        "country": file.code("guest_of_honour", vocabulary.countries),
        "when": file.texts("when", needed=True),
        "theme": file.texts("theme"),
        "zones": tuple(_zones(file)),
        "figures": tuple(
            Figure(each.texts("name", needed=True), each.texts("value", needed=True))
            for each in _ended(file, "figures")
        ),
        "figures_note": file.texts("figures_note"),
        "links": _links(file.part("links")),
        "contact": _contact(file.part("contact")),
        "hours": tuple(_hours(file)),
        "sample_now": file.moment("sample_now"),
    }
    file.end()
    return parts


def _ended(file: Fields, key: str) -> Iterator[Fields]:
    for each in file.parts(key):
        yield each
        each.end()


def _zones(file: Fields) -> Iterator[Zone]:
    codes = set()
    for each in _ended(file, "zones"):
        code = each.text("code", needed=True) or ""
        if code and code in codes:
            each.note("repeated_code", "code", value=code)
        codes.add(code)
        yield Zone(code, each.texts("name", needed=True), each.texts("about"), each.texts("ask"))


def _links(part: Fields) -> dict[str, str]:
    links = {}
    for topic in part:
        url = part.url(topic)
        if url and part.known(topic, topic, TOPICS):
            links[topic] = url
    return links


def _contact(part: Fields) -> Contact:
    contact = Contact(
        unit=part.texts("unit"),
        email=part.email("email"),
        phone=part.text("phone"),
        url=part.url("url"),
    )
    part.end()
    return contact


def _hours(file: Fields) -> Iterator[Hours]:
    for each in _ended(file, "staff_hours"):
        days = sorted(
            _WEEKDAYS.index(day) + 1
            for day in each.items("days", needed=True)
            if each.known("days", day, _WEEKDAYS)
        )
        opens, closes = each.clock("opens", needed=True), each.clock("closes", needed=True)
        if days and opens and closes:
            yield Hours(tuple(days), opens, closes)


def _line(text: str) -> str:
    """A sentence as a part of one: without its capital and its full stop."""
    return text[:1].lower() + text[1:].rstrip(".")
