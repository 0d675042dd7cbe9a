"""Tokens of both languages: spaCy's English words, and single characters for Chinese.

Characters fit every boundary of a Chinese entity; words from a segmenter do not.
"""

from __future__ import annotations

import re
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc

from conference.text import normalise

_PIECES = re.compile(r"[㐀-䶿一-鿿豈-﫿，。、！？；：（）]|[^\s㐀-䶿一-鿿豈-﫿，。、！？；：（）]+")
"""A Chinese character or mark, or a run of anything else: "part-time，Nanjing" is three."""
_JOINED = re.compile(r"[/+~–—-]")


class BilingualTokens:
    """Turns a text into a spaCy `Doc` whose tokens' `norm_` is their normal form."""

    def __init__(self) -> None:
        self.nlp = spacy.blank("en")

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        starts: list[int] = []
        for piece in _PIECES.finditer(text):
            if len(piece[0]) == 1:
                words.append(piece[0])
                starts.append(piece.start())
                continue
            for token in self.nlp.tokenizer(piece[0]):
                start = piece.start() + token.idx
                for part in _split(token.text):
                    words.append(part)
                    starts.append(start)
                    start += len(part)
        ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
        spaces = [
            end < following for end, following in zip(ends, [*starts, len(text)][1:], strict=True)
        ]
        doc = Doc(self.nlp.vocab, words=words, spaces=spaces)
        doc.user_data["starts"] = starts
        normal = normalise(text)  # of the whole: a pair of characters may mean another pair
        for token, start in zip(doc, starts, strict=True):
            token.norm_ = normal[start : start + len(token.text)]
        return doc


def _split(word: str) -> list[str]:
    """`energy/finance` and `full-time` as three words each, so that lists and compounds match."""
    if len(word) == 1 or not _JOINED.search(word):
        return [word]
    return [part for part in re.split(r"([/+~–—-])", word) if part]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BilingualTokenizer(Tokenizer):
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
        doc = self._tokens(message.get(attribute))
        return [
            Token(token.text, start, lemma=token.norm_)
            for token, start in zip(doc, doc.user_data["starts"], strict=True)
        ]
