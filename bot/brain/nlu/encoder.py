"""Sentence vectors of the multilingual universal sentence encoder (USE v3, 512 dimensions).

Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.component import Trainable
from conference.embeddings import default_encoder
from conference.encoder import KEPT


def mended_text(tokens: list[Token]) -> str:
    """The message in normal form with its spelling mended, spaced as it was typed.

    Abbreviations keep their capitals, by which the encoder tells "IT" from "it"; a message all in
    capitals does not.
    """
    latin = [token.text for token in tokens if token.text.isascii() and token.text.isalpha()]
    shouted = len(latin) > 1 and all(map(str.isupper, latin))
    parts = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        parts.append(token.text if token.text.isupper() and not shouted else token.lemma)
        if following is not None and following.start > token.end:
            parts.append(" ")
    return "".join(parts)


def add_sentence_features(message: Message, vector: np.ndarray[Any, Any], origin: str) -> None:
    """Adds one dense sentence-level feature row to a message."""
    message.add_features(
        Features(vector.reshape(1, -1).astype(np.float32), FEATURE_TYPE_SENTENCE, TEXT, origin)
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoderFeaturizer(Trainable):
    """The encoder's unit vector times `scale`: unscaled, a linear classifier hardly uses it.

    It learns which tokens people use, so that the encoder knows them before the first message.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._encoder = default_encoder()  # the search's too: its tables take 80 MB
        self._encoder.keep(self._learnt or [])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"scale": 5.0}

    def learn(self, training_data: TrainingData) -> list[int]:
        """The encoder's tokens in the examples, the most used last."""
        uses = Counter(
            token
            for message in training_data.training_examples
            for token in self._encoder.tokens(mended_text(message.get(TOKENS_NAMES[TEXT]) or []))
        )
        return [token for token, _ in reversed(uses.most_common(KEPT))]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = training_data.training_examples
        for start in range(0, len(examples), 64):  # batches: three times faster than one by one
            self.process(examples[start : start + 64])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        known = [message for message in messages if message.get(TOKENS_NAMES[TEXT])]
        if known:
            texts = [mended_text(message.get(TOKENS_NAMES[TEXT])) for message in known]
            for message, vector in zip(known, self._encoder.encode(texts), strict=True):
                add_sentence_features(message, vector * self._config["scale"], self._identifier)
        return messages
