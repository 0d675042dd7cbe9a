from __future__ import annotations

from actions.action_similar import ActionSimilar
from actions.conversation import Conversation
from conference.query import Frame, Kind, Query
from tests.actions.conftest import Talk, ids, listing


def test_more_like_the_record_in_hand_are_of_its_kind_and_without_it(talk: Talk) -> None:
    talk.conversation = Conversation(record="job-00005")
    custom = talk.take(ActionSimilar(), "find_similar")
    assert (custom["type"], custom["kind"]) == ("results", "jobs")
    assert custom["query"] == {"similar_to": "job-00005"}
    assert ids(custom["items"])[0] == "job-00006"
    assert "job-00005" not in ids(custom["items"])
    assert talk.conversation.search == Frame(Kind.JOBS, Query(similar_to="job-00005"))


def test_with_a_list_it_asks_like_which(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003")
    assert talk.take(ActionSimilar(), "find_similar")["type"] == "clarify"


def test_with_nothing_in_hand_there_is_nothing_to_be_like(talk: Talk) -> None:
    assert talk.take(ActionSimilar(), "find_similar")["type"] == "fallback"
