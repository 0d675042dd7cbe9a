"""Full text in both languages: SQLite's FTS5, or PostgreSQL's tsvector over the same words.

Each kind has its own index. A record's words stand in four fields: what it is called, what it is
labelled with (skills, industry), whose it is, and what is said of it; a hit in an earlier field
ranks higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    String,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.engine import Connection

from conference import words
from conference.models import Event, Institution, Intention, Job, Record
from conference.query import Kind
from conference.store import documents, insert_or_update
from conference.vocabulary import Vocabulary
from conference.vocabulary.terms import LANGUAGES

Numbers = NDArray[np.int64]

_LONGEST = 255  # characters of a word; PostgreSQL refuses those above 2,046 bytes
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
        labels += [vocabulary.label("industry", record.industry, each) for each in LANGUAGES]
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


def index(connection: Connection, kind: Kind, rows: Iterable[tuple[dict[str, Any], Words]]) -> None:
    """Store rows of `documents` with their words, in place of what was stored for them."""
    found = list(rows)
    if connection.dialect.name == "postgresql":
        # with the row, because every row of an index is written anew when one is updated
        insert_or_update(
            connection, documents, [{**row, "words": _vector(each)} for row, each in found]
        )
        return
    insert_or_update(connection, documents, [row for row, _ in found])
    values = [
        dict(zip(("row", *FIELDS), (row["num"], *astuple(each)), strict=True))
        for row, each in found
    ]
    if values:
        name = fts_table(kind)  # one of five constants
        connection.execute(text(f"DELETE FROM {name} WHERE rowid = :row"), values)  # noqa: S608
        connection.execute(
            text(
                f"INSERT INTO {name} (rowid, title, labels, institution, body) "  # noqa: S608
                "VALUES (:row, :title, :labels, :institution, :body)"
            ),
            values,
        )


def _vector(found: Words) -> str:
    """PostgreSQL's tsvector, written out: each word with the fields (A to D) that it stands in."""
    fields: dict[str, list[str]] = {}
    for place, (each, letter) in enumerate(zip(astuple(found), "ABCD", strict=True), 1):
        for word in dict.fromkeys(each.split()):
            if len(word) <= _LONGEST:
                fields.setdefault(word, []).append(f"{place}{letter}")
    return " ".join(f"'{word}':{','.join(each)}" for word, each in fields.items())


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
