from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.brain.nlu.ngrams import NgramFeaturizer
from tests.brain.nlu.conftest import message_of

EXAMPLES = [
    "subscribe me", "unsubscribe me", "subscribe to jobs", "unsubscribe from jobs", "next page",
    "next one", "previous page", "previous one", "下一页", "上一页", "下一个", "上一个",
]  # fmt: skip


def row(featurizer: Any, text: str) -> Any:
    message = message_of(text)
    featurizer.process([message])
    return message.get_dense_features(TEXT)[1].features[0]


def test_it_hears_a_prefix_or_a_character_that_turns_the_meaning(
    trained: Callable[..., Any],
) -> None:
    examples = [message_of(each) for each in EXAMPLES]
    featurizer = trained(NgramFeaturizer, examples, dimensions=8, scale=1.0)

    def likeness(left: str, right: str) -> float:
        return float(row(featurizer, left) @ row(featurizer, right))

    assert row(featurizer, "subscribe me").shape == (8,)
    assert likeness("next page", "next one") > likeness("next page", "上一个")
    assert likeness("上一页", "上一个") > likeness("上一页", "下一个")
    assert not np.allclose(row(featurizer, "subscribe me"), row(featurizer, "unsubscribe me"))


@pytest.mark.parametrize("text", ["next next page", "unsubscribe", "上一个", "ψψ"])
def test_its_quick_sums_are_scikit_learn_s(trained: Callable[..., Any], text: str) -> None:
    featurizer = trained(
        NgramFeaturizer, [message_of(each) for each in EXAMPLES], dimensions=8, scale=1.0
    )
    assert np.allclose(row(featurizer, text), featurizer._learnt.transform([text])[0], atol=1e-6)


def test_the_same_examples_give_the_same_features(trained: Callable[..., Any]) -> None:
    examples = [message_of(each) for each in EXAMPLES]
    first = row(trained(NgramFeaturizer, examples, dimensions=8), "next")
    again = row(trained(NgramFeaturizer, examples, dimensions=8), "next")
    assert np.allclose(first, again)


def test_a_message_without_words_gets_none(trained: Callable[..., Any]) -> None:
    featurizer = trained(NgramFeaturizer, [message_of(each) for each in EXAMPLES], dimensions=8)
    message = Message({TEXT: ""})
    featurizer.process([message])
    assert message.get_dense_features(TEXT)[1] is None
