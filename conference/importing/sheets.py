"""What spreadsheets of every format have in common: sheets, merged cells, kinds of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from conference.importing.headings import Wishes, kind_named
from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.importing.tables import table_rows
from conference.query import Kind

Cells = list[Any]
_ERRORS = {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A"}


@dataclass(frozen=True)
class Sheet:
    """A sheet being read: its rows with their numbers, from 1. A table on a page has no title."""

    title: str
    rows: Iterable[tuple[int, Cells]]
    hidden: bool = False


@dataclass(frozen=True)
class Tall:
    """Cells that were merged downwards: rows from 1, the column from 0."""

    first: int
    last: int
    column: int


class SheetsReader:
    """A file of sheets, or of a page's tables, read row by row."""

    def __init__(
        self, path: Path, problems: Problems, *, wishes: Wishes, hint: Kind | None = None
    ) -> None:
        self._path = path
        self._problems = problems
        self._wishes = wishes
        self._hint = hint
        self._done = 0  # rows
        self._total = 1
        self._several = False  # sheets

    def fraction(self) -> float:
        return min(self._done / self._total, 1.0)

    def _rows_of(self, sheets: Sequence[Sheet]) -> Iterator[Row]:
        return _sheet_rows(sheets, self._problems, wishes=self._wishes, hint=self._hint)


def _sheet_rows(
    sheets: Sequence[Sheet], problems: Problems, *, wishes: Wishes, hint: Kind | None
) -> Iterator[Row]:
    """The records of all sheets that show and have headings; the others are named."""
    found, without = False, BrokenFileError("empty_file")
    skipped: list[str] = []
    for sheet in sheets:
        cells = _placed(sheet, several=len(sheets) > 1)
        about = kind_named(sheet.title) or hint
        if sheet.hidden:  # lists to choose from, last year's: whoever hid it did not mean it
            if _has_records(cells, wishes, about):
                problems.add("hidden_sheet", place="", value=sheet.title)
            continue
        try:
            yield from table_rows(cells, problems, wishes=wishes, hint=about)
            found = True
        except BrokenFileError as error:
            if error.rule not in ("no_headings", "empty_file"):
                raise
            without = error  # a cover sheet, an empty one
            if error.rule == "no_headings" and sheet.title:
                skipped.append(sheet.title)
    if not found:
        raise without
    for title in skipped:
        problems.add("sheet_skipped", place="", value=title)


def _has_records(cells: Iterator[tuple[str, Cells]], wishes: Wishes, hint: Kind | None) -> bool:
    try:
        return next(table_rows(cells, Problems(), wishes=wishes, hint=hint), None) is not None
    except BrokenFileError:
        return False


def place_of(title: str, number: int, *, several: bool) -> str:
    """How a row is named in the report: with its sheet's title where there are several."""
    return f"{title}!{number}" if several and title else str(number)


def _placed(sheet: Sheet, *, several: bool) -> Iterator[tuple[str, Cells]]:
    for number, cells in sheet.rows:
        yield place_of(sheet.title, number, several=several), cells


def filled_down(
    rows: Iterable[tuple[int, Cells]], merged: Iterable[Tall]
) -> Iterator[tuple[int, Cells]]:
    """The rows, with the value of cells that were merged downwards in each row that they span."""
    begins: dict[int, list[Tall]] = {}
    for each in merged:
        begins.setdefault(each.first, []).append(each)
    spanning: dict[int, tuple[int, Any]] = {}  # by column: the last row, the value
    for number, found in rows:
        cells = found
        for column, (last, value) in list(spanning.items()):
            if number > last:
                del spanning[column]
                continue
            cells = [*cells, *[None] * (column + 1 - len(cells))]
            if cells[column] in (None, ""):
                cells[column] = value
        for each in begins.get(number, ()):
            if each.column < len(cells):
                spanning[each.column] = (each.last, cells[each.column])
        yield number, cells


def plain_cell(value: Any, problems: Problems, place: str) -> Any:
    """A cell's value as the other readers have it: text, number, ISO date, None."""
    if isinstance(value, str) and value in _ERRORS:
        problems.add("error_value", place=place, value=value)
        return None
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
