"""A reading and the search in hand to the next search: new, narrowed, widened or switched."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from actions.reading import Reading
from conference.query import KEYS_OF_KIND, Frame, Kind, Query
from conference.ranking import SORTS

_PLACES = ("city", "region", "country")
_LISTS = tuple(each.name for each in fields(Query) if each.default == ())
_SCALARS = tuple(
    each.name for each in fields(Query) if each.default is None and each.name != "excluded"
)


def next_search(
    reading: Reading, in_hand: Frame | None, *, institution: str | None, now: datetime
) -> Frame:
    """The search that a message asks for.

    `institution` is the id of the one in hand, for "their jobs", or "what else do they have?": of
    the kind in hand. A message that names a kind
    starts anew, unless it only switches the kind ("and programmes?"); any other changes the
    search in hand, or starts one where there is none: for jobs, if nothing else is implied.
    """
    of_theirs = reading.of_institution and not reading.wanted.institution
    if institution and of_theirs and (reading.kind or not reading.changes):
        kind = reading.kind or (in_hand.kind if in_hand else Kind.JOBS)
        query = replace(reading.wanted, institution=(institution,))
        return _frame(kind, query, excluded=reading.excluded, now=now)
    joins = reading.continues or reading.adds or reading.bare
    if reading.kind and in_hand and joins and not reading.changes:
        return _frame(reading.kind, _common(in_hand, reading.kind), now=now)
    if in_hand is None or _starts_anew(reading, in_hand):
        kind = reading.kind or reading.implied or Kind.JOBS
        if reading.implied and not reading.named and not _holds(kind, reading):
            kind = reading.implied  # only a job has a degree, whatever the sentence sounded like
        query = _taken_out(_suiting(reading.wanted, kind), _suiting(reading.excluded, kind))
        if "experience_max" in reading.dropped:  # 经验不限: openings that ask for none
            query = replace(query, experience_max=0)
        query = _ruled_out(query, _needed(_suiting(reading.removed, kind), beside=query))
        excluded = _needed(_suiting(reading.excluded, kind), beside=query)
        return _frame(kind, query, excluded=excluded or query.excluded, now=now)
    kind = in_hand.kind
    if reading.implied and not _holds(kind, reading):
        kind = reading.implied
    if kind is Kind.JOBS and in_hand.query.employer_country:
        reading = _of_employers(reading)
    return _frame(kind, changed(in_hand.query, reading, kind=kind), now=now)


def _starts_anew(reading: Reading, in_hand: Frame) -> bool:
    """Whether this is another search rather than a change to the one in hand.

    "Only the forums", "Korean companies too" name a kind and yet change what is in hand.
    """
    if reading.kind is None:
        return False
    if in_hand.kind is Kind.JOBS and reading.kind is Kind.INSTITUTIONS:
        # "Russian employers": whose jobs, not another list, unless it is asked which there are
        rest = replace(reading.wanted, employer_country=(), institution_type=())
        theirs = reading.wanted.employer_country or "employer_country" in reading.dropped
        if theirs and not rest and not reading.asks_which:
            return False
    joins = reading.only or reading.adds or (reading.continues and not reading.named)
    if reading.kind is in_hand.kind:
        if reading.excludes_first and not reading.wanted:  # "no internships"
            return False
        return reading.named and not joins
    return reading.named or not joins


def _common(in_hand: Frame, kind: Kind) -> Query:
    """What another kind takes over: of a sort of institution, only institutions themselves are."""
    if kind is in_hand.kind:
        return in_hand.query
    query = replace(in_hand.query, institution_type=())
    if query.excluded is not None:
        query = replace(query, excluded=replace(query.excluded, institution_type=()) or None)
    return query


def _suiting(query: Query, kind: Kind) -> Query:
    """An employer's country is a country for every kind but jobs.

    For jobs, "company" beside it says no more than "employer".
    """
    if not query.employer_country:
        return query
    if kind is Kind.JOBS:
        types = tuple(each for each in query.institution_type if each != "enterprise")
        return replace(query, institution_type=types)
    countries = tuple(dict.fromkeys((*query.country, *query.employer_country)))
    return replace(query, country=countries, employer_country=())


def _of_employers(reading: Reading) -> Reading:
    """ "The French ones, too", after jobs at German companies: whose, not where."""
    if reading.located:
        return reading

    def theirs(query: Query) -> Query:
        countries = tuple(dict.fromkeys((*query.employer_country, *query.country)))
        return replace(query, country=(), employer_country=countries)

    return replace(
        reading,
        wanted=theirs(reading.wanted),
        excluded=theirs(reading.excluded),
        removed=theirs(reading.removed),
    )


def changed(query: Query, reading: Reading, *, kind: Kind) -> Query:
    """`query` with a reading's changes made to it: dropped, taken out, ruled out, set or added."""
    if reading.drops_all:
        query = Query()
    for key in reading.dropped:
        query = replace(query, **{key: _empty(key)})
        if query.excluded is not None:
            query = replace(query, excluded=replace(query.excluded, **{key: _empty(key)}))
    excluded = _suiting(reading.excluded, kind)
    wanted = _taken_out(_suiting(reading.wanted, kind), excluded)
    query = _removed(query, _suiting(reading.removed, kind))
    query = _ruled_out(query, _needed(excluded, beside=wanted))
    return _wanted(_taken_out(query, excluded), wanted, adds=reading.adds)


