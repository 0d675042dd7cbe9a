"""Calendar dates and clock times written in figures or numerals.

A date's value is `m-d` ("9-9"), `d` alone ("the 9th") or `yyyy-mm-dd`; the clock that
completes it is not known here. A clock time gives the part of the day that it lies in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.brain.nlu.amounts import chinese_number

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_DAY = r"(?:[12]?\d|3[01]|0\d)"
_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_TO = r"\s*(?:-|–|—|~|to|till|until|through|and|到|至)\s*(?:the\s+)?"
_DATES = [
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"),
    re.compile(
        rf"\b(?P<day>{_DAY})(?:st|nd|rd|th)?(?:{_TO}(?P<last>{_DAY})(?:st|nd|rd|"
        rf"th)?)?\s+(?:of\s+)?(?P<name>{_MONTHS})\b\.?"
    ),
    re.compile(
        rf"\b(?P<name>{_MONTHS})\.?\s*(?:the\s+)?(?P<day>{_DAY})(?:st|nd|rd|"
        rf"th)?\b(?:{_TO}(?P<last>{_DAY})(?:st|nd|rd|th)?\b)?"
    ),
    re.compile(
        rf"(?P<month>\d{{1,2}}|{_NUMERAL})月份?(?P<day>\d{{1,2}}|"
        rf"{_NUMERAL})[日号]?(?:{_TO}(?P<last>\d{{1,2}}|{_NUMERAL})[日号])?"
    ),
    re.compile(
        r"(?<![\d/.-])(?P<month>\d{1,2})\.(?P<day>\d{1,2})\s*(?:-|–|~|到|"
        r"至)\s*\d{1,2}\.(?P<last>\d{1,2})(?![\d.])"
    ),
    re.compile(r"(?<![\d/.-])(?P<month>9)\.(?P<day>\d{1,2})(?![\d.]|\s*[kw万千])"),
    re.compile(r"(?<![\d/.-])(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])"),
    re.compile(
        rf"(?<![\d十])(?![1-6一二三四五六]号(?!{_TO}))"
        rf"(?P<day>\d{{1,2}}|{_NUMERAL})[日号](?!线|楼|馆|厅)(?:{_TO}(?P<last>\d{{1,2}}|{_NUMERAL})[日号])?"
    ),
    re.compile(
        # "the 2nd" alone is one of the list: no day of a conference that begins on the 7th
        rf"\b(?:on\s+(?:the\s+)?|the\s+(?![1-5]\D))(?P<day>{_DAY})(?:st|nd|rd|th)\b"
        rf"(?!\s+(?:one|job|item|programme|program|event|institution|"
        rf"result))(?:{_TO}(?P<last>{_DAY})(?:st|nd|rd|th)\b)?"
    ),
]  # fmt: skip
_CLOCK = re.compile(
    r"(?<![\d-])(?:(?P<hour>[01]?\d|"
    r"2[0-3])(?:[:.：](?P<minute>[0-5]\d))?\s*(?P<half>am|pm|a\.m\.|p\.m\.|o'clock)"
    r"|(?P<hour24>[01]?\d|2[0-3])[:：][0-5]\d"
    rf"|(?P<dian>\d{{1,2}}|{_NUMERAL})点(?:半|钟)?)"
)


def find_dates(text: str) -> list[dict[str, Any]]:
    """`day` entities; a range gives two, the second marked with the role `until`."""
    found: list[dict[str, Any]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(match.start() < each["end"] and each["start"] < match.end() for each in found):
                continue
            found.extend(_entities(match))
    return found


def _entities(match: re.Match[str]) -> Iterator[dict[str, Any]]:
    groups = match.groupdict()
    month = _number(groups.get("month")) or _month(groups.get("name"))
    days = [_number(groups["day"]), _number(groups.get("last"))]
    if not days[0] or not 1 <= days[0] <= 31 or (month is not None and not 1 <= month <= 12):
        return
    for day, role in zip(days, (None, "until"), strict=True):
        if not day:
            continue
        if groups.get("year"):
            value = f"{groups['year']}-{month:02d}-{day:02d}"
        else:
            value = f"{month}-{day}" if month else f"{day}"
        entity = {"entity": "day", "value": value, "start": match.start(), "end": match.end()}
        yield {**entity, "role": role} if role else entity


def _number(figure: str | None) -> int | None:
    if not figure:
        return None
    return int(figure) if figure.isdigit() else int(chinese_number(figure))


def _month(name: str | None) -> int | None:
    return _MONTH_NUMBERS[name[:3]] if name else None


def find_clock_times(text: str) -> list[dict[str, Any]]:
    """`period` entities for "3pm", "14:00", 下午三点."""
    found = []
    for match in _CLOCK.finditer(text):
        hour = _number(match["hour"] or match["hour24"] or match["dian"]) or 0
        if (match["half"] or "").startswith("p") and hour < 12:
            hour += 12
        if match["dian"] and hour < 7:  # nobody means four in the night at a conference
            hour += 12
        period = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
        found.append(
            {"entity": "period", "value": period, "start": match.start(), "end": match.end()}
        )
    return found
