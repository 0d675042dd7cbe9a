from __future__ import annotations

from actions.action_fallback import ActionFallback
from tests.actions.conftest import Talk, listing


def test_what_is_out_of_scope_is_declined_whatever_else_it_may_be(talk: Talk) -> None:
    talk.conversation = listing("job-00001")
    custom = talk.take(ActionFallback(), "out_of_scope", alternatives=("find_jobs",))
    assert custom["type"] == "fallback"
    assert talk.conversation == listing("job-00001")


def test_when_none_is_sure_the_nearest_readings_are_offered(talk: Talk) -> None:
    custom = talk.take(
        ActionFallback(), "nlu_fallback", alternatives=("ask_recruitment", "find_jobs")
    )
    assert custom["type"] == "clarify"
    assert [each["payload"] for each in custom["options"]] == ["/ask_recruitment", "/find_jobs"]


def test_with_nothing_to_offer_it_says_so(talk: Talk) -> None:
    assert talk.take(ActionFallback(), "nlu_fallback")["type"] == "fallback"
