"""What is the matter with an edition or its records, and how to mend it, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

LEVELS = ("error", "warning")


@dataclass(frozen=True)
class Finding:
    """One thing that was found.

    `rule` is a key of `rules.yml`. `place` is a key of a file (`conference.yml: dates.last`) or a
    kind of records; `value` is what stands there, or examples; `count` is how many there are.
    """

    rule: str
    place: str
    value: str = ""
    hint: str = ""
    count: int = 1

    @property
    def level(self) -> str:
        """An `error` is to be mended before the conference, a `warning` is to be looked at."""
        return str(_rules()[self.rule]["level"])

    @property
    def stops(self) -> bool:
        """Whether the assistant cannot work with it."""
        return bool(_rules()[self.rule].get("stops"))

    def says(self, language: str = "en") -> str:
        """What is wrong."""
        return self._filled(_rules()[self.rule][language][0])

    def mend(self, language: str = "en") -> str:
        """What to do about it."""
        return self._filled(_rules()[self.rule][language][1])

    def _filled(self, text: str) -> str:
        return text.replace("{value}", self.value).replace("{hint}", self.hint)


@cache
def _rules() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("rules.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
