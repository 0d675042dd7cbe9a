"""How well records answer words: full text and meaning together.

A record answers when it holds every word of the question (full text, see `text_index`), or when
its title or one of its skills means nearly the same in either language (see `embeddings`).

Score of a record that holds the words: 1 + its relative full-text rank (0 to 1, title before
labels before body) + the nearness of its nearest phrase. Of one that only means the same: that
nearness alone, which is below 1. So those that say it come first, and among them those that are
it, not those that mention it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

import numpy as np
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from conference import text_index, words
from conference.embeddings import Encoder, Meanings, Vector, encode, read_meanings
from conference.query import Kind, Query

NEAR = 0.6
"""From this cosine on, two phrases are taken to mean the same."""

ALIKE = 0.75
"""From this share of its own nearness to itself on, a record is taken to be like another."""


class Relevance:
    """Scores of records for words; keeps vectors and recent answers of one data version."""

    def __init__(self, engine: Engine, encoder: Encoder) -> None:
        self._engine = engine
        self._encoder = encoder
        self._lock = Lock()
        self._version: str | None = None
        self._meanings: dict[Kind, Meanings] = {}
        self._answers: dict[tuple[Kind, str], Mapping[str, float]] = {}
        self.vector = lru_cache(maxsize=1024)(self._vector)

    def scores(
        self, session: Session, kind: Kind, query: Query, *, version: str
    ) -> Mapping[str, float] | None:
        """Ids with scores for a query's `text` and `similar_to`; None if it has neither.

        With both, a record must answer both and is ranked by likeness.
        """
        if query.similar_to:
            alike = self._alike(session, kind, query.similar_to, version=version)
            if not query.text:
                return alike
            said = self._said(session, kind, query.text, version=version)
            return {each: score for each, score in alike.items() if each in said}
        if query.text:
            return self._said(session, kind, query.text, version=version)
        return None

    def literal(self, session: Session, kind: Kind, text: str, *, version: str) -> list[str]:
        """The records that hold the words themselves: what "not python" takes out."""
        meanings = self.meanings(session.connection(), kind, version=version)
        hits = text_index.find(session.connection(), kind, text)
        places = (meanings.position_of_num.get(num) for num in hits)
        return [meanings.ids[place] for place in places if place is not None]

    def meanings(self, connection: Connection, kind: Kind, *, version: str) -> Meanings:
        """The kind's vectors, read again when the data has changed."""
        with self._lock:
            if version != self._version:
                self._version = version
                self._meanings.clear()
                self._answers.clear()
            if kind not in self._meanings:
                self._meanings[kind] = read_meanings(connection, kind)
            return self._meanings[kind]

    def warm(self, version: str) -> None:
        """Load everything that the first question would wait for."""
        words.warm()
        self.vector("warm")
        with self._engine.connect() as connection:
            for kind in Kind:
                self.meanings(connection, kind, version=version)

    def _vector(self, text: str) -> Vector:
        vector: Vector = encode(self._encoder, [text])[0]
        return vector

    def _said(
        self, session: Session, kind: Kind, text: str, *, version: str
    ) -> Mapping[str, float]:
        connection = session.connection()
        meanings = self.meanings(connection, kind, version=version)
        known = self._answers.get((kind, text))
        if known is not None:
            return known
        near = meanings.best(self.vector(text))
        score = np.where(near >= NEAR, near, 0.0)
        for num, rank in text_index.find(connection, kind, text).items():
            place = meanings.position_of_num.get(num)
            if place is not None:
                score[place] = 1.0 + rank + max(float(near[place]), 0.0)
        answer = _by_id(meanings, score)
        with self._lock:
            if len(self._answers) >= 256:
                self._answers.clear()
            if version == self._version:
                self._answers[kind, text] = answer
        return answer

    def _alike(
        self, session: Session, kind: Kind, record_id: str, *, version: str
    ) -> Mapping[str, float]:
        connection = session.connection()
        for each in Kind:  # "programmes like this job" is a fair question too
            vector = self.meanings(connection, each, version=version).of(record_id)
            if vector is not None:
                break
        else:
            return {}
        own = self.meanings(connection, each, version=version)
        itself = float(own.mean(vector)[own.position[record_id]])
        meanings = self.meanings(connection, kind, version=version)
        near = meanings.mean(vector) / itself
        near[near < ALIKE] = 0.0
        if each is kind:
            near[meanings.position[record_id]] = 0.0
        return _by_id(meanings, near)


def _by_id(meanings: Meanings, score: Vector) -> dict[str, float]:
    # four digits: what the last bits of a sum say must not decide an order
    places = np.flatnonzero(score > 0)
    values = np.round(score[places].astype(np.float64), 4).tolist()
    ids = meanings.ids
    return {ids[place]: value for place, value in zip(places.tolist(), values, strict=True)}
