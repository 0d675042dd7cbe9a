"""What the channel itself says, in each language."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

LANGUAGES = ("en", "zh")


def say(key: str, language: str, /, **values: str) -> str:
    """The text of `key`; raises KeyError when there is none."""
    return texts()[key][language].format(**values)


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every key's texts by language."""
    text = resources.files(__package__).joinpath("texts.yml").read_text(encoding="utf-8")
    data: dict[str, dict[str, str]] = yaml.safe_load(text)
    return data


def prior(language_code: str | None) -> str:
    """The language that an app's setting (`zh-hans`, `de`) lets expect, until they write."""
    return "zh" if (language_code or "").lower().startswith("zh") else "en"
