"""Any entities, learnt from examples alone: a CRF over this assistant's tokens.

What `SubjectExtractor` does for one type with the gazetteer's help, without that help. It comes
after the intent classifier, because which entities a message has depends on its intent.
"""

from __future__ import annotations

from typing import Any

import sklearn_crfsuite
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from benchmarks.nlu.sets import Span
from bot.brain.nlu.component import Trainable
from bot.brain.nlu.subject_features import words_of
from conference.text import is_han


def features(tokens: list[Token], intent: str | None) -> list[dict[str, Any]]:
    """CRF features of each token: its word and form, two neighbours a side, the intent."""
    own: list[dict[str, Any]] = []
    for token, (mark, word) in zip(tokens, words_of(tokens), strict=True):
        text, lemma = token.text, token.lemma
        one = {"w": word, "c": lemma, "seg": mark, "digit": any(map(str.isdigit, lemma))}
        one["shape"] = "X" if text.isupper() else "Xx" if text[:1].isupper() else "x"
        if is_han(lemma[0]):
            one |= {"first": word[0], "last": word[-1]}
        else:
            one |= {f"s{n}": lemma[-n:] for n in (1, 2, 3, 5)} | {"p3": lemma[:3]}
        own.append(one)
    rows = []
    for number, one in enumerate(own):
        row: dict[str, Any] = {"bias": 1.0, **{f"0{name}": value for name, value in one.items()}}
        row |= {"intent": str(intent), "intent|w": f"{intent}|{one['w']}"}
        for offset in (-2, -1, 1, 2):
            other = number + offset
            if not 0 <= other < len(own):
                row[f"{offset}edge"] = True
                continue
            names = ("w", "c", "seg", "shape", "digit") if abs(offset) == 1 else ("w", "c", "seg")
            row |= {f"{offset}{name}": own[other][name] for name in names}
            if abs(offset) == 1:
                row[f"0|{offset}"] = f"{one['w']}|{own[other]['w']}"
        rows.append(row)
    return rows


def labels(tokens: list[Token], entities: list[dict[str, Any]]) -> list[str]:
    """B- or I- with the type for each token within an entity, O for the others."""
    found = ["O"] * len(tokens)
    for entity in entities:
        mark = "B"
        for number, token in enumerate(tokens):
            if token.start >= entity["start"] and token.end <= entity["end"]:
                found[number] = f"{mark}-{entity['entity']}"
                mark = "I"
    return found


def spans(tokens: list[Token], marks: list[str]) -> list[Span]:
    """What the labels stand for; a type that changes begins a new entity."""
    found: list[Span] = []
    before = "O"
    for token, mark in zip(tokens, marks, strict=True):
        if mark.startswith("I-") and before[2:] == mark[2:]:
            start, _, kind = found.pop()
            found.append((start, token.end, kind))
        elif mark != "O":
            found.append((token.start, token.end, mark[2:]))
        before = mark
    return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpanExtractor(Trainable):
    """Adds the entities that the CRF finds."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"c1": 0.05, "c2": 0.1, "iterations": 120}

    def learn(self, training_data: TrainingData) -> sklearn_crfsuite.CRF:
        rows, marks = [], []
        for message in training_data.intent_examples:
            tokens = message.get(TOKENS_NAMES[TEXT])
            if tokens:
                rows.append(features(tokens, message.get(INTENT)))
                marks.append(labels(tokens, message.get(ENTITIES, [])))
        crf = sklearn_crfsuite.CRF(
            c1=self._config["c1"], c2=self._config["c2"], max_iterations=self._config["iterations"]
        )
        return crf.fit(rows, marks)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            tokens = message.get(TOKENS_NAMES[TEXT])
            if not tokens:
                continue
            intent = (message.get(INTENT) or {}).get("name")
            marks = self._learnt.predict_single(features(tokens, intent))
            found = [
                {
                    "entity": kind,
                    "value": message.get(TEXT)[start:end],
                    "start": start,
                    "end": end,
                    "extractor": self._identifier,
                }
                for start, end, kind in spans(tokens, marks)
            ]
            message.set(ENTITIES, found, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
