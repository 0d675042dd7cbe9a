"""Which sorts of things and cues the gazetteer found, as features of the whole message."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction import DictVectorizer

from bot.brain.nlu.component import Trainable
from bot.brain.nlu.encoder import add_sentence_features

_TELLING = frozenset(
    {"kind", "attribute", "to_language", "cue", "sort", "direction", "day", "period", "key"}
)
"""Entities whose value, not only their presence, tells the act."""


def entity_bag(message: Message) -> dict[str, float]:
    """Feature names and values: the entities there are, and whether the message is short."""
    bag: dict[str, float] = {}
    for entity in message.get(ENTITIES, []):
        if entity["entity"] == "subject":  # annotated in examples, not yet found in messages
            continue
        bag[entity["entity"]] = 1.0
        if entity["entity"] in _TELLING:
            bag[f"{entity['entity']}={entity['value']}"] = 1.0
    if len(message.get(TOKENS_NAMES[TEXT]) or []) <= 3:
        bag["short"] = 1.0
    return bag


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class EntityFeaturizer(Trainable):
    """`entity_bag` as a dense feature row."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    def learn(self, training_data: TrainingData) -> DictVectorizer:
        vectorizer = DictVectorizer(dtype=np.float32, sparse=False)
        return vectorizer.fit([entity_bag(each) for each in training_data.training_examples])

    def process(self, messages: list[Message]) -> list[Message]:
        places = self._learnt.vocabulary_
        for message in messages:
            # what the vectorizer's `transform` gives, which takes ten times as long for one message
            row = np.zeros(len(places), dtype=np.float32)
            for name, value in entity_bag(message).items():
                if name in places:
                    row[places[name]] = value
            add_sentence_features(message, row, self._identifier)
        return messages
