"""A thumb, up or down, typed alone. What it says depends on what it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TONES = "\U0001f3fb-\U0001f3ff"  # of skin
_THUMBS = re.compile(rf"(?:([👍👎])[{_TONES}\ufe0f]*[\s!！.。]*)+")


def read(text: str, state: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The intent and its entities; None for other texts, and where there is nothing to answer.

    A yes or a no to the confirmation that waits, else a judgement on the answer just given.
    """
    found = _THUMBS.fullmatch(text.strip())
    thumbs = set(re.findall("[👍👎]", text))
    if not found or len(thumbs) != 1:
        return None
    up = "👍" in thumbs
    if state.get("pending"):
        return ("affirm" if up else "deny"), {}
    if of := state.get("to_judge"):
        return "give_feedback", {"useful": up, "of": of}
    return None
