"""What a person is looking for, as one value: the contract's `query` with its kind.

Everything that narrows, widens, counts, subscribes or pages works on a `Query`; nothing else
in the project carries search criteria.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Any


class Kind(str, Enum):
    """The five kinds of record."""

    JOBS = "jobs"
    PROGRAMS = "programs"
    INSTITUTIONS = "institutions"
    INTENTIONS = "intentions"
    EVENTS = "events"


@dataclass(frozen=True)
class Query:
    """Search criteria, resolved to codes; an empty value means "not asked for".

    Lists are alternatives (any of them matches); different keys must all match.
    Salaries are whole CNY a month, `experience_max` is in years, `day` and `until` are ISO dates.
    `excluded` holds criteria that a record must not meet (`not` in the contract).
    """

    industry: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    employer_country: tuple[str, ...] = ()
    institution_type: tuple[str, ...] = ()
    event_type: tuple[str, ...] = ()
    degree: str | None = None
    employment: str | None = None
    remote: bool | None = None
    experience_max: int | None = None
    salary_min: int | None = None
    salary_max: int | None = None
    day: str | None = None
    until: str | None = None
    period: str | None = None
    direction: str | None = None
    sort: str | None = None
    text: str | None = None
    similar_to: str | None = None
    excluded: Query | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's object: absent keys for empty values, lists for tuples."""
        result: dict[str, Any] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if value is None or value == ():
                continue
            if isinstance(value, Query):
                inner = value.to_json()
                if inner:
                    result["not"] = inner
            else:
                result[each.name] = list(value) if isinstance(value, tuple) else value
        return result

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Query:
        """The inverse of `to_json`; raises TypeError for a key that does not exist."""
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in data.items()
            if key != "not"
        }
        if data.get("not"):
            values["excluded"] = cls.from_json(data["not"])
        return cls(**values)

    def __bool__(self) -> bool:
        return bool(self.to_json())


COMMON_KEYS = frozenset(
    {"industry", "country", "city", "region", "institution", "text", "excluded"}
)
"""Keys that hold for every kind."""

KEYS_OF_KIND: dict[Kind, frozenset[str]] = {
    Kind.JOBS: COMMON_KEYS
    | {
        "employer_country",
        "institution_type",
        "degree",
        "employment",
        "remote",
        "experience_max",
        "salary_min",
        "salary_max",
        "sort",
        "similar_to",
    },
    Kind.PROGRAMS: COMMON_KEYS | {"institution_type", "sort", "similar_to"},
    Kind.INSTITUTIONS: COMMON_KEYS | {"institution_type", "sort", "similar_to"},
    Kind.INTENTIONS: COMMON_KEYS | {"institution_type", "direction", "sort", "similar_to"},
    Kind.EVENTS: COMMON_KEYS | {"event_type", "day", "until", "period", "sort", "similar_to"},
}


@dataclass(frozen=True)
class News:
    """What is new for an alert: what first came with the loads of the data `after` one `upto` one.

    See `conference.alerts`.
    """

    alert: int
    after: int
    upto: int

    def to_json(self) -> dict[str, int]:
        return dict(vars(self))


@dataclass(frozen=True)
class Frame:
    """A search in hand: a kind, its criteria and the page shown (offset of its first item).

    With `news` only what is new for an alert is searched.
    """

    kind: Kind
    query: Query = field(default_factory=Query)
    offset: int = 0
    news: News | None = None

    def to_json(self) -> dict[str, Any]:
        data = {"kind": self.kind.value, "query": self.query.to_json(), "offset": self.offset}
        return {**data, "news": self.news.to_json()} if self.news else data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Frame:
        return cls(
            Kind(data["kind"]),
            Query.from_json(data["query"]),
            data.get("offset", 0),
            News(**data["news"]) if data.get("news") else None,
        )

    def first_page(self) -> Frame:
        return replace(self, offset=0)
