from __future__ import annotations

import json

import pytest

from actions.conversation import Conversation, Shown
from conference.query import Frame, Kind, Query

ASKED = Frame(Kind.JOBS, Query(city=("shenzhen",), excluded=Query(degree="phd")), offset=5)


@pytest.mark.parametrize(
    "conversation",
    [
        Conversation(),
        Conversation(search=ASKED, counted=True, grouped="city"),
        Conversation(
            search=ASKED,
            shown=Shown("matches", Kind.JOBS, ("job-1",), offset=5, profile="我", asked=ASKED),
            record="job-1",
            pending={"act": "contact", "record": "job-1"},
        ),
        Conversation(shown=Shown("saved", None, ())),
    ],
)
def test_a_conversation_survives_the_slots_as_json(conversation: Conversation) -> None:
    slots = json.loads(json.dumps(conversation.to_slots()))
    assert Conversation.from_slots(slots) == conversation


def test_slots_that_were_never_set_are_an_empty_conversation() -> None:
    assert Conversation.from_slots({}) == Conversation()
