"""Counting matches by a key's values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conference.filters import MODELS
from conference.models import Institution
from conference.query import Kind
from conference.vocabulary import Vocabulary

GROUPS = (
    "industry",
    "city",
    "country",
    "region",
    "degree",
    "employment",
    "institution",
    "employer_country",
    "institution_type",
    "event_type",
    "day",
    "direction",
)


def group(
    session: Session, kind: Kind, where: Sequence[Any], *, by: str, vocabulary: Vocabulary
) -> list[tuple[str, int]]:
    """(code, count), most first, then by code. Raises ValueError for a key the kind lacks."""
    model = MODELS[kind]
    columns = [model.city, model.country] if by == "region" else [_column(kind, by)]
    statement = select(*columns, func.count(model.id)).where(*where).group_by(*columns)
    if by in {"employer_country", "institution_type"} and kind is not Kind.INSTITUTIONS:
        statement = statement.join(Institution, model.institution_id == Institution.id)
    rows = session.execute(statement).all()
    counts: Counter[str] = Counter()
    if by == "region":
        regions = {
            region: (set(vocabulary.cities_of(region)), set(vocabulary.countries_of(region)))
            for region in vocabulary.regions
        }
        for city, country, count in rows:
            for region in _regions(regions.items(), city, country):
                counts[region] += count
    else:
        for code, count in rows:
            if code is not None:
                counts[code] += count
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _column(kind: Kind, by: str) -> Any:
    model = MODELS[kind]
    names = {"institution": "institution_id", "event_type": "type"}
    if kind is Kind.INSTITUTIONS and by == "institution":
        return model.id
    if by in {"employer_country", "institution_type"}:
        return Institution.country if by == "employer_country" else Institution.type
    if by == "day" and kind is Kind.EVENTS:
        return func.substr(model.starts_at, 1, 10)
    column = getattr(model, names.get(by, by), None)
    if by not in GROUPS or column is None or (by == "event_type" and kind is not Kind.EVENTS):
        raise ValueError(f"{kind.value} cannot be counted by {by!r}")
    return column


def _regions(
    regions: Iterable[tuple[str, tuple[set[str], set[str]]]], city: str | None, country: str | None
) -> list[str]:
    return [
        region for region, (cities, countries) in regions if city in cities or country in countries
    ]
