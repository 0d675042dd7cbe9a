"""Character-level normal forms that keep every character's place.

The model sees full-width, traditional and upper-case characters as their plain counterparts;
because lengths never change, an entity's offsets are those of the message as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc

FIRST_PERSON = re.compile(r"\b(?:i|im|ive|we|my|our)\b|[我咱俺敝]|本(?:人|公司|校|院|所|厂|单位)")
"""Somebody speaks of themself, in lower-case text. "Show me" says nothing of who asks."""

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def is_han(character: str) -> bool:
    """Whether this is a Chinese character."""
    return _HAN.match(character) is not None


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


@lru_cache(maxsize=8192)
def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


@lru_cache(maxsize=8192)
def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def simplify(text: str) -> str:
    """Full-width to half-width and traditional to simplified, of the same length; case is kept."""
    folded = "".join(map(_fold, text))
    if not has_han(folded):
        return folded
    simplified: str = _to_simplified().convert(folded)
    if len(simplified) == len(folded):
        return simplified
    return "".join(_to_simplified().convert(each)[:1] or each for each in folded)


_CANTONESE_PAIRS = {
    "边度": "哪里",
    "边个": "哪个",
    "边间": "哪家",
    "边位": "哪位",
    "边日": "哪天",
    "边些": "哪些",
    "呢个": "这个",
    "呢间": "这家",
    "点样": "怎样",
    "几多": "多少",
}
_CANTONESE = str.maketrans("嘅喺唔冇咩嗰佢睇搵嚟嘢啲乜咗", "的在不没啥那他看找来事些啥了")


@lru_cache(maxsize=64)  # each part of the pipeline asks for a message's own
def normalise(text: str) -> str:
    """`simplify` in lower case, with everyday Cantonese words as their Mandarin counterparts."""
    normal = "".join(map(_lower, simplify(text))).translate(_CANTONESE)
    for cantonese, mandarin in _CANTONESE_PAIRS.items():
        normal = normal.replace(cantonese, mandarin)
    return normal


def traditional(text: str) -> str:
    """Simplified Chinese as one who writes traditional characters would read it."""
    return str(_to_traditional().convert(text)) if has_han(text) else text


def script_of(text: str) -> str | None:
    """`zh-Hant` or `zh-Hans` where the characters tell, None where both scripts write them so."""
    if not has_han(text):
        return None
    if _to_simplified().convert(text) != text:
        return "zh-Hant"
    return "zh-Hans" if _to_traditional().convert(text) != text else None
