"""Which of our languages somebody else's name for one means."""

from __future__ import annotations

import re

from conference.vocabulary.terms import LANGUAGES


def spoken(tag: str) -> str | None:
    """The language that a tag begins with (`zh-Hant`, `zh_CN.UTF-8`); None for another's."""
    language = re.split("[^a-z]", tag.strip().lower(), maxsplit=1)[0]
    return language if language in LANGUAGES else None
