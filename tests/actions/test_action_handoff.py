from __future__ import annotations

from typing import Any

from actions.action_handoff import ActionHandoff
from conference.cases import Cases
from conference.moments import utc_now
from tests.actions.conftest import Talk, listing

QUESTION = {"en": "what does it cost?", "zh": "要多少钱？"}
WISH = {"en": "I want a human", "zh": "转人工"}


def say(talk: Talk, answer: str, **said: str) -> None:
    """Keep what was said with what type of answer it had, as the gateway does."""
    kept = talk.services.conversations
    kept.append(conversation=talk.person, author="user", payload=said)
    custom: dict[str, Any] = {"text": "...", "custom": {"type": answer}}
    kept.append(conversation=talk.person, author="bot", payload=custom)


def hand_off(talk: Talk, text: str, /, **said: str) -> str:
    """The text of the ticket that is made of the last thing said."""
    kept = talk.services.conversations
    kept.append(conversation=talk.person, author="user", payload=said or {"text": text})
    talk.take(ActionHandoff(), "handoff", text=text)
    answer = {"text": "...", "custom": talk.message["custom"]}
    kept.append(conversation=talk.person, author="bot", payload=answer)
    return text_of(talk, talk.message["custom"]["ticket"])


def text_of(talk: Talk, ticket: str) -> str:
    """What staff is shown."""
    case = Cases(talk.services.catalogue.engine, clock=utc_now).get(ticket)
    assert case is not None
    assert case.text is not None
    return case.text


def start(talk: Talk) -> None:
    talk.services.conversations.start(conversation=talk.person, person=talk.person, channel="web")


def test_a_question_goes_to_staff_under_a_number_of_its_own(talk: Talk) -> None:
    talk.conversation = listing("job-00001")
    first = talk.take(ActionHandoff(), "handoff", text="I want a human")
    second = talk.take(ActionHandoff(), "handoff", text="now")
    assert first["type"] == second["type"] == "handoff"
    assert first["ticket"] != second["ticket"]
    assert first["ticket"] not in talk.message["text"]
    assert second["ticket"] in talk.message["text"]
    assert talk.conversation == listing("job-00001")
    assert text_of(talk, first["ticket"]) == "I want a human"
    assert text_of(talk, second["ticket"]) == "now"


def test_a_button_passes_on_what_was_written_before_it(talk: Talk) -> None:
    start(talk)
    button = {"text": "Talk to staff", "payload": "/handoff"}
    assert hand_off(talk, "/handoff", **button) == ""
    say(talk, "greeting", text="hello")
    say(talk, "answer", text=QUESTION[talk.language])
    say(talk, "feedback", text="👎")
    say(talk, "results", text="Events", payload="/find_events")
    hand_off(talk, WISH[talk.language])
    assert hand_off(talk, "/handoff", **button) == QUESTION[talk.language]


def test_a_wish_for_staff_passes_on_what_was_written_before_it_too(talk: Talk) -> None:
    start(talk)
    question, wish = QUESTION[talk.language], WISH[talk.language]
    assert hand_off(talk, wish) == wish
    assert hand_off(talk, wish) == wish  # the wish before is no question
    say(talk, "answer", text=question)
    say(talk, "results", text="Events", payload="/find_events")
    assert hand_off(talk, wish) == f"{question}\n{wish}"
    assert hand_off(talk, wish) == f"{question}\n{wish}"


def test_a_wish_beside_a_question_is_passed_on_whole(talk: Talk) -> None:
    start(talk)
    whole = f"{QUESTION[talk.language]} {WISH[talk.language]}"
    assert hand_off(talk, WISH[talk.language], text=whole) == whole
