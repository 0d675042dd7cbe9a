"""Putting records into the store: rows, full text, vectors, and the data's version, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timezone, tzinfo
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import column, delete, func, insert, inspect, literal, select, table, text, update
from sqlalchemy.engine import Connection, Engine

from conference import embeddings, text_index, words
from conference.edition import Edition
from conference.embeddings import Encoder
from conference.filters import MODELS
from conference.models import Institution, Record
from conference.new_cities import CITIES
from conference.query import Kind
from conference.store import arrivals, documents, insert_or_update, loads, meta, phrases
from conference.vocabulary import Vocabulary
from conference.zones import in_zone

Progress = Callable[[str, int, int], None]
"""Told (step, done, total) now and then; the steps are `rows`, `words` and `meanings`."""

_CHUNK = 1000
_LOAD_ORDER = (Kind.INSTITUTIONS, Kind.JOBS, Kind.PROGRAMS, Kind.INTENTIONS, Kind.EVENTS)


def load(
    engine: Engine,
    records: Iterable[Record],
    *,
    encoder: Encoder,
    vocabulary: Vocabulary,
    replace_all: bool = False,
    progress: Progress | None = None,
    edition: Edition,
) -> None:
    """Store and index `records` in one transaction; readers see the old data until it ends.

    A record without a country gets its city's; events' times are kept in the edition's zone.
    """
    by_kind: dict[Kind, dict[str, Record]] = {kind: {} for kind in _LOAD_ORDER}
    kinds = {model: kind for kind, model in MODELS.items()}
    for record in records:
        by_kind[kinds[type(record)]][record.id] = record
    tell = progress or (lambda _step, _done, _total: None)
    with engine.begin() as connection:
        if replace_all:
            _clear(connection)
            connection.execute(delete(meta).where(meta.c.key == CITIES))
        everything = [record for kind in _LOAD_ORDER for record in by_kind[kind].values()]
        _store_rows(connection, by_kind, vocabulary, edition.zone, partial(tell, "rows"))
        _spread(connection)
        entries = _documents(connection, by_kind, encoder, partial(tell, "meanings"))
        owners = _owners(connection, everything)
        done = 0
        for kind, group in by_kind.items():
            for chunk in _chunks(list(group.values())):
                text_index.index(
                    connection,
                    kind,
                    [
                        (
                            entries[each.id],
                            text_index.words_of(each, owners.get(_owner(each)), vocabulary),
                        )
                        for each in chunk
                    ],
                )
                done += len(chunk)
                tell("words", done, len(everything))
        _stamp(connection, edition)
        connection.execute(text("ANALYZE"))  # which index is worth using, for the planner


def _store_rows(
    connection: Connection,
    by_kind: dict[Kind, dict[str, Record]],
    vocabulary: Vocabulary,
    zone: tzinfo,
    tell: Callable[[int, int], None],
) -> None:
    total = sum(len(group) for group in by_kind.values())
    done = 0
    for kind, group in by_kind.items():
        mapper = inspect(MODELS[kind])
        names = [column.key for column in mapper.columns]
        for chunk in _chunks(list(group.values())):
            rows = [{name: getattr(each, name) for name in names} for each in chunk]
            for row in rows:
                _complete(kind, row, vocabulary, zone)
            insert_or_update(connection, mapper.local_table, rows)
            done += len(chunk)
            tell(done, total)


def _complete(kind: Kind, row: dict[str, Any], vocabulary: Vocabulary, zone: tzinfo) -> None:
    if row["city"] and not row["country"] and row["city"] in vocabulary.cities:
        row["country"] = vocabulary.cities[row["city"]].country
    if kind is Kind.EVENTS:
        for name in ("starts_at", "ends_at"):
            if row[name]:
                row[name] = in_zone(row[name], zone)


def _spread(connection: Connection) -> None:
    """Number every institution's records from its newest on (see `ranking`)."""
    for kind in (Kind.JOBS, Kind.PROGRAMS, Kind.INTENTIONS):
        rows = inspect(MODELS[kind]).local_table
        newest = func.coalesce(rows.c.date_posted, "").desc()
        round_of = select(
            rows.c.id,
            func.row_number()
            .over(partition_by=rows.c.institution_id, order_by=(newest, rows.c.id))
            .label("place"),
        ).subquery()
        place = round_of.c.place - 1
        mine = round_of.c.id == rows.c.id
        if connection.dialect.name == "postgresql":
            statement = update(rows).where(mine, rows.c.spread != place).values(spread=place)
        else:  # SQLAlchemy cannot say that to SQLite, which numbers the rows but once for this
            found = select(place).where(mine).scalar_subquery()
            statement = update(rows).where(rows.c.spread != found).values(spread=found)
        connection.execute(statement)


