"""Texts within Telegram's length, which counts UTF-16 code units."""

from __future__ import annotations

import re

LONGEST = 4096

# Where a text may be parted, the best first: paragraphs, lines, sentences, words.
_ENDS = (
    re.compile(r"\n\n+"),
    re.compile(r"\n"),
    re.compile(r"(?<=[。！？；])|(?<=[.!?]) "),
    re.compile(r"[ ，、]"),
)


def units(text: str) -> int:
    """The text's length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, *, longest: int = LONGEST) -> list[str]:
    """The text in parts of at most `longest` units, none of them empty."""
    parts = []
    rest = text.strip()
    while units(rest) > longest:
        head = _first(rest, longest)
        cut = next((end for pattern in _ENDS if (end := _last(pattern, head))), len(head))
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [each for each in [*parts, rest] if each]


def _first(text: str, longest: int) -> str:
    """As much of the beginning as fits; no character is cut in two."""
    taken = text.encode("utf-16-le")[: longest * 2]
    return taken.decode("utf-16-le", "ignore")


def _last(pattern: re.Pattern[str], head: str) -> int:
    """Where the last of the pattern ends; 0 when that would leave a part of next to nothing."""
    end = max((match.end() for match in pattern.finditer(head)), default=0)
    return end if end > len(head) // 4 else 0
