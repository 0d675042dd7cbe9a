"""Our languages: which one a name of somebody else's means, and which one a text is there in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conference.vocabulary.terms import LANGUAGES

if TYPE_CHECKING:  # the models take half a second, and commands ask for their language first
    from conference.models import Record


def spoken(tag: str) -> str | None:
    """The language that a tag begins with (`zh-Hant`, `zh_CN.UTF-8`); None for another's."""
    language = re.split("[^a-z]", tag.strip().lower(), maxsplit=1)[0]
    return language if language in LANGUAGES else None


def preferred(language: str) -> tuple[str, ...]:
    """The languages to look for a text in, the one asked for first."""
    return (language, *(each for each in LANGUAGES if each != language))


def text_of(record: Record, name: str, language: str) -> tuple[str, str]:
    """A record's text (`title`, `description`, ...) in the language, else in another, and which.

    Empty, in the one asked for, where there is none.
    """
    for each in preferred(language):
        if text := getattr(record, f"{name}_{each}", None):
            return text, each
    return "", language


def title_of(record: Record, language: str) -> tuple[str, str]:
    """What a record is called."""
    return text_of(record, "title" if hasattr(record, "title_en") else "name", language)
