"""Reads the message catalogue.

A key is the path to a text (`results.found`). A text with a plural is a mapping of `one` and
`other`, chosen by the value `count`; a language without plurals has a plain text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

PLURALS = {"one", "other"}
_DOUBLE_STOP = re.compile(r"(?<!\.)\.\.(?!\.)")


def say(key: str, language: str, /, **values: Any) -> str:
    """The text of `key` with its values; raises KeyError for a key or value that is missing."""
    found = _texts(language).get(key)
    if found is None:
        raise KeyError(f"the texts in {language!r} have no {key!r}")
    if isinstance(found, dict):
        found = found["one" if values["count"] == 1 else "other"]
    # a name that ends in a full stop ("Co., Ltd.") brings the sentence's own
    return _DOUBLE_STOP.sub(".", found.format(**values))


@cache
def languages() -> tuple[str, ...]:
    """The languages that there is a file for."""
    files = resources.files(__package__).iterdir()
    return tuple(sorted(each.name[:-4] for each in files if each.name.endswith(".yml")))


def texts(language: str) -> dict[str, str | dict[str, str]]:
    """Every key of a language with its text; a plural is a mapping of `one` and `other`."""
    return dict(_texts(language))


@cache
def _texts(language: str) -> dict[str, str | dict[str, str]]:
    if language not in languages():
        raise KeyError(f"there are no texts in {language!r}")
    text = resources.files(__package__).joinpath(f"{language}.yml").read_text(encoding="utf-8")
    return _flat(yaml.safe_load(text), prefix="")


def _flat(node: dict[str, Any], *, prefix: str) -> dict[str, str | dict[str, str]]:
    result: dict[str, str | dict[str, str]] = {}
    for name, value in node.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and set(value) != PLURALS:
            result |= _flat(value, prefix=f"{key}.")
        else:
            result[key] = value
    return result
