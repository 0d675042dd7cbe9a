"""Salaries as job boards write them, in English, Chinese and some Russian.

`1-1.5万/月`, `20-40万/年`, `15k-30k`, `15K-25K·14薪`, `150元/天`, `$60,000 a year`, `€50.000 p.a.`
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from conference.money import load_rates, to_monthly_cny

_CURRENCIES = {
    "HKD": r"hk\s?\$|hkd|港币|港元|港幣",
    "SGD": r"(?<!u)s\$|sg\$|sgd|新加坡元|新币",
    "AUD": r"(?<![a-z])a\$|au\$|aud|澳元",
    "CAD": r"(?<![a-z])c\$|ca\$|cad|加元",
    "NZD": r"nz\$|nzd",
    "TWD": r"nt\$|twd|ntd|新台币|台币",
    "MOP": r"mop\$?|澳门元|澳门币",
    "USD": r"us\s?\$|usd|us dollars?|\$|dollars?|美元|美金",
    "EUR": r"€|euros?|eur|欧元",
    "GBP": r"£|gbp|pounds?|英镑",
    "CHF": r"chf|sfr\.?|瑞士法郎",
    "RUB": r"₽|rub(?![a-z])|rubles?|roubles?|руб(?:лей|\.)?|卢布",
    "JPY": r"jpy|yen|日元|円",
    "KRW": r"krw|₩|won(?![a-z])|韩元",
    "INR": r"inr|₹|rs\.?(?=\s*\d)|卢比",
    "SEK": r"sek",
    "NOK": r"nok",
    "DKK": r"dkk",
    "BYN": r"byn",
    "KZT": r"kzt|₸",
    "MYR": r"myr|rm(?=\s*\d)",
    "THB": r"thb|฿",
    "AED": r"aed",
    "CNY": r"¥|cny|rmb|人民币|元|yuan|块",
}
_EACH = r"(?:(?<![a-z])(?:an?|per|each|every)\s+|/\s*)"
_UNITS = {
    "YEAR": rf"{_EACH}(?:years?|yr|annum|y)(?![a-z])|p\.\s?a\.?|(?<![a-z])pa(?![a-z])|annually"
    r"|annual|yearly|pro jahr|в год|年薪|/\s*年|每年|一年|年收入|(?<=万)年|年包",
    "MONTH": rf"{_EACH}(?:months?|mo|mth|m)(?![a-z])|p\.\s?m\.?|(?<![a-z])pm(?![a-z])|monthly"
    r"|pro monat|в месяц|月薪|/\s*月|每月|每个月|一个月|(?<=[万千元])月",
    "WEEK": rf"{_EACH}(?:weeks?|wk)|weekly|/\s*周|每周|周薪",
    "DAY": rf"{_EACH}days?|daily|/\s*[天日]|每[天日]|日薪|一天|(?<=元)[天日]",
    "HOUR": rf"{_EACH}(?:hours?|hr|h)(?![a-z])|hourly|/\s*小?时|每小时|时薪|в час",
}
_SCALES = {
    "百万": 1_000_000, "million": 1_000_000, "mln": 1_000_000, "млн": 1_000_000, "m": 1_000_000,
    "thousand": 1_000, "тыс.": 1_000, "тыс": 1_000, "k": 1_000, "千": 1_000,
    "万": 10_000, "w": 10_000,
}  # fmt: skip
_SCALE = r"百万|million|mln|млн|thousand|тыс\.?|万|千|[kw](?![a-z])|m(?![a-z])"
_FIGURE = (
    r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d|\s*[万千kw])|\d+(?:\.\d+)?"
)
_AMOUNT = re.compile(rf"({_FIGURE})\s*({_SCALE})?")
_RANGE = re.compile(
    rf"({_FIGURE})\s*({_SCALE})?\s*(?:-|–|—|~|至|到|to|and|до)+\s*({_FIGURE})\s*({_SCALE})?"
)
_MONTHS_PAID = re.compile(
    r"[x×*·•,，]?\s*(\d{2})(?:\s*-\s*\d{2})?\s*(?:薪|months?(?: pay)?\b)|[x×*]\s*1[2-9]$"
)
_LEAST = re.compile(r"以上|起|\+|from|at least|min|above|over|more|不低于|от\s")
_MOST = re.compile(r"以下|以内|之内|up to|at most|max|below|under|less|不超过|最高|до\s")
_NEGOTIABLE = re.compile(
    r"面议|面谈|面議|保密|协商|详谈|可谈|待定|另议|电议"
    r"|negotiable|competitive|to be agreed|tbd|tba|n/?a|not (?:stated|specified)"
    r"|undisclosed|confidential|open|unpaid|doe|договорн|不限|无|-+|\?+"
)
_LEFT_OVER = re.compile(r"\d")
_LEAST_BARE = 500  # a bare number below this says nothing about pay
_MOST_MONTHLY = 100_000  # CNY a month: a figure from there on, without a unit, is a year's


@dataclass(frozen=True)
class Offer:
    """A salary as it was offered: amounts in `currency` a `unit` (`conference.money.UNITS`)."""

    least: float | None
    most: float | None
    currency: str
    unit: str
    guessed: bool = False
    """Whether the text did not say the unit and the amount decided."""

    def monthly(self) -> tuple[int | None, int | None]:
        """Both ends in whole CNY a month; raises KeyError for a currency without a rate."""
        least, most = (
            None if each is None else to_monthly_cny(each, self.currency, self.unit)
            for each in (self.least, self.most)
        )
        return least, most

    def by_the_month(self) -> Offer:
        """The same offer a month; a week's pay is no unit of the store."""
        weeks = 4.35
        least, most = (
            None if each is None else round(each * weeks, 2) for each in (self.least, self.most)
        )
        return Offer(least, most, self.currency, "MONTH")


