from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.encoder import SentenceEncoderFeaturizer, mended_text
from conference.embeddings import default_encoder
from tests.brain.nlu.conftest import message_of, tokens_of


def vector(encoder: SentenceEncoderFeaturizer, text: str) -> np.ndarray:  # type: ignore[type-arg]
    message = message_of(text)
    encoder.process([message])
    row: np.ndarray = message.get_dense_features(TEXT)[1].features[0]  # type: ignore[type-arg]
    return row


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Find Jobs in 深圳", "find jobs in 深圳"),
        ("IT jobs", "IT jobs"),
        ("IT JOBS", "it jobs"),
        ("Ｆｉｎｄ  廣東", "find 广东"),
    ],
)
def test_the_encoder_reads_the_normal_form_but_sees_abbreviations(typed: str, mended: str) -> None:
    assert mended_text(tokens_of(typed)) == mended


def test_a_vector_has_the_scale_s_length(encoder: SentenceEncoderFeaturizer) -> None:
    row = vector(encoder, "find jobs in energy")
    assert row.shape == (512,)
    assert np.linalg.norm(row) == pytest.approx(5.0, rel=1e-3)


def test_what_means_the_same_is_near_across_languages(
    encoder: SentenceEncoderFeaturizer,
) -> None:
    english = vector(encoder, "find jobs in energy")
    chinese = vector(encoder, "找能源行业的工作")
    other = vector(encoder, "delete my data")
    assert english @ chinese > 2 * (english @ other)


def test_a_batch_gives_each_message_its_own_vector(encoder: SentenceEncoderFeaturizer) -> None:
    messages = [message_of(f"find {number} jobs") for number in range(70)]
    encoder.process_training_data(TrainingData(messages))
    last = messages[-1].get_dense_features(TEXT)[1].features[0]
    assert last == pytest.approx(vector(encoder, "find 69 jobs"), abs=1e-3)


def test_a_message_without_words_gets_none(encoder: SentenceEncoderFeaturizer) -> None:
    message = Message({TEXT: ""})
    encoder.process([message])
    assert message.get_dense_features(TEXT)[1] is None


@pytest.mark.parametrize("text", ["Find jobs in energy", "找能源行业的工作"])
def test_tokens_of_the_examples_are_known_before_the_first_message(
    trained: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    quick = default_encoder()
    expected = quick.encode([text.lower()])[0] * 5.0
    monkeypatch.setattr(quick, "_kept", {})
    loaded = trained(SentenceEncoderFeaturizer, [message_of(text)])
    monkeypatch.setattr(quick, "_work_out", None)  # not called any more
    assert vector(loaded, text) == pytest.approx(expected, abs=1e-5)
