"""The export itself: every kind read in order of ids, and written as it is read."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timezone
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.engine import Connection, Engine

from conference.errors import ConferenceError
from conference.exporting import calendar, linked
from conference.exporting.flat import flat
from conference.filters import MODELS
from conference.models import Institution
from conference.new_cities import CITIES
from conference.query import Kind
from conference.store import meta

FORMATS = ("csv", "json", "jsonl", "jsonld", "ics")
ORDER = (Kind.INSTITUTIONS, Kind.JOBS, Kind.PROGRAMS, Kind.INTENTIONS, Kind.EVENTS)
_PAGE = 1_000  # rows read at once
_SEPARATING = re.compile(r"[,，、;；|丨\n\[]")
_FORMULA = re.compile(r"'*[=+\-@]")

Progress = Callable[[int, int], None]
"""Told (done, total) now and then."""


class ExportError(ConferenceError):
    """The export cannot be written."""


@dataclass(frozen=True)
class Exported:
    """The files that were written, and how many records of each kind."""

    files: tuple[Path, ...]
    counts: dict[Kind, int]


def export(
    engine: Engine,
    target: Path,
    *,
    file_format: str,
    kinds: Sequence[Kind] = ORDER,
    progress: Progress | None = None,
) -> Exported:
    """Write the records of `kinds`: CSV into a folder with a file for each, the others into one.

    A file that was there is replaced only once the new one is whole. Raises ExportError.
    """
    if file_format == "ics":
        kinds = [each for each in kinds if each is Kind.EVENTS]
        if not kinds:
            raise ExportError("A calendar holds events only; choose another --format")
    if file_format != "csv" and target.is_dir():
        raise ExportError(f"{target} is a folder; name a file, such as all.{file_format}")
    chosen = [each for each in ORDER if each in kinds]
    try:
        with engine.connect() as connection:
            source = _Source(connection, chosen, progress or (lambda _done, _total: None))
            if file_format == "csv":
                files = _csv(source, target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}.part")
                part.write_bytes(b"")
                with part.open("wb") as file:
                    for block in _ONE_FILE[file_format](source):
                        file.write(block)
                part.replace(target)
                files = (target,)
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror or error}") from error
    return Exported(files, source.counts)


class _Source:
    """The records to be exported."""

    def __init__(self, connection: Connection, kinds: Sequence[Kind], tell: Progress) -> None:
        self._connection = connection
        self.kinds = kinds
        self.counts = dict.fromkeys(kinds, 0)
        self._tell = tell
        self._total = sum(
            connection.execute(
                select(func.count()).select_from(inspect(MODELS[kind]).local_table)
            ).scalar()
            or 0
            for kind in kinds
        )
        rows: Any = Institution
        self._owners = {
            row.id: (row.name_en, row.name_zh)
            for row in connection.execute(select(rows.id, rows.name_en, rows.name_zh))
        }

    def records(self, kind: Kind) -> Iterator[dict[str, Any]]:
        """The records of a kind, by id."""
        rows = inspect(MODELS[kind]).local_table
        last = ""
        while True:
            statement = select(rows).where(rows.c.id > last).order_by(rows.c.id).limit(_PAGE)
            page = self._connection.execute(statement).mappings().all()
            for row in page:
                yield flat(kind, dict(row), self._owners)
            if not page:
                return
            last = page[-1]["id"]
            self.counts[kind] += len(page)
            self._tell(sum(self.counts.values()), self._total)

    def cities(self) -> list[dict[str, Any]]:
        """The cities that came with the data: code, names, country and province."""
        value = self._fact(CITIES)
        return [
            {
                "code": code,
                "en": entry.get("en"),
                "zh": entry.get("zh"),
                "country": entry["country"],
                "province": entry.get("province"),
            }
            for code, entry in json.loads(value or "{}").items()
        ]

    def loaded_at(self) -> datetime:
        """When the data last changed."""
        value = self._fact("loaded_at")
        return datetime.fromisoformat(value) if value else datetime.now(timezone.utc)

    def _fact(self, key: str) -> str | None:
        value: str | None = self._connection.execute(
            select(meta.c.value).where(meta.c.key == key)
        ).scalar()
        return value


def _csv(source: _Source, folder: Path) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    tables: list[tuple[str, list[str], Iterator[dict[str, Any]]]] = [
        (kind.value, _headings(kind), source.records(kind)) for kind in source.kinds
    ]
    if cities := source.cities():
        tables.insert(0, ("cities", ["code", "en", "zh", "country", "province"], iter(cities)))
    for name, headings, rows in tables:
        path = folder / f"{name}.csv"
        part = path.with_name(f".{path.name}.part")
        # with a byte order mark, without which Excel takes Chinese for something else
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            for row in rows:
                writer.writerow([_cell(row.get(each)) for each in headings])
        part.replace(path)
        written.append(path)
    return tuple(written)


def _headings(kind: Kind) -> list[str]:
    empty = {each.name: None for each in fields(MODELS[kind])}
    return list(flat(kind, empty, {}))


def _cell(value: Any) -> Any:
    """A value as a spreadsheet shows it, and the importer reads it back."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        plain = all(isinstance(each, str) and not _SEPARATING.search(each) for each in value)
        text = "; ".join(value) if plain else json.dumps(value, ensure_ascii=False)
        return _guarded(text)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _guarded(value) if isinstance(value, str) else value


def _guarded(text: str) -> str:
    # A cell that begins like a formula would be run as one by the spreadsheet that opens it.
    return f"'{text}" if _FORMULA.match(text) else text


def _json(source: _Source) -> Iterator[bytes]:
    yield b"{\n"
    if cities := source.cities():
        yield f'"cities": {_dump(cities)},\n'.encode()
    for number, kind in enumerate(source.kinds):
        yield (",\n" if number else "").encode() + f'"{kind.value}": ['.encode()
        for place, row in enumerate(source.records(kind)):
            yield (",\n" if place else "\n").encode() + _dump(row).encode()
        yield b"\n]"
    yield b"\n}\n"


def _json_lines(source: _Source) -> Iterator[bytes]:
    for city in source.cities():
        yield _dump(city).encode() + b"\n"
    for kind in source.kinds:
        for row in source.records(kind):
            yield _dump({"kind": kind.value, **row}).encode() + b"\n"


def _json_ld(source: _Source) -> Iterator[bytes]:
    yield b'{"@context": "https://schema.org", "@graph": ['
    records = (linked.node(kind, row) for kind in source.kinds for row in source.records(kind))
    for place, node in enumerate(chain(source.cities(), records)):
        yield (b",\n" if place else b"\n") + _dump(node).encode()
    yield b"\n]}\n"


def _ics(source: _Source) -> Iterator[bytes]:
    # not the time of the export: the same data gives the same file
    yield from calendar.calendar(source.records(Kind.EVENTS), stamp=source.loaded_at())


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_ONE_FILE = {"json": _json, "jsonl": _json_lines, "jsonld": _json_ld, "ics": _ics}
