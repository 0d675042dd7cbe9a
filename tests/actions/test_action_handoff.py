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


def test_a_button_passes_on_what_was_written_before_it(talk: Talk) -> None:
    kept, question = talk.services.conversations, {"en": "what does it cost?", "zh": "要多少钱？"}
    talk.take(ActionHandoff(), "handoff", text="/handoff")
    kept.start(conversation=talk.person, person=talk.person, channel="web")
    for payload in (
        {"text": "hello"},
        {"text": question[talk.language]},
        {"text": "👎"},
        {"text": "Events", "payload": "/find_events"},
        {"text": "Talk to staff", "payload": "/handoff"},
    ):
        kept.append(conversation=talk.person, author="user", payload=payload)
        kept.append(conversation=talk.person, author="bot", payload={"text": "..."})
    talk.take(ActionHandoff(), "handoff", text="/handoff")
    tickets = talk.services.people.tickets(person=talk.person)
    assert [each.text for each in tickets] == ["", question[talk.language]]
