"""Finds what is left over and describes the thing looked for: a title, a skill, a narrow subject.

A linear-chain CRF (Lafferty et al., 2001) over tokens. It sees the word, its neighbours, whether
the gazetteer knows it, and, for Chinese, where Jieba would put the borders of words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jieba
import sklearn_crfsuite
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.component import Trainable
from bot.brain.nlu.gazetteer import CUES, NOTHING, longest
from conference.text import is_han

SUBJECT = "subject"
_SEARCHING = frozenset(
    [
        "find_jobs",
        "find_programs",
        "find_institutions",
        "find_intentions",
        "find_events",
        "refine",
        "count",
        "select_item",
        "match_profile",
    ]
)
"""The intents in which a subject means anything; it learns from their examples alone."""
_EDGES = frozenset(
    [
        "的",
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "for",
        "of",
        "from",
        "to",
        "with",
        "about",
        "and",
        "or",
        "和",
        "或",
        "、",
        ",",
        "，",
        "?",
        "？",
        ".",
        "。",
        "!",
        "！",
        "any",
        "some",
        "方",
        "面",
        "相",
        "关",
        "类",
        "one",
        "ones",
        "stuff",
        "things",
        "something",
        "&",
        "concerning",
        "regarding",
        "instead",
        "your",
        "overview",
        "attending",
        "participating",
        "presenting",
        "exhibiting",
        "wish",
        "wat",
        "hope",
        "ur",
        "exist",
        "紧",
        "damn",
        "bloody",
        "搞",
        "做",
        "招",
        "找",
        "有",
        "在",
        "是",
    ]
)
_NEVER_INSIDE = frozenset(
    {
        "city", "region", "country", "institution", "degree", "employment", "salary", "remote",
        "day", "period", "experience_max", "institution_type", "sort",
    }
)  # fmt: skip
"""Things that bound a subject; an industry may be part of one ("medical devices")."""
_OF_LANGUAGE = (
    "of_language"  # the cue before which a nationality names a language: "Russian teacher"
)


def _segments(tokens: list[Token]) -> tuple[tuple[str, str], ...]:
    """For each token its place in the word that Jieba sees (B, I or S) and that word."""
    return _segmented(tuple(token.lemma for token in tokens))


@lru_cache(maxsize=64)
def _segmented(lemmas: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Kept, because a message's words are asked for at each step that looks at them."""
    word_at: list[tuple[int, str]] = []
    for word in jieba.cut("".join(lemmas), HMM=False):
        word_at.extend((place, word) for place in range(len(word)))
    marks, position = [], 0
    for lemma in lemmas:
        place, word = word_at[position]
        mark = "S" if len(word) <= len(lemma) else "B" if place == 0 else "I"
        marks.append((mark, word if is_han(lemma[0]) else lemma))
        position += len(lemma)
    return tuple(marks)


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


@dataclass
class Uses:
    """How often each word stood inside and outside of subjects in the examples.

    A word that no example has outside of a subject is likely one itself: that is how titles and
    skills which nobody foresaw are found. In training an example's own uses don't count, or every
    word would look familiar.
    """

    outside: Counter[str]
    inside: Counter[str]

    def familiarity(self, word: str, *, minus: Counter[str] | None = None) -> tuple[int, int]:
        """Buckets 0 to 3 (none, one, a few, many) of uses outside and inside of subjects."""
        own = minus[word] if minus else 0
        out, into = self.outside[word], self.inside[word]
        return _bucket(max(out - own, 0)), _bucket(max(into - own, 0))


def _bucket(count: int) -> int:
    return 0 if count == 0 else 1 if count == 1 else 2 if count < 6 else 3


