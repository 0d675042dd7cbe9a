"""Which records match a query and in which order, as ids: conditions in SQL, words by scores.

Totals, and where the records that meet conditions are among the vectors, are kept while the data
stays as it is: conversations ask the same things, and paging and counting ask them again.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import repeat
from typing import Any, cast

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conference import ranking
from conference.embeddings import Meanings
from conference.filters import MODELS, as_of, came_with, conditions
from conference.meaning import Places, Relevance, Scores
from conference.query import KEYS_OF_KIND, Frame, Kind, News, Query
from conference.recent import Recent
from conference.vocabulary import Vocabulary


@dataclass(frozen=True)
class Asked:
    """A query as its kind understands it, at a moment, of one version of the data."""

    kind: Kind
    query: Query
    now: datetime
    version: str
    where: list[Any]  # the conditions that a match meets, besides answering the words
    scores: Scores | None  # if it has words
    news: News | None = None


class Searcher:
    """Finds ids; one object serves all threads."""

    def __init__(self, relevance: Relevance) -> None:
        self._relevance = relevance
        self._totals = Recent[int](1024)
        self._places = Recent[Places](64)  # of 160 KB each for 20,000 openings

    def asked(
        self,
        session: Session,
        frame: Frame,
        *,
        now: datetime,
        version: str,
        vocabulary: Vocabulary,
    ) -> Asked:
        """The frame's query, its words scored; `version` is the data's, read in this session."""
        query = _of_kind(frame.kind, frame.query)
        where = conditions(frame.kind, query, now=now, vocabulary=vocabulary)
        if frame.news is not None:
            where.append(came_with(frame.kind, frame.news))
        scores = self._relevance.scores(session, frame.kind, query, version=version)
        return Asked(frame.kind, query, now, version, where, scores, frame.news)

    def page(
        self, session: Session, asked: Asked, offset: int, limit: int
    ) -> tuple[Sequence[str], int]:
        """The ids of one page, in order, and how many match in all."""
        if asked.scores is not None:
            ordered = ranking.is_sorted(asked.kind, asked.query)
            matched = self._ranked(session, asked, asked.scores, ordered=ordered)
            return asked.scores.ids(matched[offset : offset + limit]), len(matched)
        rows = self._ordered(asked).offset(offset).limit(limit)
        ids = session.connection().execute(rows).scalars().all()
        last = len(ids) < limit and (ids or not offset)  # a short page tells how many there are
        return ids, offset + len(ids) if last else self.total(session, asked)

    def total(self, session: Session, asked: Asked) -> int:
        """How many match."""
        key = _key(asked.kind, asked.query, asked.now, asked.news)
        total = self._totals.get(asked.version, key)
        if total is None:
            if asked.scores is not None:
                total = len(self._ranked(session, asked, asked.scores, ordered=False))
            else:
                rows = select(func.count(MODELS[asked.kind].id)).where(*asked.where)
                total = cast(int, session.connection().execute(rows).scalar())
            self._totals.put(asked.version, key, total)
        return total

    def known_total(self, frame: Frame, *, now: datetime, version: str) -> int | None:
        """The total if it is kept from before."""
        query = _of_kind(frame.kind, frame.query)
        return self._totals.get(version, _key(frame.kind, query, now, frame.news))

    def ids(self, session: Session, asked: Asked) -> list[str]:
        """All that match, in no order unless there are words, then the best first."""
        if asked.scores is None:
            return self._filtered(session, asked)
        return asked.scores.ids(self._ranked(session, asked, asked.scores, ordered=False))

    def places(self, session: Session, asked: Asked) -> tuple[Meanings, Places]:
        """The kind's vectors, and the matches' positions among them, in ascending order."""
        connection = session.connection()
        meanings = self._relevance.meanings(connection, asked.kind, version=asked.version)
        places = self._meeting(session, asked, meanings, ordered=False)
        return meanings, places if asked.scores is None else asked.scores.answering(places)

    def _ranked(self, session: Session, asked: Asked, scores: Scores, *, ordered: bool) -> Places:
        """The matches of a query with words: `ordered` as it asks, or the best first."""
        places = self._meeting(session, asked, scores.meanings, ordered=ordered)
        return scores.answering(places) if ordered else scores.ranked(places)

    def _meeting(
        self, session: Session, asked: Asked, meanings: Meanings, *, ordered: bool
    ) -> Places:
        """The positions of what meets the conditions: `ordered` as asked for, or ascending."""
        unworded = replace(asked.query, text=None, similar_to=None)
        if unworded.excluded is not None:
            unworded = replace(unworded, excluded=replace(unworded.excluded, text=None))
        key = _key(asked.kind, unworded, asked.now, asked.news, ordered=ordered)
        places = self._places.get(asked.version, key)
        if places is None:
            if ordered:
                ids = session.connection().execute(self._ordered(asked)).scalars()
                known = np.fromiter(map(meanings.position.get, ids, repeat(-1)), dtype=np.int64)
                places = known[known >= 0]
            else:
                places = meanings.places(self._filtered(session, asked))
            self._places.put(asked.version, key, places)
        return places

    def _ordered(self, asked: Asked) -> Any:
        order = ranking.order(asked.kind, asked.query, now=asked.now)
        return select(MODELS[asked.kind].id).where(*asked.where).order_by(*order)

    def _filtered(self, session: Session, asked: Asked) -> list[str]:
        """The ids that meet the conditions, in no order.

        One long string, because handing over 20,000 rows takes three times as long.
        """
        model = MODELS[asked.kind]
        connection = session.connection()
        postgresql = connection.dialect.name == "postgresql"
        joined = func.string_agg if postgresql else func.group_concat
        rows = select(joined(model.id, "\n")).where(*asked.where)
        listed = connection.execute(rows).scalar()
        return listed.split("\n") if listed else []


def _of_kind(kind: Kind, query: Query) -> Query:
    """`query` without the keys that its kind does not have."""
    holds = KEYS_OF_KIND[kind] | {"excluded"}
    empty = Query()
    dropped = {name: getattr(empty, name) for name in vars(query) if name not in holds}
    return replace(query, **dropped)


def _key(
    kind: Kind, query: Query, now: datetime, news: News | None, *, ordered: bool = False
) -> Hashable:
    """What decides which records match and, if it matters, in which order."""
    asked = query if ordered else replace(query, sort=None)
    return kind, asked, as_of(kind, now), news, ordered
