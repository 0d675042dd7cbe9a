"""Asking back: which of these?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.presenting.message import Message, message, paragraphs, titled
from actions.presenting.records import Institutions, items_of, numbered
from actions.texts import say
from conference.models import Record


@dataclass(frozen=True)
class Reading:
    """One way to understand a message: an intent with its entities."""

    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)


def present_clarify(readings: Sequence[Reading], *, language: str) -> Message:
    """Two readings are near each other: offers them, and help."""
    options = [
        titled(say(f"intent.{each.intent}", language), each.intent, **each.entities)
        for each in readings
    ]
    text = "\n".join(f"{number}. {each['title']}" for number, each in enumerate(options, start=1))
    return message(
        paragraphs(say("clarify.readings", language), text),
        type_="clarify",
        language=language,
        buttons=[*options, titled(say("clarify.neither", language), "help")],
        options=options,
    )


def present_choose(
    records: Sequence[Record], *, language: str, institutions: Institutions | None = None
) -> Message:
    """Several records fit what was said: asks which one is meant."""
    items = items_of(records, institutions or {}, language)
    options = [titled(item["title"], "select_item", record=item["id"]) for item in items]
    return message(
        paragraphs(say("clarify.records", language), numbered(items)),
        type_="clarify",
        language=language,
        buttons=options,
        options=[{**option, **item} for option, item in zip(options, items, strict=True)],
    )
