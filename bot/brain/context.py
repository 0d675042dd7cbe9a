"""The intent in context: the same words weigh differently by what the conversation has before it.

The classifier sees one message alone. "When does it start?" asks about a record if one is open and
about the conference if none is; "yes" is an answer only where a question waits; a message that
names a kind of thing and a place is no small talk. Each circumstance multiplies the odds of some
intents (`circumstances.py`), and what is likeliest then is chosen, if it is likely enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.brain.circumstances import SEARCHES, circumstances
from bot.brain.content import CHANGES, CRITERIA, OF_A_JOB, OURS, Content
from bot.brain.language import language_of

UNSURE = "nlu_fallback"
"""Rasa's own name for an intent that is none of those learnt."""

_LEAST = 0.005
"""No intent is so unlikely by its words alone that circumstances could not speak for it."""

CLARIFY_BELOW = {"en": 0.43, "zh": 0.47}
"""Under this confidence the two nearest readings are offered instead of an answer.

From here on the best reading of our own examples is right more often than wrong, by models that
have not learnt from them. The shares mean what they say there: neither a temperature nor Platt's
regression on them declines better by more than a point.
"""

FALLBACK_BELOW = {"en": 0.80, "zh": 0.75}
"""Where all that is in scope has less than this share together, the message is declined.

Set like the one above by `make thresholds`, on examples alone: at most 2 of 100 in scope declined,
and as many of the others as that leaves. The share of `out_of_scope` tells 10 to 11 of 100 more of
them than that of the best reading; docs/understanding.md has both.
"""

FALLBACK_OF_OURS_BELOW = 0.5
"""The same where a kind, an occupation or a criterion of a search is named; set by hand.

With a search in hand, a day or a place is a criterion like the others.
"""


def weigh(parse: dict[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """The parse data with its intents weighed by context and the best of them chosen."""
    odds = {each["name"]: float(each["confidence"]) for each in parse["intent_ranking"]}
    said = Content.of(parse)
    for names, weight in circumstances(said, slots):
        for name in names:
            if name in odds:
                least = _LEAST if weight > 1 else 0.0
                odds[name] = max(odds[name], least) * weight
    total = sum(odds.values()) or 1.0
    ranking = sorted(((value / total, name) for name, value in odds.items()), reverse=True)
    return {
        **parse,
        "intent_ranking": [{"name": name, "confidence": value} for value, name in ranking],
        "intent": _chosen(
            said,
            [(name, value) for value, name in ranking],
            searching=bool(slots.get("search")),
            language=language_of(parse["text"]) or slots.get("language"),
        ),
        "alternatives": [name for _, name in ranking if name != "out_of_scope"][:2],
    }


def _chosen(
    said: Content,
    ranking: list[tuple[str, float]],
    *,
    searching: bool,
    language: str | None,
) -> dict[str, Any]:
    if not ranking:
        return {"name": "out_of_scope", "confidence": 1.0}
    clarify_below = CLARIFY_BELOW.get(language or "en", CLARIFY_BELOW["en"])
    fallback_below = FALLBACK_BELOW.get(language or "en", FALLBACK_BELOW["en"])
    outside = dict(ranking).get("out_of_scope", 0.0)
    found = said.found
    asks = said.asks  # "is it hot in Shenzhen?"
    ours = OURS | (CRITERIA - {"subject"}) if searching and not asks else OURS
    if found & ours:  # words of ours speak for themselves
        fallback_below = FALLBACK_OF_OURS_BELOW
    if 1.0 - outside < fallback_below:
        return {"name": "out_of_scope", "confidence": outside}
    name, confidence = next(each for each in ranking if each[0] != "out_of_scope")
    if confidence >= clarify_below:
        return {"name": name, "confidence": confidence}
    searches = [(other, value) for other, value in ranking if other in SEARCHES]
    # which of the searches it is matters little: the words for kinds decide that again
    likely = sum(value for _, value in searches) >= clarify_below and found & CRITERIA
    told = found & OF_A_JOB or len(found & CRITERIA) > 1 or "kind" in found
    if likely or (told and found & CRITERIA):
        name, confidence = searches[0] if searches else ("refine", confidence)
        return {"name": name, "confidence": confidence}
    if searching and found & CHANGES:
        return {"name": "refine", "confidence": confidence}
    return {"name": UNSURE, "confidence": confidence}
