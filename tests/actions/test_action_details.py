from __future__ import annotations

import pytest

from actions.action_details import ActionDetails
from actions.conversation import Conversation
from tests.actions.conftest import Talk, ids, listing


@pytest.mark.parametrize("attribute", ["salary", "degree", "place", None, "no such attribute"])
def test_a_question_about_the_record_in_hand_is_its_detail(
    talk: Talk, attribute: str | None
) -> None:
    talk.conversation = Conversation(record="job-00001")
    custom = talk.take(ActionDetails(), "ask_details", attribute=attribute)
    assert (custom["type"], custom["item"]["id"]) == ("detail", "job-00001")


def test_one_of_the_list_can_be_asked_about_directly(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003")
    custom = talk.take(ActionDetails(), "ask_details", places=(2,), attribute="salary")
    assert custom["item"]["id"] == "job-00003"
    assert talk.conversation.record == "job-00003"


def test_with_a_list_and_no_record_it_asks_which(talk: Talk) -> None:
    talk.conversation = listing("event-0002", "event-0004")
    custom = talk.take(ActionDetails(), "ask_details", attribute="time")
    assert (custom["type"], ids(custom["options"])) == ("clarify", ["event-0002", "event-0004"])


@pytest.mark.parametrize(
    ("attribute", "topic"), [("time", "dates"), ("place", "place"), ("speakers", "speakers")]
)
def test_with_nothing_in_hand_it_can_only_be_about_the_conference(
    talk: Talk, attribute: str, topic: str
) -> None:
    custom = talk.take(ActionDetails(), "ask_details", attribute=attribute)
    assert (custom["type"], custom["topic"]) == ("answer", topic)


def test_a_question_that_the_conference_has_no_answer_to_says_so(talk: Talk) -> None:
    assert talk.take(ActionDetails(), "ask_details", attribute="salary")["type"] == "fallback"


def test_a_record_that_is_gone_is_not_shown(talk: Talk) -> None:
    talk.conversation = Conversation(record="job-99999")
    assert talk.take(ActionDetails(), "ask_details", attribute="salary")["type"] == "fallback"
