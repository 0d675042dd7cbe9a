"""Every key of a query, for every kind that has it."""

from __future__ import annotations

from datetime import datetime

import pytest

from conference.catalogue import Catalogue
from conference.query import KEYS_OF_KIND, Frame, Kind, Query

CASES: list[tuple[Kind, Query, str]] = [
    (Kind.JOBS, Query(), "1 2 3 4 5 6"),  # 7 has run out
    (Kind.JOBS, Query(industry=("medical",)), "1 2"),
    (Kind.JOBS, Query(industry=("medical", "energy")), "1 2 5 6"),
    (Kind.JOBS, Query(city=("shenzhen",)), "1 2"),
    (Kind.JOBS, Query(country=("CN",)), "1 2 3 4"),  # 2 has its country from its city
    (Kind.JOBS, Query(country=("DE",)), "5 6"),
    (Kind.JOBS, Query(region=("greater-bay-area",)), "1 2"),
    (Kind.JOBS, Query(region=("europe",)), "5 6"),
    (Kind.JOBS, Query(city=("shenzhen",), country=("DE",)), "1 2 5 6"),
    (Kind.JOBS, Query(city=("munich",), region=("beijing-tianjin-hebei",)), "3 4 5"),
    (Kind.JOBS, Query(institution=("inst-0004",)), "3 4"),
    (Kind.JOBS, Query(employer_country=("DE",)), "5 6"),
    (Kind.JOBS, Query(institution_type=("enterprise",)), "1 2 3 4 5 6"),
    (Kind.JOBS, Query(institution_type=("university",)), ""),
    (Kind.JOBS, Query(degree="bachelor"), "1 2 4 6"),
    (Kind.JOBS, Query(degree="phd"), "1 2 3 4 5 6"),
    (Kind.JOBS, Query(employment="internship"), "6"),
    (Kind.JOBS, Query(remote=True), "3 4"),
    (Kind.JOBS, Query(experience_max=0), "4 5 6"),
    (Kind.JOBS, Query(experience_max=3), "1 2 4 5 6"),
    (Kind.JOBS, Query(salary_min=28000), "3 4"),
    (Kind.JOBS, Query(salary_max=8000), "1 6"),
    (Kind.JOBS, Query(salary_min=10000, salary_max=9000), "1 2"),
    (Kind.JOBS, Query(text="nurse"), "1 2"),
    (Kind.JOBS, Query(excluded=Query(city=("munich",))), "1 2 3 4 6"),  # 6: city unknown
    (Kind.JOBS, Query(excluded=Query(industry=("it",), employment="part-time")), "1 5 6"),
    (Kind.JOBS, Query(excluded=Query(degree="phd")), "1 2 3 4 6"),
    (Kind.JOBS, Query(excluded=Query(remote=True)), "1 2 5 6"),
    (Kind.JOBS, Query(excluded=Query(text="python")), "1 2 5 6"),
    (Kind.JOBS, Query(excluded=Query(country=("CN",), salary_max=5000)), "5 6"),
    (Kind.JOBS, Query(day="2020-09-08"), "1 2 3 4 5 6"),  # not a key of openings
    (Kind.PROGRAMS, Query(country=("RU",)), "1"),
    (Kind.PROGRAMS, Query(city=("munich",)), "2"),
    (Kind.PROGRAMS, Query(industry=("energy",)), "2"),
    (Kind.PROGRAMS, Query(region=("europe",)), "1 2"),
    (Kind.PROGRAMS, Query(institution=("inst-0002",)), "1"),
    (Kind.PROGRAMS, Query(institution_type=("university",)), "1"),
    (Kind.PROGRAMS, Query(text="hydrogen"), "2"),
    (Kind.PROGRAMS, Query(excluded=Query(institution_type=("university",))), "2"),
    (Kind.PROGRAMS, Query(salary_min=90000, degree="phd"), "1 2"),
    (Kind.INSTITUTIONS, Query(), "1 2 3 4"),
    (Kind.INSTITUTIONS, Query(country=("CN",)), "1 4"),
    (Kind.INSTITUTIONS, Query(city=("beijing",)), "4"),
    (Kind.INSTITUTIONS, Query(region=("greater-bay-area",)), "1"),
    (Kind.INSTITUTIONS, Query(industry=("education",)), "2"),
    (Kind.INSTITUTIONS, Query(institution=("inst-0003",)), "3"),
    (Kind.INSTITUTIONS, Query(institution_type=("university",)), "2"),
    (Kind.INSTITUTIONS, Query(text="HHS"), "1"),
    (Kind.INSTITUTIONS, Query(excluded=Query(country=("CN",))), "2 3"),
    (Kind.INTENTIONS, Query(), "1 2"),
    (Kind.INTENTIONS, Query(direction="offer"), "2"),
    (Kind.INTENTIONS, Query(direction="seek", industry=("environment",)), "1"),
    (Kind.INTENTIONS, Query(city=("shenzhen",)), "1"),
    (Kind.INTENTIONS, Query(country=("DE",)), "2"),
    (Kind.INTENTIONS, Query(institution=("inst-0001",)), "1"),
    (Kind.INTENTIONS, Query(institution_type=("enterprise",)), "1 2"),
    (Kind.INTENTIONS, Query(text="电池"), "1 2"),
    (Kind.EVENTS, Query(), "1 2 3 4"),
    (Kind.EVENTS, Query(event_type=("forum", "roadshow")), "2 3"),
    (Kind.EVENTS, Query(industry=("energy",)), "2"),
    (Kind.EVENTS, Query(country=("RU",)), "3"),
    (Kind.EVENTS, Query(city=("shenzhen",)), "1"),
    (Kind.EVENTS, Query(institution=("inst-0003",)), "2"),
    (Kind.EVENTS, Query(text="Brandt"), "2"),
    (Kind.EVENTS, Query(day="2020-09-08"), "2 3"),
    (Kind.EVENTS, Query(day="2020-09-07", until="2020-09-08"), "1 2 3"),
    (Kind.EVENTS, Query(day="2020-09-08", period="morning"), "2"),
    (Kind.EVENTS, Query(day="2020-09-08", period="afternoon"), "3"),  # 08:00 in Moscow is 13:00
    (Kind.EVENTS, Query(day="2020-09-07", until="2020-09-09", period="evening"), "4"),
    (Kind.EVENTS, Query(period="afternoon"), "3"),
    (Kind.EVENTS, Query(period="now"), "2"),
    (Kind.EVENTS, Query(period="next"), "3 4"),
    (Kind.EVENTS, Query(excluded=Query(day="2020-09-08")), "1 4"),
    (Kind.EVENTS, Query(excluded=Query(event_type=("talk",))), "1 2 3"),
]


@pytest.mark.parametrize(("kind", "query", "expected"), CASES)
def test_a_query_finds_exactly_what_matches(
    catalogue: Catalogue, now: datetime, kind: Kind, query: Query, expected: str
) -> None:
    found = {int(each.partition("-")[2]) for each in catalogue.ids(Frame(kind, query), now=now)}
    assert found == {int(each) for each in expected.split()}
    assert catalogue.count(Frame(kind, query), now=now) == len(found)


def test_every_key_of_every_kind_is_tried() -> None:
    tried = {
        (kind, key)
        for kind, query, _ in CASES
        for key, value in vars(query).items()
        if value not in (None, ())
    }
    ordering = {"sort", "similar_to"}  # in test_catalogue
    optional = {(Kind.INTENTIONS, "region"), (Kind.EVENTS, "region"), (Kind.INTENTIONS, "excluded")}
    wanted = {(kind, key) for kind, keys in KEYS_OF_KIND.items() for key in keys - ordering}
    assert wanted - tried <= optional
