"""Excel workbooks (.xlsx), by the values that formulas had; other programs' and older ones (.xls,
.xlsb, .ods)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from conference.importing.headings import Wishes
from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.importing.sheets import (
    Cells,
    Sheet,
    SheetsReader,
    Tall,
    filled_down,
    place_of,
    plain_cell,
)
from conference.importing.tables import MOST_COLUMNS
from conference.importing.unpacking import LOCKED, UNREADABLE
from conference.query import Kind

_MOST_UNPACKED = 1 << 30  # bytes; 200,000 openings take some 300 MB of XML
_MOST_SQUEEZED = 200  # times: XML of tables packs 5 to 60 to one, a bomb a thousand
_SMALL = 50 << 20  # bytes that may be squeezed however much
_MOST_ROWS = 1_048_576  # Excel's own limit
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, SyntaxError, ValueError,
    KeyError, TypeError, AttributeError, IndexError,
)  # fmt: skip
"""What reading a damaged workbook ends in, sooner or later."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # an .xlsx with a password is wrapped up
_HEAD = 1 << 20  # bytes
_LONGEST_TAG = 64  # bytes of what is looked for, which may stand across two blocks


@dataclass
class _Part:
    """What a sheet's XML says that is not in its cells."""

    has_formulas: bool = False
    merged: list[Tall] = field(default_factory=list)


class WorkbookReader(SheetsReader):
    """An .xlsx file."""

    def rows(self) -> Iterator[Row]:
        from openpyxl import load_workbook  # noqa: PLC0415 - takes 0.3 s to import
        from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

        parts = _parts(self._path)
        formulas = any(each.has_formulas for each in parts.values())
        # open files and not paths, which openpyxl refuses by their extension
        with self._path.open("rb") as file, self._path.open("rb") as again:
            try:
                book = load_workbook(file, read_only=True, data_only=True)
                twin = load_workbook(again, read_only=True) if formulas else None
            except (InvalidFileException, *_DAMAGED) as error:
                raise BrokenFileError("broken_file", hint=_line(error)) from error
            self._several = len(book.worksheets) > 1
            self._total = max(sum(each.max_row or 0 for each in book.worksheets), 1)
            yield from self._rows_of([self._sheet(each, twin, parts) for each in book.worksheets])

    def _sheet(self, sheet: Any, twin: Any, parts: dict[str, _Part]) -> Sheet:
        part = parts.get(sheet._worksheet_path, _Part())  # the only place where it says that
        rows = self._numbered(sheet, twin[sheet.title] if twin else None)
        return Sheet(
            sheet.title,
            filled_down(rows, part.merged),
            hidden=sheet.sheet_state != "visible",
        )

    def _numbered(self, sheet: Any, twin: Any) -> Iterator[tuple[int, Cells]]:
        # Some programs write a wrong size into the file, and cells beyond it would be lost.
        sheet.reset_dimensions()
        limits = {"values_only": True, "max_row": _MOST_ROWS, "max_col": MOST_COLUMNS + 1}
        sources: Iterator[tuple[Any, ...]] = iter(())
        if twin is not None:
            twin.reset_dimensions()
            sources = twin.iter_rows(**limits)
        try:
            for number, cells in enumerate(sheet.iter_rows(**limits), start=1):
                self._done += 1
                formulas = next(sources, ())
                pairs = zip_longest(_trimmed(cells), _trimmed(formulas))
                place = place_of(sheet.title, number, several=self._several)
                yield number, [self._cell(value, formula, place) for value, formula in pairs]
        except _DAMAGED as error:
            raise BrokenFileError("broken_file", hint=_line(error)) from error

    def _cell(self, value: Any, formula: Any, place: str) -> Any:
        if value is None:
            if isinstance(formula, str) and formula.startswith("="):
                self._problems.add("formula_without_value", place=place, value=formula)
            return None
        return plain_cell(value, self._problems, place)


