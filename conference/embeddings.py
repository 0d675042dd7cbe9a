"""Meaning across languages: sentence vectors of what records are called and are about.

The encoder is Google's multilingual Universal Sentence Encoder (v3, 512 numbers), which puts
"nurse" and 护士 side by side. Titles and skills repeat from record to record, so each distinct
text (a phrase) is encoded once and kept in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Connection

from conference.models import Institution, Intention, Job, Record
from conference.query import Kind
from conference.store import documents, phrases
from conference.words import has_chinese

if TYPE_CHECKING:
    from conference.encoder import QuickEncoder

Vector = NDArray[np.float32]

DIMENSIONS = 512
SUBJECT_WEIGHT = 0.9  # a skill that is asked for says a little less than a title that is it
_BATCH = 64  # 0.5 ms a phrase against 2.7 ms one by one; larger batches gain nothing


class Encoder(Protocol):
    """Texts into vectors of length 1."""

    def encode(self, texts: list[str]) -> Any: ...


@lru_cache(maxsize=1)
def default_encoder() -> QuickEncoder:
    """The encoder named above; its 33 MB are loaded when it is first used."""
    # nothing else needs it when a test brings its own
    from conference.encoder import QuickEncoder  # noqa: PLC0415

    return QuickEncoder()


def phrases_of(record: Record) -> tuple[list[str], list[str]]:
    """What a record is called, and what else it is about, in both languages."""
    if isinstance(record, Job | Intention):
        names = [record.title_en, record.title_zh]
    else:
        names = [record.name_en, record.name_zh]
    subjects = [*record.skills_en, *record.skills_zh] if isinstance(record, Job) else []
    if isinstance(record, Institution):
        # Thousands of proper names: one each is enough to find the like, full text finds the rest.
        names = [record.name_en or record.name_zh]
    return [each[:600] for each in names if each], [each[:600] for each in subjects if each]


def encode(encoder: Encoder, texts: Sequence[str]) -> Vector:
    """One row per text."""
    rows = [
        np.asarray(encoder.encode(list(texts[start : start + _BATCH])), dtype=np.float32)
        for start in range(0, len(texts), _BATCH)
    ]
    return np.vstack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)


@dataclass(frozen=True)
class Meanings:
    """The vectors of one kind, in memory, and which record has which.

    `phrase` and `weight` list every record's phrases one record after another, `starts` where
    each record's begin; a record always has at least one, because it must have a name.
    """

    ids: tuple[str, ...]
    position: dict[str, int]
    position_of_num: NDArray[np.int64]  # by number; -1: no such document
    texts: tuple[str, ...]  # of the phrases, as `vectors` has their vectors
    vectors: Vector
    chinese: NDArray[np.bool_]  # whether a phrase is in Chinese characters
    phrase: NDArray[np.int32]
    weight: Vector
    starts: NDArray[np.int64]

    def best(self, vector: Vector) -> Vector:
        """Each record's nearness to `vector`: that of its nearest phrase (cosine × weight)."""
        return self.best_of(self.vectors @ vector)

    def best_of(self, near: Vector) -> Vector:
        """Each record's best among what its phrases have in `near`, a number for each phrase."""
        if not self.ids:
            return np.zeros(0, np.float32)
        best: Vector = np.maximum.reduceat(near[self.phrase] * self.weight, self.starts)
        return best

    def subjects_where(self, wanted: Callable[[str], bool]) -> dict[int, list[str]]:
        """By position of a record: those of its subjects that are wanted, each once."""
        hits = np.array([wanted(text) for text in self.texts], dtype=bool)
        if not self.ids:
            return {}
        found: dict[int, dict[str, None]] = {}  # one that is written alike in both languages is one
        wanted_at = np.flatnonzero(hits[self.phrase] & (self.weight < 1.0))
        places = np.searchsorted(self.starts, wanted_at, side="right") - 1
        for place, phrase in zip(places.tolist(), self.phrase[wanted_at].tolist(), strict=True):
            found.setdefault(place, {})[self.texts[phrase]] = None
        return {place: list(texts) for place, texts in found.items()}

    def mean(self, vector: Vector) -> Vector:
        """Each record's nearness to `vector` on the whole: the weighted mean of its phrases."""
        if not self.ids:
            return np.zeros(0, np.float32)
        near = (self.vectors @ vector)[self.phrase] * self.weight
        sums: Vector = np.add.reduceat(near, self.starts) / np.add.reduceat(
            self.weight, self.starts
        )
        return sums

    def places(self, ids: Iterable[str]) -> NDArray[np.int64]:
        """The positions of `ids` in ascending order; unknown ids are left out."""
        known = np.fromiter(map(self.position.get, ids, repeat(-1)), dtype=np.int64)
        return np.sort(known[known >= 0])

    def places_of_numbers(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The positions of documents; unknown ones are left out."""
        known = self.position_of_num[numbers[numbers < len(self.position_of_num)]]
        places: NDArray[np.int64] = known[known >= 0]
        return places

    def of(self, record_id: str) -> Vector | None:
        """A record's own vector: the weighted mean of its phrases, of length 1."""
        place = self.position.get(record_id)
        if place is None:
            return None
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.phrase)
        part = slice(self.starts[place], end)
        mean: Vector = self.weight[part] @ self.vectors[self.phrase[part]]
        return mean / (float(np.linalg.norm(mean)) or 1.0)


