"""Salaries and years of experience said in figures or Chinese numerals.

Works on the normal form of a message (lower case, half-width, simplified). A salary is given as
`{"min", "max", "currency", "unit"}` with amounts as they were said; converting them to CNY a month
needs the conference's table of rates and is done by whoever builds the query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_CURRENCIES = {
    "HKD": r"hk\$|hkd|港币|港元|港纸",
    "USD": r"us\$|us dollars?|usd|\$|dollars?|bucks|美元|美金|刀",
    "EUR": r"€|euros?|eur|欧元",
    "GBP": r"£|gbp|pounds?|英镑",
    "RUB": r"₽|rubles?|roubles?|rub|卢布",
    "JPY": r"jpy|yen|日元",
    "CNY": r"[蚊块元]人民币|¥|￥|cny|rmb|yuan|renminbi|kuai|人民币|元|块钱|块|蚊",
}
_UNITS = {
    "YEAR": (
        r"(?:a|per|each|every|/)\s*(?:year|yr|annum)|/\s*y\b|p\.?a\.?\b|annually|annual|"
        r"yearly|年薪|每年|一年|/年|年收入|年包|每年度|per year"
    ),
    "MONTH": (
        r"(?:a|per|each|every|/)\s*(?:month|mo\b|mth)|monthly|pm\b|月薪|每月|每个月|"
        r"一个月|一月|/月|月收入|月入|月工资"
    ),
    "DAY": r"(?:a|per|/)\s*day|daily|每天|一天|/天|日薪|每日",
    "HOUR": r"(?:an|per|/)\s*hour|hourly|每小时|一小时|/小时|时薪|小时",
}
_SCALES = {
    "k": 1_000, "千": 1_000, "thousand": 1_000, "thou": 1_000, "grand": 1_000,
    "hundred thousand": 100_000,
    "w": 10_000, "wan": 10_000, "万": 10_000,
    "m": 1_000_000, "mln": 1_000_000, "million": 1_000_000, "百万": 1_000_000,
}  # fmt: skip
_FIGURE = r"(?:\d{1,3}(?:[, ]\d{3})+|\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NUMERAL = (
    r"(?:[一二两三四五六七八九十百半]+(?=\s*[万千])|(?=万[二两三四五六七八九](?![千百十万])))"
)
"""Before 万二 (Cantonese) one is left out: 12,000."""
_SCALE = (
    r"(?:百万|hundred thousand|wan\b|million|mln|thousand|thou\b|grand|k(?![a-z])|w(?![a-z])"
    r"|m(?![a-z])|万|千)"
)
_MONEY = "|".join(f"(?P<{code}_{{n}}>{words})" for code, words in _CURRENCIES.items())


_NO_COUNT = "(?!个?月|年|天|分)"
"""What a digit after a scale counts is not the rest of the amount: 两万一个月, 八千五一分不能少."""


def _amount(number: int) -> str:
    money = _MONEY.replace("{n}", str(number))
    before = "|".join(_CURRENCIES.values())
    return (
        rf"(?:(?P<before_{number}>{before})\s*)?(?P<figure_{number}>{_FIGURE}|{_NUMERAL})"
        rf"\s*(?P<scale_{number}>{_SCALE})?(?P<half_{number}>[\d一二三四五六七八九]{_NO_COUNT})?(?!\d|[一二三四五六七八九]{_NO_COUNT})\s*(?:\+\s*(?=[a-z元]))?(?P<after_{number}>{money})?"
    )


_SEPARATOR = r"\s*(?:-|–|—|~|～|to|and|到|至)\s*"
_SALARY = re.compile(
    rf"(?<![\w.-])(?:between\s+|from\s+)?{_amount(1)}(?:{_SEPARATOR}{_amount(2)})?|"
    rf"{_amount(3)}(?:{_SEPARATOR}{_amount(4)})?"
)
_MORE = re.compile(
    r"(?:nothing (?:under|below|less than)|not (?:under|below|less(?: than)?)|no "
    r"(?:lower|less)(?: than)?|over|above|(?<!no )(?<!not )more than|at least|"
    r"min(?:imum)?(?: of)?|no less than|not less than|from|starting (?:at|from)|"
    r"exceeding|>=?"
    r"|upwards of|higher than|better than|greater than|beyond|不低于|不少于|不小于|"
    r"(?<!不)超过|至少|大于|(?<!不)多于|(?<!不)高于|最少|起码|保底|底薪|起薪|过)\s*$"
)
_LESS = re.compile(
    r"(?:(?<!nothing )(?<!not )(?:under|below)|(?<!no )(?<!not )less than|up to|at "
    r"most|max(?:imum)?(?: of)?|lower than|until|<=?"
    r"|(?:no|not|nothing) (?:more than|higher than|greater than|over|above|exceeding)"
    r"|capp?(?:ed)? (?:at|of)|(?:limited|limit|cap|ceiling) (?:at|of|to|is)|within"
    r"|cheaper than|不超过|不高于|不多于|(?<!不)低于|(?<!不)少于|(?<!不)小于|最多|"
    r"不到|至多|顶多|未到|封顶|上限(?:是|为)?|不能超过|别超过)\s*$"
)
_MORE_AFTER = re.compile(
    r"\s*(?:and )?(?:\+|or more|or above|or higher|or better|or over|and above|and up|and more"
    r"|plus|at least|upwards|minimum|min\b|not (?:one|a) \w+ less|一分(?:都)?不能少|不能(?:再)?少|"
    r"以上|起|往上|打底|保底|兜底|或以上|或者以上|以上的|及以上|多)"
)
_LESS_AFTER = re.compile(
    r"\s*(?:or less|or below|or lower|and below|max\b|maximum|tops|at most|以下|"
    r"以内|之内|封顶|或以下|及以下)"
)
_REFUSED = re.compile(
    r"\s*(?:的|块|元|钱)*[,，]?(?:我|俺|咱|就|都|可|是|也|那|真|才|根本|一律|坚决|绝|肯定)*"
    r"(?:不(?:去|干|做|考虑|要|行|谈|来|接受|看|伺候)|免谈|别|勿|拉倒|算了|谁(?:去|干|做|来|要))"
    r"|\W*(?:and |then )?(?:(?:is|are|i|i'll|i'm|i am|i'd|i would|that's|it's) )?"
    r"(?:no way|no good|forget|won't|not |no thanks|no deal|don't|too (?:low|little))"
)
"""What is said of an amount that is too little: "less than 9,000, forget it" asks for 9,000."""

_RULED_OUT = re.compile(
    r"\b(?:don't|dont|do not|never|hide|leave out|skip|without)\b[^,.;!?]{0,30}$"
    r"|(?:不要|不想|不看|别|甭|勿)[^,，。；;!?！？]{0,8}$"
)
"""Before an amount: "don't show me anything below 20k" asks for 20k."""

_UNIT_AFTER = re.compile(rf"\s*(?:{'|'.join(_UNITS.values())})")
_SALARY_WORD = re.compile(
    r"salar|pay|wage|earn|income|money|compensation|make\b|工资|薪|待遇|收入|钱|人工|赚|挣|月入"
)
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def chinese_number(numeral: str) -> float:
    """The value of a Chinese numeral below 1,000, and 半 as a half: 十五 is 15, 三百二十 is 320."""
    if numeral == "半":
        return 0.5
    total, digit = 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "十百":
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
        elif character == "半":
            return total + digit + 0.5
    return total + digit


def _figure(figure: str) -> float:
    """12,000 and 12 000, and 12.000 as much of Europe writes it."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", figure):
        figure = figure.replace(".", "")
    return float(re.sub("[, ]", "", figure))


