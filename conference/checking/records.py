"""What is contradictory, dangling, untranslated or past its date among the records in the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, inspect, or_, select, union_all
from sqlalchemy.engine import Connection, Engine

from conference.edition import Edition
from conference.edition.findings import Finding
from conference.filters import MODELS
from conference.models import Event, Institution, Job
from conference.query import Kind
from conference.record_ids import PREFIXES
from conference.store import meta

EVENTS: Any = Event  # as columns, which the type checker takes for values
JOBS: Any = Job
INSTITUTIONS: Any = Institution

_SHOWN = 3  # ids given as examples


def check_records(engine: Engine, edition: Edition, *, today: date) -> Iterator[Finding]:
    """Every finding; `today` is the day by which deadlines are past."""
    with engine.connect() as connection:
        counts = {
            kind: connection.execute(select(func.count()).select_from(_rows(kind))).scalar_one()
            for kind in Kind
        }
        if not any(counts.values()):
            yield Finding("no_records", "")
            return
        belonging = list(_belonging(connection, edition))
        yield from belonging
        if any(each.level == "error" for each in belonging):
            return  # whatever else there is to say of the sample is no matter
        yield from _repeated(connection)
        for kind, count in counts.items():
            if not count:
                yield Finding("none_of_kind", kind.value)
                continue
            for rule, where, hint in _conditions(kind, edition, today):
                yield from _found(connection, rule, kind, where, hint)


def _conditions(kind: Kind, edition: Edition, today: date) -> Iterator[tuple[str, Any, str]]:
    """Each rule with what makes a record of the kind break it, and what to write instead."""
    model = MODELS[kind]
    prefix = PREFIXES[kind]
    yield "wrong_id", ~model.id.startswith(f"{prefix}-", autoescape=True), prefix
    if kind is not Kind.INSTITUTIONS:
        known = select(INSTITUTIONS.id)
        owner = model.institution_id
        yield "institution_gone", and_(owner.is_not(None), owner.not_in(known)), ""
    if kind is Kind.JOBS:
        pairs = (
            (JOBS.salary_min, JOBS.salary_max),
            (JOBS.salary_amount_min, JOBS.salary_amount_max),
        )
        yield "salary_backwards", or_(*(low > high for low, high in pairs)), ""
    if kind is Kind.EVENTS:
        yield from _of_events(edition)
    texts = [each.key[:-3] for each in inspect(model).columns if each.key.endswith("_en")]
    half = [
        _filled(model, f"{each}_en") != _filled(model, f"{each}_zh")
        for each in texts
        if each != "skills"
    ]
    yield "record_untranslated", or_(*half), ""
    if hasattr(model, "valid_through"):
        yield "deadline_past", model.valid_through < today.isoformat(), ""
    if hasattr(model, "url"):
        secure = model.url.startswith("https://", autoescape=True)
        yield "record_link", and_(model.url.is_not(None), ~secure), ""


def _of_events(edition: Edition) -> Iterator[tuple[str, Any, str]]:
    starts, ends = EVENTS.starts_at, func.coalesce(EVENTS.ends_at, EVENTS.starts_at)
    yield "event_backwards", ends < starts, ""
    first, last = (each.isoformat() for each in edition.days)
    after = (edition.last_day + timedelta(days=1)).isoformat()
    # the last evening may go on past midnight
    outside = or_(starts < first, starts >= after, ends > f"{after}T12")
    yield "event_outside", outside, f"{first} – {last}"
    if edition.zones:
        codes = [each.code for each in edition.zones]
        unknown = and_(EVENTS.zone.is_not(None), EVENTS.zone.not_in(codes))
        yield "zone_unknown", unknown, ", ".join(codes)


def _belonging(connection: Connection, edition: Edition) -> Iterator[Finding]:
    """Records that belong to the sample, or to another edition."""
    real = True
    for kind in Kind:
        invented = list(_found(connection, "sample_in_store", kind, MODELS[kind].sample.is_(True)))
        real = real and not invented
        yield from invented if edition.sample_now is None else ()
    if real and edition.sample_now is not None:
        yield Finding("real_beside_sample", "")
    stored = connection.execute(select(meta.c.value).where(meta.c.key == "edition")).scalar()
    if stored and stored != edition.number and real:
        yield Finding("other_edition", "", stored)


def _repeated(connection: Connection) -> Iterator[Finding]:
    every = union_all(*(select(MODELS[kind].id.label("id")) for kind in Kind)).subquery()
    twice = select(every.c.id).group_by(every.c.id).having(func.count() > 1).order_by(every.c.id)
    ids = connection.execute(twice).scalars().all()
    if ids:
        yield Finding("repeated_id", "", ", ".join(ids[:_SHOWN]), count=len(ids))


def _found(
    connection: Connection, rule: str, kind: Kind, where: Any, hint: str = ""
) -> Iterator[Finding]:
    """One finding for all records of a kind that break a rule, with the first of them."""
    rows = MODELS[kind]
    count = connection.execute(select(func.count(rows.id)).where(where)).scalar_one()
    if count:
        statement = select(rows.id).where(where).order_by(rows.id).limit(_SHOWN)
        ids = list(connection.execute(statement).scalars())
        shown = ", ".join(ids) + (" …" if count > len(ids) else "")
        yield Finding(rule, kind.value, shown, hint, count)


def _rows(kind: Kind) -> Any:
    return inspect(MODELS[kind]).local_table


def _filled(model: Any, name: str) -> Any:
    return func.coalesce(getattr(model, name), "") != ""
