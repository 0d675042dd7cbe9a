"""The catalogue: what the conference has, searched by one frame whatever its kind."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from conference import grouping, loading
from conference.edition import Edition, shipped_edition, with_zones
from conference.embeddings import Encoder, Meanings, default_encoder
from conference.filters import MODELS, as_of
from conference.meaning import Places, Relevance
from conference.models import Institution, Record
from conference.new_cities import with_new_cities
from conference.query import Frame, Kind
from conference.recent import Recent
from conference.record_ids import kind_of
from conference.relaxing import wider_queries
from conference.searching import Asked, Searcher
from conference.store import among, meta
from conference.vocabulary import Vocabulary, load_vocabulary

_VERSION = select(meta.c.value).where(meta.c.key == "data_version")
_FRESH = 1.0  # seconds for which the version of the data is not asked for again


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


class Catalogue:
    """Read and load the catalogue; one object serves all threads.

    Pages, totals, groups and records are kept while the data stays as it is, so the same records
    are handed to everyone: change none of them. What another process loads is seen a second later.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        encoder: Encoder,
        vocabulary: Vocabulary,
        edition: Edition,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.engine = engine
        self.edition = edition
        self.written_vocabulary = with_zones(vocabulary, edition)
        self.encoder = encoder
        self.relevance = Relevance(engine, encoder)
        self._ticks = ticks
        self._seen: tuple[float, str] | None = None  # when the version was read, and it
        self._vocabulary: tuple[str, Vocabulary] | None = None  # with a version's new cities
        self._searcher = Searcher(self.relevance)
        self._pages = Recent[Page](256)
        self._groups = Recent[tuple[tuple[str, int], ...]](256)
        self._records = Recent[Record](1024)  # of some 5 KB each

    @property
    def vocabulary(self) -> Vocabulary:
        """Every code: those of the files and the edition, and cities that came with the data."""
        version = self.version()
        if self._vocabulary is None or self._vocabulary[0] != version:
            self._vocabulary = (version, with_new_cities(self.written_vocabulary, self.facts()))
        return self._vocabulary[1]

    def search(self, frame: Frame, *, limit: int = 5, now: datetime) -> Page:
        """The page of `frame` that begins at its offset; how it is ordered: see `ranking`.

        When nothing matches, the nearest wider query is shown instead (see `relaxing`), from its
        first item on; not so an alert's news. An offset past the end gives no items and the true
        total.
        """
        now = self._local(now)
        key = (frame, limit, as_of(frame.kind, now))
        known = self._pages.get(self.version(), key)
        if known is not None:
            return known
        with self._session() as session:
            version = self._version(session)
            page = self._search(session, frame, limit, now=now, version=version)
        self._pages.put(version, key, page)
        return page

    def count(self, frame: Frame, *, now: datetime) -> int:
        """How many records match, exactly as asked."""
        now = self._local(now)
        known = self._searcher.known_total(frame, now=now, version=self.version())
        if known is not None:
            return known
        with self._session() as session:
            return self._searcher.total(session, self._asked(session, frame, now=now))

    def ids(self, frame: Frame, *, now: datetime) -> list[str]:
        """Every match's id, in no order unless the frame has words, then the best first."""
        now = self._local(now)
        with self._session() as session:
            return self._searcher.ids(session, self._asked(session, frame, now=now))

    def places(self, frame: Frame, *, now: datetime) -> tuple[Meanings, Places]:
        """A kind's vectors, and the matches' positions among them, in ascending order."""
        now = self._local(now)
        with self._session() as session:
            return self._searcher.places(session, self._asked(session, frame, now=now))

    def group(self, frame: Frame, *, by: str, now: datetime) -> list[tuple[str, int]]:
        """How many match by each value of `by`, most first, then by code.

        `by` is one of `grouping.GROUPS` that the kind has; a record without a value is in no
        group, one in two regions is in both. Raises ValueError for any other `by`.
        """
        now = self._local(now)
        key = (frame, by, as_of(frame.kind, now))
        known = self._groups.get(self.version(), key)
        if known is not None:
            return list(known)
        with self._session() as session:
            asked = self._asked(session, frame, now=now)
            if asked.scores is None:
                where = asked.where
            else:
                matched = self._searcher.ids(session, asked)
                dialect = self.engine.dialect.name
                where = [among(MODELS[frame.kind].id, matched, dialect=dialect)]
            found = grouping.group(session, asked.kind, where, by=by, vocabulary=self.vocabulary)
        self._groups.put(asked.version, key, tuple(found))
        return found

    def get(self, record_id: str) -> Record | None:
        """One record, or None."""
        records = self.get_many([record_id])
        return records[0] if records else None

    def get_many(self, ids: Sequence[str]) -> list[Record]:
        """The records of `ids`, of any kind, in that order; those that are gone are left out."""
        version = self.version()
        with self._session() as session:
            return self._get_many(session, ids, version=version)

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
        version = self.version()
        with self._session() as session:
            ids = sorted(set(wanted.values()))
            owners: dict[str, Any] = self._read(session, Kind.INSTITUTIONS, ids, version=version)
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
        """A string that changes whenever the data does; a second old at most."""
        seen = self._seen
        if seen is not None and 0 <= self._ticks() - seen[0] < _FRESH:
            return seen[1]
        with self._session() as session:
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
    ) -> None:
        """Add `records`, or replace those with the same ids, and index them; all or nothing.

        With `replace_all` everything that was there goes first. Institutions may come in any
        order among their records. See `loading.load`.
        """
        loading.load(
            self.engine,
            records,
            encoder=self.encoder,
            vocabulary=self.written_vocabulary,
            replace_all=replace_all,
            progress=progress,
            edition=self.edition,
        )
        self._seen = None

    def warm(self) -> None:
        """Load now what the first questions would wait for: vectors, encoder, names."""
        self.relevance.warm(self.version())
        _ = self.vocabulary  # read by asking for it

    def _local(self, moment: datetime) -> datetime:
        """On the conference's clock, to the second, as times are stored."""
        return moment.astimezone(self.edition.zone).replace(microsecond=0)

    def _session(self) -> Session:
        return Session(self.engine, future=True, expire_on_commit=False)

    def _version(self, session: Session) -> str:
        ticks = self._ticks()
        version = session.connection().execute(_VERSION).scalar()
        self._seen = (ticks, version or "empty")
        return self._seen[1]

    def _asked(
        self, session: Session, frame: Frame, *, now: datetime, version: str | None = None
    ) -> Asked:
        version = version or self._version(session)
        return self._searcher.asked(
            session, frame, now=now, version=version, vocabulary=self.vocabulary
        )

    def _search(
        self, session: Session, frame: Frame, limit: int, *, now: datetime, version: str
    ) -> Page:
        wider = () if frame.news else wider_queries(frame.kind, frame.query)
        for query, relaxed in chain([(frame.query, ())], wider):
            shown = replace(frame, query=query, offset=0) if relaxed else frame
            asked = self._asked(session, shown, now=now, version=version)
            ids, total = self._searcher.page(session, asked, shown.offset, limit)
            if total:
                items = tuple(self._get_many(session, ids, version=version))
                return Page(items, total, shown.offset, relaxed, shown)
        return Page((), 0, frame.offset, (), frame)

    def _get_many(self, session: Session, ids: Sequence[str], *, version: str) -> list[Record]:
        found: dict[str, Record] = {}
        for kind in Kind:
            wanted = [each for each in ids if kind_of(each) is kind]
            found |= self._read(session, kind, wanted, version=version)
        return [found[each] for each in ids if each in found]

    def _read(
        self, session: Session, kind: Kind, ids: Sequence[str], *, version: str
    ) -> dict[str, Record]:
        """The records of a kind by id; those that are not kept from before in one statement."""
        known = {each: self._records.get(version, each) for each in ids}
        found = {each: record for each, record in known.items() if record is not None}
        if len(found) < len(known):
            model = MODELS[kind]
            missing = [each for each in known if each not in found]
            for record in session.scalars(select(model).where(model.id.in_(missing))):
                found[record.id] = record
                self._records.put(version, record.id, record)
        return found


def open_catalogue(
    engine: Engine,
    *,
    encoder: Encoder | None = None,
    vocabulary: Vocabulary | None = None,
    edition: Edition | None = None,
    ticks: Callable[[], float] = time.monotonic,
) -> Catalogue:
    """The catalogue of an edition (the shipped one by default) in a migrated database.

    Nothing heavy is loaded before it is needed.
    """
    return Catalogue(
        engine,
        encoder=encoder or default_encoder(),
        vocabulary=vocabulary or load_vocabulary(),
        edition=edition or shipped_edition(),
        ticks=ticks,
    )
