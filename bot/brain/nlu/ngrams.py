"""Character n-grams, condensed: what the sentence encoder is deaf to ("un-", 往前 against 往后)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
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

Vector = np.ndarray[Any, Any]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(Trainable):
    """TF-IDF of character n-grams within words, reduced to `dimensions` by a truncated SVD.

    Dense, because a linear model on these few thousand sparse columns trains a hundred times longer
    for the same accuracy.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parts: tuple[Callable[[str], list[int]], Vector, Vector] | None = None

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
        for message in messages:
            tokens = message.get(TOKENS_NAMES[TEXT])
            if tokens:
                vector = self._condensed(mended_text(tokens)) * self._config["scale"]
                add_sentence_features(message, vector, self._identifier)
        return messages

    def _condensed(self, text: str) -> Vector:
        """What the pipeline's `transform` gives, without what takes longer than the sums.

        SciPy's product copies the whole transposed table, some 25 MB, for every message, and
        scikit-learn checks its own matrices at each step.
        """
        if self._parts is None:
            ngrams, svd = self._learnt[0], self._learnt[-1]
            analyse, places = ngrams.build_analyzer(), ngrams.vocabulary_

            def places_of(word: str) -> list[int]:
                return [places[each] for each in analyse(word) if each in places]

            self._parts = (
                lru_cache(maxsize=8192)(places_of),  # n-grams lie within words
                ngrams.idf_,
                np.ascontiguousarray(svd.components_.T),
            )
        places_of_word, idf, table = self._parts
        uses = Counter(place for word in text.split() for place in places_of_word(word))
        known = np.fromiter(uses.keys(), dtype=np.int64, count=len(uses))
        counts = np.fromiter(uses.values(), dtype=np.float32, count=len(uses))
        weights = (1 + np.log(counts)) * idf[known]
        condensed: Vector = weights / (np.linalg.norm(weights) or 1.0) @ table[known]
        return condensed
