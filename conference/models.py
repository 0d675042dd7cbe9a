"""The conference's records as database tables.

Every text that a person reads has an English and a Chinese column; at least one is filled.
Codes (industry, city, country, ...) are those of `conference.vocabulary`.
Times are ISO 8601 strings in the conference's time zone, so they sort and read the same on every
database: by the clock on its walls, where clocks are put forward or back.
"""

# ruff: noqa: RUF009 - each call makes its own column; nothing is shared between records

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import registry

tables = registry()


def _column(*args: Any, default: Any = None, **options: Any) -> Any:
    """A dataclass field that is also a table column."""
    if default is list:
        return field(default_factory=list, metadata={"sa": Column(*args, **options)})
    return field(default=default, metadata={"sa": Column(*args, **options)})


def _key() -> Any:
    return _column(String(32), default="", primary_key=True)


def _code(*, index: bool = True) -> Any:
    return _column(String(40), index=index)


def _institution() -> Any:
    return _column(String(32), ForeignKey("institutions.id"), index=True, nullable=True)


def _spread() -> Any:
    # 0 for an institution's newest record, 1 for the one before it, ...: see `ranking`
    return _column(Integer, default=0, nullable=False)


@tables.mapped
@dataclass
class Institution:
    """An organisation at the conference (schema.org Organization). Id: `inst-0311`."""

    __tablename__ = "institutions"
    __sa_dataclass_metadata_key__ = "sa"

    id: str = _key()
    name_en: str | None = _column(String(300))
    name_zh: str | None = _column(String(300))
    alternate_names: list[str] = _column(JSON, default=list)  # abbreviations and other names
    description_en: str | None = _column(Text)
    description_zh: str | None = _column(Text)
    type: str | None = _code()  # university, institute, enterprise, agency, association
    industry: str | None = _code()
    country: str | None = _code()
    city: str | None = _code()
    url: str | None = _column(String(500))
    contact_email: str | None = _column(String(200))
    sample: bool = _column(Boolean, default=False, nullable=False)


@tables.mapped
@dataclass
class Job:
    """A job opening (schema.org JobPosting). Id: `job-00017`."""

    __tablename__ = "jobs"
    __sa_dataclass_metadata_key__ = "sa"

    id: str = _key()
    title_en: str | None = _column(String(300))
    title_zh: str | None = _column(String(300))
    description_en: str | None = _column(Text)
    description_zh: str | None = _column(Text)
    institution_id: str | None = _institution()
    industry: str | None = _code(index=False)
    occupation: str | None = _code(index=False)  # occupationalCategory: ISCO-08 unit group code
    country: str | None = _code(index=False)  # where the work is
    city: str | None = _code(index=False)
    remote: bool = _column(Boolean, default=False, nullable=False)
    employment: str | None = _code(index=False)  # full-time, part-time, internship, contract
    degree: str | None = _code(index=False)  # least degree asked for; None: no requirement
    experience_years: int | None = _column(Integer)  # least experience asked for
    salary_min: int | None = _column(Integer)  # whole CNY a month
    salary_max: int | None = _column(Integer)
    salary_currency: str | None = _column(String(3))  # as offered
    salary_unit: str | None = _column(String(10))  # HOUR, DAY, MONTH, YEAR, as offered
    salary_amount_min: float | None = _column(Float)  # as offered
    salary_amount_max: float | None = _column(Float)
    skills_en: list[str] = _column(JSON, default=list)
    skills_zh: list[str] = _column(JSON, default=list)
    openings: int = _column(Integer, default=1, nullable=False)
    date_posted: str | None = _column(String(10))
    valid_through: str | None = _column(String(10))
    url: str | None = _column(String(500))
    sample: bool = _column(Boolean, default=False, nullable=False)
    spread: int = _spread()

    # Everything that openings are filtered and ordered by, so that a search reads this index
    # alone and not the long texts: 20,000 openings are counted in 2 ms. Indexes of single
    # columns are left out on purpose: they lure the planner into reading the texts.
    __table_args__ = (
        Index(
            "jobs_filter",
            "spread",
            "date_posted",
            "id",
            "valid_through",
            "industry",
            "city",
            "country",
            "institution_id",
            "employment",
            "degree",
            "remote",
            "experience_years",
            "salary_min",
            "salary_max",
        ),
    )


@tables.mapped
@dataclass
class Program:
    """A cooperation programme that an institution presents. Id: `prog-0042`."""

    __tablename__ = "programs"
    __sa_dataclass_metadata_key__ = "sa"

    id: str = _key()
    name_en: str | None = _column(String(300))
    name_zh: str | None = _column(String(300))
    description_en: str | None = _column(Text)
    description_zh: str | None = _column(Text)
    institution_id: str | None = _institution()
    industry: str | None = _code()
    country: str | None = _code()
    city: str | None = _code()
    stage: str | None = _code()  # research, prototype, pilot, market
    languages: list[str] = _column(JSON, default=list)  # BCP 47
    contact_email: str | None = _column(String(200))
    date_posted: str | None = _column(String(10), index=True)
    url: str | None = _column(String(500))
    sample: bool = _column(Boolean, default=False, nullable=False)
    spread: int = _spread()


@tables.mapped
@dataclass
class Intention:
    """A cooperation intention: what an institution seeks or offers. Id: `int-0007`."""

    __tablename__ = "intentions"
    __sa_dataclass_metadata_key__ = "sa"

    id: str = _key()
    direction: str | None = _code()  # seek, offer
    title_en: str | None = _column(String(300))
    title_zh: str | None = _column(String(300))
    description_en: str | None = _column(Text)
    description_zh: str | None = _column(Text)
    institution_id: str | None = _institution()
    industry: str | None = _code()
    country: str | None = _code()
    city: str | None = _code()
    date_posted: str | None = _column(String(10), index=True)
    valid_through: str | None = _column(String(10))
    sample: bool = _column(Boolean, default=False, nullable=False)
    spread: int = _spread()


@tables.mapped
@dataclass
class Event:
    """A forum, roadshow, ceremony or talk (schema.org Event). Id: `event-0012`."""

    __tablename__ = "events"
    __sa_dataclass_metadata_key__ = "sa"

    id: str = _key()
    name_en: str | None = _column(String(300))
    name_zh: str | None = _column(String(300))
    description_en: str | None = _column(Text)
    description_zh: str | None = _column(Text)
    type: str | None = _code()  # forum, roadshow, ceremony, talk, fair
    industry: str | None = _code()
    starts_at: str | None = _column(String(25), index=True)  # 2020-09-08T14:00:00+08:00
    ends_at: str | None = _column(String(25))
    zone: str | None = _code()  # exhibition, matchmaking, guest-of-honour, recruitment, services
    room_en: str | None = _column(String(200))  # place or virtual room
    room_zh: str | None = _column(String(200))
    country: str | None = _code()  # the country that it is about or that hosts it, if one
    city: str | None = _code()  # where it is held; None: online only
    institution_id: str | None = _institution()  # organizer
    speakers: list[dict[str, Any]] = _column(JSON, default=list)
    """Each `{"name": {"en", "zh"}, "role": {"en", "zh"}}`."""
    languages: list[str] = _column(JSON, default=list)
    status: str | None = _code()  # scheduled, cancelled, postponed
    url: str | None = _column(String(500))
    sample: bool = _column(Boolean, default=False, nullable=False)


Record = Institution | Job | Program | Intention | Event
