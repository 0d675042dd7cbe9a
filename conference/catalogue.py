"""The catalogue: what the conference has, searched by one frame whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from conference import grouping, loading, ranking
from conference.embeddings import Encoder, Meanings, default_encoder
from conference.filters import MODELS, conditions
from conference.meaning import Relevance, Scores
from conference.models import Institution, Record
from conference.query import KEYS_OF_KIND, Frame, Kind, Query
from conference.relaxing import wider_queries
from conference.store import among, meta
from conference.vocabulary import Vocabulary, load_vocabulary

_KIND_OF_PREFIX = {
    "job": Kind.JOBS,
    "prog": Kind.PROGRAMS,
    "inst": Kind.INSTITUTIONS,
    "int": Kind.INTENTIONS,
    "event": Kind.EVENTS,
}


def kind_of(record_id: str) -> Kind | None:
    """The kind that a record's id says it is of."""
    return _KIND_OF_PREFIX.get(record_id.partition("-")[0])


@dataclass(frozen=True)
class Page:
    """One page of what was found.

    `total` counts every match of `shown`, the frame that the items follow: the one asked for or,
    when that matched nothing, a wider one, with the keys that it gave up in `relaxed`.
    """

    items: tuple[Record, ...]
    total: int
    offset: int
    relaxed: tuple[str, ...]
    shown: Frame


@dataclass(frozen=True)
class Found:
    """The records that a query matches: conditions on the table, and scores if it has words."""

    kind: Kind
    query: Query
    where: list[Any]
    scores: Scores | None


