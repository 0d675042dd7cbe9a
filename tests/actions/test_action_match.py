from __future__ import annotations

from actions.action_match import ActionMatch
from actions.action_page import ActionPage
from actions.action_search import ActionSearch
from conference.query import Kind, Query
from tests.actions.conftest import Talk, ids

PROFILE = {"en": "I am a nurse with a bachelor degree", "zh": "我是护士，本科学历"}


def test_what_fits_a_person_comes_with_reasons(talk: Talk) -> None:
    custom = talk.take(
        ActionMatch(),
        "match_profile",
        text=PROFILE[talk.language],
        wanted=Query(degree="bachelor", text="nurse"),
    )
    assert (custom["type"], custom["kind"]) == ("matches", "jobs")
    assert custom["query"]["degree"] == "bachelor"
    assert set(ids(custom["items"])[:2]) == {"job-00001", "job-00002"}
    assert all(each["reasons"] for each in custom["items"])


def test_programmes_can_be_asked_for(talk: Talk) -> None:
    custom = talk.take(ActionMatch(), "match_profile", text="hydrogen storage", kind=Kind.PROGRAMS)
    assert custom["kind"] == "programs"
    assert ids(custom["items"])[0] == "prog-0002"


def test_they_can_be_narrowed_and_paged(talk: Talk) -> None:
    talk.take(ActionMatch(), "match_profile", text=PROFILE[talk.language], kind=Kind.JOBS)
    assert talk.take(ActionPage(), "next_page")["type"] == "matches"
    custom = talk.take(ActionSearch(), "refine", wanted=Query(city=("shenzhen",)))
    assert custom["query"] == {"city": ["shenzhen"]}
