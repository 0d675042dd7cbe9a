from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.action_feedback import ActionFeedback
from tests.actions.conftest import Talk, listing

DATES = {"type": "answer", "topic": "dates"}


def judge(talk: Talk, *, useful: bool) -> dict[str, Any]:
    return talk.take(ActionFeedback(), "give_feedback", useful=useful, of=DATES)


def test_a_judgement_says_of_what_and_touches_no_search(talk: Talk) -> None:
    before = replace(listing("job-00001"), record="job-00001")
    for useful in (True, False):
        talk.conversation = before
        custom = judge(talk, useful=useful)
        assert (custom["type"], custom["useful"], custom["of"]) == ("feedback", useful, DATES)
        assert talk.conversation == before


def test_to_learn_from_it_is_asked_once_and_not_where_it_helped(talk: Talk) -> None:
    judge(talk, useful=True)
    assert "buttons" not in talk.message
    judge(talk, useful=False)
    assert len(talk.message["buttons"]) == 2
    judge(talk, useful=False)
    assert [each["payload"] for each in talk.message["buttons"]] == ["/handoff"]


def test_without_an_answer_there_is_nothing_to_judge(talk: Talk) -> None:
    assert talk.take(ActionFeedback(), "give_feedback")["type"] == "fallback"
