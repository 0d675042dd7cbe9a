"""Changed rows into the store, with their words and meanings: what `conference.loading` does for a
whole catalogue, here batch by batch, so that 200,000 records fit into little memory.

Taking Chinese texts apart costs more than everything else together. For large imports a second
process does it, while this one stores rows and finds meanings.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
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
_CHUNK = 500  # rows a statement or a task: below every database's limit of parameters
_CLAUSES = 20_000  # kept taken apart: descriptions of a real file hardly repeat, and fill memory
_MANY = 3_000  # rows for which a second process is worth its start of some two seconds


class Indexing:
    """Writes batches of rows in one transaction; `close` ends the second process."""

    def __init__(self, connection: Connection, encoder: Encoder) -> None:
        self._connection = connection
        self._encoder = encoder
        self._phrases: dict[str, int] = {}  # text → id, of all that are stored
        self._taken_apart: set[str] = set()  # phrases whose words are in the lexicon
        self._next_number: int | None = None
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """End the second process, if there is one."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def write(self, rows: dict[Kind, list[Row]], *, tell: Callable[[str, int, int], None]) -> None:
        """Store and index the rows, institutions first; `tell(step, done, total)` now and then."""
        total = sum(map(len, rows.values()))
        for kind, group in rows.items():
            table = inspect(MODELS[kind]).local_table
            for chunk in _chunks(group):
                insert_or_update(self._connection, table, chunk)
        owners = self._owners(row for group in rows.values() for row in group)
        tasks: list[tuple[Kind, list[Row], Future[list[text_index.Words]] | None]] = []
        pool = self._second_process() if total >= _MANY or self._pool else None
        for kind, group in rows.items():
            for chunk in _chunks(group):
                task = pool.submit(_words, kind, chunk, _named(chunk, owners)) if pool else None
                tasks.append((kind, chunk, task))
        numbers = self._store_documents(rows, lambda done, of: tell("meanings", done, of))
        done = 0
        for kind, chunk, task in tasks:
            found = task.result() if task else _words(kind, chunk, _named(chunk, owners))
            numbered = [(numbers[row["id"]], each) for row, each in zip(chunk, found, strict=True)]
            text_index.index(self._connection, kind, numbered)
            done += len(chunk)
            tell("words", done, total)

    def _second_process(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawned, because a forked process would share the open database
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context)
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

    def _store_documents(
        self, rows: dict[Kind, list[Row]], tell: Callable[[int, int], None]
    ) -> dict[str, int]:
        """Give each record its number and its phrases; the numbers by record id."""
        said = {
            row["id"]: (kind, *embeddings.phrases_of(MODELS[kind](**row)))
            for kind, group in rows.items()
            for row in group
        }
        self._remember(said.values(), tell)
        numbers = self._numbers(list(said))
        entries = [
            {
                "num": numbers[record_id],
                "kind": kind.value,
                "record_id": record_id,
                "titles": self._packed(titles),
                "subjects": self._packed(subjects),
            }
            for record_id, (kind, titles, subjects) in said.items()
        ]
        for chunk in _chunks(entries):
            insert_or_update(self._connection, documents, chunk)
        return numbers

    def _remember(
        self,
        said: Iterable[tuple[Kind, list[str], list[str]]],
        tell: Callable[[int, int], None],
    ) -> None:
        """Encode the phrases that are new, and the words of those that may translate something."""
        texts: set[str] = set()
        lexical: set[str] = set()
        for kind, titles, subjects in said:
            for each in (*titles, *subjects):
                texts.add(each)
                if kind is not Kind.INSTITUTIONS and each not in self._taken_apart:
                    self._taken_apart.add(each)
                    lexical |= words.terms(each)
        new = sorted(texts - self._phrases.keys())
        if new or lexical:
            self._phrases = embeddings.remember(
                self._connection, self._encoder, new, lexical=lexical, step=tell
            )

    def _packed(self, texts: Sequence[str]) -> bytes:
        return np.array([self._phrases[each] for each in texts], dtype=np.int32).tobytes()

    def _numbers(self, ids: Sequence[str]) -> dict[str, int]:
        if self._next_number is None:
            highest = self._connection.execute(select(func.max(documents.c.num))).scalar()
            self._next_number = (highest or 0) + 1
        numbers: dict[str, int] = {}
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


def _words(kind: Kind, rows: list[Row], owners: dict[str, Row]) -> list[text_index.Words]:
    """The words of records, in their order; runs in the second process too."""
    if words._clause.cache_info().currsize > _CLAUSES:
        words._clause.cache_clear()
    vocabulary = load_vocabulary()
    known = {record_id: Institution(**row) for record_id, row in owners.items()}
    return [
        text_index.words_of(
            MODELS[kind](**row), known.get(row.get("institution_id") or ""), vocabulary
        )
        for row in rows
    ]


def _named(rows: Sequence[Row], owners: dict[str, Row]) -> dict[str, Row]:
    ids = {row.get("institution_id") for row in rows}
    return {each: owners[each] for each in ids if each in owners}


def _chunks(items: Sequence[Any]) -> Iterator[Any]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