class Catalogue:
    """Read and load the catalogue; one object serves all threads."""

    def __init__(self, engine: Engine, *, encoder: Encoder, vocabulary: Vocabulary) -> None:
        self.engine = engine
        self.vocabulary = vocabulary
        self.encoder = encoder
        self.relevance = Relevance(engine, encoder)

    def search(self, frame: Frame, *, limit: int = 5, now: datetime) -> Page:
        """The page of `frame` that begins at its offset; how it is ordered: see `ranking`.

        When nothing matches, the nearest wider query is shown instead (see `relaxing`), from its
        first item on. An offset past the end gives no items and the true total.
        """
        with Session(self.engine, future=True, expire_on_commit=False) as session:
            version = self._version(session)
            found = self._found(session, frame, now=now, version=version)
            items, total = self._page(session, found, frame.offset, limit, now=now)
            if total:
                return Page(items, total, frame.offset, (), frame)
            for query, relaxed in wider_queries(frame.kind, frame.query):
                wider = Frame(frame.kind, query)
                found = self._found(session, wider, now=now, version=version)
                if self._count(session, found):
                    items, total = self._page(session, found, 0, limit, now=now)
                    return Page(items, total, 0, relaxed, wider)
        return Page((), 0, frame.offset, (), frame)

    def count(self, frame: Frame, *, now: datetime) -> int:
        """How many records match, exactly as asked."""
        with Session(self.engine, future=True) as session:
            found = self._found(session, frame, now=now, version=self._version(session))
            return self._count(session, found)

    def ids(self, frame: Frame, *, now: datetime) -> list[str]:
        """Every match's id, in no order unless the frame has words, then the best first."""
        with Session(self.engine, future=True) as session:
            found = self._found(session, frame, now=now, version=self._version(session))
            matched = self._filtered(session, found)
            return matched if found.scores is None else found.scores.ranked(matched)

    def meanings(self, kind: Kind) -> Meanings:
        """A kind's vectors, for ranking by more than one text (see `matching`)."""
        with Session(self.engine, future=True) as session:
            version = self._version(session)
            return self.relevance.meanings(session.connection(), kind, version=version)

    def group(self, frame: Frame, *, by: str, now: datetime) -> list[tuple[str, int]]:
        """How many match by each value of `by`, most first, then by code.

        `by` is one of `grouping.GROUPS` that the kind has; a record without a value is in no
        group, one in two regions is in both. Raises ValueError for any other `by`.
        """
        with Session(self.engine, future=True) as session:
            found = self._found(session, frame, now=now, version=self._version(session))
            where = found.where
            if found.scores is not None:
                matched = found.scores.ranked(self._filtered(session, found))
                dialect = self.engine.dialect.name
                where = [among(MODELS[frame.kind].id, matched, dialect=dialect)]
            return grouping.group(session, found.kind, where, by=by, vocabulary=self.vocabulary)

    def get(self, record_id: str) -> Record | None:
        """One record, or None."""
        records = self.get_many([record_id])
        return records[0] if records else None

    def get_many(self, ids: Sequence[str]) -> list[Record]:
        """The records of `ids`, of any kind, in that order; those that are gone are left out."""
        with Session(self.engine, future=True, expire_on_commit=False) as session:
            return self._get_many(session, ids)

    def institution_of(self, record: Record) -> Institution | None:
        """Whose record it is; an institution's is itself."""
        return self.institutions_of([record]).get(record.id)

    def institutions_of(self, records: Iterable[Record]) -> dict[str, Institution]:
        """The institution of each record, by the record's id, in one statement."""
        result = {each.id: each for each in records if isinstance(each, Institution)}
        wanted = {
            each.id: each.institution_id
            for each in records
            if not isinstance(each, Institution) and each.institution_id
        }
        if not wanted:
            return result
        with Session(self.engine, future=True, expire_on_commit=False) as session:
            rows: Any = Institution
            statement = select(rows).where(rows.id.in_(set(wanted.values())))
            owners = {each.id: each for each in session.scalars(statement)}
        return result | {
            record_id: owners[owner] for record_id, owner in wanted.items() if owner in owners
        }

    def institutions_named(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every institution's id and all its names, by id."""
        columns = (
            Institution.id,
            Institution.name_en,
            Institution.name_zh,
            Institution.alternate_names,
        )
        with self.engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(Institution.id)).all()
        return [(row.id, tuple(name for name in (row[1], row[2], *row[3]) if name)) for row in rows]

    def version(self) -> str:
        """A string that changes whenever the data does."""
        with Session(self.engine, future=True) as session:
            return self._version(session)

    def is_sample(self) -> bool:
        """Whether the data is the invented sample."""
        return self.facts().get("sample") == "1"

    def facts(self) -> dict[str, str]:
        """What `meta` holds: `data_version`, `sample`, `loaded_at`, `edition`."""
        with self.engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(select(meta))}

    def load(
        self,
        records: Iterable[Record],
        *,
        replace_all: bool = False,
        progress: loading.Progress | None = None,
        edition: str = "18",
    ) -> None:
        """Add `records`, or replace those with the same ids, and index them; all or nothing.

        With `replace_all` everything that was there goes first. Institutions may come in any
        order among their records. See `loading.load`.
        """
        loading.load(
            self.engine,
            records,
            encoder=self.encoder,
            vocabulary=self.vocabulary,
            replace_all=replace_all,
            progress=progress,
            edition=edition,
        )

    def warm(self) -> None:
        """Load now what the first questions would wait for: vectors, encoder, dictionary."""
        self.relevance.warm(self.version())

    def _version(self, session: Session) -> str:
        return session.scalar(select(meta.c.value).where(meta.c.key == "data_version")) or "empty"

    def _found(self, session: Session, frame: Frame, *, now: datetime, version: str) -> Found:
        query = _of_kind(frame.kind, frame.query)
        where = conditions(frame.kind, query, now=now, vocabulary=self.vocabulary)
        scores = self.relevance.scores(session, frame.kind, query, version=version)
        return Found(frame.kind, query, where, scores)

    def _count(self, session: Session, found: Found) -> int:
        if found.scores is not None:
            return len(found.scores.ranked(self._filtered(session, found)))
        model = MODELS[found.kind]
        statement = select(func.count(model.id)).where(*found.where)
        return cast(int, session.scalar(statement))

    def _filtered(self, session: Session, found: Found) -> list[str]:
        """The ids that meet the conditions, in no order.

        One long string, because handing over 20,000 rows takes three times as long.
        """
        model = MODELS[found.kind]
        joined = func.string_agg if self.engine.dialect.name == "postgresql" else func.group_concat
        listed = session.scalar(select(joined(model.id, "\n")).where(*found.where))
        return listed.split("\n") if listed else []

    def _page(
        self, session: Session, found: Found, offset: int, limit: int, *, now: datetime
    ) -> tuple[tuple[Record, ...], int]:
        model = MODELS[found.kind]
        order = ranking.order(found.kind, found.query, now=now)
        ordered = select(model.id).where(*found.where).order_by(*order)
        if found.scores is None:
            total = self._count(session, found)
            shown = []
            if offset < total:
                shown = session.scalars(ordered.offset(offset).limit(limit)).all()
        else:
            if ranking.is_sorted(found.kind, found.query):
                matched = found.scores.answering(session.scalars(ordered))
            else:
                matched = found.scores.ranked(self._filtered(session, found))
            total, shown = len(matched), matched[offset : offset + limit]
        return tuple(self._get_many(session, shown)), total

    def _get_many(self, session: Session, ids: Sequence[str]) -> list[Record]:
        records: dict[str, Record] = {}
        for kind, model in MODELS.items():
            wanted = [each for each in ids if kind_of(each) is kind]
            if wanted:
                statement = select(model).where(model.id.in_(wanted))
                records |= {each.id: each for each in session.scalars(statement)}
        return [records[each] for each in ids if each in records]


def open_catalogue(
    engine: Engine, *, encoder: Encoder | None = None, vocabulary: Vocabulary | None = None
) -> Catalogue:
    """The catalogue in a migrated database. Nothing heavy is loaded before it is needed."""
    return Catalogue(
        engine,
        encoder=encoder or default_encoder(),
        vocabulary=vocabulary or load_vocabulary(),
    )


def _of_kind(kind: Kind, query: Query) -> Query:
    """`query` without the keys that its kind does not have."""
    holds = KEYS_OF_KIND[kind] | {"excluded"}
    empty = Query()
    dropped = {name: getattr(empty, name) for name in vars(query) if name not in holds}
    return replace(query, **dropped)
