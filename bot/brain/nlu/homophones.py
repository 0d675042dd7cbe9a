"""Mends Chinese words written with another character of the same sound: 金容 for 金融.

An input method offers characters by sound, so a slip of the finger gives a homophone. A run of
two to four characters that sounds like a known name, shares at least one character with it and
is no word itself is taken for that name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

import jieba
from pypinyin import lazy_pinyin
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.brain.nlu import phrases
from bot.brain.nlu.component import Component
from conference.text import is_han, normalise

_NAMES = frozenset(
    {"city", "region", "country", "industry", "kind", "degree", "employment", "day", "remote",
     "event_type", "institution_type"}
)  # fmt: skip
_FUNCTION = frozenset("的了在有和是我你他个不要去到来这那")
_LONGEST = 10  # characters of a known name: what is inside one (新西伯利亚) is no slip for another
_COMMON = 60
"""A run that Jieba's dictionary counts at least this often is a word of its own."""

_CONFUSED = re.compile("(?<=[zcs])h|(?<=n)g$")
"""What much of China does not tell apart by ear: zh and z, -ng and -n. 深证 is meant for 深圳."""


class Homophones:
    """Known names by their sound."""

    def __init__(self, names: Iterable[str], *, words: Iterable[str] = ()) -> None:
        """`words` are right as they are and never mended, though they name nothing."""
        jieba.initialize()
        self._words = frozenset(words)
        self._by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._names = {name for name in names if 2 <= len(name) <= 4 and all(map(is_han, name))}
        for name in sorted(self._names):
            self._by_sound[_sounds(name)].append(name)

    def mend(self, characters: str) -> str:
        """The text with its misspelt names mended; its length does not change."""
        if len(characters) < 2:
            return characters
        sounds = _sounds(characters)
        mended = list(characters)
        taken = [False] * len(characters)
        for start, end in self._known(characters):
            taken[start:end] = [True] * (end - start)
        for size in (4, 3, 2):
            for start in range(len(characters) - size + 1):
                end = start + size
                name = self._meant(characters[start:end], sounds[start:end])
                if name and not any(taken[start:end]):
                    mended[start:end] = name
                    taken[start:end] = [True] * size
        return "".join(mended)

    def _known(self, characters: str) -> Iterator[tuple[int, int]]:
        for size in range(_LONGEST, 1, -1):
            for start in range(len(characters) - size + 1):
                run = characters[start : start + size]
                if run in self._names or run in self._words:
                    yield start, start + size

    def _meant(self, run: str, sound: tuple[str, ...]) -> str | None:
        if run in self._names or run in self._words or _FUNCTION & set(run):
            return None
        if jieba.dt.FREQ.get(run, 0) >= _COMMON:
            return None
        for name in self._by_sound.get(sound, ()):
            if any(a == b for a, b in zip(name, run, strict=True)):
                return name
        return None


def _sounds(characters: str) -> tuple[str, ...]:
    """How each character sounds, without what is easily confused."""
    return tuple(map(_sound, characters))


@lru_cache(maxsize=8192)
def _sound(character: str) -> str:
    return _CONFUSED.sub("", lazy_pinyin(character)[0])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class HomophoneCorrector(Component):
    """Sets the `lemma` of each character of a misspelt name to the right character."""

    def __init__(self) -> None:
        known = [*phrases.vocabulary_phrases(), *phrases.language_phrases()]
        self._homophones = Homophones(
            [
                normalise(phrase.text)
                for phrase in known
                if phrase.entity in _NAMES and not phrase.short and phrase.text[-1:] not in "企资方"
            ],
            words=(normalise(phrase.text) for phrase in known),
        )

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            run: list[Token] = []
            for token in [*(message.get(TOKENS_NAMES[TEXT]) or []), None]:
                if token is not None and is_han(token.lemma[0]):
                    run.append(token)
                    continue
                mended = self._homophones.mend("".join(each.lemma for each in run))
                for each, character in zip(run, mended, strict=True):
                    each.lemma = character
                run = []
        return messages
