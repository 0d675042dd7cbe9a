"""What only events have: a span of time, and speakers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from conference.importing.cells import by_language, list_of, text_of
from conference.importing.times import read_clock, read_date, read_moment

_SPAN = re.compile(
    r"(.*?\d{1,2}[:：]\d{2}(?:\s*[ap]m)?)\s*(?:-|–|—|~|～|至|到|to)\s*(.*\d.*)", re.I
)
_CLOCK_ONLY = re.compile(r"(?:上午|下午|晚上|早上|中午)?\s*\d{1,2}(?:[:：时点]|\s*[ap]m)", re.I)
_ALL_DAY = re.compile(r"全天|整天|all[ -]?day|whole day", re.I)
_ISO_LENGTH = re.compile(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:\d+s)?)?", re.I)
_ROLE = re.compile(r"\s*[(（]([^()（）]+)[)）]\s*$")


def span(
    *,
    starts_at: str | None,
    ends_at: str | None,
    day: str | None,
    duration: str | None,
    zone: tzinfo,
    order: str | None,
    near: date | None = None,
) -> tuple[datetime | None, datetime | None]:
    """When an event begins and ends, from whichever columns say so.

    Times may stand with their date, or apart from it ("09-08", "14:00-15:30"). Raises ValueError.
    """
    start_text, end_text = starts_at, ends_at
    if start_text and _ALL_DAY.fullmatch(start_text):
        start_text, end_text = None, end_text or day
    if start_text and not end_text and (both := _SPAN.fullmatch(start_text)):
        start_text, end_text = both[1], both[2]
    start = end = None
    if start_text and _CLOCK_ONLY.match(start_text):
        if day is None:
            raise ValueError(f"{start_text!r} has no date")
        first = read_date(day, order, zone, near)
        midnight = datetime(first.year, first.month, first.day, tzinfo=zone)
        start = midnight + read_clock(start_text)
    elif start_text:
        start = read_moment(start_text, zone, order, near)
    elif day:
        start = read_moment(day, zone, order, near)
    if end_text and start is not None:
        if _CLOCK_ONLY.match(end_text):
            midnight = start.replace(hour=0, minute=0, second=0)
            end = midnight + read_clock(end_text)
            if end < start and not ends_at:  # 22:00-01:00 goes past midnight
                end += timedelta(days=1)
        else:
            end = read_moment(end_text, zone, order, near)
            if end.hour == end.minute == end.second == 0 and not re.search(r"[:：时点]", end_text):
                end += timedelta(days=1)  # a last day is a whole day
    elif duration and start is not None:
        end = start + length(duration)
    return start, end


def is_clock(text: str) -> bool:
    """Whether a text is a time of day without its day."""
    return _CLOCK_ONLY.match(text) is not None


def length(text: str) -> timedelta:
    """A duration: `00:45`, `90`, `90 min`, `1.5 hours`, `PT1H30M`, 45分钟; raises ValueError."""
    said = text.strip().lower()
    if iso := _ISO_LENGTH.fullmatch(said):
        return timedelta(days=int(iso[1] or 0), hours=int(iso[2] or 0), minutes=int(iso[3] or 0))
    if found := re.fullmatch(r"(?:(\d+):)?(\d{1,2}):(\d{2})(?::\d{2})?", said):
        return timedelta(days=int(found[1] or 0), hours=int(found[2]), minutes=int(found[3]))
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(h|hours?|hrs?|个?小时)", said):
        return timedelta(hours=float(found[1]))
    if found := re.fullmatch(r"(\d+)(?:\.0)?\s*(?:m|mins?|minutes?|分钟?)?", said):
        return timedelta(minutes=int(found[1]))
    raise ValueError(f"{text!r} is no duration")


def speakers(value: Any) -> list[dict[str, Any]]:
    """Speakers as they are stored: names and roles by language."""
    found = []
    listed = value if isinstance(value, list) else _people(value)
    for each in listed:
        if isinstance(each, dict) and isinstance(each.get("name"), dict):
            found.append({"name": each["name"], "role": each.get("role") or {}})
        elif isinstance(each, dict):
            name = text_of(each.get("name") or each.get("public_name"))
            role = text_of(each.get("jobTitle") or each.get("role"))
            if name:
                found.append(_speaker(name, role))
        elif text := text_of(each):
            role_in = _ROLE.search(text)
            found.append(_speaker(_ROLE.sub("", text), role_in[1] if role_in else None))
    return found


def _people(value: Any) -> list[Any]:
    text = text_of(value) or ""
    if text.startswith("["):
        return list_of(text)
    # commas stand within roles ("Chen Jing, professor"), unless nothing else parts the names
    parts = re.split(r"\s*[;；、\n|/]\s*", text)
    return parts if len(parts) > 1 or _ROLE.search(text) else re.split(r"\s*[,，]\s*", text)


def _speaker(name: str, role: str | None) -> dict[str, Any]:
    return {"name": by_language(name), "role": by_language(role) if role else {}}
