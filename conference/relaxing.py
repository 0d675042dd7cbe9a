"""What to give up when nothing matches: as few keys as will do, the least missed first.

The order follows what a person would sooner accept to see otherwise. How the work is done and
paid goes first (hours, pay, experience, degree), then when, then whose, then where, then the
field; the words that name the thing itself go last, because without them the answer is about
something else. Never given up: what was excluded, whose it is (`institution`: another's programmes
are no answer to "their programmes"), a record's likeness (`similar_to`) and the last key that says
what the thing is, `text`, when nothing else would remain.

The three levels of place are alternatives to each other and are given up together: dropping one
of them would narrow, not widen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from conference.filters import PLACES
from conference.query import KEYS_OF_KIND, Kind, Query

_GIVEN_UP: tuple[tuple[str, ...], ...] = (
    ("salary_max",),
    ("salary_min",),
    ("employment",),
    ("remote",),
    ("experience_max",),
    ("period",),
    ("degree",),
    ("day", "until"),
    ("institution_type",),
    ("event_type",),
    ("employer_country",),
    PLACES,
    ("industry",),
    ("direction",),
    ("text",),
)


def wider_queries(kind: Kind, query: Query) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """Wider queries with the keys that each gives up: single ones first, then pairs, and so on."""
    holds = KEYS_OF_KIND[kind]
    empty = Query()
    asked = [
        tuple(key for key in unit if key in holds and getattr(query, key) not in (None, ()))
        for unit in _GIVEN_UP
    ]
    units = [unit for unit in asked if unit]
    for size in range(1, len(units) + 1):
        for chosen in combinations(units, size):
            keys = tuple(key for unit in chosen for key in unit)
            wider = replace(query, **{key: getattr(empty, key) for key in keys})
            if "text" in keys and not _says_something(wider):
                continue
            yield wider, keys


def _says_something(query: Query) -> bool:
    return bool(replace(query, sort=None, excluded=None))
