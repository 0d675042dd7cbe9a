"""Ids that stay the same from import to import, on every machine, without a table of them.

A file's own id becomes part of ours (`5204912` → `job-5204912`); without one the id is made of what
the record is called, whose it is and where, so that the next file's row finds the same record.
"""

from __future__ import annotations

import hashlib
import re

from conference.query import Kind
from conference.record_ids import LONGEST, PREFIXES, kind_of

_PLAIN = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HASHED = 10  # base-36 digits: one chance in 10^5 that any two of 200,000 keys agree


def given_id(kind: Kind, text: str, *, source: str = "") -> str:
    """Our id for a file's own; raises ValueError for an id that says it is of another kind."""
    plain = text.strip().lower()
    if ours := kind_of(plain):
        if ours is not kind:
            raise ValueError(f"{text!r} is no id of {kind.value}")
        return plain
    found = f"{_start(kind, source)}{plain.replace('_', '-')}"
    if _PLAIN.fullmatch(plain) and len(found) <= LONGEST:
        return found
    return made_id(kind, (text.strip(),), source=source)


def made_id(kind: Kind, key: tuple[str, ...], *, source: str = "") -> str:
    """The id of a record that has none, from what it is known by."""
    joined = "\x1f".join((kind.value, source, *(" ".join(each.casefold().split()) for each in key)))
    number = int.from_bytes(hashlib.sha256(joined.encode()).digest()[:8], "big")
    digits = ""
    for _ in range(_HASHED):
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return _start(kind, source) + digits


def of_source(kind: Kind, source: str) -> str:
    """What every id of a source begins with."""
    return _start(kind, source)


def _start(kind: Kind, source: str) -> str:
    return f"{PREFIXES[kind]}-{source}-" if source else f"{PREFIXES[kind]}-"
