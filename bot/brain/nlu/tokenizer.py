"""Tokens of both languages: spaCy's English words, and single characters for Chinese.

Characters fit every boundary of a Chinese entity; words from a segmenter do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.brain.nlu.component import FollowsSources
from conference.text import normalise

_PIECES = re.compile(r"[㐀-䶿一-鿿豈-﫿，。、！？；：（）]|[^\s㐀-䶿一-鿿豈-﫿，。、！？；：（）]+")
"""A Chinese character or mark, or a run of anything else: "part-time，Nanjing" is three."""
_JOINED = re.compile(r"[/+~–—-]")


class BilingualTokens:
    """Turns a text into tokens whose lemma is their normal form."""

    def __init__(self) -> None:
        self._spacy = spacy.blank("en").tokenizer
        self._words_of = lru_cache(maxsize=8192)(self._words)  # people use the same ones

    def __call__(self, text: str) -> list[Token]:
        normal = normalise(text)  # of the whole: a pair of characters may mean another pair
        return [
            Token(word, start, lemma=normal[start : start + len(word)])
            for piece in _PIECES.finditer(text)
            for start, word in self._placed(piece)
        ]

    def _placed(self, piece: re.Match[str]) -> Iterator[tuple[int, str]]:
        start = piece.start()
        for word in self._words_of(piece[0]):
            yield start, word
            start += len(word)

    def _words(self, piece: str) -> list[str]:
        if len(piece) == 1:
            return [piece]
        return [part for token in self._spacy(piece) for part in _split(token.text)]


def _split(word: str) -> list[str]:
    """`energy/finance` and `full-time` as three words each, so that lists and compounds match.

    A full stop ends a sentence, and not "PhD", where the word has no other.
    """
    if len(word) > 1 and word.endswith(".") and "." not in word[:-1]:
        return [*_split(word[:-1]), "."]
    if len(word) == 1 or not _JOINED.search(word):
        return [word]
    return [part for part in re.split(r"([/+~–—-])", word) if part]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BilingualTokenizer(FollowsSources, Tokenizer):
    """Rasa tokens from `BilingualTokens`."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._tokens = BilingualTokens()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        return self._tokens(message.get(attribute))
