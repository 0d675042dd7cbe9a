"""CSV, TSV and their like: separators, quotation marks and the row of headings found out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from conference.importing.headings import Wishes, best_kind, map_columns, plain
from conference.importing.places import is_city
from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.importing.texts import Lines
from conference.query import Kind

MOST_COLUMNS = 1_000
_SEPARATORS = (",", "\t", ";", "|", "，")
_TOTAL = re.compile(
    r"\s*(?:[合总小共]\s*计\s*(?:[:：\d]|$)|(?:grand |sub-?)?totals?\s*[:：]?\s*$)",
    re.I,
)
_REMARK = re.compile(  # 注：..., 制表人：..., 共 12 个岗位, "Note: ..."
    r"\s*[*※]?\s*(?:(?:备?注|备注\d*|说明|填表(?:人|说明|日期)?|填报(?:人|单位|日期)|制表(?:人|日期)?|审核人?|联系人"
    r"|数据来源|来源|notes?|remarks?|source|exported|generated)\s*\d*\s*[:：.]"
    r"|共\s*\d+\s*[个条项家人名]\S{0,6}\s*$)",
    re.I,
)
_NAMELESS = "column "  # before the number of a column that has no heading
_LOOKED_AT = 20  # rows among which the headings are looked for: titles often stand above them


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


def table_rows(
    numbered: Iterator[tuple[str, list[Any]]],
    problems: Problems,
    *,
    wishes: Wishes,
    hint: Kind | None = None,
) -> Iterator[Row]:
    """The rows below the headings, as values by heading."""
    looked_at = list(islice(numbered, _LOOKED_AT))
    start, kind = _heading_row(looked_at, wishes, hint)
    headings, start = _with_row_beside(looked_at, start, kind)
    alone: tuple[str, list[Any]] | None = None  # one cell by itself: the next table's title?
    for place, cells in chain(looked_at[start + 1 :], numbered, [("", [])]):
        filled = [each for each in cells if _filled(each)]
        if alone and _is_next_table(filled):
            kind = best_kind([str(each) for each in filled])
            headings = _named(cells)
            problems.add("note_row", place=alone[0], value=alone[1][0])
            alone = None
            continue
        if alone:
            yield from _row(*alone, headings, kind, problems)
            alone = None
        if not filled or _is_ruled(filled) or _is_repeated(filled, headings):
            continue  # a line drawn below the headings; the headings of the next page
        if isinstance(filled[0], str) and _TOTAL.match(filled[0]):
            problems.add("total_row", place=place, value=filled[0])
        elif isinstance(filled[0], str) and _REMARK.match(filled[0]):
            problems.add("note_row", place=place, value=filled[0])
        elif len(filled) == 1 and len(headings) > 1 and _filled(cells[0]):
            alone = place, cells
        else:
            yield from _row(place, cells, headings, kind, problems)


def _row(
    place: str, cells: list[Any], headings: list[str], kind: Kind | None, problems: Problems
) -> Iterator[Row]:
    width = len(headings)
    if len(cells) > MOST_COLUMNS:
        problems.add("too_many_columns", place=place, value=f"{len(cells)}")
    elif any(_filled(each) for each in cells[width:]):
        problems.add("more_cells", place=place, value=cells[width])
    else:
        padded = [*cells[:width], *[None] * (width - len(cells))]
        yield Row(place, dict(zip(headings, padded, strict=True)), kind)


def _is_repeated(filled: list[Any], headings: list[str]) -> bool:
    # the first alone for most rows: a large file has a million cells
    return str(filled[0]).strip() in headings and [
        " ".join(str(each).split()) for each in filled
    ] == [each for each in headings if not each.startswith(_NAMELESS)]


def _is_next_table(filled: list[Any]) -> bool:
    """Whether a row below a title holds headings alone: another table on the same sheet."""
    texts = [str(each) for each in filled]
    kind = best_kind(texts) if len(texts) > 1 else None
    return _known(texts, kind) == len(texts) if kind else False


def _with_row_beside(
    rows: list[tuple[str, list[Any]]], start: int, kind: Kind | None
) -> tuple[list[str], int]:
    """The headings, and the row of the lowest of them: they may stand in two rows.

    Beside 岗位名称 and 人数, under 岗位需求, 用人单位 stands a row higher; 月薪 stands below 薪酬.
    """
    cells = list(rows[start][1])
    below = rows[start + 1][1] if start + 1 < len(rows) else []
    texts = [str(each) for each in below if _filled(each)]
    if start and sum(map(_filled, rows[start - 1][1])) > 1:
        cells = _overlaid(rows[start - 1][1], cells)
    elif len(texts) > 1 and _known(texts, kind) == len(texts):
        cells, start = _overlaid(cells, below), start + 1
    # a column at the end that has no heading has a place all the same, where it is filled
    filled = (
        place for _, row in rows[start + 1 :] for place, each in enumerate(row) if _filled(each)
    )
    width = min(max(filled, default=-1) + 1, len(cells))
    return _named(cells, width=width), start


def _overlaid(upper: Sequence[Any], lower: Sequence[Any]) -> list[Any]:
    pairs = zip_longest(upper, lower)
    return [second if _filled(second) else first for first, second in pairs]


def _heading_row(
    rows: list[tuple[str, list[Any]]], wishes: Wishes, hint: Kind | None
) -> tuple[int, Kind | None]:
    """Which row holds the headings, and the kind that they speak of."""
    wished = {plain(each) for each in wishes.columns}
    found: tuple[int, Kind | None] | None = None
    for index, (place, cells) in enumerate(rows):
        texts = [str(each) for each in cells if _filled(each)]
        if len(cells) > MOST_COLUMNS:
            if found:
                break
            raise BrokenFileError("too_many_columns", place=place, hint=str(len(cells)))
        if found:  # headings in two rows: "pay" above "a month" and "a year", the rest merged
            if _known(texts, found[1]) > _known(
                [str(each) for each in rows[index - 1][1]], found[1]
            ):
                found = (index, found[1])
            break
        if is_city(dict.fromkeys(texts)):
            return index, None
        kind = wishes.kind or best_kind(texts, hint=hint)
        if wished & {plain(each) for each in texts} or (kind and best_kind(texts, hint=hint)):
            found = (index, kind)
    if found:
        return found
    if not rows:
        raise BrokenFileError("empty_file")
    seen = ", ".join(str(each) for each in rows[0][1][:8] if _filled(each))
    raise BrokenFileError("no_headings", place=rows[0][0], hint=seen)


def _known(texts: Sequence[str], kind: Kind | None) -> int:
    """How many of the texts name a field of the kind."""
    return len(map_columns(texts, kind=kind).fields) if kind else 0


def _is_ruled(cells: Sequence[Any]) -> bool:
    return all(set(str(each).strip()) <= set("-=:") for each in cells if _filled(each))


def _named(cells: Sequence[Any], *, width: int = 0) -> list[str]:
    """Headings that are all different and none empty, for `width` columns at least."""
    named: list[str] = []
    last = max((place for place, each in enumerate(cells) if _filled(each)), default=-1)
    last = max(last, width - 1)
    for place, cell in enumerate(cells[: last + 1], start=1):
        name = " ".join(str(cell).split()) if _filled(cell) else f"{_NAMELESS}{place}"
        while name in named:
            name += " (again)"
        named.append(name)
    return named


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""
