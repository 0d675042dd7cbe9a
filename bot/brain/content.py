"""What a message has in it: sorts of entities, cues, kinds, parts of the day, and how it is put."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CRITERIA = frozenset(
    {"industry", "city", "region", "country", "institution", "degree", "employment", "salary",
     "experience_max", "institution_type", "event_type", "remote", "day", "period", "subject"}
)  # fmt: skip
TELLING = frozenset(
    {"salary", "degree", "employment", "experience_max", "industry", "institution_type",
     "event_type", "remote"}
)  # fmt: skip
"""Criteria that only a search has: a day or a place is in questions about the weather, too."""
OURS = TELLING | {"kind", "occupation"}
"""What hardly anybody says who is after something else."""
OF_A_JOB = frozenset({"salary", "degree", "employment", "experience_max", "remote"})
_JOINING = frozenset({"anywhere", "only", "add", "continue", "exclude", "remove", "drop"})
CHANGES = CRITERIA | {"sort", "direction", "drop"}
"""What a message has that changes the search in hand."""

_QUESTION = re.compile(r"[吗么嘛]|多少|几|哪|什么|\b(?:what|when|where|who|how|which)\b")
_YES_OR_NO = re.compile(
    r"[吗嘛不]\s*[?？。]?$|是不是|能不能|可不可以|要不要|用不用"
    r"|^(?:(?:and|so|but|by the way|btw|ok|okay|wait|sorry)\W+)*"
    r"(?:is|are|does|do|can|could|will|would) (?:it|that|this|they|the|i|you|we|an?|one)\b"
)


@dataclass(frozen=True)
class Content:
    """What a message has in it: sorts of entities, cues, kinds named, parts of the day, text.

    `bare` is one that has hardly more than criteria in it.
    """

    found: frozenset[str]
    cues: frozenset[str]
    kinds: frozenset[str]
    periods: frozenset[str]
    text: str
    bare: bool

    @classmethod
    def of(cls, parse: Mapping[str, Any]) -> Content:
        def values(entity: str) -> frozenset[str]:
            return frozenset(e["value"] for e in parse["entities"] if e["entity"] == entity)

        return cls(
            found=frozenset(each["entity"] for each in parse["entities"]),
            cues=values("cue"),
            kinds=values("kind"),
            periods=values("period"),
            text=parse["text"].lower(),
            bare=_bare(parse),
        )

    @property
    def criteria(self) -> frozenset[str]:
        return self.found & CRITERIA

    @property
    def joins(self) -> bool:
        """Whether it says how it joins on to a search: "only", "too", "not", "what about"."""
        return bool(self.cues & _JOINING)

    @property
    def asks_of_it(self) -> bool:
        """Whether "it" and an attribute are in it: "how many does it hire?" asks of a record."""
        return "anaphor" in self.cues and "attribute" in self.found

    @property
    def is_yes_or_no(self) -> bool:
        return _YES_OR_NO.search(self.text) is not None

    @property
    def has_question_word(self) -> bool:
        return _QUESTION.search(self.text) is not None

    @property
    def asks(self) -> bool:
        return self.has_question_word or self.is_yes_or_no


def _bare(parse: Mapping[str, Any]) -> bool:
    """Whether a message is hardly more than criteria: "fashion designer, Shanghai"."""
    text = parse["text"]
    named = {
        place
        for each in parse["entities"]
        if each["entity"] in CRITERIA | OURS
        for place in range(each["start"], each["end"])
    }
    written = [place for place, letter in enumerate(text) if letter.isalnum()]
    return bool(written) and sum(place in named for place in written) >= 0.8 * len(written)
