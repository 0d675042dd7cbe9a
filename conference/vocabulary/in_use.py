"""The vocabulary that names are shown from: the files', or the one that the data has added to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from conference.vocabulary.loader import load_vocabulary
from conference.vocabulary.terms import Vocabulary

_IN_USE: ContextVar[Vocabulary | None] = ContextVar("vocabulary", default=None)


def vocabulary_in_use() -> Vocabulary:
    """The vocabulary of the `using` that surrounds the call, else the files'."""
    return _IN_USE.get() or load_vocabulary()


@contextmanager
def using(vocabulary: Vocabulary) -> Iterator[None]:
    """Show names from this vocabulary meanwhile: a catalogue's, which has its data's new cities."""
    token = _IN_USE.set(vocabulary)
    try:
        yield
    finally:
        _IN_USE.reset(token)
