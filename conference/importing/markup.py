"""Tables and linked data in web pages, and in the web pages and XML that exports call `.xls`."""

from __future__ import annotations

import email
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from conference.importing import linked
from conference.importing.rows import BrokenFileError, Row
from conference.importing.sheets import Cells, Sheet, SheetsReader, Tall, filled_down
from conference.importing.texts import check_size, encoding_of

_MOST_SPANNED = 1_000  # cells; a page may claim any number
_ROWS = {"tr", "row"}  # HTML's, and those of Excel 2003's XML
_CELLS = {"td", "th", "cell"}
_BREAKS = {"br", "p", "div", "li"}
_MUTE = {"style", "script", "title"}


class PageReader(SheetsReader):
    """The tables of a web page, or of Excel 2003's XML, and the linked data in the page."""

    def fraction(self) -> float:
        return 1.0  # it is read at once

    def rows(self) -> Iterator[Row]:
        page = _Page()
        page.feed(_text(self._path))
        page.close()
        found = False
        for number, text in enumerate(page.linked, start=1):
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                self._problems.add("not_a_record", place=str(number), value=text)
                continue
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict) and linked.holds_records(each):
                    found = True
                    yield from linked.rows(each, str(number))
        if not found and not page.tables:
            raise BrokenFileError("unknown_format")
        if not found:
            yield from self._rows_of([each.sheet() for each in page.tables])


def _text(path: Path) -> str:
    check_size(path)
    data = path.read_bytes()
    if data[:13].lower() == b"mime-version:":  # "web page, single file"
        for part in email.message_from_bytes(data).walk():
            if part.get_content_type() == "text/html":
                charset = part.get_content_charset() or "utf-8"
                return bytes(part.get_payload(decode=True) or b"").decode(charset, "replace")
    return data.decode(encoding_of(path) or "utf-8", "replace")


class _Table:
    """A table being read."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[Cells] = []
        self._merged: list[Tall] = []
        self._column = -1  # of the cell that is open
        self._text: list[str] = []

    def sheet(self) -> Sheet:
        return Sheet(self.title, filled_down(enumerate(self.rows, start=1), self._merged))

    def begin_row(self, said: dict[str, str]) -> None:
        self.end_cell()
        left_out = _number(said, "ss:index", 0) - len(self.rows) - 1
        self.rows += [[] for _ in range(max(left_out, 0) + 1)]

    def begin_cell(self, said: dict[str, str]) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        row, number = self.rows[-1], len(self.rows)
        column = max(_number(said, "ss:index", 0) - 1, len(row))
        if "ss:index" not in said:
            taken = {each.column for each in self._merged if each.first < number <= each.last}
            while column in taken:
                column += 1
        tall = _number(said, "rowspan", 1) + _number(said, "ss:mergedown", 0)
        wide = _number(said, "colspan", 1) + _number(said, "ss:mergeacross", 0)
        if tall > 1:
            self._merged.append(Tall(number, number + tall - 1, column))
        row += [None] * (column + max(wide, 1) - len(row))
        self._column, self._text = column, []

    def add(self, text: str) -> None:
        if self._column >= 0:
            self._text.append(text)

    def end_cell(self) -> None:
        if self._column >= 0:
            lines = "".join(self._text).replace("\xa0", " ").splitlines()
            text = "\n".join(" ".join(each.split()) for each in lines if each.strip())
            self.rows[-1][self._column] = text or None
            self._column = -1


class _Page(HTMLParser):
    """Collects the tables, those within others too, and the scripts of linked data."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self.linked: list[str] = []
        self._sheet = ""
        self._open: list[_Table] = []
        self._mute = ""
        self._is_linked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in _MUTE:
            self._mute = tag
            self._is_linked = said.get("type", "").lower() == "application/ld+json"
            if self._is_linked:
                self.linked.append("")
        elif tag == "worksheet":
            self._sheet = said.get("ss:name", "")
        elif tag == "table":
            self.tables.append(_Table(self._sheet))
            self._open.append(self.tables[-1])
        elif self._open:
            table = self._open[-1]
            if tag in _ROWS:
                table.begin_row(said)
            elif tag in _CELLS:
                table.begin_cell(said)
            elif tag in _BREAKS:
                table.add("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._is_linked:
            self.linked[-1] += data
        elif self._open and not self._mute:
            self._open[-1].add(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._mute:
            self._mute, self._is_linked = "", False
        elif self._open and tag in _CELLS | _ROWS | {"table"}:
            self._open[-1].end_cell()
            if tag == "table":
                self._open.pop()


def _number(said: dict[str, str], name: str, otherwise: int) -> int:
    text = said.get(name, "")
    return min(int(text), _MOST_SPANNED) if text.isdecimal() else otherwise
