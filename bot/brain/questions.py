"""Two questions in one message: "Any energy jobs in Shenzhen? And when does it open?"

A message is taken apart only where each part, alone, surely asks for something, and they ask for
different things; "Any chef in Hong Kong? Full time only" stays one search.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from conference.text import FIRST_PERSON

_QUESTION = (
    r"(?:what|who|when|where|which|how|is there|are there|do you|can (?:you|i)|could you|show|tell"
    r"|find|list|give|please)\b"
)
_BORDER = re.compile(
    r"(?<=[?？!！。；;\n])\s*"
    r"|(?<=[a-z])\.\s+"
    rf"|[,，]?\s+(?:and|also|plus|then)(?:\s+(?:also|then))?\s+(?={_QUESTION})"
    rf"|,\s+(?={_QUESTION})"
    r"|[,，]\s*(?=(?:另外|还有|顺便|以及|同时|再|然后|请问)\S{3,})",
    re.IGNORECASE,
)
_SURE = 0.6
"""The share that a part's intent must have: a wrong cut costs more than a question left over."""

_POINTING = frozenset({"ask_details", "ask_institution"})
"""These ask about what the other part names."""

MOST = 3
"""Parts that are answered; what is longer is no list of questions."""


def parts(text: str) -> list[str]:
    """The sentences and joined questions of a text, as typed; the whole if there is but one."""
    found = [part.strip() for part in _BORDER.split(text) if any(map(str.isalnum, part))]
    return found if 2 <= len(found) <= MOST else [text]


def are_separate(readings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether weighed parses are different questions, each sure of itself."""
    intents = [each["intent"]["name"] for each in readings if not is_courtesy(each)]
    return (
        len(intents) > 1
        and len({*intents}) == len(intents)
        and all(_asks(each) for each in readings if not is_courtesy(each))
    )


def is_courtesy(reading: Mapping[str, Any]) -> bool:
    """Whether a part only greets or thanks, which the answer to the other part takes up."""
    return reading["intent"]["name"] in ("greet", "thanks")


_WISHES = re.compile(r"[?？]|\b(?:want|need|look|seek|wish|like|hope)|想|要|找|求|需|希望|[吗呢]")


def _asks(reading: Mapping[str, Any]) -> bool:
    intent = reading["intent"]
    if intent["confidence"] < _SURE or intent["name"] in _POINTING:
        return False
    text = str(reading.get("text", "")).strip()
    if FIRST_PERSON.match(text.lower()) and not _WISHES.search(text.lower()):
        return False  # "I work for a clinic."
    if intent["name"].startswith("find_") or intent["name"] == "count":
        return any(each["entity"] in ("kind", "event_type") for each in reading["entities"])
    return str(intent["name"]).startswith(("ask_", "show_", "handoff"))
