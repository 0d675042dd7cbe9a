"""Single cells into clean texts, lists, numbers and truths."""

from __future__ import annotations

import ast
import html
import json
import re
import unicodedata
from functools import lru_cache
from typing import Any

from conference.words import has_chinese

_EMPTY = {"", "null", "nan", "none", "\\n", "undefined", "#n/a"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b]")
_TAG = re.compile(
    r"</?(?:p|br|ul|ol|li|div|span|strong|b|em|i|u|h\d|a|table|tbody|thead|tr|td|th|img|hr|font|section"
    r"|script|style|pre|code|small|sup|sub|dl|dt|dd)\b[^>]*>",
    re.I,
)
_MUTE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.I | re.DOTALL)
_BREAKS = re.compile(r"<(?:br|/p|/li|/div|/h\d|/tr)\b[^>]*>", re.I)
_ITEMS = re.compile(r"\s*[,，、;；|丨\n]\s*")
_TRUE = {
    "1",
    "true",
    "yes",
    "y",
    "是",
    "有",
    "支持",
    "可",
    "remote",
    "远程",
    "fully remote",
    "telecommute",
    "x",
    "√",
}
_FALSE = {
    "0",
    "false",
    "no",
    "n",
    "否",
    "无",
    "不支持",
    "on-site",
    "onsite",
    "office",
    "现场",
    "hybrid",
    "混合办公",
}
_YEARS = re.compile(
    r"(\d+(?:\.\d+)?|[一二两三四五六七八九十]+|one|two|three|four|five|six|seven|eight|ten)\s*\+?"
    r"(?:\s*(?:-|–|~|—|至|到|to)\s*(?:\d+|[一二两三四五六七八九十]+))?\s*\+?\s*(个月|months?|年|years?|yrs?|y(?![a-z]))?"
)
_NO_EXPERIENCE = re.compile(
    r"应届|无经验|无需经验|在校|毕业生|实习"
    r"|no experience|entry|graduate|fresher|junior|none needed|student"
)
_ANY_EXPERIENCE = re.compile(r"不限|不要求|无要求|any|not required|no requirement|n/?a|^-+$|^无$")
_DIGITS = {each: number for number, each in enumerate("零一二三四五六七八九")} | {"两": 2}
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "ten": 10,
}


def text_of(value: Any) -> str | None:
    """A cell's text, trimmed and without control characters; None for an empty one."""
    if value is None:
        return None
    text = str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.strip()
    if text[:1] == "'" and text.lstrip("'")[:1] in ("=", "+", "-", "@"):
        text = text[1:]  # the guard that our export sets against formulas
    return None if len(text) < 10 and text.lower() in _EMPTY else text


def plain_text(text: str) -> str:
    """A text without its markup."""
    if "&lt;" in text:  # markup that was made safe for a page
        text = html.unescape(text)
    if "<" not in text or not _TAG.search(text):
        return text
    without = _TAG.sub("", _BREAKS.sub("\n", _MUTE.sub("", text)))
    return re.sub(r"\n{3,}", "\n\n", html.unescape(without)).strip()


def list_of(value: Any) -> list[Any]:
    """A cell's items: a list as it is, JSON's or Python's notation of one, or separated text."""
    if isinstance(value, list):
        return [each for each in value if each not in (None, "")]
    text = text_of(value)
    if text is None:
        return []
    if text[0] == "[" and text[-1] == "]":
        for reader in (json.loads, ast.literal_eval):  # ['a', 'b'] is Python's
            try:
                items = reader(text)
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
            return [each for each in items if each not in (None, "")]
    return [each for each in _ITEMS.split(text) if each]


def truth_of(text: str) -> bool | None:
    """Yes or no, or None for another word."""
    said = text.strip().lower()
    return True if said in _TRUE else False if said in _FALSE else None


def whole_number(text: str) -> int | None:
    """A whole number from 0 on: `3`, `3.0`, `1,200`, `3人`, 若干 (some) as 1; None for no such."""
    said = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text.strip())
    if said in ("several", "multiple"):
        return 1
    if re.fullmatch(r"招?若干[人名个位]?", said):
        return 1
    found = re.fullmatch(r"(?:约|招)?(\d{1,9})(?:\.0+)?\s*(?:[人名个位]|-\s*\d+人?)?", said)
    return int(found[1]) if found else None


@lru_cache(maxsize=10_000)
def years_of(text: str) -> tuple[bool, int | None]:
    """Whether a text about experience was understood, and the least years that it asks for."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    if said.startswith("p") and (iso := re.fullmatch(r"p(?:(\d+)y)?(?:(\d+)m)?", said)):
        return True, int(iso[1] or 0) + int(iso[2] or 0) // 12
    if re.search(r"以下|以内|less than|under|up to|不足", said):
        return True, 0
    found = _YEARS.search(said)
    if found:
        figure = found[1]
        years = float(figure) if figure[0].isdigit() else _WORDS.get(figure) or _numeral(figure)
        if (found[2] or "").startswith(("个月", "month")):
            years /= 12
        return (True, int(years)) if years <= 60 else (False, None)
    if _NO_EXPERIENCE.search(said):
        return True, 0
    return (True, None) if _ANY_EXPERIENCE.search(said) else (False, None)


def by_language(text: str) -> dict[str, str]:
    """A text under its language; one that says it in both, side by side, is taken apart."""
    if not has_chinese(text):
        return {"en": text}
    parts = [each.strip() for each in re.split(r"\s+/\s+|\s*[|｜\n]\s*", text) if each.strip()]
    if len(parts) == 2 and len(text) < 300:
        first, second = (has_chinese(each) for each in parts)
        if first != second:
            zh, en = parts if first else reversed(parts)
            return {"en": en, "zh": zh}
    return {"zh": text}


def _numeral(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
