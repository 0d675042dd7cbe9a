from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.brain.nlu.encoder import SentenceEncoderFeaturizer
from bot.brain.nlu.intents import DenseIntentClassifier
from tests.brain.nlu.conftest import message_of

EXAMPLES = {
    "find_jobs": ["find jobs in energy", "any work in beijing", "我想找工作", "有哪些岗位"],
    "greet": ["hello", "good morning", "你好", "早上好"],
    "delete_data": ["delete my data", "forget everything about me", "删除我的数据", "忘掉我"],
}


Parser = Callable[[str], Message]


@pytest.fixture
def parsed(encoder: SentenceEncoderFeaturizer, trained: Callable[..., Any]) -> Parser:
    """A message as a classifier that learnt from the examples leaves it."""
    examples = [
        message_of(text, intent=intent) for intent, texts in EXAMPLES.items() for text in texts
    ]
    encoder.process(examples)
    classifier = trained(DenseIntentClassifier, examples)

    def parse(text: str) -> Message:
        message = message_of(text)
        encoder.process([message])
        classifier.process([message])
        return message

    return parse


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("are there jobs in finance", "find_jobs"),
        ("hi there", "greet"),
        ("please erase all my data", "delete_data"),
        ("帮我找一份工作", "find_jobs"),
        ("请删除我的个人数据", "delete_data"),
    ],
)
def test_unseen_messages_get_their_intent(parsed: Parser, text: str, intent: str) -> None:
    assert parsed(text).get("intent")["name"] == intent


def test_the_ranking_is_a_distribution_with_the_best_first(parsed: Parser) -> None:
    message = parsed("any jobs")
    ranking = message.get("intent_ranking")
    confidences = [each["confidence"] for each in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0)
    assert ranking[0] == message.get("intent")


def test_a_message_without_features_has_no_intent(parsed: Parser) -> None:
    message = parsed("")
    assert message.get("intent") == {"name": None, "confidence": 0.0}
    assert message.get("intent_ranking") == []
