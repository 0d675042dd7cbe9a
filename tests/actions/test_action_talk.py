from __future__ import annotations

import pytest

from actions.action_talk import ActionTalk
from tests.actions.conftest import Talk, listing


@pytest.mark.parametrize(
    ("intent", "type_"),
    [
        ("greet", "greeting"),
        ("goodbye", "goodbye"),
        ("thanks", "goodbye"),
        ("help", "help"),
        ("switch_language", "language"),
    ],
)
def test_small_talk_has_its_types_and_touches_no_search(
    talk: Talk, intent: str, type_: str
) -> None:
    talk.conversation = listing("job-00001")
    assert talk.take(ActionTalk(), intent)["type"] == type_
    assert talk.conversation == listing("job-00001")


def test_thanks_are_answered_otherwise_than_a_goodbye(talk: Talk) -> None:
    talk.take(ActionTalk(), "goodbye")
    goodbye = talk.message["text"]
    talk.take(ActionTalk(), "thanks")
    assert talk.message["text"] != goodbye


def test_help_says_that_the_data_is_a_sample(talk: Talk) -> None:
    assert talk.take(ActionTalk(), "help")["sample"] is talk.services.sample
