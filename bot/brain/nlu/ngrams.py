"""Character n-grams, condensed: what the sentence encoder is deaf to ("un-", 往前 against 往后)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline

from bot.brain.nlu.component import Trainable
from bot.brain.nlu.encoder import add_sentence_features, mended_text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(Trainable):
    """TF-IDF of character n-grams within words, reduced to `dimensions` by a truncated SVD.

    Dense, because a linear model on these few thousand sparse columns trains a hundred times longer
    for the same accuracy.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table: np.ndarray[Any, Any] | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"dimensions": 300, "longest": 4, "scale": 4.0}

    def learn(self, training_data: TrainingData) -> Pipeline:
        texts = [
            mended_text(message.get(TOKENS_NAMES[TEXT]) or [])
            for message in training_data.training_examples
        ]
        ngrams = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(1, self._config["longest"]),
            min_df=2,
            sublinear_tf=True,
            dtype=np.float32,
        )
        pipeline = make_pipeline(ngrams, TruncatedSVD(self._config["dimensions"], random_state=0))
        return pipeline.fit(texts)

    def process(self, messages: list[Message]) -> list[Message]:
        known = [message for message in messages if message.get(TOKENS_NAMES[TEXT])]
        if known:
            texts = [mended_text(message.get(TOKENS_NAMES[TEXT])) for message in known]
            for message, vector in zip(known, self._condensed(texts), strict=True):
                add_sentence_features(message, vector * self._config["scale"], self._identifier)
        return messages

    def _condensed(self, texts: list[str]) -> Iterator[np.ndarray[Any, Any]]:
        """What `TruncatedSVD.transform` gives, by the few rows of its table that a text needs.

        SciPy's product copies the whole transposed table, some 25 MB, for every message.
        """
        ngrams, svd = self._learnt[0], self._learnt[-1]
        if self._table is None:
            self._table = np.ascontiguousarray(svd.components_.T)
        for row in ngrams.transform(texts):
            yield row.data @ self._table[row.indices]
