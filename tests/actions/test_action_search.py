from __future__ import annotations

from dataclasses import replace

from actions.action_count import ActionCount
from actions.action_search import ActionSearch
from conference.query import Frame, Kind, Query
from tests.actions.conftest import Talk, ids


def test_a_search_shows_its_first_page_and_becomes_the_one_in_hand(talk: Talk) -> None:
    custom = talk.take(
        ActionSearch(), "find_jobs", kind=Kind.JOBS, wanted=Query(industry=("energy",))
    )
    assert (custom["type"], custom["kind"], custom["query"]) == (
        "results",
        "jobs",
        {"industry": ["energy"]},
    )
    assert (custom["total"], custom["offset"]) == (2, 0)
    assert set(ids(custom["items"])) == {"job-00005", "job-00006"}
    assert talk.conversation.search == Frame(Kind.JOBS, Query(industry=("energy",)))
    assert talk.conversation.shown
    assert talk.conversation.shown.ids == tuple(ids(custom["items"]))


def test_filters_alone_narrow_it(talk: Talk) -> None:
    talk.take(ActionSearch(), "find_jobs", kind=Kind.JOBS, wanted=Query(industry=("medical",)))
    custom = talk.take(ActionSearch(), "refine", wanted=Query(employment="part-time"))
    assert custom["query"] == {"industry": ["medical"], "employment": "part-time"}
    assert ids(custom["items"]) == ["job-00002"]


def test_nothing_found_shows_the_nearest_wider_search(talk: Talk) -> None:
    wanted = Query(industry=("medical",), salary_min=90_000)
    custom = talk.take(ActionSearch(), "find_jobs", kind=Kind.JOBS, wanted=wanted)
    assert custom["query"] == {"industry": ["medical"], "salary_min": 90_000}
    assert custom["relaxed"] == ["salary_min"]
    assert set(ids(custom["items"])) == {"job-00001", "job-00002"}
    assert talk.conversation.search == Frame(Kind.JOBS, wanted)  # refining starts from this


def test_after_a_count_a_filter_counts_again_and_show_them_lists(talk: Talk) -> None:
    talk.take(ActionCount(), "count", kind=Kind.JOBS)
    counted = talk.take(ActionSearch(), "refine", wanted=Query(city=("beijing",)))
    assert (counted["type"], counted["total"]) == ("count", 2)
    listed = talk.take(ActionSearch(), "show_results")
    assert (listed["type"], listed["total"]) == ("results", 2)
    assert talk.take(ActionSearch(), "refine", wanted=Query(city=("munich",)))["type"] == "results"


def test_a_count_by_group_stays_one_until_one_group_is_asked_for(talk: Talk) -> None:
    talk.take(ActionCount(), "count", kind=Kind.JOBS, group="industry")
    narrowed = talk.take(ActionSearch(), "refine", wanted=Query(city=("shenzhen",)))
    assert (narrowed["by"], narrowed["query"]) == ("industry", {"city": ["shenzhen"]})
    one = talk.take(ActionSearch(), "refine", wanted=Query(industry=("it",)))
    assert "by" not in one


def test_after_a_count_and_another_kind_counts_too(talk: Talk) -> None:
    talk.take(ActionCount(), "count", kind=Kind.JOBS, wanted=Query(industry=("it",)))
    counted = talk.take(ActionSearch(), "find_programs", kind=Kind.PROGRAMS, continues=True)
    assert (counted["type"], counted["kind"]) == ("count", "programs")
    talk.take(ActionCount(), "count", kind=Kind.JOBS)
    assert talk.take(ActionSearch(), "find_programs", kind=Kind.PROGRAMS)["type"] == "results"


def test_one_institution_asked_for_by_name_is_its_record(talk: Talk) -> None:
    wanted = Query(institution=("inst-0002",))
    custom = talk.take(ActionSearch(), "find_institutions", kind=Kind.INSTITUTIONS, wanted=wanted)
    assert (custom["type"], custom["item"]["id"]) == ("detail", "inst-0002")


def test_their_jobs_are_those_of_the_record_in_hand_s_institution(talk: Talk) -> None:
    talk.take(ActionSearch(), "find_programs", kind=Kind.PROGRAMS)
    talk.conversation = type(talk.conversation)(record="prog-0002")
    custom = talk.take(ActionSearch(), "find_jobs", kind=Kind.JOBS, of_institution=True)
    assert custom["query"] == {"institution": ["inst-0003"]}
    assert custom["total"] == 2


def test_what_else_they_have_is_of_the_record_in_hand_s_institution(talk: Talk) -> None:
    talk.take(ActionSearch(), "find_programs", kind=Kind.PROGRAMS)
    assert talk.conversation.search
    talk.conversation = replace(talk.conversation, record="prog-0002")
    custom = talk.take(ActionSearch(), "refine", of_institution=True)
    assert (custom["kind"], custom["query"]) == ("programs", {"institution": ["inst-0003"]})


def test_with_nothing_said_and_nothing_in_hand_it_asks_what_is_looked_for(talk: Talk) -> None:
    assert talk.take(ActionSearch(), "refine")["type"] == "fallback"
