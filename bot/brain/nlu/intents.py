"""The intent of a message: multinomial logistic regression on its dense sentence features."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot.brain.nlu.component import Trainable


def _row(message: Message) -> np.ndarray[Any, Any] | None:
    """The dense sentence features in a row, without the copies that Rasa makes to combine them."""
    rows = [
        each.features[0]
        for each in message.features
        if each.attribute == TEXT and each.type == FEATURE_TYPE_SENTENCE and each.is_dense()
    ]
    return np.concatenate(rows) if rows else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DenseIntentClassifier(Trainable, IntentClassifier):
    """Like Rasa's LogisticRegressionClassifier, but keeps dense features dense.

    Rasa's turns them into a sparse matrix, on which training takes a hundred times as long. The
    probabilities of the regression are used as they are: it is trained on the log loss, which is a
    proper scoring rule, so they need no calibration of their own.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"regularisation": 1.0, "max_iter": 100, "ranking_length": 100}

    def learn(self, training_data: TrainingData) -> LogisticRegression:
        rows, intents = [], []
        for message in training_data.intent_examples:
            row = _row(message)
            if row is not None:
                rows.append(row)
                intents.append(message.get(INTENT))
        regression = LogisticRegression(
            C=self._config["regularisation"],
            max_iter=self._config["max_iter"],
            class_weight="balanced",
            random_state=0,
        )
        regression.fit(np.vstack(rows), intents)
        # half the table to read for each message; the features are no finer
        regression.coef_ = regression.coef_.astype(np.float32)
        return regression

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            row = _row(message)
            if row is None:
                message.set("intent", {"name": None, "confidence": 0.0}, add_to_output=True)
                message.set("intent_ranking", [], add_to_output=True)
                continue
            probabilities = _probabilities(self._learnt, row)
            order = np.argsort(-probabilities, kind="stable")[: self._config["ranking_length"]]
            ranking = [
                {"name": name, "confidence": confidence}
                for name, confidence in zip(
                    self._learnt.classes_[order].tolist(),
                    probabilities[order].tolist(),
                    strict=True,
                )
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _probabilities(regression: LogisticRegression, row: np.ndarray[Any, Any]) -> Any:
    """`predict_proba` of one row without scikit-learn's checks, which take longer than the sum."""
    scores = regression.coef_ @ row + regression.intercept_
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
