"""Judging an answer: the two buttons under it, and what is said once one is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.presenting.message import Message, button, message
from actions.texts import say

_ABOUT = {"answer": "topic", "matches": "kind", "count": "kind"}
"""Types of answers that can be judged, with the key that says what one is about.

Lists of results and records have buttons enough of their own, and what is done with them tells.
"""


def judged(custom: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a judgement on an answer with this `custom` is of; None where there is none to pass.

    That nothing was found is counted already. Whoever has judged may think better of it.
    """
    if custom["type"] == "feedback":
        return dict(custom["of"])
    key = _ABOUT.get(custom["type"])
    if key is None or custom.get("total") == 0:
        return None
    return {"type": custom["type"], key: custom[key]}


def to_be_judged(message: Message) -> Message:
    """The message with the two buttons after its own, if there is anything to judge."""
    of, language = judged(message["custom"]), message["custom"]["language"]
    if of is None:
        return message
    buttons = [
        button(name, language, "give_feedback", useful=useful, of=of)
        for name, useful in (("helpful", True), ("unhelpful", False))
    ]
    return {**message, "buttons": [*message.get("buttons", ()), *buttons]}


def present_feedback(
    of: Mapping[str, Any], *, useful: bool, language: str, ask: bool = False
) -> Message:
    """Thanks; where it did not help, what else can be done. `ask` as for a fallback."""
    if useful:
        buttons = []
    else:
        learn = [button("learning_this", language, "privacy", consent="yes")] if ask else []
        buttons = [button("handoff", language), *learn]
    return message(
        say(f"feedback.{'helpful' if useful else 'unhelpful'}", language),
        type_="feedback",
        language=language,
        buttons=buttons,
        useful=useful,
        of=dict(of),
    )
