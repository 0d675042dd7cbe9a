"""What the channel itself says, in each language."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from conference.text import traditional

HANT = "zh-Hant"
"""Chinese for those who write traditional characters: the text of `zh`, converted."""


def say(key: str, language: str, /, **values: str) -> str:
    """The text of `key` in `en`, `zh` or `zh-Hant`; raises KeyError when there is none."""
    text = texts()[key][language.partition("-")[0]].format(**values)
    return traditional(text) if language == HANT else text


def written(language: str, script: str | None) -> str:
    """The language with the script of who reads it: `zh-Hant`, or as it is."""
    return HANT if (language, script) == ("zh", HANT) else language


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every key's texts by language."""
    text = resources.files(__package__).joinpath("texts.yml").read_text(encoding="utf-8")
    data: dict[str, dict[str, str]] = yaml.safe_load(text)
    return data


def prior(language_code: str | None) -> str:
    """The language that an app's setting (`zh-tw`, `de`) lets expect, until they write."""
    language, *rest = (language_code or "").lower().split("-")
    if language != "zh":
        return "en"
    return HANT if {"hant", "tw", "hk", "mo"}.intersection(rest) else "zh"
