"""Full text in both languages: SQLite's FTS5, or PostgreSQL's tsvector over the same words.

Each kind has its own index. A record's words stand in four fields: what it is called, what it is
labelled with (skills, industry), whose it is, and what is said of it; a hit in an earlier field
ranks higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    String,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.engine import Connection

from conference import words
from conference.models import Event, Institution, Intention, Job, Record
from conference.query import Kind
from conference.store import documents
from conference.vocabulary import Vocabulary

Numbers = NDArray[np.int64]

FIELDS = ("title", "labels", "institution", "body")
_RANKS = ((0.3, 3), (0.6, 2), (1.0, 1))
"""All words within the first three, two or one of the fields; elsewhere 0.

Not BM25: it would cost 25 ms for a word of every second opening, and with texts as short and as
alike as these, the field in which a word stands says more than how often it does."""


@dataclass(frozen=True)
class Words:
    """A record's words by field, spaced."""

    title: str
    labels: str
    institution: str
    body: str


def words_of(record: Record, institution: Institution | None, vocabulary: Vocabulary) -> Words:
    """What `record` can be found by."""
    if isinstance(record, Job | Intention):
        title = [record.title_en, record.title_zh]
    else:
        title = [record.name_en, record.name_zh]
    labels: list[str | None] = []
    if record.industry:
        labels += [vocabulary.label("industry", record.industry, each) for each in ("en", "zh")]
    body = [record.description_en, record.description_zh]
    if isinstance(record, Institution):
        title += record.alternate_names
    if isinstance(record, Job):
        labels += [*record.skills_en, *record.skills_zh]
    if isinstance(record, Event):
        for speaker in record.speakers:
            body += [*speaker.get("name", {}).values(), *speaker.get("role", {}).values()]
    owner = names_of(institution) if institution is not None else []
    return Words(*(words.indexed(each) for each in (title, labels, owner, body)))


def names_of(institution: Institution) -> list[str]:
    """Every name that an institution goes by."""
    names = [institution.name_en, institution.name_zh, *institution.alternate_names]
    return [name for name in names if name]


def fts_table(kind: Kind) -> str:
    """The FTS5 table of a kind (SQLite only)."""
    return f"words_{kind.value}"


def index(connection: Connection, kind: Kind, rows: Iterable[tuple[int, Words]]) -> None:
    """Index documents by number, in place of what was indexed for them."""
    values = [
        {"row": num, **dict(zip(("a", "b", "c", "d"), astuple(each), strict=True))}
        for num, each in rows
    ]
    if not values:
        return
    if connection.dialect.name == "postgresql":
        parts = [
            func.setweight(func.to_tsvector("simple", bindparam(name)), name.upper())
            for name in ("a", "b", "c", "d")
        ]
        joined = parts[0].op("||")(parts[1]).op("||")(parts[2]).op("||")(parts[3])
        connection.execute(
            update(documents).where(documents.c.num == bindparam("row")).values(words=joined),
            values,
        )
        return
    name = fts_table(kind)  # one of five constants
    connection.execute(text(f"DELETE FROM {name} WHERE rowid = :row"), values)  # noqa: S608
    connection.execute(
        text(
            f"INSERT INTO {name} (rowid, title, labels, institution, body) "  # noqa: S608
            "VALUES (:row, :a, :b, :c, :d)"
        ),
        values,
    )


def find(connection: Connection, kind: Kind, question: str) -> list[tuple[float, Numbers]]:
    """The documents of a kind that hold every word of `question`: (rank, their numbers).

    The rank, from 0 to 1, is that of the fields that all words are found in; a document stands
    in every rank that it reaches, the lowest first.
    """
    terms = words.asked(question)
    if not terms:
        return []
    look = _find_postgresql if connection.dialect.name == "postgresql" else _find_sqlite
    found = [(0.0, look(connection, kind, terms, len(FIELDS)))]
    for rank, fields in _RANKS:
        if len(found[0][1]):
            found.append((rank, look(connection, kind, terms, fields)))
    return found


def find_labelled(connection: Connection, kind: Kind, question: str) -> Numbers:
    """The documents whose title and labels hold every word of `question`."""
    terms = words.asked(question)
    look = _find_postgresql if connection.dialect.name == "postgresql" else _find_sqlite
    return look(connection, kind, terms, 2) if terms else np.zeros(0, np.int64)


def _find_sqlite(connection: Connection, kind: Kind, terms: Sequence[str], fields: int) -> Numbers:
    name = fts_table(kind)
    together = " AND ".join(f'"{term}"' for term in terms)  # a term holds no quote
    expression = f"{{{' '.join(FIELDS[:fields])}}} : ({together})"
    statement = (
        select(func.group_concat(column("rowid")))
        .select_from(table(name))
        .where(literal_column(name).op("MATCH")(expression))
    )
    return _numbers(connection.execute(statement).scalar())


def _find_postgresql(
    connection: Connection, kind: Kind, terms: Sequence[str], fields: int
) -> Numbers:
    weights = "ABCD"[:fields]
    query = func.to_tsquery("simple", " & ".join(f"'{term}':{weights}" for term in terms))
    statement = select(func.string_agg(cast(documents.c.num, String), ",")).where(
        documents.c.kind == kind.value, documents.c.words.op("@@")(query)
    )
    return _numbers(connection.execute(statement).scalar())


def _numbers(listed: str | None) -> Numbers:
    # One long string: handing over 10,000 rows costs five times as much.
    return np.array(listed.split(",") if listed else [], dtype=np.int64)
