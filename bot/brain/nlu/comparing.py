"""Comparisons are counts by a key: "are there more jobs in A or in B?", 论坛、讲座各有几场."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.brain.nlu.clauses import Entity
from conference.grouping import GROUPS

_COMPARES = re.compile(
    r"\b(?:are|is|were|was|do|does|did|has|have|who|which|what|where|whether|if)\b[^.;!?]*?"
    r"(?<!any )(?<!earn )(?<!earns )(?<!pay )(?<!pays )\b(?P<en>more|fewer)\b(?! than \d)"
    r"|^\W*(?P<open>more|fewer)\b[^.;!]*\bor\b[^.;!]*\?"
    r"|\b(?P<each>(?:of|for|in|from|at|on|by) each|each)\b"
    r"|\b(?P<versus>versus|vs|compar(?:e|ed|ing|ison)|side by side|as many)\b"
    r"|(?P<zh>比[^,，。;；!?！？]{0,16}多|(?:哪|谁)[^,，。;；!！]{0,12}多(?!长|久|大)"
    r"|多(?:的)?还是|还是[^,，。;；]{0,14}多|有(?!很|不|好|更|太|这么|那么)[^,，。;；]{1,14}多(?=[吗呢]?\s*(?:$|[?？]))"
    r"|(?:哪|谁)[^,，。;；!！]{0,12}更少|相比|对比|比一比|比一下|比较一下)"
    r"|(?P<per>各(?!位|种|式|地|界)|分别)"
)
_OF_PAY = re.compile(r"(?:工资|薪\S?|钱|收入|待遇|[给挣赚出])(?:得|的)?(?:更)?多$|多少")
"""A comparison of what is paid is an order of the list, and 多少 compares nothing."""
_ONE_OF_A_KEY = frozenset({"employment", "degree", "direction"})
"""Keys that a search has one value of: two that are compared narrow nothing."""


def compared(text: str, things: Iterable[Entity]) -> list[Entity]:
    """The `group` to count by, with the cue that says so, where two values are compared.

    The key is the last that has two values. What is compared stays a criterion, where a search may
    have several values of the key.
    """
    match = next((each for each in _COMPARES.finditer(text) if not _OF_PAY.search(each[0])), None)
    if match is None:
        return []
    values: dict[str, dict[str, Entity]] = {}
    for thing in things:
        if "role" not in thing and (key := _key(thing)) in GROUPS:
            values.setdefault(key, {})[str(thing["value"])] = thing
    several = [key for key, said in values.items() if len(said) > 1]
    if not several:
        return []
    key = several[-1]
    if key in _ONE_OF_A_KEY:
        for thing in values[key].values():
            thing["role"] = "drop"
    where = {"start": match.start(match.lastgroup or 0), "end": match.end()}
    return [
        {"entity": "group", "value": key, **where},
        {"entity": "cue", "value": "most", **where},
    ]


def _key(thing: Entity) -> str:
    employs = thing["entity"] == "country" and thing.get("group") == "employer"
    return "employer_country" if employs else str(thing["entity"])
