"""The words around the findings, by language."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml


def wording(language: str) -> dict[str, Any]:
    """The texts of `wording.yml` in a language."""
    text = resources.files(__package__).joinpath("wording.yml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)[language]
    return words
