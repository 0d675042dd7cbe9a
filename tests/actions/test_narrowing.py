from __future__ import annotations

from typing import Any

import pytest

from actions.narrowing import changed, next_search
from conference.query import Frame, Kind, Query
from tests.actions.conftest import NOW, reading

ENERGY = Frame(Kind.JOBS, Query(industry=("energy",), city=("shenzhen",)), offset=5)


def following(in_hand: Frame | None, institution: str | None = None, **values: Any) -> Frame:
    return next_search(reading("refine", **values), in_hand, institution=institution, now=NOW)


def after(query: Query, **values: Any) -> dict[str, Any]:
    return changed(query, reading("refine", **values), kind=Kind.JOBS).to_json()


def test_a_kind_that_is_named_starts_anew() -> None:
    frame = following(ENERGY, kind=Kind.PROGRAMS, wanted=Query(country=("RU",)))
    assert frame == Frame(Kind.PROGRAMS, Query(country=("RU",)))


def test_filters_alone_change_the_search_in_hand_from_its_first_page() -> None:
    frame = following(ENERGY, wanted=Query(industry=("finance",)))
    assert frame == Frame(Kind.JOBS, Query(industry=("finance",), city=("shenzhen",)))


def test_filters_with_nothing_in_hand_are_about_jobs_unless_they_imply_a_kind() -> None:
    assert following(None, wanted=Query(city=("shenzhen",))).kind is Kind.JOBS
    implied = following(None, wanted=Query(day="2020-09-09"), implied=Kind.EVENTS)
    assert implied == Frame(Kind.EVENTS, Query(day="2020-09-09"))


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        (Kind.PROGRAMS, {"industry": ["energy"], "country": ["DE"]}),
        (Kind.EVENTS, {"industry": ["energy"], "country": ["DE"]}),
        (
            Kind.JOBS,
            {"industry": ["energy"], "country": ["DE"], "salary_min": 20_000, "degree": "phd"},
        ),
    ],
)
def test_switching_kind_keeps_the_keys_that_the_new_one_has(
    kind: Kind, kept: dict[str, Any]
) -> None:
    query = Query(industry=("energy",), country=("DE",), salary_min=20_000, degree="phd")
    frame = following(Frame(Kind.JOBS, query), kind=kind, continues=True)
    assert frame.kind is kind
    assert frame.query.to_json() == kept


def test_only_institutions_are_of_a_sort_when_the_kind_is_switched() -> None:
    query = Query(country=("ES",), institution_type=("university",))
    frame = following(Frame(Kind.INSTITUTIONS, query), kind=Kind.PROGRAMS, continues=True)
    assert frame.query == Query(country=("ES",))


def test_what_is_taken_out_and_was_not_asked_for_is_ruled_out() -> None:
    both = Query(city=("shenzhen", "wuhan"))
    assert after(both, removed=Query(city=("wuhan",))) == {"city": ["shenzhen"]}
    assert after(Query(city=("wuhan",)), removed=Query(city=("wuhan",))) == {}
    assert after(both, removed=Query(country=("RU",))) == {
        "city": ["shenzhen", "wuhan"],
        "not": {"country": ["RU"]},
    }


def test_what_is_both_named_and_ruled_out_is_ruled_out() -> None:
    said = {"wanted": Query(country=("JP",)), "excluded": Query(country=("JP",))}
    found = following(None, kind=Kind.PROGRAMS, **said).query.to_json()
    assert found == {"not": {"country": ["JP"]}}


def test_what_is_wanted_instead_rules_the_other_out_already() -> None:
    said = {"wanted": Query(industry=("energy",)), "excluded": Query(industry=("finance",))}
    assert after(Query(industry=("finance",)), **said) == {"industry": ["energy"]}
    assert following(None, kind=Kind.JOBS, **said).query.to_json() == {"industry": ["energy"]}


def test_a_message_that_begins_with_what_it_rules_out_changes_the_search_in_hand() -> None:
    excluded = Query(employment="internship")
    frame = following(ENERGY, kind=Kind.JOBS, excluded=excluded, excludes_first=True)
    assert frame.query.to_json()["not"] == {"employment": "internship"}
    assert frame.query.industry == ("energy",)


def test_which_employers_there_are_is_another_list() -> None:
    asked = {"kind": Kind.INSTITUTIONS, "wanted": Query(employer_country=("RU",)), "named": False}
    assert following(ENERGY, **asked).kind is Kind.JOBS
    assert following(ENERGY, **asked, asks_which=True).kind is Kind.INSTITUTIONS


@pytest.mark.parametrize("joins", ["continues", "adds"])
def test_a_kind_asked_for_as_well_keeps_the_query(joins: str) -> None:
    frame = following(ENERGY, kind=Kind.PROGRAMS, **{joins: True})
    assert frame == Frame(Kind.PROGRAMS, ENERGY.query)


def test_their_jobs_are_those_of_the_institution_in_hand() -> None:
    frame = following(ENERGY, "inst-0002", kind=Kind.JOBS, of_institution=True)
    assert frame == Frame(Kind.JOBS, Query(institution=("inst-0002",)))


def test_what_else_they_have_is_of_the_kind_in_hand() -> None:
    frame = following(ENERGY, "inst-0002", kind=None, of_institution=True)
    assert frame == Frame(ENERGY.kind, Query(institution=("inst-0002",)))


def test_a_sort_of_institution_is_asked_for_instead_of_the_one_in_hand() -> None:
    before = Query(institution=("inst-0002",), city=("shenzhen",))
    wanted = Query(institution_type=("university",))
    found = after(before, wanted=wanted)
    assert found == {"city": ["shenzhen"], "institution_type": ["university"]}