@dataclass(frozen=True)
class _Said:
    value: float
    scale: str | None
    currency: str | None


def _said(match: re.Match[str], number: int) -> _Said | None:
    figure = match[f"figure_{number}"]
    if figure is None:
        return None
    value = _figure(figure) if figure[:1].isdigit() else chinese_number(figure or "一")
    scale = match[f"scale_{number}"]
    if scale:
        value *= _SCALES[scale]
        if match[f"half_{number}"]:  # 一万5, 1w5: the next lower unit
            half = match[f"half_{number}"]
            value += (int(half) if half.isdigit() else _DIGITS[half]) * _SCALES[scale] / 10
    currency = None
    for token in (match[f"before_{number}"], match[f"after_{number}"]):
        for code, words in _CURRENCIES.items():
            if token and re.fullmatch(words, token.strip()):
                currency = currency or code
    return _Said(value, scale, currency)


_ONES = {
    w: n
    for n, w in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        1,
    )
}
_TENS = {
    w: n * 10
    for n, w in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_SPELLED = re.compile(
    rf"\b(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?|{'|'.join(_ONES)})"
    rf"(?=\s*(?:(?:to|or|-)\s*(?:{'|'.join(_TENS)}|{'|'.join(_ONES)})\w*\s*)?(?:thousand|thou\b|"
    rf"grand|k\b|hundred thousand|million))"
)


def _in_figures(text: str) -> str:
    """ "Twenty thousand" as "20     thousand": figures, in a text of the same length."""

    def figure(match: re.Match[str]) -> str:
        number = sum(_TENS.get(word, 0) + _ONES.get(word, 0) for word in re.split("[ -]", match[0]))
        return str(number).ljust(len(match[0]))

    text = re.sub(r"\bhalf a(?= million)", "0.5   ", text)
    text = re.sub(r"\ba quarter of a(?= million)", "0.25".ljust(14), text)
    return _SPELLED.sub(figure, text)


def find_salaries(text: str) -> list[dict[str, Any]]:
    """Salary entities in a normalised text."""
    text = _in_figures(text)
    found = _round_tens(text)
    for match in _SALARY.finditer(text):
        low, high = _said(match, 1) or _said(match, 3), _said(match, 2) or _said(match, 4)
        if low is None:
            continue
        unit = _unit(text, match)
        marked = low.scale or low.currency or (high and (high.scale or high.currency))
        bare = low.value >= 3_000 or (
            low.value >= 1_000
            and (
                (high and high.value > low.value)
                or _SALARY_WORD.search(text)
                or unit
                or _bound(text, match)[0]
            )
        )
        hourly = unit in ("HOUR", "DAY") and low.value >= 10
        if not (marked or bare or hourly) or _is_year(text, match, low, high):
            continue
        scaled = low.scale or (high and high.scale)
        if low.currency and not unit and not scaled and low.value < 100:
            continue  # "$5": no salary by the month
        start, value = _value(text, match, low, high)
        end = match.end() + len(_words_after(text[match.end() :]))
        found.append(
            {
                "entity": "salary",
                "start": start,
                "end": len(text[:end].rstrip()),
                "value": {**value, "unit": unit or "MONTH", "unit_said": unit is not None},
            }
        )
    return found


def _round_tens(text: str) -> list[dict[str, Any]]:
    """月入过万: ten thousand, without a figure."""
    return [
        {
            "entity": "salary",
            "start": match.start(),
            "end": match.end(),
            "value": {
                "min": 10_000,
                "max": None,
                "currency": "CNY",
                "unit": "MONTH",
                "unit_said": True,
            },
        }
        for match in re.finditer(
            r"(?:月入|月薪|工资|收入|薪水|人工)[^,，。]{0,3}[过上]万(?:元|块|人民币)?", text
        )
    ]


def _words_after(after: str) -> str:
    """The words that belong to an amount and follow it: its unit and its bound, in any order."""
    taken = 0
    for _ in range(2):
        for pattern in (_UNIT_AFTER, _MORE_AFTER, _LESS_AFTER):
            word = pattern.match(after[taken:])
            if word:
                taken += word.end()
    return after[:taken]


def _bound(text: str, match: re.Match[str]) -> tuple[str | None, int]:
    """Whether the amount is a least or a most, and where the words that say so begin."""
    before = text[: match.start()]
    after = _UNIT_AFTER.sub("", text[match.end() :], count=1)
    for pattern, bound in ((_LESS, "max"), (_MORE, "min")):
        word = pattern.search(before)
        if word:
            refused = bound == "max" and _REFUSED.match(after)
            ruled_out = refused or _RULED_OUT.search(before[: word.start()])
            return _OTHER[bound] if ruled_out else bound, word.start()
    for pattern, bound in ((_LESS_AFTER, "max"), (_MORE_AFTER, "min")):
        word = pattern.match(after)
        if word:
            refused = bound == "max" and _REFUSED.match(after[word.end() :])
            ruled_out = refused or _RULED_OUT.search(before)
            return _OTHER[bound] if ruled_out else bound, match.start()
    return None, match.start()


_OTHER = {"max": "min", "min": "max"}


def _value(
    text: str, match: re.Match[str], low: _Said, high: _Said | None
) -> tuple[int, dict[str, Any]]:
    bound, start = _bound(text, match)
    currency = low.currency or (high.currency if high else None) or "CNY"
    if high is not None:
        # "20-30k", "2-3万": the scale said once holds for both ends
        scale = high.scale if high.scale and not low.scale and low.value < 1_000 else None
        least = low.value * (_SCALES[scale] if scale else 1)
        most = high.value
        if low.scale and not high.scale and high.value < 1_000:
            most *= _SCALES[low.scale]
        return start, {"min": least, "max": most, "currency": currency}
    if bound == "max":
        return start, {"min": None, "max": low.value, "currency": currency}
    return start, {"min": low.value, "max": None, "currency": currency}


def _unit(text: str, match: re.Match[str]) -> str | None:
    window = text[max(0, match.start() - 14) : match.start()]
    after = text[match.end() : match.end() + 22]
    for unit, words in _UNITS.items():
        if re.match(rf"\s*(?:\S+\s+)?(?:{words})", after):
            return unit
    for unit, words in _UNITS.items():
        if re.search(rf"(?:{words})\D{{0,10}}$", window):
            return unit
    return None


def _is_year(text: str, match: re.Match[str], low: _Said, high: _Said | None) -> bool:
    """2020, 2020年: a calendar year, or a count of years, is no salary."""
    plain = low.scale is None and low.currency is None and high is None
    after = text[match.end() : match.end() + 6].lstrip()
    return plain and (1990 <= low.value <= 2035 or after.startswith(("年", "year", "yrs", "人")))


_YEARS = re.compile(
    r"(?:(\d{1,2})\s*(?:-|–|~|to|or|到|至)\s*)?(\d{1,2}|"
    r"[一二两三四五六七八九十]{1,3}|one|two|three|four|five|six|seven|eight|nine|"
    r"ten)"
    r"(?:\s*(?:多|几|来))?\s*\+?\s*(?:years?|yrs?|yoe|y(?![a-z])|年)(?!薪|级|代|收入)"
)
_EXPERIENCE_BEFORE = re.compile(
    r"(?:experience|exp\b|seniority|worked|经验|工龄|经历|从业|资历|年限|工作了?|"
    r"干了|做了)\D{0,16}$"
)
_EXPERIENCE_AFTER = re.compile(
    r"^(?:\W*\w+){0,4}?\W*(?:experience|exp\b|exper|seniority)|^.{0,5}(?:经验|工龄|"
    r"经历|资历)|^的?工作"
)
_NO_EXPERIENCE = re.compile(
    r"\b(?:no|not|nt|without|dont|doesnt|don't|doesn't|zero)(?:\s+[a-z]+){1,4}\s+experience\b"
)
_WORDS = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}


def find_experience(text: str) -> list[dict[str, Any]]:
    """`experience_max` entities: years that the person has, or the most that may be asked for."""
    found = [
        {"entity": "experience_max", "start": match.start(), "end": match.end(), "value": "0"}
        for match in _NO_EXPERIENCE.finditer(text)
    ]
    for match in _YEARS.finditer(text):
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :][:40]
        if not (
            _EXPERIENCE_BEFORE.search(before)
            or _EXPERIENCE_AFTER.search(after)
            or match[0].endswith("yoe")
        ):
            continue
        figure = match[2]
        years = (
            int(figure) if figure.isdigit() else _WORDS.get(figure) or int(chinese_number(figure))
        )
        if years <= 40:
            found.append(
                {
                    "entity": "experience_max",
                    "start": match.start(),
                    "end": match.end(),
                    "value": str(years),
                }
            )
    return found