def token_features(
    tokens: list[Token],
    entities: list[dict[str, Any]],
    uses: Uses,
    *,
    own_words: Counter[str] | None = None,
) -> list[dict[str, Any]]:
    """CRF features of each token, with those of its neighbours on either side.

    `own_words` are an example's own, left out of account while training.
    """
    segments, known = _segments(tokens), _known(tokens, entities)
    own: list[dict[str, Any]] = []
    for token, (mark, word), (thing, cue) in zip(tokens, segments, known, strict=True):
        outside, inside = uses.familiarity(word, minus=own_words)
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
                "out": str(outside),
                "in": str(inside),
                "new": f"{outside}{thing}{cue}" if thing == "-" else "-",
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
            names = ("w", "c", "thing", "cue", "seg", "out") if abs(offset) < 3 else ("w", "thing")
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


def _passed_over(tokens: list[Token], entities: list[dict[str, Any]], uses: Uses) -> list[str]:
    """Labels of an occupation, or of new words before a kind, that the CRF passed over.

    "Pump engineer, Shandong", "fpga jobs": a search that names an occupation is for it, unless the
    speaker says it of themself ("I'm an engineer").
    """
    labels = ["O"] * len(tokens)
    kinds = {each["start"] for each in entities if each["entity"] in ("kind", "event_type")}
    selves = [each["end"] for each in entities if each["value"] == "origin"]
    known = _known(tokens, entities)
    occupations = {each["end"] for each in entities if each["entity"] == "occupation"}

    words = [word for _, word in _segments(tokens)]
    text = {token.start: token.text for token in tokens}

    def gap(end: int, start: int) -> str:
        return "".join(text.get(place, "") for place in range(end, start))

    def _is_new(number: int) -> bool:
        word = words[number]
        written = word.isalpha() and (word.isascii() or len(word) > 1)
        unusual = uses.outside[word] == 0 or uses.inside[word] > uses.outside[word]
        return known[number] in (("-", "-"), ("-", NOTHING)) and written and unusual

    for number, token in enumerate(tokens):
        reach = 0 if is_han(token.lemma[0]) else 1
        new = _is_new(number) and any(
            0 <= start - token.end <= reach or gap(token.end, start) == "的" for start in kinds
        )
        if not new and token.end not in occupations:
            continue
        if any(0 <= token.start - end <= 2 for end in selves):
            continue
        first = number
        while first and _is_new(first - 1):
            first -= 1
        labels[first : number + 1] = ["I"] * (number + 1 - first)
        if not (first and labels[first - 1] != "O"):
            labels[first] = "B"
    return labels


def _whole(labels: list[str], tokens: list[Token], entities: list[dict[str, Any]]) -> list[str]:
    """The labels over whole words and occupations: half of 工程师 is no subject."""
    words: list[tuple[int, int]] = []
    for number, (mark, word) in enumerate(_segments(tokens)):
        if mark == "I" and is_han(word[0]):
            words[-1] = (words[-1][0], number + 1)
        else:
            words.append((number, number + 1))
    for each in entities:
        if each["entity"] == "occupation":
            inside = [
                number
                for number, token in enumerate(tokens)
                if each["start"] <= token.start and token.end <= each["end"]
            ]
            words.append((inside[0], inside[-1] + 1))
    whole = list(labels)
    for start, end in words:
        if end - start > 1 and any(label != "O" for label in whole[start:end]):
            joins = whole[start] == "I" or (
                whole[start] == "O" and start > 0 and whole[start - 1] != "O"
            )
            whole[start:end] = ["I" if joins else "B", *["I"] * (end - start - 1)]
    return whole


def _bounded(labels: list[str], tokens: list[Token], entities: list[dict[str, Any]]) -> list[str]:
    """The labels without the tokens of things that bound a subject."""
    languages = {each["start"] for each in entities if each["value"] == _OF_LANGUAGE}
    bounds = [
        each
        for each in entities
        if each["entity"] in _NEVER_INSIDE
        and not any(0 <= start - each["end"] <= 1 for start in languages)
    ]
    titles = {each["start"] for each in entities if each["entity"] == "occupation"}
    bounds += [  # "nurse work", but "project manager"
        each
        for each in entities
        if each["entity"] == "kind" and not any(0 <= start - each["end"] <= 1 for start in titles)
    ]
    return [
        "O"
        if any(token.start < each["end"] and each["start"] < token.end for each in bounds)
        else label
        for token, label in zip(tokens, labels, strict=True)
    ]


