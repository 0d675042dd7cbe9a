"""How the organisers can be reached, and when staff answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from actions.presenting.wording import both, text_in, zone_name
from actions.texts import say
from conference.edition import Edition, Hours


def ways_to_reach(edition: Edition, language: str) -> Iterator[str]:
    """A line for each address that is known, under whose it is; none if there is none."""
    contact = edition.contact
    if not contact.reachable:
        return
    if contact.unit:
        yield text_in(contact.unit, language).marked(language)
    for name in ("email", "phone", "url"):
        if value := getattr(contact, name):
            yield say(f"staff.{name}", language, value=value)


def hours_of(edition: Edition, language: str) -> str | None:
    """When staff answer: "Staff answer Mon to Fri, 09:00–18:00 (UTC+8)."."""
    if not edition.hours:
        return None
    spans = [_span(each, language) for each in edition.hours]
    first = datetime.combine(edition.first_day, edition.hours[0].opens, edition.zone)
    return say(
        "staff.hours",
        language,
        hours=say("list.semicolon", language).join(spans),
        zone=zone_name(first, language),
    )


def _span(hours: Hours, language: str) -> str:
    names = [say(f"date.weekday.{day}", language) for day in hours.days]
    in_a_row = hours.days == tuple(range(hours.days[0], hours.days[-1] + 1))
    days = (
        say("staff.to", language, first=names[0], last=names[-1])
        if in_a_row and len(names) > 2
        else both(names, language)
    )
    clock = f"{hours.opens:%H:%M}–{hours.closes:%H:%M}"
    return say("date.time", language, day=days, time=clock)
