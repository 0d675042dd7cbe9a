"""Search criteria as SQL conditions, with every value bound.

The keys of a query must all hold; the values of one key are alternatives. The places are one
criterion of three levels: a record matches when it lies in ANY of the cities, regions and
countries given ("in Shenzhen or Germany"). A region holds its cities and its countries.
What has run out (an opening's or intention's last day) is never found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import and_, func, or_, select, true

from conference.models import Event, Institution, Intention, Job, Program
from conference.query import KEYS_OF_KIND, Kind, News, Query
from conference.store import arrivals
from conference.vocabulary import Vocabulary

INSTITUTIONS: Any = Institution  # as columns, which the type checker takes for values
JOBS: Any = Job

MODELS: dict[Kind, Any] = {
    Kind.JOBS: Job,
    Kind.PROGRAMS: Program,
    Kind.INSTITUTIONS: Institution,
    Kind.INTENTIONS: Intention,
    Kind.EVENTS: Event,
}
DEGREES = ("associate", "bachelor", "master", "phd")
PLACES = ("city", "region", "country")
_PERIODS = {
    "morning": ("00:00", "12:00"),
    "afternoon": ("12:00", "18:00"),
    "evening": ("18:00", "24:00"),
}
_LONGEST_RANGE = 60  # days of a range whose mornings are looked at one by one
_COLUMNS = {  # keys that are one column's value
    "industry": "industry",
    "employment": "employment",
    "direction": "direction",
    "event_type": "type",
}


def conditions(kind: Kind, query: Query, *, now: datetime, vocabulary: Vocabulary) -> list[Any]:
    """What a record of `kind` must meet for every key but `text` and `similar_to`.

    `now` is in the conference's time zone, to the second, as times are stored. Keys that
    `kind` does not have are passed over.
    """
    found = _criteria(kind, query, now=now, vocabulary=vocabulary)
    model = MODELS[kind]
    if kind in {Kind.JOBS, Kind.INTENTIONS}:
        today = now.date().isoformat()
        found.append(or_(model.valid_through.is_(None), model.valid_through >= today))
    if query.excluded is not None:
        unwanted = _criteria(kind, _exactly(query.excluded), now=now, vocabulary=vocabulary)
        if query.excluded.degree:
            unwanted.append(JOBS.degree == query.excluded.degree)
        # IS NOT TRUE, because "not in Shenzhen" includes a record whose city is unknown
        found += [each.is_not(True) for each in unwanted]
    return found


def came_with(kind: Kind, news: News) -> Any:
    """The condition that a record is new for an alert."""
    since = (arrivals.c.load > news.after, arrivals.c.load <= news.upto)
    return MODELS[kind].id.in_(select(arrivals.c.record_id).where(*since))


def as_of(kind: Kind, now: datetime) -> str:
    """As much of the clock as decides which records of `kind` match, and in which order."""
    if kind is Kind.EVENTS:
        return now.isoformat()
    return now.date().isoformat() if kind in {Kind.JOBS, Kind.INTENTIONS} else ""


def _exactly(query: Query) -> Query:
    # "no PhD jobs" takes out those that ask for a PhD, not all that a PhD would do for
    return replace(query, degree=None)


def _criteria(kind: Kind, query: Query, *, now: datetime, vocabulary: Vocabulary) -> list[Any]:
    model = MODELS[kind]
    holds = KEYS_OF_KIND[kind]
    found: list[Any] = []
    for key, name in _COLUMNS.items():
        value = getattr(query, key)
        if value and key in holds:
            values = value if isinstance(value, tuple) else (value,)
            found.append(getattr(model, name).in_(values))
    if query.city or query.region or query.country:
        found.append(_place(model, query, vocabulary))
    if query.institution:
        owner = model.id if kind is Kind.INSTITUTIONS else model.institution_id
        found.append(owner.in_(query.institution))
    if query.institution_type and "institution_type" in holds:
        found.append(_of_institution(kind, INSTITUTIONS.type.in_(query.institution_type)))
    for key in (
        "employer_country",
        "degree",
        "remote",
        "experience_max",
        "salary_min",
        "salary_max",
    ):
        value = getattr(query, key)
        if key in holds and value not in (None, ()):
            found.append(_JOB_CRITERIA[key](value))
    if kind is Kind.EVENTS and (query.day or query.until or query.period):
        found.append(_time(query, now=now))
    return found


def _place(model: Any, query: Query, vocabulary: Vocabulary) -> Any:
    cities = set(query.city)
    countries = set(query.country)
    for region in query.region:
        cities |= set(vocabulary.cities_of(region))
        countries |= set(vocabulary.countries_of(region))
    return or_(model.city.in_(sorted(cities)), model.country.in_(sorted(countries)))


def _of_institution(kind: Kind, condition: Any) -> Any:
    if kind is Kind.INSTITUTIONS:
        return condition
    # coalesce keeps SQLite from reading 5,000 openings' texts by way of their institutions
    owner = func.coalesce(MODELS[kind].institution_id, "")
    return owner.in_(select(INSTITUTIONS.id).where(condition))


def _suffices(degree: str) -> Any:
    enough = DEGREES[: DEGREES.index(degree) + 1] if degree in DEGREES else (degree,)
    return or_(JOBS.degree.is_(None), JOBS.degree.in_(enough))


_JOB_CRITERIA: dict[str, Callable[[Any], Any]] = {
    "employer_country": lambda value: _of_institution(Kind.JOBS, INSTITUTIONS.country.in_(value)),
    "degree": _suffices,
    "remote": JOBS.remote.is_,
    "experience_max": lambda value: func.coalesce(JOBS.experience_years, 0) <= value,
    # an opening whose range reaches what is wanted; without a salary it reaches nothing
    "salary_min": lambda value: func.coalesce(JOBS.salary_max, JOBS.salary_min) >= value,
    "salary_max": lambda value: func.coalesce(JOBS.salary_min, JOBS.salary_max) <= value,
}


def _time(query: Query, *, now: datetime) -> Any:
    """Events that overlap the day or days, or those days' period, or are on now or to come."""
    starts: Any = Event.starts_at
    ends = func.coalesce(Event.ends_at, starts)
    found: list[Any] = []
    if query.period == "now":
        found.append(and_(starts <= now.isoformat(), ends > now.isoformat()))
    elif query.period == "next":
        found.append(starts > now.isoformat())
    if query.day or query.until or query.period in _PERIODS:
        start, end = _PERIODS.get(query.period or "", ("00:00", "24:00"))
        first = query.day or now.date().isoformat()
        last = max(query.until or first, first)
        spans = _days(first, last) if query.period in _PERIODS else [(first, last)]
        found.append(
            or_(
                *(
                    and_(
                        starts < _moment(until, end, now.tzinfo),
                        _after(starts, ends, _moment(day, start, now.tzinfo)),
                    )
                    for day, until in spans
                )
            )
        )
    return and_(true(), *found)


def _after(starts: Any, ends: Any, moment: str) -> Any:
    # An event that ends at noon is not in the afternoon; one of no length is where it starts.
    return or_(ends > moment, and_(ends == moment, starts == moment))


def _days(first: str, last: str) -> Sequence[tuple[str, str]]:
    start = date.fromisoformat(first)
    count = min((date.fromisoformat(last) - start).days, _LONGEST_RANGE) + 1
    days = [(start + timedelta(days=each)).isoformat() for each in range(count)]
    return [(day, day) for day in days]


def _moment(day: str, clock: str, zone: tzinfo | None) -> str:
    # "24:00" sorts after every time of its day and before the next day's, as text
    midnight = datetime.combine(date.fromisoformat(day), time(), zone)
    offset = (midnight + timedelta(hours=int(clock[:2]))).isoformat()[19:]
    return f"{day}T{clock}:00{offset}"