class OtherBookReader(SheetsReader):
    """A workbook of Excel before 2007 (.xls), its binary one (.xlsb) or LibreOffice's (.ods)."""

    def rows(self) -> Iterator[Row]:
        program = Path(__file__).with_name("unpacking.py")
        with subprocess.Popen(  # noqa: S603 - a program of ours, and no shell
            [sys.executable, "-I", str(program), str(self._path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
        ) as process:
            self._lines = iter(process.stdout or ())
            head = next(self._lines, "")
            if head:
                yield from self._rows_of(self._sheets(json.loads(head)))
        if process.returncode:
            rule = {LOCKED: "locked", UNREADABLE: "old_excel"}.get(process.returncode)
            locked = rule == "old_excel" and _is_encrypted(self._path)
            raise BrokenFileError("locked" if locked else rule or "broken_file")

    def _sheets(self, about: Sequence[dict[str, Any]]) -> list[Sheet]:
        self._total = max(sum(each["height"] for each in about), 1)
        self._several = len(about) > 1
        self._at = 0  # the sheet that the next line is of
        return [
            Sheet(
                each["title"],
                filled_down(
                    self._numbered(number, each["title"]), [Tall(*one) for one in each["merged"]]
                ),
                hidden=each["hidden"],
            )
            for number, each in enumerate(about)
        ]

    def _numbered(self, sheet: int, title: str) -> Iterator[tuple[int, Cells]]:
        while self._at < sheet:  # the rest of one that was not read to its end
            self._line()
        number = 0
        while (cells := self._line()) is not None:
            number += 1
            place = place_of(title, number, several=self._several)
            yield number, [plain_cell(each, self._problems, place) for each in cells]

    def _line(self) -> Cells | None:
        line = next(self._lines, "")
        if not line.endswith("\n"):
            raise BrokenFileError("broken_file")
        self._done += 1
        cells: Cells | None = json.loads(line)
        self._at += cells is None
        return cells


def _is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return _ENCRYPTED in file.read(_HEAD)


def open_archive(
    path: Path, problems: Problems, *, wishes: Wishes, hint: Kind | None
) -> WorkbookReader | OtherBookReader:
    """The reader for a packed file; raises BrokenFileError for a bomb and what is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {each.filename for each in members}
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise BrokenFileError("incomplete") from error
    unpacked = sum(each.file_size for each in members)
    packed = max(sum(each.compress_size for each in members), 1)
    squeezed = unpacked > _SMALL and unpacked / packed > _MOST_SQUEEZED
    if unpacked > _MOST_UNPACKED or squeezed:
        raise BrokenFileError("too_large", hint=f"{unpacked >> 20} MB")
    if "xl/workbook.xml" in names:
        return WorkbookReader(path, problems, wishes=wishes, hint=hint)
    if names & {"xl/workbook.bin", "content.xml"}:
        return OtherBookReader(path, problems, wishes=wishes, hint=hint)
    raise BrokenFileError("packed")


def _trimmed(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def _parts(path: Path) -> dict[str, _Part]:
    """By a sheet's place in the archive: what openpyxl does not say when it reads row by row."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [each for each in archive.namelist() if "worksheets/" in each]
            return {each: _scanned(archive, each) for each in names}
    except _DAMAGED as error:
        raise BrokenFileError("broken_file", hint=_line(error)) from error


def _scanned(archive: zipfile.ZipFile, name: str) -> _Part:
    part, tail = _Part(), b""
    with archive.open(name) as file:
        while block := file.read(1 << 20):
            text = tail + block
            part.has_formulas = part.has_formulas or b"<f>" in text or b"<f " in text
            end = 0
            for found in _MERGED.finditer(text):
                end = found.end()
                first, last = int(found[2]), int(found[3])
                if last > first:
                    part.merged.append(Tall(first, last, _column(found[1])))
            tail = text[max(end, len(text) - _LONGEST_TAG) :]
    return part


def _column(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - ord("A") + 1
    return number - 1


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
