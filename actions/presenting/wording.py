"""Names, lists, money and dates as people write them in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from actions.texts import say, texts
from conference import languages
from conference.languages import preferred
from conference.models import Job, Record
from conference.query import Kind
from conference.vocabulary import vocabulary_in_use

_TEN_THOUSAND = 10_000  # 万


@dataclass(frozen=True)
class Shown:
    """A record's text as it is shown; `other` is its language when it is not the one asked for."""

    text: str
    other: str | None = None

    def marked(self, language: str) -> str:
        """The text, with a visible mark when it is in another language."""
        if self.other is None or not self.text:
            return self.text
        name = say(f"language.{self.other}", language)
        return say("untranslated", language, text=self.text, language=name)


def text_of(record: Record, name: str, language: str) -> Shown:
    """A record's text (`title`, `description`, ...) in the language, else in another."""
    return _shown(languages.text_of(record, name, language), language)


def _shown(found: tuple[str, str], language: str) -> Shown:
    text, written = found
    return Shown(text, None if written == language else written)


def text_in(texts_: Mapping[str, str], language: str) -> Shown:
    """The same for a text that is kept as `{"en", "zh"}`."""
    for each in preferred(language):
        if texts_.get(each):
            return Shown(texts_[each], None if each == language else each)
    return Shown("")


def title_of(record: Record, language: str) -> Shown:
    """What a record is called."""
    return _shown(languages.title_of(record, language), language)


def label(key: str, code: str, language: str, *, one: bool = False) -> str:
    """The name of a code; an unknown code itself."""
    return vocabulary_in_use().label(key, code, language, one=one)


def label_alone(key: str, code: str | None, language: str) -> str | None:
    """The name of a code that stands by itself; None without a code."""
    return capital(label(key, code, language, one=True)) if code else None


def measure(kind: Kind, language: str) -> str:
    """The word that counts records of a kind: 个, 家; English has none."""
    return say(f"measure.{kind.value}", language)


def inside(text: str) -> str:
    """A label in the middle of a sentence: "Energy" becomes "energy", "PhD" stays."""
    first = text.partition(" ")[0]
    return text[0].lower() + text[1:] if first[1:].islower() else text


def capital(text: str) -> str:
    """The same at the beginning of a line."""
    return text[:1].upper() + text[1:]


def either(parts: Sequence[str], language: str) -> str:
    """A, B or C."""
    return _joined(parts, language, last="list.or")


def both(parts: Sequence[str], language: str) -> str:
    """A, B and C."""
    return _joined(parts, language, last="list.and")


def _joined(parts: Sequence[str], language: str, *, last: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    first = say("list.comma", language).join(parts[:-1])
    return say(last, language, first=first, last=parts[-1])


def dotted(parts: Iterable[str | None]) -> str:
    """The parts of a subtitle that there are."""
    return " · ".join(part for part in parts if part)


def pay(
    low: float | None,
    high: float | None,
    language: str,
    *,
    currency: str = "CNY",
    unit: str = "MONTH",
) -> str:
    """`CNY 15,000–25,000 a month`; empty when neither end is known.

    `currency` is an ISO 4217 code, `unit` one of HOUR, DAY, MONTH, YEAR.
    """
    known = [each for each in (low, high) if each is not None]
    if not known:
        return ""
    key = f"money.currency.{currency}"
    name = say(key, language) if key in texts(language) else currency
    money = say("money.amount", language, amount=_amounts(known, language), currency=name)
    if low is None:
        money = say("money.at_most", language, money=money)
    elif high is None:
        money = say("money.at_least", language, money=money)
    return say(f"money.{unit.lower()}", language, money=money)


def _amounts(ends: Sequence[float], language: str) -> str:
    """One amount or a range; a language with `money.ten_thousand` counts large ones in 万."""
    unit = say("money.ten_thousand", language)
    large = bool(unit) and all(each >= _TEN_THOUSAND and each % 100 == 0 for each in ends)
    plain = "{:.0f}" if unit else "{:,.0f}"
    words = [f"{each / _TEN_THOUSAND:g}{unit}" if large else plain.format(each) for each in ends]
    return "–".join(dict.fromkeys(words))


def pay_of(job: Job, language: str) -> str:
    """An opening's salary a month in CNY, in which salaries are compared."""
    return pay(job.salary_min, job.salary_max, language)


def day(iso: str, language: str) -> str:
    """`Tue 8 Sep`, from a date or a moment in ISO 8601."""
    each = date.fromisoformat(iso[:10])
    return say(
        "date.day",
        language,
        weekday=say(f"date.weekday.{each.isoweekday()}", language),
        day=each.day,
        month=say(f"date.month.{each.month}", language),
    )


def full_day(iso: str, language: str) -> str:
    """`8 September 2020`-like, for days that may be in another year."""
    each = date.fromisoformat(iso[:10])
    month = say(f"date.month.{each.month}", language)
    return say("date.full", language, day=each.day, month=month, year=each.year)


def span(starts_at: str, ends_at: str | None, language: str, *, zone: tzinfo | None = None) -> str:
    """`Tue 8 Sep, 14:00–15:30 (UTC+8)`; `zone` is the conference's, by whose clock the times are.

    Without it none is named.
    """
    start = datetime.fromisoformat(starts_at)
    end = datetime.fromisoformat(ends_at) if ends_at else start
    if end.date() == start.date():
        clock = f"{start:%H:%M}" if end == start else f"{start:%H:%M}–{end:%H:%M}"
        text = say("date.time", language, day=day(starts_at, language), time=clock)
    else:
        first = say("date.time", language, day=day(starts_at, language), time=f"{start:%H:%M}")
        last = say("date.time", language, day=day(ends_at or "", language), time=f"{end:%H:%M}")
        text = f"{first} – {last}"
    if zone is None:
        return text
    return say("date.zone", language, time=text, zone=zone_name(start.astimezone(zone), language))


def zone_name(moment: datetime, language: str) -> str:
    """What the clock of a moment is called: 北京时间 or, for a zone without a name, UTC+8.

    Singapore's is as far from UTC as Beijing's, and not Beijing's.
    """
    key = f"date.zone_name.{getattr(moment.tzinfo, 'key', '')}"
    if key in texts(language):
        return say(key, language)
    minutes = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"


def phrase_day(iso: str, language: str) -> str:
    """A day inside a phrase, where a space would break it: 9月8日（星期二）."""
    each = date.fromisoformat(iso[:10])
    return say(
        "date.in_phrase",
        language,
        weekday=say(f"date.weekday.{each.isoweekday()}", language),
        day=each.day,
        month=say(f"date.month.{each.month}", language),
    )


def month(iso: str, language: str) -> str:
    """`Sep 2020`, from `2020-09`."""
    year, number = iso.split("-")[:2]
    name = say(f"date.month.{int(number)}", language)
    return say("date.month_year", language, month=name, year=year)
