"""What a message asks for, read from its intent and entities; still without the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.criteria import Entity, criteria
from conference.query import Kind, Query

KIND_OF_INTENT = {
    "find_jobs": Kind.JOBS,
    "find_programs": Kind.PROGRAMS,
    "find_institutions": Kind.INSTITUTIONS,
    "find_intentions": Kind.INTENTIONS,
    "find_events": Kind.EVENTS,
}

KEYS_OF_DROP: dict[str, tuple[str, ...]] = {
    "place": ("city", "region", "country"),
    "country": ("country", "city", "region"),
    "region": ("region", "city", "country"),
    "salary": ("salary_min", "salary_max"),
    "experience": ("experience_max",),
    "day": ("day", "until", "period"),
    "all": (),
}
"""Query keys by the name that a message gives them, where it isn't the key itself."""

GROUP_OF_KEY = {"place": "city"}
"""What to count by, where the name that a message gives it isn't the key itself."""

_SURE = 0.6
"""An intent's confidence from which it decides the kind without a word that names one."""

_JOBS_ONLY = ("degree", "employment", "remote", "experience_max", "salary_min", "salary_max")


@dataclass(frozen=True)
class Reading:
    """A message, read.

    `kind` is what it looks for, None when it does not say; `implied` what its criteria can only
    be about. `wanted`, `excluded` and `removed` are criteria to have, to rule out and to take out
    of the search in hand; `dropped` are keys to give up altogether. `adds` and `continues` say how
    it joins on ("... too", "and ...?"), `of_institution` that it speaks of an institution as
    "they". `places` are ordinals within the list shown, `records` ids. `alternatives` are intents
    to offer when none is sure.
    """

    intent: str
    text: str
    kind: Kind | None
    implied: Kind | None
    wanted: Query
    excluded: Query
    removed: Query
    dropped: tuple[str, ...] = ()
    drops_all: bool = False
    adds: bool = False
    continues: bool = False
    of_institution: bool = False
    group: str | None = None
    places: tuple[int, ...] = ()
    records: tuple[str, ...] = ()
    attribute: str | None = None
    to_language: str | None = None
    alternatives: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether it says anything about what to look for, the kind aside."""
        return bool(
            self.wanted or self.excluded or self.removed or self.dropped or self.drops_all
        )


def read(message: Mapping[str, Any], *, now: datetime) -> Reading:
    """The reading of Rasa's parse data (`text`, `intent`, `entities`)."""
    intent = message["intent"]["name"] or ""
    confidence = message["intent"].get("confidence") or 0.0
    entities: list[Entity] = [each for each in message["entities"] if each.get("role") != "origin"]
    cues = {each["value"] for each in entities if each["entity"] == "cue"}
    kind = _kind(intent, confidence, entities)
    by_role: dict[str | None, list[Entity]] = {}
    for entity in entities:
        role = entity.get("role")
        by_role.setdefault(role if role in ("exclude", "remove") else None, []).append(entity)
    wanted, excluded, removed = (
        criteria(by_role.get(role, []), kind=kind, now=now) for role in (None, "exclude", "remove")
    )
    drops = [str(each["value"]) for each in entities if each["entity"] == "drop"]
    return Reading(
        intent=intent,
        text=message["text"] or "",
        kind=kind,
        implied=_implied(wanted, excluded),
        wanted=wanted,
        excluded=excluded,
        removed=removed,
        dropped=tuple(key for drop in drops for key in KEYS_OF_DROP.get(drop, (drop,))),
        drops_all="all" in drops,
        adds="add" in cues,
        continues="continue" in cues,
        of_institution="anaphor" in cues,
        group=_group(entities),
        places=tuple(int(each["value"]) for each in entities if each["entity"] == "ordinal"),
        records=tuple(str(each["value"]) for each in entities if each["entity"] == "record"),
        attribute=_last(entities, "attribute"),
        to_language=_last(entities, "to_language"),
        alternatives=tuple(message.get("alternatives", ())),
    )


def _kind(intent: str, confidence: float, entities: Sequence[Entity]) -> Kind | None:
    """The kind that a message names, by its words first and by its intent where they don't tell.

    Words for organisations and for sorts of events count least: "jobs at universities" is about
    jobs.
    """
    of_intent = KIND_OF_INTENT.get(intent)
    named = [
        Kind(each["value"])
        for each in entities
        if each["entity"] == "kind" and each.get("role") != "exclude"
    ]
    sorts = {
        Kind.EVENTS: any(each["entity"] == "event_type" for each in entities),
        Kind.INSTITUTIONS: any(each["entity"] == "institution_type" for each in entities),
    }
    strong = [kind for kind in named if kind is not Kind.INSTITUTIONS]
    if of_intent in named:
        return of_intent
    if strong:
        return strong[0]
    if sorts[Kind.EVENTS] and intent != "refine":
        return Kind.EVENTS
    if of_intent is not None and (confidence >= _SURE or not named):
        return of_intent if confidence >= _SURE / 2 else None
    if named:
        return named[0]
    if sorts[Kind.INSTITUTIONS] and intent == "count":
        return Kind.INSTITUTIONS
    return None


def _implied(wanted: Query, excluded: Query) -> Kind | None:
    for query in (wanted, excluded):
        if any(getattr(query, key) is not None for key in _JOBS_ONLY) or query.employer_country:
            return Kind.JOBS
        if query.event_type or query.day or query.period:
            return Kind.EVENTS
        if query.direction:
            return Kind.INTENTIONS
    return None


def _group(entities: Sequence[Entity]) -> str | None:
    group = _last(entities, "group")
    return GROUP_OF_KEY.get(group, group) if group else None


def _last(entities: Sequence[Entity], name: str) -> str | None:
    return next((str(each["value"]) for each in reversed(entities) if each["entity"] == name), None)
