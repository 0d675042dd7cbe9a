"""Finds what is left over and describes the thing looked for: a title, a skill, a narrow subject.

A linear-chain CRF (Lafferty et al., 2001) over tokens. It sees the word, its neighbours, whether
the gazetteer knows it, and, for Chinese, where Jieba would put the borders of words.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import sklearn_crfsuite
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.lang.en.stop_words import STOP_WORDS

from bot.brain.nlu.component import Trainable
from bot.brain.nlu.exchange import exchanged
from bot.brain.nlu.gazetteer import CUES, longest
from bot.brain.nlu.subject_features import SUBJECT, Uses, parts_of_speech, token_features, words_of
from bot.brain.nlu.titles import OF_LANGUAGE, Titles, passed_over, titled
from conference.text import is_han

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
        "subscribe_alert",
    ]
)
"""The intents in which a subject means anything; it learns from their examples alone."""
_EDGES = frozenset(
    """
    的 the a an in on at for of from to with about and or 和 或 、 , ， ? ？ . 。 ! ！ any some
    方 面 相 关 类 one ones stuff things something & concerning regarding instead your overview
    attending participating presenting exhibiting wish wat hope ur exist either dealing related
    relating involving focused focusing specialising specializing connected working dear
    gimme lemme wanna gonna bring brings send sends concern concerns come comes em 'em
    obviously naturally honestly frankly basically hopefully seriously ideally preferably certainly
    definitely sadly luckily thankfully complete full entire whole detailed holder holders um uh erm
    yeah fr abt w wit da dat u
    紧 damn bloody 搞 做 招 找 有 在 是 干 当 方面 相关 完整 留学 回国 归国
    先 再 还 也 都 就 又 最 更 才 只 很 太
    """.split()
)
_STOPS = frozenset(":：;；,，。!！?？…")
"""No name goes on after these."""
_SAY_NOTHING = _EDGES | STOP_WORDS - {"go", "it"}  # Go is a skill, IT a trade
_OF_NO_NAME = frozenset(["c", "p", "r", "u", "uj", "ul", "uz", "y"])
"""Jieba's tags of conjunctions, prepositions, pronouns and particles."""
_OF_NO_NAME_IF_LONGER = frozenset(["d", "e", "f", "m", "mq", "q", "t"])
"""Of adverbs, places, numbers, measures and times: a single one may begin a name (超硬材料)."""
_NEVER_INSIDE = frozenset(
    {
        "city", "region", "country", "institution", "degree", "employment", "salary", "remote",
        "day", "period", "direction", "experience_max", "institution_type", "sort",
    }
)  # fmt: skip
"""Things that bound a subject; an industry may be part of one ("medical devices")."""
_SENTENCE_ENDS = frozenset("。！？；.!?;")
_BOUNDING_CUES = frozenset(
    {
        "elsewhere",
        "exclude",
        "exclude_after",
        "remove",
        "only",
        "drop",
        "drop_value",
        "correct",
        "count",
        "most",
        "show",
        "list",
        "first_person_offer",
    }
)


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


def _whole(labels: list[str], tokens: list[Token], entities: list[dict[str, Any]]) -> list[str]:
    """The labels over whole words and occupations: half of 工程师 is no subject."""
    words: list[tuple[int, int]] = []
    for number, (mark, word) in enumerate(words_of(tokens)):
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
            first = inside[0]
            if first and tokens[first - 1].end == each["start"] and labels[first - 1] != "O":
                first -= 1  # 体育记者, where 体育 alone was found
            words.append((first, inside[-1] + 1))
    whole = list(labels)
    for start, end in words:
        if end - start > 1 and any(label != "O" for label in whole[start:end]):
            joins = whole[start] == "I" or (
                whole[start] == "O" and start > 0 and whole[start - 1] != "O"
            )
            whole[start:end] = ["I" if joins else "B", *["I"] * (end - start - 1)]
    return whole