@pytest.mark.parametrize(
    "wanted",
    [Query(city=("beijing",)), Query(region=("guangdong",)), Query(country=("DE",))],
)
def test_a_place_replaces_places_of_every_level(wanted: Query) -> None:
    before = Query(industry=("energy",), city=("shenzhen",), region=("hebei",), country=("CN",))
    assert after(before, wanted=wanted) == {"industry": ["energy"], **wanted.to_json()}


def test_too_adds_to_what_is_there() -> None:
    found = after(Query(city=("shanghai",)), wanted=Query(city=("beijing",)), adds=True)
    assert found == {"city": ["shanghai", "beijing"]}


def test_a_new_day_drops_the_old_part_of_the_day_and_the_range_s_end() -> None:
    before = Query(day="2020-09-08", until="2020-09-10", period="morning")
    assert after(before, wanted=Query(day="2020-09-09")) == {"day": "2020-09-09"}


def test_a_new_bound_leaves_the_other_where_there_is_room_between_them() -> None:
    before = Query(salary_min=10_000, salary_max=20_000)
    assert after(before, wanted=Query(salary_min=30_000)) == {"salary_min": 30_000}
    assert after(before, wanted=Query(salary_max=8_000)) == {"salary_max": 8_000}
    for wanted in (Query(salary_min=15_000), Query(salary_max=30_000)):
        assert after(before, wanted=wanted) == {**before.to_json(), **wanted.to_json()}


def test_another_nationality_after_an_employer_s_is_an_employer_s_too() -> None:
    jobs = Frame(Kind.JOBS, Query(employer_country=("DE",), city=("shanghai",)))
    frame = following(jobs, wanted=Query(country=("FR",)), adds=True)
    assert frame.query == Query(employer_country=("DE", "FR"), city=("shanghai",))
    both = Frame(Kind.JOBS, Query(employer_country=("DE", "CH")))
    assert following(both, removed=Query(country=("CH",))).query == Query(employer_country=("DE",))


def test_in_a_country_is_where_the_work_is_whoever_the_employer_is() -> None:
    jobs = Frame(Kind.JOBS, Query(employer_country=("DE",), city=("shanghai",)))
    frame = following(jobs, wanted=Query(country=("FR",)), located=True)
    assert frame.query == Query(employer_country=("DE",), country=("FR",))


def test_no_more_than_a_kind_s_name_switches_the_kind() -> None:
    frame = following(ENERGY, kind=Kind.PROGRAMS, named=True, bare=True)
    assert frame == Frame(Kind.PROGRAMS, ENERGY.query)
    assert following(ENERGY, kind=Kind.PROGRAMS, named=True) == Frame(Kind.PROGRAMS, Query())


@pytest.mark.parametrize(
    ("before", "values", "expected"),
    [
        (
            {"city": ("guangzhou", "foshan")},
            {"excluded": Query(city=("foshan",))},
            {"city": ["guangzhou"]},
        ),
        ({"city": ("foshan",)}, {"removed": Query(city=("foshan",))}, {}),
        ({}, {"excluded": Query(city=("foshan",))}, {"not": {"city": ["foshan"]}}),
        ({}, {"excluded": Query(employment="internship")}, {"not": {"employment": "internship"}}),
        ({"degree": "phd"}, {"dropped": ("degree",)}, {}),
        ({"city": ("foshan",), "degree": "phd"}, {"drops_all": True}, {}),
    ],
)
def test_not_takes_out_or_bars_and_any_drops(
    before: dict[str, Any], values: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert after(Query(**before), **values) == expected


def test_what_is_wanted_again_is_no_longer_barred() -> None:
    before = Query(excluded=Query(city=("foshan", "beijing")))
    found = after(before, wanted=Query(city=("foshan",)))
    assert found == {"city": ["foshan"], "not": {"city": ["beijing"]}}


def test_a_dropped_key_is_no_longer_barred_either() -> None:
    assert after(Query(excluded=Query(city=("foshan",))), dropped=("city",)) == {}


@pytest.mark.parametrize("period", ["morning", "afternoon", "evening"])
def test_a_part_of_the_day_with_no_day_means_today(period: str) -> None:
    frame = following(None, kind=Kind.EVENTS, wanted=Query(period=period))
    assert frame.query == Query(period=period, day="2020-09-08")


def test_now_and_next_set_no_day() -> None:
    assert following(None, kind=Kind.EVENTS, wanted=Query(period="now")).query.day is None


def test_an_employer_s_country_is_a_country_for_every_other_kind() -> None:
    wanted = Query(employer_country=("DE",))
    assert following(None, kind=Kind.INSTITUTIONS, wanted=wanted).query == Query(country=("DE",))
    assert following(None, kind=Kind.JOBS, wanted=wanted).query == wanted


@pytest.mark.parametrize(
    ("kind", "sort", "kept"),
    [
        (Kind.JOBS, "salary", True),
        (Kind.JOBS, "newest", True),
        (Kind.JOBS, "soonest", True),
        (Kind.INTENTIONS, "soonest", True),
        (Kind.EVENTS, "soonest", True),
        (Kind.EVENTS, "salary", False),
        (Kind.PROGRAMS, "salary", False),
    ],
)
def test_a_kind_keeps_only_the_orders_that_it_has(kind: Kind, sort: str, kept: bool) -> None:
    assert (following(None, kind=kind, wanted=Query(sort=sort)).query.sort == sort) is kept
