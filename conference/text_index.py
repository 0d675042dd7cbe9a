"""Full text in both languages: SQLite's FTS5, or PostgreSQL's tsvector over the same words.

Each kind has its own index, so that a word's rarity is that within its kind. A record's words
stand in four fields: what it is called, what it is labelled with (skills, industry), whose it is,
and what is said of it; a hit in an earlier field weighs more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from sqlalchemy import bindparam, column, func, literal_column, select, table, text, update
from sqlalchemy.engine import Connection

from conference import words
from conference.models import Event, Institution, Job, Record
from conference.query import Kind
from conference.store import documents
from conference.vocabulary import Vocabulary

_BM25_WEIGHTS = (10.0, 4.0, 2.0, 1.0)
_RANK_WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"  # PostgreSQL's order is D, C, B, A


@dataclass(frozen=True)
class Words:
    """A record's words by field, spaced."""

    title: str
    labels: str
    institution: str
    body: str


def words_of(record: Record, institution: Institution | None, vocabulary: Vocabulary) -> Words:
    """What `record` can be found by."""
    if isinstance(record, (Job,)) or hasattr(record, "title_en"):
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


def find(connection: Connection, kind: Kind, question: str) -> Mapping[int, float]:
    """The documents of a kind that hold every word of `question`, with how well (0 to 1)."""
    terms = words.asked(question)
    if not terms:
        return {}
    if connection.dialect.name == "postgresql":
        found = _find_postgresql(connection, kind, terms)
    else:
        found = _find_sqlite(connection, kind, terms)
    best = max((score for _, score in found), default=0.0) or 1.0
    return {num: score / best for num, score in found}


def _find_sqlite(
    connection: Connection, kind: Kind, terms: Sequence[str]
) -> Sequence[tuple[int, float]]:
    name = fts_table(kind)
    expression = " AND ".join(f'"{term}"' for term in terms)  # a term holds no quote
    fts = table(name, column("rowid"))
    rank = func.bm25(literal_column(name), *_BM25_WEIGHTS)
    statement = select(fts.c.rowid, -rank).where(literal_column(name).op("MATCH")(expression))
    return [(num, score) for num, score in connection.execute(statement)]


def _find_postgresql(
    connection: Connection, kind: Kind, terms: Sequence[str]
) -> Sequence[tuple[int, float]]:
    query = func.to_tsquery("simple", " & ".join(f"'{term}'" for term in terms))
    rank = func.ts_rank(_RANK_WEIGHTS, documents.c.words, query)
    statement = select(documents.c.num, rank).where(
        documents.c.kind == kind.value, documents.c.words.op("@@")(query)
    )
    return [(num, score) for num, score in connection.execute(statement)]
