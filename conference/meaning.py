"""How well records answer words: full text and meaning together.

A record answers when it holds every word of the question (full text, see `text_index`), or when
its title or one of its skills is the question's translation or means the same (see `embeddings`),
or when its title or labels hold a word that translates it. Only when no record of the kind has
the words in more than its description do phrases that are merely near answer too.

Score of a record with all words in its title, labels or institution: 1 + its full-text rank (1 for
the title, less for the others) + the nearness of its nearest phrase. Of one that mentions them in
its description: 0.2 + that nearness. Of one that only means the same: the nearness alone, below 1.
So those that are called it come first, and "call the doctor" does not make a nurse a doctor.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from conference import text_index, words
from conference.embeddings import (
    Encoder,
    Lexicon,
    Meanings,
    Vector,
    encode,
    read_lexicon,
    read_meanings,
)
from conference.filters import MODELS
from conference.query import Kind, Query
from conference.ranking import standing_order

NEAR = 0.6
"""From this cosine on a phrase answers when nothing holds the words themselves."""

TRANSLATION = 0.7
"""From here on a phrase of the other script is the words' translation.

Of 236 job titles and 871 skills written in both languages, 67 % and 59 % of the pairs are nearer
than this, and a title is as near to 0.3 wrong ones; at 0.6 it is 88 % and 76 %, but 3.4 wrong.
"""

SYNONYM = 0.85
"""From here on a phrase of the same script says the same. Lower down are neighbours: 软件工程师 and
网络工程师 stand at 0.80, and full text has already found what shares the words."""

_MENTIONED = 0.2  # lifts a Java developer's advertisement that says "software developer"

# The encoder knows these only spelled out; the first form is the one whose meaning is taken.
_SPELLED_OUT = {
    "ai": ("artificial intelligence", "人工智能"),
    "ml": ("machine learning", "机器学习"),
    "nlp": ("natural language processing", "自然语言处理"),
    "iot": ("internet of things", "物联网"),
    "ev": ("electric vehicle", "电动汽车"),
    "vr": ("virtual reality", "虚拟现实"),
    "hr": ("human resources", "人力资源"),
    "tcm": ("traditional Chinese medicine", "中医"),
    "r&d": ("research and development", "研发"),
}

_TRANSLATIONS = 2  # words that are looked for in the question's place: nurse, 护士, 手术室护士

ALIKE = 0.75
"""From this share of its own nearness to itself on, a record is taken to be like another."""


_ANSWERS = 64  # kept, of 160 KB each for 20,000 openings: paging and counting ask again


Places = NDArray[np.int64]
"""Positions of records among a kind's vectors, which are in the kind's own order."""


@dataclass(frozen=True)
class Scores:
    """How well each record of a kind answers; 0 is not at all."""

    meanings: Meanings
    score: NDArray[np.float64]

    def ranked(self, places: Places) -> Places:
        """Those of `places`, in ascending order, that answer: the best first, then in order."""
        found = self.answering(places)
        best: Places = found[np.argsort(-self.score[found], kind="stable")]
        return best

    def answering(self, places: Places) -> Places:
        """Those of `places` that answer, in the order given."""
        found: Places = places[self.score[places] > 0]
        return found

    def ids(self, places: Places) -> list[str]:
        """The ids of the records at `places`."""
        return [self.meanings.ids[place] for place in places.tolist()]


class Relevance:
    """Scores of records for words; keeps vectors and recent answers of one data version."""

    def __init__(self, engine: Engine, encoder: Encoder) -> None:
        self._engine = engine
        self._encoder = encoder
        self._lock = Lock()
        self._version: str | None = None
        self._meanings: dict[Kind, Meanings] = {}
        self._lexicon: Lexicon | None = None
        self._answers: dict[tuple[str, Kind, str], NDArray[np.float64]] = {}
        self.vector = lru_cache(maxsize=1024)(self._vector)

    def scores(self, session: Session, kind: Kind, query: Query, *, version: str) -> Scores | None:
        """How well each record answers a query's words, 0 for not at all; None without words.

        The words are `text`, `similar_to` and the excluded text, which takes out only what holds
        those words themselves. With a text and a likeness, a record must answer both and is
        ranked by likeness.
        """
        unwanted = query.excluded.text if query.excluded is not None else None
        if not (query.text or query.similar_to or unwanted):
            return None
        connection = session.connection()
        meanings = self.meanings(connection, kind, version=version)
        score = np.ones(len(meanings.ids))
        if query.text:
            score = self._said(connection, kind, query.text, version=version)
        if query.similar_to:
            alike = self._alike(connection, kind, query.similar_to, version=version)
            score = np.where(score > 0, alike, 0.0)
        if unwanted:
            score = score.copy()
            for _, numbers in text_index.find(connection, kind, unwanted)[:1]:
                score[meanings.places_of_numbers(numbers)] = 0.0
        return Scores(meanings, score)

    def meanings(self, connection: Connection, kind: Kind, *, version: str) -> Meanings:
        """The kind's vectors, read again when the data has changed."""
        with self._lock:
            if version != self._version:
                self._version = version
                self._meanings.clear()
                self._lexicon = None
                self._answers.clear()
            if kind not in self._meanings:
                self._meanings[kind] = read_meanings(
                    connection, kind, model=MODELS[kind], order=standing_order(kind)
                )
            return self._meanings[kind]

    def _lexicon_of(self, connection: Connection) -> Lexicon:
        with self._lock:
            if self._lexicon is None:
                self._lexicon = read_lexicon(connection)
            return self._lexicon

    def warm(self, version: str) -> None:
        """Load everything that the first question would wait for."""
        words.warm()
        self.vector("warm")
        with self._engine.connect() as connection:
            for kind in Kind:
                self.meanings(connection, kind, version=version)
            self._lexicon_of(connection)

    def _vector(self, text: str) -> Vector:
        vector: Vector = encode(self._encoder, [text])[0]
        return vector

    def _said(
        self, connection: Connection, kind: Kind, text: str, *, version: str
    ) -> NDArray[np.float64]:
        key = (version, kind, text)
        known = self._answers.get(key)
        if known is not None:
            return known
        meanings = self.meanings(connection, kind, version=version)
        forms = (text, *_SPELLED_OUT.get(text.strip().lower(), ()))
        vector = self.vector(forms[min(1, len(forms) - 1)])
        literal = [hit for form in forms for hit in text_index.find(connection, kind, form)]
        literal.sort(key=lambda each: each[0])
        held = any(rank > 0 and len(numbers) for rank, numbers in literal)
        of_phrases = meanings.vectors @ vector
        chinese = words.has_chinese(text)
        bar = np.where(meanings.chinese != chinese, TRANSLATION, SYNONYM) if held else NEAR
        score = meanings.best_of(np.where(of_phrases >= bar, of_phrases, 0.0)).astype(np.float64)
        for word, cosine in self._lexicon_of(connection).translations(
            vector, chinese=not chinese, bar=TRANSLATION, most=_TRANSLATIONS
        ):
            numbers = text_index.find_labelled(connection, kind, word)
            places = meanings.places_of_numbers(numbers)
            score[places] = np.maximum(score[places], cosine)
        near = np.maximum(meanings.best_of(of_phrases).astype(np.float64), 0.0)
        for rank, numbers in literal:
            places = meanings.places_of_numbers(numbers)
            bonus = 1.0 + rank if rank > 0 else _MENTIONED
            score[places] = np.maximum(score[places], bonus + near[places])
        answer: NDArray[np.float64] = np.round(
            score, 4
        )  # the last bits of a sum must not decide an order
        with self._lock:
            if len(self._answers) >= _ANSWERS:
                self._answers.clear()
            self._answers[key] = answer
        return answer

    def _alike(
        self, connection: Connection, kind: Kind, record_id: str, *, version: str
    ) -> NDArray[np.float64]:
        meanings = self.meanings(connection, kind, version=version)
        for each in Kind:  # "programmes like this job" is a fair question too
            own = self.meanings(connection, each, version=version)
            vector = own.of(record_id)
            if vector is not None:
                break
        else:
            return np.zeros(len(meanings.ids))
        itself = float(own.mean(vector)[own.position[record_id]])
        near: NDArray[np.float64] = np.round(meanings.mean(vector).astype(np.float64) / itself, 4)
        near[near < ALIKE] = 0.0
        if each is kind:
            near[meanings.position[record_id]] = 0.0
        return near