def _trades(entities: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """Where occupations stand."""
    return {(each["start"], each["end"]) for each in entities if each["entity"] == "occupation"}


def _bounded(labels: list[str], tokens: list[Token], entities: list[dict[str, Any]]) -> list[str]:
    """The labels without the tokens of things that bound a subject."""
    languages = {each["start"] for each in entities if each["value"] == OF_LANGUAGE}
    trades = _trades(entities)
    bounds = [
        each
        for each in entities
        if each["entity"] in _NEVER_INSIDE
        and not (
            each["entity"] == "country"
            and any(0 <= start - each["end"] <= 1 for start in languages)
        )
        and not (
            each["entity"] == "period"  # "night porter"
            and any(start - each["end"] == 1 for start, _ in trades)
            and any((token.start, token.end) == (each["start"], each["end"]) for token in tokens)
        )
    ]
    bounds += [  # a cue of one character may be half a word: 非标
        each
        for each in entities
        if each["entity"] == "cue"
        and each["value"] in _BOUNDING_CUES
        and each["end"] - each["start"] > 1
    ]
    titles = {each["start"] for each in entities if each["entity"] == "occupation"}
    bounds += [  # "nurse work", but "project manager"
        each
        for each in entities
        if each["entity"] == "kind" and not any(0 <= start - each["end"] <= 1 for start in titles)
    ]
    bounds = [  # 采购 buys, and is a trade
        each
        for each in bounds
        if not any(start <= each["start"] and each["end"] <= end for start, end in trades)
    ]
    return [
        "O"
        if token.text in _SENTENCE_ENDS
        or any(token.start < each["end"] and each["start"] < token.end for each in bounds)
        else label
        for token, label in zip(tokens, labels, strict=True)
    ]


def _says_nothing(token: Token, word: str, uses: Uses | None = None) -> bool:
    """Whether a token is a sign, a function word, or of a word that names nothing (一片, 所以).

    What the examples look for more often than not is a name, whatever else it is: 前端.
    """
    if not any(map(str.isalnum, token.lemma)):
        return True
    if uses is not None and uses.inside[word] > uses.outside[word]:
        return False
    tag = parts_of_speech().get(word, "")
    longer = len(word) > 1 and tag in _OF_NO_NAME_IF_LONGER
    return word in _SAY_NOTHING or tag in _OF_NO_NAME or longer


def _is_verb(tokens: list[Token], kept: list[int]) -> bool:
    """ "I'll go anywhere": Go is a skill where nobody is said to go."""
    first = kept[0]
    before = tokens[first - 1].lemma if first else ""
    return len(kept) == 1 and tokens[first].lemma == "go" and before in STOP_WORDS | {"'ll", "'d"}


def spans(
    tokens: list[Token], labels: list[str], uses: Uses | None = None
) -> list[tuple[int, int]]:
    """Token ranges of the subjects, without function words at their edges.

    One Chinese character alone is a verb (看, 干), hardly ever a title.
    """
    words = [word for _, word in words_of(tokens)]
    found: list[list[int]] = []
    for number, label in enumerate(labels):
        if label != "O" and tokens[number].text in _STOPS:
            continue
        if label == "B" or (label == "I" and not (found and found[-1][1] == number)):
            found.append([number, number + 1])
        elif label == "I":
            found[-1][1] = number + 1
    trimmed = []
    for span in found:
        kept = [n for n in range(*span) if not _says_nothing(tokens[n], words[n], uses)]
        short = len(kept) == 1 and is_han(tokens[kept[0]].lemma[0])
        if kept and not short and not _is_verb(tokens, kept):
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
        return {
            "c1": 0.05,
            "c2": 0.1,
            "iterations": 120,
            "least_searching": 0.1,
            "rounds": 1,
            "seed": 1,
        }

    def learn(self, training_data: TrainingData) -> tuple[sklearn_crfsuite.CRF, Uses]:
        examples = [
            (tokens, message.get(ENTITIES, []))
            for message in training_data.intent_examples
            if message.get(INTENT) in _SEARCHING and (tokens := message.get(TOKENS_NAMES[TEXT]))
        ]
        uses = Uses(Counter(), Counter())
        for message in training_data.intent_examples:  # what is said elsewhere is no title, either
            tokens = message.get(TOKENS_NAMES[TEXT]) or []
            words = [word for _, word in words_of(tokens)]
            marks = _labels(tokens, message.get(ENTITIES, []))
            for word, label, following in zip(words, marks, [*marks[1:], "O"], strict=True):
                if label == "O":
                    uses.outside[word] += 1
                    uses.beside[word] += following == "B"
                elif message.get(INTENT) in _SEARCHING:
                    uses.inside[word] += 1
        rows, labels = [], []
        variants = exchanged(examples, rounds=self._config["rounds"], seed=self._config["seed"])
        for tokens, entities in (*examples, *variants):
            own_words = Counter(word for _, word in words_of(tokens))
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
            titles = Titles(tokens, entities, uses)
            if not set(labels) - {"O"}:
                labels = passed_over(tokens, entities, titles)
            labels = titled(labels, tokens, entities, titles)
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
                for first, end in spans(tokens, labels, uses)
            ]
            news = _news(found, tokens, entities, uses)
            message.set(ENTITIES, longest([*entities, *news]), add_to_output=True)
        return messages


def _searching(message: Message) -> float:
    """The share of all intents whose messages have subjects."""
    ranking = message.get(INTENT_RANKING_KEY) or []
    return float(sum(each["confidence"] for each in ranking if each["name"] in _SEARCHING))


def _news(
    found: list[dict[str, Any]], tokens: list[Token], entities: list[dict[str, Any]], uses: Uses
) -> list[dict[str, Any]]:
    """Subjects that say more than known names, and the words that join them (金融和教育), do."""
    trades = _trades(entities)
    things = [
        each
        for each in entities
        if each["entity"] not in (CUES - {"key"}) | {SUBJECT}
        and not (each["entity"] == "direction" and (each["start"], each["end"]) in trades)
    ]

    words = [word for _, word in words_of(tokens)]

    def known(token: Token) -> bool:
        return any(one["start"] <= token.start and token.end <= one["end"] for one in things)

    return [
        each
        for each in found
        if not all(
            known(token) or _says_nothing(token, word, uses)
            for token, word in zip(tokens, words, strict=True)
            if each["start"] <= token.start < each["end"]
        )
    ]
