"""Finds the names and words that the assistant knows, by spaCy's phrase matcher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import jieba
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.brain.nlu import phrases
from bot.brain.nlu.clauses import PLACES
from bot.brain.nlu.component import Component
from bot.brain.nlu.phrases import Phrase
from bot.brain.nlu.spelling import english_words
from bot.brain.nlu.tokenizer import BilingualTokens
from conference.text import is_han

CUES = frozenset({"cue", "key", "attribute", "ordinal", "to_language", "occupation"})
"""Entities that say what to do; they may stand on the same words as a value ("work", "city")."""

NOTHING = "none"
"""The cue of words that mean none of what lies within them: "remote sensing", "next summer"."""

_BEFORE_SHORT = frozenset("在去到来驻留回往离至、，和与及跟或")
_STANDS_BEFORE = frozenset("在驻去到来回留")
_AFTER_SHORT_COUNTRY = frozenset("企资籍方商")
_AFTER_SHORT = frozenset("的、，和与及跟或企资籍方呢吗有工找上岗招")


class PhraseFinder:
    """Longest matches of a fixed set of phrases in tokenised text."""

    def __init__(self, entries: Iterable[Phrase]) -> None:
        tokens = BilingualTokens()
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._entries: dict[int, list[Phrase]] = defaultdict(list)
        by_words: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
        for phrase in entries:
            words = tuple(token.lemma for token in tokens(phrase.text))
            if words and phrase not in by_words[words]:
                by_words[words].append(phrase)
        for number, (words, found) in enumerate(by_words.items()):
            name = f"p{number}"
            self._matcher.add(name, [Doc(self._vocab, words=list(words))])
            self._entries[self._vocab.strings[name]] = found
        self.words = frozenset(word for words in by_words for word in words)

    def find(self, tokens: list[Token]) -> list[dict[str, Any]]:
        """Rasa entities, longest first within values and within each sort of cue."""
        if not tokens:
            return []
        doc = Doc(self._vocab, words=[token.lemma for token in tokens])
        found = {
            (phrase.entity, phrase.value, tokens[first].start, tokens[end - 1].end)
            for name, first, end in self._matcher(doc)
            for phrase in self._entries[name]
            if _believable(phrase, tokens, first, end)
        }
        return [
            {"entity": entity, "value": value, "start": start, "end": end}
            for entity, value, start, end in sorted(
                found, key=lambda each: (each[2], each[3], each)
            )
        ]


def _believable(phrase: Phrase, tokens: list[Token], first: int, end: int) -> bool:
    if any(  # 境内 地震 is no 内地
        is_han(left.lemma) and is_han(right.lemma) and left.end < right.start
        for left, right in pairwise(tokens[first:end])
    ):
        return False
    if phrase.short:
        after = _AFTER_SHORT_COUNTRY if phrase.entity == "country" else _AFTER_SHORT
        return _stands_alone(tokens, first, end, after)
    if phrase.exact:
        typed = "".join(token.text for token in tokens[first:end])
        same = typed == phrase.text.replace(" ", "")
        if phrase.entity in PLACES and typed.lower() not in english_words():
            return True  # "gz", "kl": nothing else that anybody writes
        return same or (phrase.entity != "institution" and _named_in_lower_case(tokens, first, end))
    return True


def _stands_alone(tokens: list[Token], first: int, end: int, may_follow: frozenset[str]) -> bool:
    """An abbreviation of one Chinese character counts only where it cannot be half a word."""
    before = (
        tokens[first - 1].lemma if first and tokens[first - 1].end == tokens[first].start else ""
    )
    after = (
        tokens[end].lemma if end < len(tokens) and tokens[end].start == tokens[end - 1].end else ""
    )
    opens = not before or not is_han(before[-1]) or before in _BEFORE_SHORT
    closes = after in may_follow or (
        not (after and is_han(after[0])) and may_follow is _AFTER_SHORT
    )
    if opens and not closes and before in _STANDS_BEFORE and is_han(after[0]):
        # 在沪会计: alone if no word of a segmenter holds both, unlike 在港口
        following = "".join(token.lemma for token in tokens[first : end + 3])
        return bool(next(iter(jieba.cut(following, HMM=False))) == tokens[first].lemma)
    return opens and closes


_VERBS_BEFORE = frozenset(["show", "give", "tell", "let", "help", "send", "find", "get", "offer"])
_NOUNS_AFTER = frozenset(
    [
        "job",
        "jobs",
        "sector",
        "industry",
        "field",
        "company",
        "companies",
        "firm",
        "firms",
        "specialist",
        "specialists",
        "engineer",
        "engineers",
        "professional",
        "professionals",
        "work",
        "position",
        "positions",
        "project",
        "projects",
        "programme",
        "programmes",
        "program",
        "programs",
        "institution",
        "institutions",
        "university",
        "universities",
        "employer",
        "employers",
        "forum",
        "forums",
        "events",
        "vacancies",
        "openings",
        "partners",
        "roles",
        "internship",
        "internships",
    ]
)


def _named_in_lower_case(tokens: list[Token], first: int, end: int) -> bool:
    """`it` and `us` are pronouns, unless a noun follows ("it jobs") or they close "jobs in ..."."""
    after = tokens[end].lemma if end < len(tokens) else ""
    before = tokens[first - 1].lemma if first else ""
    if is_han(after[:1]) or is_han(before[-1:]) or len(tokens) == end - first:
        return True
    closes = not after or not after[0].isalnum() or after in {"in", "at", "for", "and", "or"}
    if before in _VERBS_BEFORE:  # "show us institutions"
        return False
    return after in _NOUNS_AFTER or (
        before in {"in", "the", "for", "and", "or"} and closes and first > 1
    )


def longest(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drops what lies within a longer value, and shorter cues within longer ones of their sort."""
    kept: list[dict[str, Any]] = []
    for entity in sorted(entities, key=lambda each: (each["start"] - each["end"], each["start"])):
        if not any(_hides(other, entity) for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda each: (each["start"], each["end"], each["entity"]))


_BOTH = frozenset([("employment", "kind"), ("subject", "occupation")])
"""What a longer value leaves to be seen within it: 实习岗位 are jobs, a "truck driver" drives."""


def _hides(longer: dict[str, Any], entity: dict[str, Any]) -> bool:
    overlap = longer["start"] < entity["end"] and entity["start"] < longer["end"]
    if not overlap or (longer["start"], longer["end"]) == (entity["start"], entity["end"]):
        return False
    if longer["value"] == NOTHING:
        return True
    if longer["entity"] in ("key", "occupation") and entity["entity"] == "kind":
        return True  # 活动类型, "type of employment", "project manager"
    if (longer["entity"], entity["entity"]) in _BOTH:
        return False
    if longer["entity"] in CUES:
        return bool(longer["entity"] == entity["entity"] and longer["value"] != "origin")
    return True


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class GazetteerExtractor(Component):
    """Entities for every known name and word; `value` is the code."""

    def __init__(self) -> None:
        self._finder = PhraseFinder([*phrases.vocabulary_phrases(), *phrases.language_phrases()])

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            tokens = message.get(TOKENS_NAMES[TEXT]) or []
            subjects = [each for each in message.get(ENTITIES, []) if each["entity"] == "subject"]
            known = [each for each in message.get(ENTITIES, []) if each["entity"] != "subject"]
            found = [{**entity, "extractor": "gazetteer"} for entity in self._finder.find(tokens)]
            # an example's own annotation hides nothing: the subject extractor must learn from what
            # it will see in a message
            message.set(ENTITIES, [*longest([*known, *found]), *subjects], add_to_output=True)
        return messages
