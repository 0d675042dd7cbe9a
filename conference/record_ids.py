"""What a record's id looks like: the prefix of its kind, then parts of letters and digits.

`job-00017`, `job-k3x9ab12cd`, `job-acme-5204912`. Ids are short and plain enough to stand in a
Telegram link, whose start parameter has up to 64 of `A-Za-z0-9_-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conference.query import Kind

PREFIXES = {
    Kind.JOBS: "job",
    Kind.PROGRAMS: "prog",
    Kind.INSTITUTIONS: "inst",
    Kind.INTENTIONS: "int",
    Kind.EVENTS: "event",
}
LONGEST = 32  # characters, the column's length
_KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}
_ID = re.compile(rf"({'|'.join(_KINDS)})-[a-z0-9]+(?:-[a-z0-9]+)*")
_IN_TEXT = re.compile(rf"(?<![a-z0-9_-]){_ID.pattern}(?![a-z0-9_])")
_SURE = 3  # digits: an "event-driven" service or an "int-8" model is no record


def kind_of(record_id: str) -> Kind | None:
    """The kind that an id says it is of; None for what is no id."""
    found = _ID.fullmatch(record_id)
    return _KINDS[found[1]] if found and len(record_id) <= LONGEST else None


def ids_in(text: str, *, sure: bool) -> Iterator[re.Match[str]]:
    """The ids in a lower-case text: those that are for sure, or those that need a record."""
    for found in _IN_TEXT.finditer(text):
        if sure == (sum(map(str.isdigit, found[0])) >= _SURE):
            yield found
