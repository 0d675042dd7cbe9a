"""Mends misspelt Latin words that are close to a word the assistant knows.

A word is left alone when it is English (symspellpy's frequency dictionary of 82,000 words) or known
already; "shenzen", "enviroment" and "progams" become what they were meant to be, abbreviations
what they stand for. Distances are
Damerau-Levenshtein: one edit in words of four to six letters, two in longer ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from rapidfuzz import process as rapidfuzz_process
from rapidfuzz.distance import OSA
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu import phrases
from bot.brain.nlu.component import Trainable
from bot.brain.nlu.tokenizer import BilingualTokens

_WORD = re.compile(r"[a-z]{4,}$")
_LONG = 7  # letters: a word may have two slips, or be one slip away from an obscure one
_OBSCURE = 120_000  # times in symspellpy's corpus: two words of five have fewer
_RARE = 3  # a word of the examples counts as known from this many uses on: examples hold typos too


@cache
def english_frequencies() -> Mapping[str, int]:
    """How often each word of symspellpy's English dictionary was met in a large corpus."""
    path = resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return {word: int(count) for word, count in map(str.split, lines)}


@cache
def english_words() -> frozenset[str]:
    """The words of symspellpy's English frequency dictionary."""
    return frozenset(english_frequencies())


def _is_obscure(word: str) -> bool:
    """Whether a word is English, but likelier a slip: "eduction" """
    return len(word) >= _LONG and 0 < english_frequencies().get(word, 0) < _OBSCURE


class Speller:
    """Maps a lower-case word to the known word it was meant to be, or to itself."""

    def __init__(self, known: frozenset[str]) -> None:
        self._abbreviations = phrases.abbreviations()
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(known):
            if _WORD.match(word):
                self._by_initial.setdefault(word[0], []).append(word)
        self._known = known
        self._words = english_words() | known
        self._memory: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        word = self._abbreviations.get(word, word)
        known = word in self._known or (word in self._words and not _is_obscure(word))
        if known or not _WORD.match(word):
            return word
        if word not in self._memory:
            if len(self._memory) > 50_000:  # a bound, so that strangers cannot fill the memory
                self._memory.clear()
            self._memory[word] = self._mend(word)
        return self._memory[word]

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is English, known, or one slip away from a known one."""
        mended = self(word)
        return word in self._words or (mended != word and OSA.distance(mended, word) == 1)

    def _mend(self, word: str) -> str:
        if word.endswith("s") and word[:-1] in self._words:
            return word[:-1]
        allowed = 1 if len(word) < _LONG or word in self._words else 2
        # people rarely miss the first letter, and often change two letters about
        near = rapidfuzz_process.extract(
            word, self._by_initial.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed
        )
        best = min(near, key=lambda each: (each[1], sorted(each[0]) != sorted(word)), default=None)
        return str(best[0]) if best else word


def name_speller() -> Speller:
    """One that knows our own names and words, as they stand before any training."""
    known = [*phrases.vocabulary_phrases(), *phrases.language_phrases()]
    return Speller(frozenset(word.lower() for each in known for word in each.text.split()))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingCorrector(Trainable):
    """Sets each token's `lemma` to its mended form; the token's text stays as typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._speller: Speller | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    def learn(self, training_data: TrainingData) -> list[str]:
        uses = Counter(
            token.lemma
            for example in training_data.training_examples
            for token in example.get(TOKENS_NAMES[TEXT]) or []
        )
        known = {word for word, count in uses.items() if count >= _RARE}
        tokens = BilingualTokens()
        for phrase in [*phrases.vocabulary_phrases(), *phrases.language_phrases()]:
            known.update(token.lemma for token in tokens(phrase.text))
        return sorted(word for word in known if _WORD.match(word))

    def process(self, messages: list[Message]) -> list[Message]:
        if self._speller is None:
            self._speller = Speller(frozenset(self._learnt))
        for message in messages:
            for token in message.get(TOKENS_NAMES[TEXT]) or []:
                token.lemma = self._speller(token.lemma)
        return messages