def _wanted(query: Query, wanted: Query, *, adds: bool) -> Query:
    changes: dict[str, Any] = {}
    if any(getattr(wanted, key) for key in _PLACES) and not adds:
        changes = dict.fromkeys(_PLACES, ())  # a place replaces places of every level
    if wanted.institution_type and not adds:
        changes["institution"] = ()  # 还是看高校: no longer the one whose list it was
    for key in _LISTS:
        values = getattr(wanted, key)
        if values:
            kept = getattr(query, key) if adds else ()
            changes[key] = tuple(dict.fromkeys((*kept, *values)))
    for key in _SCALARS:
        if getattr(wanted, key) is not None:
            changes[key] = getattr(wanted, key)
    if wanted.day is not None:
        changes |= {"until": wanted.until, "period": wanted.period}
    changes |= _bounds(query, wanted)
    if adds and wanted.text and query.text:
        changes["text"] = f"{query.text} {wanted.text}"
    query = replace(query, **changes)
    if query.excluded is not None:  # what is wanted now is no longer ruled out
        query = replace(query, excluded=_taken_out(query.excluded, wanted))
    return query


def _bounds(query: Query, wanted: Query) -> dict[str, int | None]:
    """The salary's: a new one leaves the other as it was, where there is room between them."""
    least, most = wanted.salary_min, wanted.salary_max
    if least is None and most is None:
        return {}
    if most is None and query.salary_max is not None and least is not None:
        most = query.salary_max if query.salary_max > least else None
    elif least is None and query.salary_min is not None and most is not None:
        least = query.salary_min if query.salary_min < most else None
    return {"salary_min": least, "salary_max": most}


def _taken_out(query: Query, values: Query) -> Query:
    changes: dict[str, Any] = {
        key: tuple(each for each in getattr(query, key) if each not in getattr(values, key))
        for key in _LISTS
    }
    for key in _SCALARS:
        if getattr(values, key) is not None and getattr(values, key) == getattr(query, key):
            changes[key] = None
    return replace(query, **changes)


def _needed(excluded: Query, *, beside: Query) -> Query:
    """What has to be ruled out: "energy rather than finance" is energy, and so no finance."""
    said = beside.to_json()
    empty: dict[str, Any] = {each.name: each.default for each in fields(Query) if each.name in said}
    return replace(excluded, **empty)


def _removed(query: Query, values: Query) -> Query:
    """ "Take X out": X is asked for no more; where nobody asked for X, it is ruled out."""
    changes: dict[str, Any] = {
        key: tuple(each for each in getattr(values, key) if each not in getattr(query, key))
        for key in _LISTS
    }
    for key in _SCALARS:
        if getattr(values, key) == getattr(query, key):
            changes[key] = None
    return _ruled_out(_taken_out(query, values), replace(values, **changes))


def _ruled_out(query: Query, values: Query) -> Query:
    """ "Not X" takes X out of the alternatives; where X was not, or was the only one, bars it."""
    rest = _taken_out(query, values)
    barred: dict[str, Any] = {}
    for key in _LISTS:
        held, left = getattr(query, key), getattr(rest, key)
        out = tuple(each for each in getattr(values, key) if each not in held or not left)
        if out:
            barred[key] = out
    for key in _SCALARS:
        if getattr(values, key) is not None:
            barred[key] = getattr(values, key)
    if not barred:
        return rest
    before = rest.excluded or Query()
    lists = {
        key: tuple(dict.fromkeys((*getattr(before, key), *barred[key])))
        for key in _LISTS
        if key in barred
    }
    return replace(rest, excluded=replace(before, **{**barred, **lists}))


def _empty(key: str) -> Any:
    return () if key in _LISTS else None


def _holds(kind: Kind, reading: Reading) -> bool:
    """Whether the kind has at least one of the keys that the reading sets."""
    asked = {*reading.wanted.to_json(), *reading.excluded.to_json()} - {"not"}
    special = asked - {"industry", "country", "city", "region", "institution", "text", "sort"}
    return not special or bool(special & KEYS_OF_KIND[kind])


def _frame(kind: Kind, query: Query, *, now: datetime, excluded: Query | None = None) -> Frame:
    """Only the keys that the kind has; a part of the day with no day named means today's."""
    if excluded:
        query = replace(query, excluded=excluded)
    query = _only(query, KEYS_OF_KIND[kind])
    if query.excluded is not None:
        inner = _only(query.excluded, KEYS_OF_KIND[kind] - {"excluded", "sort"})
        query = replace(query, excluded=inner or None)
    if query.period in ("morning", "afternoon", "evening") and query.day is None:
        query = replace(query, day=now.date().isoformat())
    if query.sort and kind not in SORTS[query.sort]:
        query = replace(query, sort=None)
    return Frame(kind, query)


def _only(query: Query, keys: frozenset[str]) -> Query:
    defaults: dict[str, Any] = {
        each.name: each.default for each in fields(Query) if each.name not in keys
    }
    return replace(query, **defaults)
