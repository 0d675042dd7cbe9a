"""In which order records are shown. Every order is total (the id decides last) and depends on
nothing but the data, the question and the clock, so pages neither repeat nor skip a record.

- A `sort` that was asked for comes first: `salary` (highest that is offered, openings without one
  last), `newest` (date posted), `soonest` (start; for openings and intentions the last day).
- Words are ranked by relevance (see `meaning`): records that say all of the words come before
  those that only mean the same.
- Otherwise openings, programmes and intentions come in rounds: first the newest of each
  institution, then the second newest of each, so that one large institution does not fill a page;
  newest first within a round. The round is kept with the record (`spread`), so that a page costs
  no more than its rows. Institutions come by id; events by time: on now and to come first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import case, func

from conference.filters import MODELS
from conference.models import Event
from conference.query import Kind, Query

SORTS = {
    "salary": {Kind.JOBS},
    "newest": {Kind.JOBS, Kind.PROGRAMS, Kind.INTENTIONS},
    "soonest": {Kind.JOBS, Kind.INTENTIONS, Kind.EVENTS},
}


def is_sorted(kind: Kind, query: Query) -> bool:
    """Whether an order was asked for that this kind has."""
    coming = kind is Kind.EVENTS and query.period == "next"
    return coming or kind in SORTS.get(query.sort or "", set())


def order(kind: Kind, query: Query, *, now: datetime) -> list[Any]:
    """The ORDER BY of a search whose words, if any, do not decide."""
    model = MODELS[kind]
    sort = query.sort if is_sorted(kind, query) else None
    if kind is Kind.EVENTS:
        over = func.coalesce(Event.ends_at, Event.starts_at) <= now.isoformat()
        return [case((over, 1), else_=0), Event.starts_at, Event.id]
    if sort == "salary":
        offered = func.coalesce(model.salary_max, model.salary_min, -1)
        return [offered.desc(), model.id]
    if sort == "newest":
        return [func.coalesce(model.date_posted, "").desc(), model.id]
    if sort == "soonest":
        return [func.coalesce(model.valid_through, "9999"), model.id]
    return standing_order(kind)


def standing_order(kind: Kind) -> list[Any]:
    """The ORDER BY of a kind when neither the question nor the clock says anything about it."""
    model = MODELS[kind]
    if kind is Kind.INSTITUTIONS:
        return [model.id]
    if kind is Kind.EVENTS:
        return [model.starts_at, model.id]
    return [model.spread, func.coalesce(model.date_posted, "").desc(), model.id]
