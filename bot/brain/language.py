"""In which language a message is written, and whether it is one that the assistant speaks.

The grammar decides, not the nouns: "找energy方面的job" is Chinese, "jobs in 深圳" English. A
message without grammar (a name, "OK", an emoji, a number) has no language of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from conference.text import has_han, is_han, simplify

_ID = re.compile(r"\b[a-z]+-\d+\b")  # job-00017 is a word of no language
_WORD = re.compile(r"[a-zA-Z]+(?:'[a-z]+)?")
_ENGLISH_GRAMMAR = frozenset(
    """
    a an the i you he she it we they me my your our their its this that these those is are
    am was were be been do does did have has had can could will would shall should may might
    must not no any some all in on at for of to from with without by about as and or but if
    when where what which who whom whose how why there here please show find give tell want
    need looking search get list let make more than over under above below only just also
    too let's what's i'm i'd who's don't it's jobs job programs programmes projects events
    forums institutions companies universities hello hi thanks thank yes
    """.split()
)
_CHINESE_GRAMMAR = re.compile(
    r"[的了吗呢吧啊么嘛找有在是我你您他她它们想要不没会能可请帮给看哪谁什怎多几个这那和与或都也还只就从到去来做说问查嘅唔咩喺啲冇佢睇搵]"
)


def language_of(text: str) -> str | None:
    """`en`, `zh`, or None for a message whose language cannot be told."""
    plain = _ID.sub("", simplify(text))
    if has_han(plain):
        if _CHINESE_GRAMMAR.search(plain):
            english = [word for word in _words(plain) if word in _STRONG_ENGLISH]
            han = sum(map(is_han, plain))
            return "en" if len(english) >= 2 and len(english) * 2 >= han else "zh"
        words = _words(plain)
        grammatical = [word for word in words if word in _ENGLISH_GRAMMAR]
        if grammatical and sum(map(is_han, plain)) <= 3 * len(words):
            return "en"
        return "zh"
    words = _words(plain)
    if not words or words == ["ok"]:
        return None
    if len(words) == 1 and words[0] not in _ENGLISH_GRAMMAR:
        return None
    return "en"


_STRONG_ENGLISH = _ENGLISH_GRAMMAR - {"job", "jobs", "hi", "hello", "thanks", "no", "find"}


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}|^[bcdfghjklmnpqrstvwxz]{6,}$")


def is_foreign(
    text: str, *, english: frozenset[str], near: Callable[[str], bool] = lambda _: False
) -> bool:
    """Whether a message is in another language altogether.

    Another script tells at once; in Latin letters, three words or more of which fewer than a third
    are English, or near a name (`near` tells), are taken for another language, and one or two
    that nobody could pronounce for no language at all.
    """
    letters = [each for each in text if unicodedata.category(each).startswith("L")]
    if not letters:
        return False
    names = [unicodedata.name(each, "") for each in letters]
    if any(name.startswith(("HIRAGANA", "KATAKANA", "HANGUL")) for name in names):
        return True
    strange = sum(not name.startswith(("LATIN", "CJK", "FULLWIDTH")) for name in names)
    if strange * 2 > len(letters):
        return True
    if has_han(text):
        return False
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    if len(words) < 3:  # too short to tell a language, long enough to tell keys hit at random
        return all(
            word not in english and not near(word) and _CLUSTER.search(word) for word in words
        )
    accented = sum(not word.isascii() for word in words)
    # what has accents is nobody's slip: "où" is not far from "our"
    familiar = sum(word in english or (not accented and near(word)) for word in words)
    return familiar * 3 < len(words) or (accented > 0 and familiar * 2 < len(words))