def _documents(
    connection: Connection,
    by_kind: dict[Kind, dict[str, Record]],
    encoder: Encoder,
    tell: Callable[[int, int], None],
) -> dict[str, dict[str, Any]]:
    """Each record's row of `documents`: its number and its phrases."""
    said = {
        record.id: (kind, *embeddings.phrases_of(record))
        for kind, group in by_kind.items()
        for record in group.values()
    }
    every = (each for _, titles, subjects in said.values() for each in (*titles, *subjects))
    distinct = {
        each
        for kind, titles, subjects in said.values()
        if kind is not Kind.INSTITUTIONS  # proper names translate nothing
        for each in (*titles, *subjects)
    }
    lexical = {word for each in distinct for word in words.terms(each)}
    known = embeddings.Phrases(connection, encoder)
    known.add(every, lexical=lexical, step=tell)

    def packed(texts: Sequence[str]) -> bytes:
        return np.array([known.ids[each] for each in texts], dtype=np.int32).tobytes()

    columns = (documents.c.record_id, documents.c.num)
    numbers: dict[str, int] = {
        row.record_id: row.num for row in connection.execute(select(*columns))
    }
    next_num = max(numbers.values(), default=0) + 1
    rows: dict[str, dict[str, Any]] = {}
    for record_id, (kind, titles, subjects) in said.items():
        if record_id not in numbers:
            numbers[record_id] = next_num
            next_num += 1
        rows[record_id] = {
            "num": numbers[record_id],
            "kind": kind.value,
            "record_id": record_id,
            "titles": packed(titles),
            "subjects": packed(subjects),
        }
    return rows


def _owner(record: Record) -> str:
    return "" if isinstance(record, Institution) else record.institution_id or ""


def _owners(connection: Connection, records: Sequence[Record]) -> dict[str, Institution]:
    owners = {each.id: each for each in records if isinstance(each, Institution)}
    missing = {_owner(each) for each in records} - owners.keys() - {""}
    rows = inspect(Institution).local_table
    for chunk in _chunks(sorted(missing)):
        for row in connection.execute(select(rows).where(rows.c.id.in_(chunk))).mappings():
            owners[row["id"]] = Institution(**row)
    return owners


def _clear(connection: Connection) -> None:
    for kind in reversed(_LOAD_ORDER):
        connection.execute(delete(inspect(MODELS[kind]).local_table))
        if connection.dialect.name == "sqlite":
            connection.execute(delete(table(text_index.fts_table(kind), column("rowid"))))
    connection.execute(delete(documents))
    connection.execute(delete(phrases))


def _stamp(connection: Connection, edition: Edition) -> None:
    sample = any(
        connection.execute(select(model.id).where(model.sample.is_(True)).limit(1)).first()
        for model in MODELS.values()
    )
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    count = loads(connection, lock=True) + 1
    for model in MODELS.values():
        first_seen = select(model.id, literal(count)).where(
            model.id.not_in(select(arrivals.c.record_id))
        )
        connection.execute(insert(arrivals).from_select(["record_id", "load"], first_seen))
    values = {
        "data_version": f"{count}-{now}",
        "sample": str(int(sample)),
        "loaded_at": now,
        "edition": edition.number,
        "zone": edition.zone.key,
    }
    insert_or_update(
        connection, meta, [{"key": key, "value": value} for key, value in values.items()]
    )


def _chunks(rows: Sequence[Any]) -> Iterator[Any]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]
