"""JSON, JSON Lines and JSON-LD files, read record by record whatever their size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from conference.importing import linked
from conference.importing.headings import best_kind, is_people, kind_named
from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Row
from conference.importing.texts import Lines, encoding_of
from conference.query import Kind

_DEEPEST_DOCUMENT = 50  # levels; records of schema.org have some ten
_DEEPEST = 3  # objects within objects that are looked into for values


class JsonReader:
    """A JSON document: a list of records, objects of such lists, or linked data."""

    def __init__(self, path: Path, *, hint: Kind | None = None) -> None:
        self._path = path
        self._hint = hint
        self._size = max(path.stat().st_size, 1)
        self._stream: _Utf8 | None = None

    def fraction(self) -> float:
        return min(self._stream.taken / self._size, 1.0) if self._stream else 0.0

    def rows(self) -> Iterator[Row]:
        import ijson  # noqa: PLC0415

        with self._path.open("rb") as file:
            self._stream = _Utf8(file, encoding_of(self._path) or "utf-8")
            number = 0
            try:
                events = _not_too_deep(
                    ijson.basic_parse(self._stream, use_float=True, multiple_values=True)
                )
                for path, value in _records(ijson.parse(events)):
                    number += 1
                    yield from _rows(value, str(number), kind=kind_named(path) or self._hint)
            except (ijson.JSONError, UnicodeError) as error:
                raise BrokenFileError(
                    "broken_file", place=str(number + 1), hint=_line(error)
                ) from error


class JsonLinesReader:
    """A JSON document on every line."""

    def __init__(self, path: Path, problems: Problems, *, hint: Kind | None = None) -> None:
        self._lines = Lines(path, problems)
        self._problems = problems
        self._hint = hint

    def fraction(self) -> float:
        return self._lines.fraction()

    def rows(self) -> Iterator[Row]:
        for line in self._lines:
            if not line.strip():
                continue
            place = str(self._lines.number)
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                rule = "not_a_record" if self._lines.ends_in_newline else "cut_off"
                self._problems.add(rule, place=place, value=line)
                continue
            yield from _rows(value, place, kind=self._hint)


def _line(error: Exception) -> str:
    text = error.args[0] if error.args else error
    said = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    return " ".join(said.splitlines()[0].split())


def _rows(value: Any, place: str, *, kind: Kind | None) -> Iterator[Row]:
    if isinstance(value, dict) and linked.is_linked(value):
        yield from linked.rows(value, place)
        return
    if isinstance(value, dict):
        own = value.get("kind")
        if isinstance(own, str) and own in {each.value for each in Kind}:
            kind = Kind(own)
            value = {key: each for key, each in value.items() if key != "kind"}
        groups = [] if kind else [each for each in value.values() if _is_objects(each)]
        own = [key for key, each in value.items() if not _is_objects(each)]
        if groups and best_kind(own) is None and any(best_kind(list(each[0])) for each in groups):
            for each in groups:  # a day or a track, with its sessions
                for number, inner in enumerate(each, start=1):
                    yield from _rows(inner, f"{place}.{number}", kind=None)
        else:
            yield Row(place, dict(_flat(value)), kind)
    else:
        yield Row(place, {"": value}, kind)


def _is_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _flat(value: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The values of nested objects under their joined names: `company.name`."""
    for key, each in value.items():
        if _is_objects(each) and depth < _DEEPEST and not is_people(key):
            yield from _flat(each[0], f"{before}{key}.", depth + 1)  # its places, the first counts
        elif isinstance(each, dict) and depth < _DEEPEST:
            yield from _flat(each, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}", float(each) if isinstance(each, Decimal) else each


def _records(events: Any) -> Iterator[tuple[str, Any]]:
    """The objects of the outermost lists, with the name of the list each stands in.

    A document that is one object without lists of objects is that one record. `ijson` would build
    `item` only for a path known beforehand, which here depends on the file.
    """
    from ijson.common import ObjectBuilder  # noqa: PLC0415

    builder: Any = None
    whole = ObjectBuilder()  # what stands outside of lists of objects, to find a lone record
    depth, start, path, handed_on = 0, 0, "", False
    for prefix, event, value in events:
        opens = event in ("start_map", "start_array")
        in_list = builder is None and event == "start_map" and prefix.endswith("item")
        if in_list and not _is_lone_record(whole):
            builder, start, path = ObjectBuilder(), depth, prefix
        (builder or whole).event(event, value)
        depth += opens
        if event in ("end_map", "end_array"):
            depth -= 1
            if builder is not None and depth == start:
                yield path.rpartition(".")[0].rpartition(".")[2], builder.value
                builder, handed_on = None, True
        if depth == 0 and event != "map_key":  # the document's end; others may follow
            if not handed_on:
                yield from _laid_out(whole.value)
            elif isinstance(whole.value, list):  # what stands among the records and is none
                yield from (("", each) for each in whole.value)
            whole, handed_on = ObjectBuilder(), False


def _laid_out(value: Any) -> Iterator[tuple[str, Any]]:
    """The records of a document without lists of objects.

    They may stand under their ids, as rows below a row of names, or as a list for each name; or
    the document is one record.
    """
    parts = list(value.values()) if isinstance(value, dict) else []
    if len(parts) > 1 and all(isinstance(each, dict) and each for each in parts):
        yield from (("", each) for each in parts)
        return
    lists = [each for each in parts if isinstance(each, list)] or [value]
    table = next((each for each in lists if _is_table(each)), None)
    if table is not None:
        names = next((each for each in lists if each and not _is_table(each)), None)
        names, rows = (names, table) if names else (table[0], table[1:])
        yield from (("", dict(zip(map(str, names), each, strict=False))) for each in rows)
    elif len(parts) > 1 and len(lists) == len(parts) and len({len(each) for each in parts}) == 1:
        yield from (("", dict(zip(value, each, strict=True))) for each in zip(*parts, strict=True))
    else:
        yield "", value


def _is_table(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, list) for each in value)
        and len({len(each) for each in value}) == 1
    )


def _not_too_deep(events: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The parser's events, for as long as lists and objects stand in each other as records' do.

    The parser keeps a name for each level, of the length of all levels: 100 KB of brackets would
    take all memory.
    """
    depth = 0
    for event, value in events:
        if event in ("start_map", "start_array"):
            depth += 1
            if depth > _DEEPEST_DOCUMENT:
                raise BrokenFileError("too_deep")
        elif event in ("end_map", "end_array"):
            depth -= 1
        yield event, value


def _is_lone_record(whole: Any) -> bool:
    """Whether the document is one record, whose lists of objects (its places) belong to it."""
    value = getattr(whole, "value", None)
    return isinstance(value, dict) and "@type" in value and "@graph" not in value


class _Utf8:
    """A binary file in any encoding as UTF-8, with a `read` for a parser."""

    def __init__(self, file: Any, encoding: str) -> None:
        import codecs  # noqa: PLC0415

        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        if size == 0:  # asked to find out whether text or bytes are read
            return b""
        block = self._file.read(size if size > 0 else 1 << 16)
        self.taken += len(block)
        while block:
            text = self._decoder.decode(block)
            if text:
                return text.encode("utf-8", errors="replace")
            block = self._file.read(4)
        return b""
