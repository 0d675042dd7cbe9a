"""Tables of every format: the row of headings found out, the rows below it as named values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import Any

from conference.importing.headings import Wishes, best_kind, map_columns, plain
from conference.importing.places import is_city
from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.query import Kind

MOST_COLUMNS = 1_000
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
    # the empty row at the end lets go of a cell that waits for what follows it
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
