from __future__ import annotations

from actions.action_count import ActionCount
from actions.conversation import Conversation
from conference.query import Frame, Kind, Query
from tests.actions.conftest import Talk


def test_how_many_there_are(talk: Talk) -> None:
    custom = talk.take(ActionCount(), "count", kind=Kind.JOBS, wanted=Query(city=("shenzhen",)))
    assert (custom["type"], custom["kind"], custom["query"], custom["total"]) == (
        "count",
        "jobs",
        {"city": ["shenzhen"]},
        2,
    )
    assert "buckets" not in custom
    assert talk.conversation.counted


def test_how_many_of_the_search_in_hand(talk: Talk) -> None:
    talk.conversation = Conversation(search=Frame(Kind.JOBS, Query(industry=("it",))))
    assert talk.take(ActionCount(), "count")["query"] == {"industry": ["it"]}


def test_by_group_the_most_come_first(talk: Talk) -> None:
    custom = talk.take(ActionCount(), "count", kind=Kind.PROGRAMS, group="country")
    assert custom["by"] == "country"
    assert custom["buckets"] == [{"code": "DE", "count": 1}, {"code": "RU", "count": 1}]
    jobs = talk.take(ActionCount(), "count", kind=Kind.JOBS, group="institution")
    assert [each["count"] for each in jobs["buckets"]] == [2, 2, 2]


def test_a_group_that_the_kind_does_not_have_leaves_the_number(talk: Talk) -> None:
    custom = talk.take(ActionCount(), "count", kind=Kind.PROGRAMS, group="degree")
    assert custom["total"] == 2
    assert "by" not in custom
