"""Dates and times as spreadsheets, job boards and calendars write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from dateutil.relativedelta import relativedelta

_NAMES = """
    jan january|feb february|mar march|apr april|may|jun june|jul july|aug august
    |sep sept september|oct october|nov november|dec december
"""
_MONTHS = {
    name: number
    for number, names in enumerate(_NAMES.split("|"), start=1)
    for name in names.split()
}
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?![\d.])")
_COMPACT = re.compile(r"(20\d{2}|19\d{2})(\d{2})(\d{2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4})")
_MONTH_DAY = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_ONLY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\s*[底末]?")
_NAMED_MONTH = re.compile(r"(?:end of\s+)?([a-z]+)\.?,?\s+(\d{4})")
_YEAR_END = re.compile(r"(?:end of\s+)?(20\d{2})\s*年?\s*(?:年?[底末])?")
_NO_YEAR = re.compile(
    r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?|(\d{2})-(\d{2})$"
    r"|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?!\d)|(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})(?![a-z])"
)
_WEEKDAY = re.compile(
    r"[(（]?\s*(?:周|星期|礼拜)[一二三四五六日天]\s*[)）]?"
    r"|[(（]?\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?\s*[)）]?,?"
)
_POSTED = re.compile(r"(?<=\d)\s*(?:发布|更新|刷新)$")
_CLOCK = re.compile(
    r"[t\s]*(上午|下午|晚上|早上|中午)?\s*(\d{1,2})(?:[:：时点](\d{2})?分?|(?=\s*[ap]m))"
    r"(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?"
    r"\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?\s*"
)
_EXCEL_EPOCH = date(1899, 12, 30)


class UnclearDateError(ValueError):
    """A date that can be read in two ways: 09/08/2020."""


def date_order(texts: Iterable[str]) -> str | None:
    """`dmy` or `mdy` when some of a column's dates can only be read so, None when none tells."""
    orders = set()
    for text in texts:
        found = _YEAR_LAST.match(text.strip())
        if found and found[2] == "/":
            if int(found[1]) > 12:
                orders.add("dmy")
            elif int(found[3]) > 12:
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


def order_within(texts: Iterable[str], days: tuple[date, date]) -> str | None:
    """The one of `dmy` and `mdy` in which all of the dates of events are the conference's."""
    listed = [each for each in texts if _YEAR_LAST.match(each.strip())]
    fitting = [
        order
        for order in ("dmy", "mdy")
        if listed and all(days[0] <= read_date(each, order) <= days[1] for each in listed)
    ]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=20_000)
def read_date(
    text: str,
    order: str | None = None,
    zone: tzinfo = timezone.utc,
    near: date | None = None,
) -> date:
    """The day that a text names; `order` (`dmy`, `mdy`) decides on 09/08/2020.

    A count of seconds is a day of the `zone`; a day without a year is the one next to `near`.
    Raises UnclearDateError without an order, and ValueError for what is no date.
    """
    return _date(_plain(text), order, zone, near)[0]


def read_last_day(text: str, order: str | None, zone: tzinfo, near: date | None = None) -> date:
    """The day until when something lasts: a month's last for 2020年10月, Dec 2020."""
    said = text.strip().lower()
    if found := _YEAR_END.fullmatch(said):
        return date(int(found[1]), 12, 31)
    if found := _MONTH_ONLY.fullmatch(said):
        year, month = int(found[1]), int(found[2])
    elif found := _NAMED_MONTH.fullmatch(said):
        year, month = int(found[2]), _month(found[1])
    else:
        return read_date(text, order, zone, near)
    return date(year, month, 1) + relativedelta(day=31)


@lru_cache(maxsize=20_000)
def read_moment(
    text: str, zone: tzinfo, order: str | None = None, near: date | None = None
) -> datetime:
    """The moment that a text names; one without an offset is in `zone`. Raises as `read_date`."""
    said = _plain(text)
    if re.fullmatch(r"\d{10}|\d{13}", said):
        return datetime.fromtimestamp(int(said[:10]), timezone.utc).astimezone(zone)
    day, rest = _date(said, order, zone, near)
    hour = minute = second = 0
    offset: tzinfo = zone
    rest = rest.strip(" ,，")
    if rest:
        found = _CLOCK.fullmatch(rest)
        if not found:
            raise ValueError(f"{text!r} has no time that can be read")
        hour, minute, second = (int(found[each] or 0) for each in (2, 3, 4))
        afternoon = found[5] == "pm" or found[1] in ("下午", "晚上")
        if afternoon and hour < 12:
            hour += 12
        elif found[5] == "am" and hour == 12:
            hour = 0
        if found[6]:
            offset = _offset(found[6])
    if hour == 24 and not minute:  # the end of the day
        return datetime(day.year, day.month, day.day, tzinfo=offset) + timedelta(days=1)
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=offset)


def read_clock(text: str) -> timedelta:
    """A time of day, or a duration, as `01:30` or `1:30:00`; raises ValueError."""
    found = _CLOCK.fullmatch(text.strip().lower())
    if not found:
        raise ValueError(f"{text!r} is no time")
    afternoon = (found[5] == "pm" or found[1] in ("下午", "晚上")) and int(found[2]) < 12
    return timedelta(
        hours=int(found[2]) + 12 * afternoon, minutes=int(found[3] or 0), seconds=int(found[4] or 0)
    )


def _offset(text: str) -> tzinfo:
    if text in ("z", "utc", "gmt"):
        return timezone.utc
    digits = text[1:].replace(":", "")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-delta if text[0] == "-" else delta)


def _plain(text: str) -> str:
    """Lower case, without the day of the week and what boards add: 08-30发布."""
    return _WEEKDAY.sub(" ", _POSTED.sub("", text.strip().lower())).strip(" ,，")


def _date(said: str, order: str | None, zone: tzinfo, near: date | None) -> tuple[date, str]:
    """The day, and what follows it."""
    if found := _YEAR_FIRST.match(said) or _COMPACT.match(said):
        return date(int(found[1]), int(found[2]), int(found[3])), said[found.end() :]
    if found := _YEAR_LAST.match(said):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == ".":  # only written day first
            order = "dmy"
        elif order is None and first <= 12 and second <= 12 and first != second:
            raise UnclearDateError(f"{said!r} can be read in two ways")
        day_first = first > 12 or (order == "dmy" and second <= 12)
        day, month = (first, second) if day_first else (second, first)
        return date(year, month, day), said[found.end() :]
    if found := _DAY_MONTH.match(said):
        return date(int(found[3]), _month(found[2]), int(found[1])), said[found.end() :]
    if found := _MONTH_DAY.match(said):
        return date(int(found[3]), _month(found[1]), int(found[2])), said[found.end() :]
    if re.fullmatch(r"[3-5]\d{4}(\.\d+)?", said):  # a spreadsheet's count of days: 2009 to 2064
        return _EXCEL_EPOCH + timedelta(days=int(said[:5])), ""
    if re.fullmatch(r"\d{10}|\d{13}", said):
        return datetime.fromtimestamp(int(said[:10]), zone).date(), ""
    if near and (found := _NO_YEAR.match(said)):
        month = int(found[1] or found[3] or 0) or _month(found[5] or found[8])
        day = int(found[2] or found[4] or found[6] or found[7])
        years = (near.year + each for each in (0, -1, 1))
        days = [date(year, month, day) for year in years]
        return min(days, key=lambda each: abs(each - near)), said[found.end() :]
    raise ValueError(f"{said!r} is no date")


def _month(name: str) -> int:
    try:
        return _MONTHS[name]
    except KeyError:
        raise ValueError(f"{name!r} is no month") from None