@dataclass(frozen=True)
class Lexicon:
    """The words that titles and skills are made of, to translate a question with."""

    texts: tuple[str, ...]
    vectors: Vector
    chinese: NDArray[np.bool_]

    def translations(
        self, vector: Vector, *, chinese: bool, bar: float, most: int
    ) -> list[tuple[str, float]]:
        """The nearest words of the script asked for, with their cosines, the nearest first."""
        near = np.where(self.chinese == chinese, self.vectors @ vector, 0.0)
        best = np.argsort(-near, kind="stable")[:most].tolist()
        return [(self.texts[index], float(near[index])) for index in best if near[index] >= bar]


def read_lexicon(connection: Connection) -> Lexicon:
    """Load the words, in the order of their texts."""
    rows = connection.execute(
        select(phrases).where(phrases.c.lexical.is_(True)).order_by(phrases.c.text)
    ).all()
    matrix = np.frombuffer(b"".join(row.vector for row in rows), dtype=np.float16)
    return Lexicon(
        texts=tuple(row.text for row in rows),
        vectors=matrix.reshape(-1, DIMENSIONS).astype(np.float32),
        chinese=np.array([has_chinese(row.text) for row in rows], dtype=bool),
    )


def read_meanings(
    connection: Connection, kind: Kind, *, model: Any, order: Sequence[Any]
) -> Meanings:
    """Load a kind's vectors, its records in the given order: 20,000 openings in some 0.3 s."""
    rows = connection.execute(
        select(documents.c.num, documents.c.record_id, documents.c.titles, documents.c.subjects)
        .join(model, documents.c.record_id == model.id)
        .where(documents.c.kind == kind.value, func.length(documents.c.titles) > 0)
        .order_by(*order)
    ).all()
    numbers = np.array([row.num for row in rows], dtype=np.int64)
    position_of_num = np.full(numbers.max(initial=0) + 1, -1, dtype=np.int64)
    position_of_num[numbers] = np.arange(len(numbers))
    titles = np.array([len(row.titles) // 4 for row in rows], dtype=np.int64)
    subjects = np.array([len(row.subjects) // 4 for row in rows], dtype=np.int64)
    sizes = titles + subjects
    starts = np.cumsum(sizes) - sizes
    known = np.frombuffer(b"".join(row.titles + row.subjects for row in rows), dtype=np.int32)
    used, phrase = np.unique(known, return_inverse=True)
    within = np.arange(len(known)) - np.repeat(starts, sizes)
    weight = np.where(within < np.repeat(titles, sizes), 1.0, SUBJECT_WEIGHT)
    texts, vectors = _phrases(connection, used)
    return Meanings(
        ids=tuple(row.record_id for row in rows),
        position={row.record_id: place for place, row in enumerate(rows)},
        position_of_num=position_of_num,
        texts=texts,
        vectors=vectors,
        chinese=np.array([has_chinese(each) for each in texts], dtype=bool),
        phrase=phrase.astype(np.int32),
        weight=weight.astype(np.float32),
        starts=starts,
    )


def _phrases(connection: Connection, wanted: NDArray[np.int32]) -> tuple[tuple[str, ...], Vector]:
    rows = connection.execute(select(phrases).order_by(phrases.c.id)).all()
    found = np.searchsorted(np.array([row.id for row in rows], dtype=np.int64), wanted)
    matrix = np.frombuffer(b"".join(row.vector for row in rows), dtype=np.float16)
    vectors = matrix.reshape(-1, DIMENSIONS)[found].astype(np.float32)
    return tuple(rows[index].text for index in found.tolist()), vectors


class Phrases:
    """The phrases that are stored, read once, and what is added to them in the same transaction."""

    def __init__(self, connection: Connection, encoder: Encoder) -> None:
        self._connection = connection
        self._encoder = encoder
        rows = connection.execute(select(phrases.c.id, phrases.c.text, phrases.c.lexical)).all()
        self.ids = {row.text: row.id for row in rows}
        self._lexical = {row.text for row in rows if row.lexical}
        self._next = max(self.ids.values(), default=0) + 1

    def add(
        self,
        texts: Iterable[str],
        *,
        lexical: Iterable[str] = (),
        step: Callable[[int, int], None] | None = None,
    ) -> None:
        """Encode and store the texts that are new; afterwards all have their `ids`.

        `lexical` are words for the lexicon. `step(done, total)` is told after each batch.
        """
        newly = set(lexical) - self._lexical
        self._lexical |= newly
        old = [{"row": self.ids[each]} for each in sorted(newly) if each in self.ids]
        if old:
            statement = update(phrases).where(phrases.c.id == bindparam("row")).values(lexical=True)
            self._connection.execute(statement, old)
        wanted = dict.fromkeys([*texts, *sorted(newly)])
        new = [each for each in wanted if each not in self.ids]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            vectors = encode(self._encoder, batch).astype(np.float16)
            rows = [
                {
                    "id": self._next + place,
                    "text": each,
                    "vector": row.tobytes(),
                    "lexical": each in self._lexical,
                }
                for place, (each, row) in enumerate(zip(batch, vectors, strict=True))
            ]
            self._connection.execute(phrases.insert(), rows)
            self.ids |= {row["text"]: row["id"] for row in rows}
            self._next += len(rows)
            if step is not None:
                step(min(start + _BATCH, len(new)), len(new))