@dataclass(frozen=True)
class Hints:
    """What a heading or other columns say of every amount under it: `薪资（万/年）`."""

    currency: str | None = None
    unit: str | None = None
    scale: int = 1


@lru_cache(maxsize=1_000)
def read_hints(heading: str) -> Hints:
    """What the heading of a salary column says of its amounts."""
    text = _normal(heading)
    bracket = re.search(r"[(\[/_:,]\s*(?:单位)?:?\s*(.+?)[)\]]?$", text)
    scale = 1
    if bracket:
        # "月薪(k)", "薪资(万/年)", "薪资(千元/月)": only in brackets, 千 elsewhere is a word's part
        found = re.match(rf"(?:[a-z]{{3}}\s*)?({_SCALE})", bracket[1])
        scale = _SCALES[found[1]] if found else 1
    return Hints(_found(_CURRENCIES, text), _found(_UNITS, "/" + text) or _unit_of(text), scale)


def is_negotiable(text: str) -> bool:
    """Whether the text says that there is no figure: 面议, "competitive"."""
    said = _normal(text)
    told = _NEGOTIABLE.match(said) or "面议" in said or "面谈" in said
    return bool(told) and not _LEFT_OVER.search(text)


@lru_cache(maxsize=20_000)
def read_salary(text: str, hints: Hints = Hints()) -> Offer | None:  # it is frozen
    """The offer that a text states, or None. A monthly pay given 14 times a year stays monthly."""
    said = _normal(text)
    said = _MONTHS_PAID.sub(" ", said)
    currency, said = _taken(_CURRENCIES, said)
    unit, said = _taken(_UNITS, said)
    least, most, rest = _amounts(said)
    if (least is None and most is None) or _LEFT_OVER.search(rest):
        return None
    scaled = re.search(_SCALE, said) is not None
    if not scaled and hints.scale > 1:
        least, most = (None if each is None else each * hints.scale for each in (least, most))
        scaled = True
    code = currency or hints.currency or "CNY"
    told = unit or hints.unit
    biggest = max(each for each in (least, most) if each is not None)
    if not (scaled or currency or told) and biggest < _LEAST_BARE:
        return None
    period, guessed = told or "MONTH", False
    if told is None and code in load_rates().cny:
        guessed = to_monthly_cny(min(_given(least, most)), code, "MONTH") >= _MOST_MONTHLY
        period = "YEAR" if guessed else "MONTH"
    return Offer(least, most, code, period, guessed)


def _given(*ends: float | None) -> list[float]:
    return [each for each in ends if each is not None]


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    text = text.replace("萬", "万").replace("−", "-").replace("～", "~").replace("〜", "~")
    return " ".join(text.split())


def _found(words: dict[str, str], text: str) -> str | None:
    return next((code for code, pattern in words.items() if re.search(pattern, text)), None)


def _taken(words: dict[str, str], text: str) -> tuple[str | None, str]:
    """The first code that is in the text, and the text without its words."""
    for code, pattern in words.items():
        if re.search(pattern, text):
            return code, re.sub(pattern, " ", text)
    return None, text


def _unit_of(text: str) -> str | None:
    plain = {"YEAR": r"年|year|annual", "DAY": r"日薪|天|day|daily", "HOUR": r"时薪|hour"}
    return _found(plain, text) or ("MONTH" if re.search(r"月|month", text) else None)


def _amounts(text: str) -> tuple[float | None, float | None, str]:
    """The least and the most, and what is left of the text."""
    ends = _RANGE.search(text)
    if ends:
        low, high = _number(ends[1]), _number(ends[3])
        first, second = _SCALES.get(ends[2] or ""), _SCALES.get(ends[4] or "")
        # a scale said once holds for both ends: 1-1.5万, 15k-30; but 8000-1.2万 needs none
        if second and not first and low < 1_000:
            first = second
        if first and not second and high < 1_000:
            second = first
        return low * (first or 1), high * (second or 1), text.replace(ends[0], " ", 1)
    one = _AMOUNT.search(text)
    if not one:
        return None, None, text
    value = _number(one[1]) * _SCALES.get(one[2] or "", 1)
    rest = text.replace(one[0], " ", 1)
    if _MOST.search(rest):
        return None, value, rest
    if _LEAST.search(rest):
        return value, None, rest
    return value, value, rest


def _number(figure: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figure):  # 50.000 or 1.250.000,00
        return float(figure.replace(".", "").replace(",", "."))
    return float(re.sub(r"[,' ]", "", figure))


def exact_offer(least: str | None, most: str | None, currency: str, unit: str) -> Offer | None:
    """The offer of plain figures whose currency and unit are known; None for other texts."""
    ends = [each for each in (least, most) if each is not None]
    if not all(re.fullmatch(r"\d+(?:\.\d+)?", each) for each in ends):
        return None
    return Offer(float(least) if least else None, float(most) if most else None, currency, unit)


def names_currency(text: str) -> bool:
    """Whether a salary says in what currency it is."""
    return _found(_CURRENCIES, _normal(text)) is not None


def read_currency(text: str) -> str | None:
    """The ISO code of a currency's name, sign or code."""
    said = _normal(text)
    return _found(_CURRENCIES, said) or (said.upper() if re.fullmatch(r"[a-z]{3}", said) else None)


def read_unit(text: str) -> str | None:
    """The unit that a word names: "monthly", YEAR, 元/天."""
    said = _normal(text)
    plain = {
        "YEAR": r"ann|^y",
        "MONTH": r"^m",
        "WEEK": r"week|周",
        "DAY": r"^d",
        "HOUR": r"^h|小时",
    }
    return _found(_UNITS, "/" + said) or _unit_of(said) or _found(plain, said)
