from __future__ import annotations

from actions.action_handoff import ActionHandoff
from tests.actions.conftest import Talk, listing


def test_a_question_goes_to_staff_under_a_number_of_its_own(talk: Talk) -> None:
    talk.conversation = listing("job-00001")
    first = talk.take(ActionHandoff(), "handoff", text="I want a human")
    second = talk.take(ActionHandoff(), "handoff", text="now")
    assert first["type"] == second["type"] == "handoff"
    assert first["ticket"] != second["ticket"]
    assert first["ticket"] not in talk.message["text"]
    assert second["ticket"] in talk.message["text"]
    assert talk.conversation == listing("job-00001")
