"""Days as people say them, resolved against the conference's clock."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

Days = tuple[date, date]
"""The conference's first and last day."""


def resolve_day(value: str, *, now: datetime, days: Days) -> tuple[date, date | None]:
    """A day, or the first and last of a range, for a `day` entity's value.

    Values are `+1` (days from today), `w3` (the nearest Wednesday not yet past), `nw3` (next
    week's), `week`, `next_week`, `weekend`, `first`, `last` (of the conference), `9` (a day of the
    month), `9-9` (month and day) and ISO dates. One without its month or year is the conference's
    where it has such a day, else this month's or year's. Raises ValueError for a date that does
    not exist.
    """
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    if value[0] in "+-":
        return today + timedelta(days=int(value)), None
    if value.startswith("w") and value[1:].isdigit():
        return today + timedelta(days=(int(value[1:]) - 1 - today.weekday()) % 7), None
    if value.startswith("nw"):
        return monday + timedelta(days=6 + int(value[2:])), None
    ranges = {
        "week": (today, monday + timedelta(days=6)),
        "next_week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "weekend": (max(today, monday + timedelta(days=5)), monday + timedelta(days=6)),
        "first": (days[0], None),
        "last": (days[1], None),
    }
    if value in ranges:
        return ranges[value]
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return date(*parts), None
    for near in days:  # asked in August, "the 9th" of a conference in September
        with contextlib.suppress(ValueError):
            said = date(near.year, *parts) if len(parts) == 2 else near.replace(day=parts[0])
            if days[0] <= said <= days[1]:
                return said, None
    return (date(today.year, *parts) if len(parts) == 2 else today.replace(day=parts[0])), None


def resolve_days(
    values: Sequence[tuple[str, bool]], *, now: datetime, days: Days
) -> tuple[str | None, str | None]:
    """ISO `day` and `until` for all the days in a message; a flag marks a range's end.

    Two separate days ("Tuesday or Thursday") become the range from the one to the other.
    """
    month: int | None = None
    for value, _ in values:
        if value.count("-") == 1 and value[0].isdigit():
            month = int(value.split("-")[0])
    found: list[date] = []
    spans: list[tuple[date, date]] = []
    for value, _ in values:
        try:
            said = f"{month}-{value}" if value.isdigit() and month else value
            first, last = resolve_day(said, now=now, days=days)
        except ValueError:
            continue
        if last:
            spans.append((first, last))
        else:
            found.append(first)
    for first, last in spans:  # "at the weekend, so what is on Saturday?" names the day
        if not any(first <= each <= last for each in found):
            found.extend([first, last])
    if not found:
        return None, None
    day, until = min(found), max(found)
    return day.isoformat(), until.isoformat() if until != day else None
