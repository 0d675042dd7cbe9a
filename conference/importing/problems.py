"""What was wrong with a file, a row or a value, and how to mend it: the report's lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

MOST_KEPT = 100_000
"""Problems kept one by one; the rest are counted only."""

_SHOWN_VALUE = 120  # characters of a value in the report


@dataclass(frozen=True)
class Problem:
    """One thing that was wrong.

    `place` is the line or row as the reader of the file counts it (`12`, `Sheet2!12`), empty for
    the whole file. `rule` is a key of `rules.yml`; an `error` refuses its row, a `warning` leaves
    only the value out, a `note` changes nothing.
    """

    place: str
    column: str
    value: str
    rule: str
    hint: str = ""

    @property
    def level(self) -> str:
        """`error`, `warning` or `note`."""
        return str(_rules()[self.rule]["level"])

    def says(self, language: str = "en") -> str:
        """The rule in words."""
        return self._filled(_rules()[self.rule][language][0])

    def mend(self, language: str = "en") -> str:
        """What to do about it, with the suggestion that belongs to this very value."""
        return self._filled(_rules()[self.rule][language][1])

    def _filled(self, text: str) -> str:
        return text.replace("{hint}", self.hint or "…")


@dataclass
class Problems:
    """The problems of one file, the first `MOST_KEPT` of them one by one."""

    kept: list[Problem] = field(default_factory=list)
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """By rule, column and value, however many there are."""
    levels: dict[str, int] = field(default_factory=lambda: {"error": 0, "warning": 0, "note": 0})
    """How many of each level there were."""

    def add(
        self, rule: str, *, place: str, column: str = "", value: Any = "", hint: str = ""
    ) -> None:
        """Note one down; raises KeyError for a rule that does not exist."""
        shown = " ".join(str("" if value is None else value).split())[:_SHOWN_VALUE]
        level = level_of(rule)
        self.levels[level] += 1
        key = (rule, column, shown if level != "error" else "")
        self.counts[key] = self.counts.get(key, 0) + 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(Problem(place, column, shown, rule, hint))

    def count(self, level: str) -> int:
        """How many of a level there were."""
        return self.levels[level]


def level_of(rule: str) -> str:
    """The level of a rule."""
    return str(_rules()[rule]["level"])


@cache
def _rules() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("rules.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
