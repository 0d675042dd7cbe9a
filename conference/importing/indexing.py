"""Changed rows into the store, with their words and meanings: what `conference.loading` does for a
whole catalogue, here batch by batch, so that 200,000 records fit into little memory.

Taking Chinese texts apart costs more than everything else together. For large imports a second
process does it, while this one stores rows and finds meanings.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Any

import numpy as np
from sqlalchemy import func, inspect, select
from sqlalchemy.engine import Connection

from conference import embeddings, text_index, words
from conference.embeddings import Encoder
from conference.filters import MODELS
from conference.models import Institution
from conference.query import Kind
from conference.store import documents, insert_or_update
from conference.vocabulary import load_vocabulary

Row = dict[str, Any]
_Said = dict[str, tuple[list[str], list[str]]]  # by id: what it is called, what it is about
_CHUNK = 500  # rows a statement or a task: below every database's limit of parameters
_CLAUSES = 8_000  # kept taken apart: descriptions of a real file hardly repeat, and fill memory
_MANY = 1_000  # rows at once, for which a second process is worth its start of some two seconds


@dataclass(frozen=True)
class _Part:
    """Rows whose words are being found: here, when they are wanted, or in the second process."""

    kind: Kind
    entries: list[Row]  # their rows of `documents`
    found: Callable[[], tuple[list[text_index.Words], set[str]]]


class Indexing:
    """Writes batches of rows in one transaction; `settle` finishes them, `close` lets go.

    The second process finds a batch's words while the one before is indexed and the next is read.
    """

    def __init__(self, connection: Connection, encoder: Encoder) -> None:
        self._connection = connection
        self._encoder = encoder
        self._phrases: embeddings.Phrases | None = None
        self._taken_apart: set[str] = set()  # phrases whose words are in the lexicon
        self._next_number: int | None = None
        self._pool: ProcessPoolExecutor | None = None
        self._parts: list[_Part] = []  # of the last batch

    def close(self) -> None:
        """End the second process, if there is one."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def write(self, rows: dict[Kind, list[Row]], *, tell: Callable[[str, int, int], None]) -> None:
        """Store the rows, institutions first; `tell(step, done, total)` now and then."""
        for kind, group in rows.items():
            table = inspect(MODELS[kind]).local_table
            for chunk in _chunks(group):
                insert_or_update(self._connection, table, chunk)
        if self._phrases is None:
            self._phrases = embeddings.Phrases(self._connection, self._encoder)
        owners = self._owners(row for group in rows.values() for row in group)
        pool = self._second_process() if sum(map(len, rows.values())) >= _MANY else self._pool
        said: list[tuple[Kind, _Said, Callable[[], Any]]] = []
        for kind, group in rows.items():
            for chunk in _chunks(group):
                here = {row["id"]: embeddings.phrases_of(MODELS[kind](**row)) for row in chunk}
                work = (kind, chunk, _named(chunk, owners), self._untaken(kind, here))
                found = pool.submit(_words, *work).result if pool else partial(_words, *work)
                said.append((kind, here, found))
        texts = dict.fromkeys(
            each
            for _, here, _ in said
            for titles, subjects in here.values()
            for each in (*titles, *subjects)
        )
        self._phrases.add(texts, step=lambda done, of: tell("meanings", done, of))
        parts = [_Part(kind, self._documents(kind, here), found) for kind, here, found in said]
        self.settle()
        self._parts = parts

    def settle(self) -> None:
        """Index what was written: to be called before anything is deleted, and at the end."""
        lexical: set[str] = set()
        for part in self._parts:
            found, terms = part.found()
            lexical |= terms
            text_index.index(self._connection, part.kind, zip(part.entries, found, strict=True))
        self._parts = []
        if self._phrases is not None and lexical:
            self._phrases.add((), lexical=lexical)

    def _second_process(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = start_second_process()
        return self._pool

    def _owners(self, rows: Iterable[Row]) -> dict[str, Row]:
        wanted = sorted({row["institution_id"] for row in rows if row.get("institution_id")})
        table: Any = Institution
        columns = (table.id, table.name_en, table.name_zh, table.alternate_names)
        found: dict[str, Row] = {}
        for chunk in _chunks(wanted):
            statement = select(*columns).where(table.id.in_(chunk))
            found |= {
                row["id"]: dict(row) for row in self._connection.execute(statement).mappings()
            }
        return found

    def _untaken(self, kind: Kind, said: _Said) -> list[str]:
        """The phrases whose words are to be put into the lexicon, for they translate something."""
        if kind is Kind.INSTITUTIONS:
            return []
        new = {each for parts in said.values() for part in parts for each in part}
        new -= self._taken_apart
        self._taken_apart |= new
        return sorted(new)

    def _documents(self, kind: Kind, said: _Said) -> list[Row]:
        """Each record's row of `documents`: its number and its phrases."""
        numbers = self._numbers(list(said))
        return [
            {
                "num": numbers[record_id],
                "kind": kind.value,
                "record_id": record_id,
                "titles": self._packed(titles),
                "subjects": self._packed(subjects),
            }
            for record_id, (titles, subjects) in said.items()
        ]

    def _packed(self, texts: Sequence[str]) -> bytes:
        ids = self._phrases.ids if self._phrases else {}
        return np.array([ids[each] for each in texts], dtype=np.int32).tobytes()

    def _numbers(self, ids: Sequence[str]) -> dict[str, int]:
        if self._next_number is None:
            highest = self._connection.execute(select(func.max(documents.c.num))).scalar()
            self._next_number = (highest or 0) + 1
        # those of the last batch are not stored yet
        waiting = {each["record_id"]: each["num"] for part in self._parts for each in part.entries}
        numbers = {each: waiting[each] for each in ids if each in waiting}
        for chunk in _chunks(ids):
            statement = select(documents.c.record_id, documents.c.num).where(
                documents.c.record_id.in_(chunk)
            )
            numbers |= {row.record_id: row.num for row in self._connection.execute(statement)}
        for each in ids:
            if each not in numbers:
                numbers[each] = self._next_number
                self._next_number += 1
        return numbers


def start_second_process() -> ProcessPoolExecutor:
    """A process beside this one, which ends with it however this one ends."""
    # spawned, because a forked process would share the open database
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)  # its other threads wait for work that nobody will give

    Thread(target=wait, daemon=True).start()


def _words(
    kind: Kind, rows: list[Row], owners: dict[str, Row], phrases: list[str]
) -> tuple[list[text_index.Words], set[str]]:
    """The words of records, in their order, and those of phrases; mostly in the second process."""
    if words._clause.cache_info().currsize > _CLAUSES:
        words._clause.cache_clear()
    vocabulary = load_vocabulary()
    known = {record_id: Institution(**row) for record_id, row in owners.items()}
    found = [
        text_index.words_of(
            MODELS[kind](**row), known.get(row.get("institution_id") or ""), vocabulary
        )
        for row in rows
    ]
    return found, {term for each in phrases for term in words.terms(each)}


def _named(rows: Sequence[Row], owners: dict[str, Row]) -> dict[str, Row]:
    ids = {row.get("institution_id") for row in rows}
    return {each: owners[each] for each in ids if each in owners}


def _chunks(items: Sequence[Any]) -> Iterator[Any]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
