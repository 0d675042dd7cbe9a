"""What a message may mean: the likely intents, and what the contract would show for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.narrowing import next_search
from actions.reading import KIND_OF_INTENT, read
from actions.services import Services
from bot.brain.brain import Brain, Said
from bot.learning import grouping
from conference.query import Kind

_OFFERED = 5
_TOPIC = "ask_"
_NO_TOPIC = ("ask_details", "ask_institution")
_TYPES = {
    "out_of_scope": "fallback",
    "greet": "greeting",
    "start_over": "greeting",
    "goodbye": "goodbye",
    "thanks": "goodbye",
    "help": "help",
    "switch_language": "language",
    "privacy": "privacy",
    "delete_data": "privacy",
    "handoff": "handoff",
    "show_saved": "saved",
    "show_agenda": "agenda",
    "show_alerts": "alerts",
    "stop_alerts": "alerts",
    "show_contacts": "contacts",
}
"""Types of answers that depend on nothing in the message."""
_SEARCHES = {**dict.fromkeys((*KIND_OF_INTENT, "refine"), "results"), "count": "count"}


async def parsed(brain: Brain, text: str) -> dict[str, Any]:
    """How a message is read by itself, with nothing before it."""
    return await brain.understand(Said("learning", "learning", "learning", text=text))


async def proposals(brain: Brain, group: Sequence[grouping.Said]) -> list[tuple[str, float]]:
    """The likeliest intents of a group with their shares, the best first.

    Each message has the model's own shares; a reading that its writer chose counts in their place.
    The nearest examples would say less: among `nlu_data/`'s own, 12 neighbours by the encoder
    name the intent of 71 in 100.
    """
    shares: dict[str, float] = {}
    total = sum(len(said.lessons) for said in group)
    for said in group:
        parse = await parsed(brain, said.text)
        read_as = {each["name"]: each["confidence"] for each in parse["intent_ranking"]}
        for lesson in said.lessons:
            for name, share in ({lesson.meant: 1.0} if lesson.meant else read_as).items():
                shares[name] = shares.get(name, 0.0) + share / total
    return sorted(shares.items(), key=lambda each: each[1], reverse=True)[:_OFFERED]


async def frame(brain: Brain, services: Services, text: str, intent: str) -> dict[str, Any]:
    """What the answer's `custom` would say if the message had this intent and stood alone.

    Empty for acts on what is in hand, which a message by itself does not tell.
    """
    if intent.startswith(_TOPIC) and intent not in _NO_TOPIC:
        return {"type": "answer", "topic": intent.removeprefix(_TOPIC)}
    if intent in _TYPES:
        return {"type": _TYPES[intent]}
    if intent not in _SEARCHES and intent != "match_profile":
        return {}
    meant = {**await parsed(brain, text), "intent": {"name": intent, "confidence": 1.0}}
    now = services.now()
    reading = read(meant, now=now, days=services.edition.days)
    found = next_search(reading, None, institution=None, now=now)
    kind = found.kind if intent != "match_profile" else reading.kind or Kind.JOBS
    shown = {
        "type": _SEARCHES.get(intent, "matches"),
        "kind": kind.value,
        "query": found.query.to_json(),
    }
    return {**shown, "by": reading.group} if intent == "count" and reading.group else shown


async def annotated(brain: Brain, text: str) -> str:
    """The message as an example is written: subjects that the model finds in square brackets."""
    parse = await parsed(brain, text)
    if parse["text"] != text:  # it was read otherwise than it is written: pinyin, missing spaces
        return text
    line = text
    subjects = [each for each in parse["entities"] if each["entity"] == "subject"]
    for each in sorted(subjects, key=lambda entity: entity["start"], reverse=True):
        start, end = each["start"], each["end"]
        line = f"{line[:start]}[{line[start:end]}](subject){line[end:]}"
    return line
