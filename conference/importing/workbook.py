"""Excel workbooks (.xlsx): every sheet that has headings, by the values that its formulas had."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from conference.importing.delimited import MOST_COLUMNS, table_rows
from conference.importing.headings import Wishes, kind_named
from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.query import Kind

_MOST_UNPACKED = 1 << 30  # bytes; 200,000 openings take some 300 MB of XML
_MOST_SQUEEZED = 200  # times: XML of tables packs 5 to 60 to one, a bomb a thousand
_SMALL = 50 << 20  # bytes that may be squeezed however much
_ERRORS = {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A"}
_MOST_ROWS = 1_048_576  # Excel's own limit


class WorkbookReader:
    """An .xlsx file, read row by row."""

    def __init__(
        self, path: Path, problems: Problems, *, wishes: Wishes, hint: Kind | None = None
    ) -> None:
        self._path = path
        self._problems = problems
        self._wishes = wishes
        self._hint = hint
        self._done = 0
        self._total = 1

    def fraction(self) -> float:
        return min(self._done / self._total, 1.0)

    def rows(self) -> Iterator[Row]:
        from openpyxl import load_workbook  # noqa: PLC0415 - takes 0.3 s to import
        from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

        formulas = _check(self._path)
        # open files and not paths, which openpyxl refuses by their extension
        with self._path.open("rb") as file, self._path.open("rb") as again:
            try:
                book = load_workbook(file, read_only=True, data_only=True)
                twin = load_workbook(again, read_only=True) if formulas else None
            except (
                InvalidFileException,
                KeyError,
                ValueError,
                zipfile.BadZipFile,
                OSError,
            ) as error:
                raise BrokenFileError("broken_file", hint=_line(error)) from error
            yield from self._sheets(book, twin)

    def _sheets(self, book: Any, twin: Any) -> Iterator[Row]:
        sheets = book.worksheets
        self._total = max(sum(each.max_row or 0 for each in sheets), 1)
        found, without = False, None
        for sheet in sheets:
            cells = self._numbered(sheet, twin[sheet.title] if twin else None, len(sheets) > 1)
            hint = kind_named(sheet.title) or self._hint
            try:
                yield from table_rows(cells, self._problems, wishes=self._wishes, hint=hint)
                found = True
            except BrokenFileError as error:
                if error.rule not in ("no_headings", "empty_file"):
                    raise
                without = error  # a cover sheet, an empty one
            except (zipfile.BadZipFile, OSError, SyntaxError, ValueError, KeyError) as error:
                raise BrokenFileError("broken_file", hint=_line(error)) from error
        if not found:
            raise without or BrokenFileError("empty_file")

    def _numbered(self, sheet: Any, twin: Any, several: bool) -> Iterator[tuple[str, list[Any]]]:
        # Some programs write a wrong size into the file, and cells beyond it would be lost.
        sheet.reset_dimensions()
        values = sheet.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=MOST_COLUMNS + 1)
        sources = iter(())
        if twin is not None:
            twin.reset_dimensions()
            sources = twin.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=MOST_COLUMNS + 1)
        for number, cells in enumerate(values, start=1):
            self._done += 1
            place = f"{sheet.title}!{number}" if several else str(number)
            formulas = next(sources, ())
            yield (
                place,
                [
                    self._cell(value, formulas[column] if column < len(formulas) else None, place)
                    for column, value in enumerate(_trimmed(cells))
                ],
            )

    def _cell(self, value: Any, formula: Any, place: str) -> Any:
        if value is None:
            if isinstance(formula, str) and formula.startswith("="):
                self._problems.add("formula_without_value", place=place, value=formula)
            return None
        if isinstance(value, str):
            if value in _ERRORS:
                self._problems.add("error_value", place=place, value=value)
                return None
            return value
        if isinstance(value, datetime):
            return value.isoformat(sep=" ", timespec="seconds")
        if isinstance(value, date | time):
            return value.isoformat()
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value


def _trimmed(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def _check(path: Path) -> bool:
    """Whether the workbook has formulas; raises BrokenFileError for a bomb or a damaged archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(each.file_size for each in members)
            packed = max(sum(each.compress_size for each in members), 1)
            squeezed = unpacked > _SMALL and unpacked / packed > _MOST_SQUEEZED
            if unpacked > _MOST_UNPACKED or squeezed:
                raise BrokenFileError("too_large", hint=f"{unpacked >> 20} MB")
            names = {each.filename for each in members}
            if "xl/workbook.xml" not in names:
                raise BrokenFileError("unknown_format")
            return any(_has_formula(archive, each) for each in names if "worksheets/" in each)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise BrokenFileError("broken_file", hint=_line(error)) from error


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as file:
        while block := file.read(1 << 20):
            if b"<f>" in tail + block or b"<f " in tail + block:
                return True
            tail = block[-3:]
    return False


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
