"""CSV, TSV and their like: separators and quotation marks found out."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from conference.importing.headings import Wishes
from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.importing.tables import table_rows
from conference.importing.texts import Lines
from conference.query import Kind

_SEPARATORS = (",", "\t", ";", "|", "，")


class DelimitedReader:
    """A text file of rows."""

    def __init__(
        self, path: Path, problems: Problems, *, wishes: Wishes, hint: Kind | None = None
    ) -> None:
        self._lines = Lines(path, problems)
        self._problems = problems
        self._wishes = wishes
        self._hint = hint
        self._at = 0  # the line that was read last
        self._width = 0  # cells of the widest row so far

    def fraction(self) -> float:
        return self._lines.fraction()

    def rows(self) -> Iterator[Row]:
        csv.field_size_limit(1 << 24)
        lines = iter(self._lines)
        first = list(islice(lines, 200))
        if not any(line.strip() for line in first):
            raise BrokenFileError("empty_file")
        reader = csv.reader(self._counted(chain(first, lines)), delimiter=separator_of(first))
        yield from table_rows(
            self._numbered(reader), self._problems, wishes=self._wishes, hint=self._hint
        )

    def _counted(self, lines: Iterator[str]) -> Iterator[str]:
        for number, line in enumerate(lines, start=1):
            self._at = number
            yield line

    def _numbered(self, reader: Iterator[list[str]]) -> Iterator[tuple[str, list[Any]]]:
        """The rows with the line on which each begins; a last one that is cut off is left out."""
        before = 0
        held: tuple[str, list[Any]] | None = None
        try:
            for cells in reader:
                if held:
                    yield held
                held = (str(before + 1), cells)
                before = self._at
                self._width = max(self._width, len(cells))
        except csv.Error as error:
            raise BrokenFileError("broken_file", place=str(before + 1), hint=str(error)) from error
        if held and (self._lines.open_quote or self._is_cut(held[1])):
            swallowed = self._lines.open_quote and self._at > int(held[0])
            rule = "quote_open" if swallowed else "cut_off"
            self._problems.add(rule, place=held[0], value="".join(held[1])[:80])
        elif held:
            yield held

    def _is_cut(self, cells: Sequence[Any]) -> bool:
        return not self._lines.ends_in_newline and len(cells) < self._width


def separator_of(lines: Sequence[str]) -> str:
    """The separator that parts the most lines into the same number of cells, more than one."""

    def evenness(separator: str) -> tuple[int, int]:
        try:
            counts = [
                len(cells)
                for cells in csv.reader(iter(lines), delimiter=separator)
                if any(each.strip() for each in cells)
            ]
        except csv.Error:
            return (0, 0)
        usual = max(set(counts), key=lambda each: (counts.count(each), each), default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(_SEPARATORS, key=evenness)