def spans(tokens: list[Token], labels: list[str]) -> list[tuple[int, int]]:
    """Token ranges of the subjects, without function words at their edges."""
    found: list[list[int]] = []
    for number, label in enumerate(labels):
        if label == "B" or (label == "I" and not (found and found[-1][1] == number)):
            found.append([number, number + 1])
        elif label == "I":
            found[-1][1] = number + 1
    trimmed = []
    for span in found:
        kept = [n for n in range(*span) if tokens[n].lemma not in _EDGES]
        if kept:
            trimmed.append((kept[0], kept[-1] + 1))
    return trimmed


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SubjectExtractor(Trainable):
    """Adds `subject` entities whose value is the text as it was typed.

    The CRF learns from searches alone, and finds new words in anything else, too: a message that
    names no kind is left alone where all that searches has less than `least_searching` together.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"c1": 0.05, "c2": 0.1, "iterations": 120, "least_searching": 0.1}

    def learn(self, training_data: TrainingData) -> tuple[sklearn_crfsuite.CRF, Uses]:
        examples = [
            (tokens, message.get(ENTITIES, []))
            for message in training_data.intent_examples
            if message.get(INTENT) in _SEARCHING and (tokens := message.get(TOKENS_NAMES[TEXT]))
        ]
        uses = Uses(Counter(), Counter())
        for tokens, entities in examples:
            words = [word for _, word in _segments(tokens)]
            for word, label in zip(words, _labels(tokens, entities), strict=True):
                (uses.outside if label == "O" else uses.inside)[word] += 1
        rows, labels = [], []
        for tokens, entities in examples:
            own_words = Counter(word for _, word in _segments(tokens))
            rows.append(token_features(tokens, entities, uses, own_words=own_words))
            labels.append(_labels(tokens, entities))
        crf = sklearn_crfsuite.CRF(
            c1=self._config["c1"], c2=self._config["c2"], max_iterations=self._config["iterations"]
        )
        return crf.fit(rows, labels), uses

    def process(self, messages: list[Message]) -> list[Message]:
        crf, uses = self._learnt
        for message in messages:
            tokens = message.get(TOKENS_NAMES[TEXT])
            if not tokens:
                continue
            entities = message.get(ENTITIES, [])
            intent = (message.get(INTENT) or {}).get("name")
            searches = intent in _SEARCHING or any(each["entity"] == "kind" for each in entities)
            if not searches and _searching(message) < self._config["least_searching"]:
                continue
            labels = crf.predict_single(token_features(tokens, entities, uses))
            if searches and not set(labels) - {"O"}:
                labels = _passed_over(tokens, entities, uses)
            labels = _bounded(_whole(labels, tokens, entities), tokens, entities)
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
            found = [each for each in found if not _all_known(each, tokens, entities)]
            message.set(ENTITIES, longest([*entities, *_news(found, entities)]), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def _searching(message: Message) -> float:
    """The share of all intents whose messages have subjects."""
    ranking = message.get(INTENT_RANKING_KEY) or []
    return float(sum(each["confidence"] for each in ranking if each["name"] in _SEARCHING))


def _news(found: list[dict[str, Any]], entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Subjects that say more than what the gazetteer already knows on the same words."""
    known = [each for each in entities if each["entity"] not in CUES - {"key"}]
    return [
        each
        for each in found
        if not any(one["start"] <= each["start"] and each["end"] <= one["end"] for one in known)
    ]


def _all_known(
    subject: dict[str, Any], tokens: list[Token], entities: list[dict[str, Any]]
) -> bool:
    """Whether names that are known and words that join them are all there is: 金融和教育."""
    things = [each for each in entities if each["entity"] not in CUES | {SUBJECT}]
    inside = [each for each in tokens if subject["start"] <= each.start < subject["end"]]
    known = [
        any(thing["start"] <= token.start and token.end <= thing["end"] for thing in things)
        for token in inside
    ]
    return any(known) and all(
        is_known or token.lemma in _EDGES for is_known, token in zip(known, inside, strict=True)
    )
