"""Tables of counts in which nobody can be found: small groups of people are hidden."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from conference.vocabulary import Vocabulary

FEWEST = 5
"""People who must have done a thing before it is counted in public (k-anonymity)."""

HIDDEN = f"<{FEWEST}"
"""What stands in place of a count of fewer people, and of what they did."""

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """`columns` are keys of the wording; the first column of `rows` holds codes of `terms`.

    `vocabulary` is the catalogue's, where the codes may be of cities that came with its data.
    """

    name: str
    terms: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    vocabulary: Vocabulary | None = None

    def to_json(self) -> list[dict[str, Cell]]:
        """A row each, by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """Codes, not words, and with a byte order mark: Excel then reads it as UTF-8."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return "\ufeff" + file.getvalue()


@dataclass
class Tally:
    """How often each thing was done, and by whom."""

    times: dict[Any, int] = field(default_factory=lambda: defaultdict(int))
    by: dict[Any, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, key: Hashable, person: str) -> None:
        self.times[key] += 1
        self.by[key].add(person)

    def count(self, key: Hashable) -> int | str:
        """How often, unless too few people did it."""
        return HIDDEN if self._few(key) else self.times.get(key, 0)

    def people(self, key: Hashable) -> int | str:
        """How many people, unless they are too few."""
        return HIDDEN if self._few(key) else len(self.by.get(key, ()))

    def most(self) -> list[Any]:
        """The keys, the most frequent first; those with hidden counts last, by name.

        Their order would tell what is hidden.
        """
        return sorted(
            self.times, key=lambda key: (-1 if self._few(key) else -self.times[key], str(key))
        )

    def _few(self, key: Hashable) -> bool:
        return 0 < len(self.by.get(key, ())) < FEWEST
