"""Finds what is left over and describes the thing looked for: a title, a skill, a narrow subject.

A linear-chain CRF (Lafferty et al., 2001) over tokens. It sees the word, its neighbours, whether
the gazetteer knows it, and, for Chinese, where Jieba would put the borders of words.
"""

from __future__ import annotations

from typing import Any

import jieba
import sklearn_crfsuite
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.component import Trainable
from bot.brain.nlu.encoder import mended_text
from bot.brain.nlu.gazetteer import CUES, longest
from bot.brain.nlu.spelling import english_words
from conference.text import is_han

SUBJECT = "subject"
_EDGES = frozenset(
    "的 the a an in on at for of and or 和 或 、 , ， ? ？ . 。 ! ！ any some 方 面 相 关 类".split()
)


def _segments(tokens: list[Token]) -> list[tuple[str, str]]:
    """For each token its place in the word that Jieba sees (B, I or S) and that word."""
    text = "".join(token.lemma for token in tokens)
    word_at: list[tuple[int, str]] = []
    for word in jieba.cut(text, HMM=False):
        word_at.extend((place, word) for place in range(len(word)))
    marks, position = [], 0
    for token in tokens:
        place, word = word_at[position]
        mark = "S" if len(word) <= len(token.lemma) else "B" if place == 0 else "I"
        marks.append((mark, word if is_han(token.lemma[0]) else token.lemma))
        position += len(token.lemma)
    return marks


def _known(tokens: list[Token], entities: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """For each token the thing and the cue that the gazetteer sees there."""
    things, cues = ["-"] * len(tokens), ["-"] * len(tokens)
    for entity in entities:
        if entity["entity"] == SUBJECT:
            continue
        labels = cues if entity["entity"] in CUES else things
        name = entity["entity"] if entity["entity"] != "cue" else str(entity["value"])
        for number, token in enumerate(tokens):
            if token.start >= entity["start"] and token.end <= entity["end"]:
                labels[number] = name
    return list(zip(things, cues, strict=True))


def token_features(
    tokens: list[Token], entities: list[dict[str, Any]], english: frozenset[str]
) -> list[dict[str, Any]]:
    """CRF features of each token, with those of its two neighbours on either side."""
    segments, known = _segments(tokens), _known(tokens, entities)
    own: list[dict[str, Any]] = []
    for token, (mark, word), (thing, cue) in zip(tokens, segments, known, strict=True):
        han = is_han(token.lemma[0])
        own.append(
            {
                "w": word,
                "c": token.lemma,
                "seg": mark,
                "thing": thing,
                "cue": cue,
                "han": han,
                "tail": "" if han else token.lemma[-3:],
                "head": "" if han else token.lemma[:3],
                "rare": not han and token.lemma not in english,
                "shape": "X" if token.text.isupper() else "x" if token.text.islower() else "Xx",
            }
        )
    rows = []
    for number in range(len(own)):
        row: dict[str, Any] = {f"0{name}": value for name, value in own[number].items()}
        for offset in (-3, -2, -1, 1, 2, 3):
            other = number + offset
            if not 0 <= other < len(own):
                row[f"{offset}edge"] = True
                continue
            names = ("w", "c", "thing", "cue", "seg") if abs(offset) < 3 else ("w", "thing")
            row.update({f"{offset}{name}": own[other][name] for name in names})
        if number:
            row["-1|0"] = f"{own[number - 1]['w']}|{own[number]['w']}"
        if number + 1 < len(own):
            row["0|1"] = f"{own[number]['thing']}|{own[number + 1]['thing']}|{own[number + 1]['w']}"
        rows.append(row)
    return rows


def _labels(tokens: list[Token], entities: list[dict[str, Any]]) -> list[str]:
    labels = ["O"] * len(tokens)
    for entity in entities:
        if entity["entity"] != SUBJECT:
            continue
        inside = [
            number
            for number, token in enumerate(tokens)
            if token.start >= entity["start"] and token.end <= entity["end"]
        ]
        for number in inside:
            labels[number] = "B" if number == inside[0] else "I"
    return labels


def spans(tokens: list[Token], labels: list[str]) -> list[tuple[int, int]]:
    """Token ranges of the subjects, without function words at their edges."""
    found: list[list[int]] = []
    for number, label in enumerate(labels):
        if label == "B" or (label == "I" and not (found and found[-1][1] == number)):
            found.append([number, number + 1])
        elif label == "I":
            found[-1][1] = number + 1
    trimmed = []
    for first, end in found:
        while first < end and tokens[first].lemma in _EDGES:
            first += 1
        while end > first and tokens[end - 1].lemma in _EDGES:
            end -= 1
        if end > first:
            trimmed.append((first, end))
    return trimmed


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SubjectExtractor(Trainable):
    """Adds `subject` entities whose value is the text as it was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._english = english_words()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"c1": 0.05, "c2": 0.1, "iterations": 120}

    def learn(self, training_data: TrainingData) -> sklearn_crfsuite.CRF:
        rows, labels = [], []
        for message in training_data.training_examples:
            tokens = message.get(TOKENS_NAMES[TEXT])
            if tokens:
                entities = message.get(ENTITIES, [])
                rows.append(token_features(tokens, entities, self._english))
                labels.append(_labels(tokens, entities))
        crf = sklearn_crfsuite.CRF(
            c1=self._config["c1"], c2=self._config["c2"], max_iterations=self._config["iterations"]
        )
        return crf.fit(rows, labels)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            tokens = message.get(TOKENS_NAMES[TEXT])
            if not tokens:
                continue
            entities = message.get(ENTITIES, [])
            features = token_features(tokens, entities, self._english)
            labels = self._learnt.predict_single(features)
            text = message.get(TEXT)
            found = [
                {
                    "entity": SUBJECT,
                    "value": text[tokens[first].start : tokens[end - 1].end],
                    "start": tokens[first].start,
                    "end": tokens[end - 1].end,
                    "extractor": SUBJECT,
                }
                for first, end in spans(tokens, labels)
            ]
            message.set(ENTITIES, longest([*entities, *_news(found, entities)]), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def _news(found: list[dict[str, Any]], entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Subjects that say more than what the gazetteer already knows on the same words."""
    known = {(each["start"], each["end"]) for each in entities if each["entity"] not in CUES}
    return [each for each in found if (each["start"], each["end"]) not in known]
