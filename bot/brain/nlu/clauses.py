"""What stands in one clause of a message, and how far a word reaches in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from conference.text import has_han

Entity = dict[str, Any]

PLACES = frozenset({"city", "region", "country"})
THINGS = PLACES | {
    "industry", "institution", "degree", "employment", "institution_type", "event_type", "remote",
    "day", "period", "salary", "experience_max", "subject", "kind", "direction",
}  # fmt: skip

CLAUSE_END = re.compile(r"[,，。.;；!?！？\n]|\bbut\b|但是|但|不过")
FILLER = r"\s*(?:ones?|stuff|things?|sort|kind|jobs?|roles?|work|positions?|events?)?"
"""What may stand for the thing looked for, after its criterion: "the contract ones"."""
_FILLER = re.compile(FILLER)
_JOIN = re.compile(
    r"\s*(?:[,，、/&+]|and|or|nor|as well as|和|或者|或|跟|与|以及|还有|及|同)?"
    r"\s*(?:in|at|the|from|any|在|去)?\s*(?:the)?\s*"
)

_ITS_FILTER = re.compile(
    r"的?[这那]?[个条项]?的?(?:限制|条件|要求|筛选)| (?:filter|restriction|condition|criterion) "
)
"""北京这个限制拿掉."""


def reach(text: str) -> int:
    """How far a cue reaches over filler words, in characters: a Chinese one says more."""
    return 6 if has_han(text) else 28


class Clauses:
    """A message's text with the things in it, in their order."""

    def __init__(self, text: str, things: list[Entity]) -> None:
        self.text = text
        self._things = things

    def gap(self, left: Entity, right: Entity) -> str:
        return self.text[left["end"] : right["start"]]

    def near(self, left: Entity, right: Entity) -> bool:
        gap = self.gap(left, right)
        return len(gap) <= reach(gap or self.text) and not CLAUSE_END.search(gap)

    def after(
        self, cue: Entity, *, where: Callable[[Entity], bool] = lambda _: True
    ) -> list[Entity]:
        """The first thing after a cue with those joined to it."""
        following = [each for each in self._things if each["start"] >= cue["end"] and where(each)]
        return self._chain(cue, following)

    def all_after(self, cue: Entity) -> list[Entity]:
        """All things after a cue up to the end of the message, in their order."""
        return [each for each in self._things if each["start"] >= cue["end"]]

    def before(self, cue: Entity) -> list[Entity]:
        """The last thing before a cue with those joined to it."""
        preceding = [each for each in self._things if each["end"] <= cue["start"]][::-1]
        if not preceding:
            return []
        gap = _FILLER.sub("", self.gap(preceding[0], cue), count=1)
        if len(gap) > 3 and not _ITS_FILTER.fullmatch(gap):
            return []
        chain = [preceding[0]]
        for thing in preceding[1:]:
            same_words = thing["start"] == chain[-1]["start"]
            if not same_words and not self._joined(thing, chain[-1]):
                break
            chain.append(thing)
        return chain

    def _chain(self, cue: Entity, following: list[Entity]) -> list[Entity]:
        if not following or not self.near(cue, following[0]):
            return []
        chain = [following[0]]
        for thing in following[1:]:
            same_words = thing["start"] == chain[-1]["start"]
            if not same_words and not self._joined(chain[-1], thing):
                break
            chain.append(thing)
        return chain

    def _joined(self, left: Entity, right: Entity) -> bool:
        gap = self.gap(left, right)
        same = left["entity"] == right["entity"]
        # "except Shenzhen, the Bay Area": a comma joins only what is of one sort
        alike = same or (
            {left["entity"], right["entity"]} <= PLACES and "," not in gap.replace("，", ",")
        )
        if not gap:  # 北京上海: names in a row
            return alike and has_han(self.text[left["start"] : right["end"]])
        return bool(gap.strip()) and alike and _JOIN.fullmatch(gap) is not None
