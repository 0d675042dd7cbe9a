"""What `ciep learn` says, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


def told(key: str, language: str, /, **values: Any) -> str:
    """A text with its values; `columns.why` is one within another."""
    found: Any = _wording(language)
    for name in key.split("."):
        found = found[name]
    if isinstance(found, Mapping):
        found = found["one" if values["count"] == 1 else "other"]
    return str(found).format(**values)


@cache
def _wording(language: str) -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("wording.yml").read_text(encoding="utf-8")
    words: Mapping[str, Any] = yaml.safe_load(text)[language]
    return words
