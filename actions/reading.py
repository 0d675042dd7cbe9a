"""What a message asks for, read from its intent and entities; still without the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions.criteria import Entity, criteria
from actions.dates import Days
from conference.query import Kind, News, Query
from conference.text import has_han

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
    "event_type": ("event_type", "institution_type"),  # 类型不限 says it of either
    "institution_type": ("institution_type", "event_type"),
    "all": (),
}
"""Query keys by the name that a message gives them, where it isn't the key itself."""

GROUP_OF_KEY = {"place": "city"}
"""What to count by, where the name that a message gives it isn't the key itself."""

_VERY_SURE = 0.9
_SURE = 0.6
"""An intent's confidence from which it decides the kind without a word that names one."""

_PARTS_OF_DAY = ("morning", "afternoon", "evening")
"""Only events have one; "now" and "next" are said of anything: "show them now"."""

_JOBS_ONLY = ("degree", "employment", "remote", "experience_max", "salary_min", "salary_max")


@dataclass(frozen=True)
class Reading:
    """A message, read.

    `kind` is what it looks for, None when it does not say, and `named` whether a word says so or
    only its manner; `implied` is what its criteria can only be about. `wanted`, `excluded` and
    `removed` are criteria to have, to rule out and to take out of the search in hand; `dropped`
    are keys to give up altogether. `adds` and `continues` say how it joins on ("... too",
    "and ...?"), `asks_which` and `lists` that it asks which there are and to see them,
    `of_institution` that it speaks of an institution as "they", `excludes_first` that it begins
    with what it rules out, `bare` that it is no more than a kind's name ("programmes?"), `located`
    that a country is where something is ("in Japan"). `places` are ordinals within the list shown,
    `records` ids. What only a button says: `own_list`, the one of the user's lists that it is
    about, `alert`, the one that is meant, `consent` (yes, no), and whether an answer was `useful`,
    with what it was an answer `of`. What nobody says, for it is told unasked: `news`, an alert's.
    `alternatives` are intents to offer when none is sure.
    """

    intent: str
    text: str
    kind: Kind | None
    named: bool
    implied: Kind | None
    wanted: Query
    excluded: Query
    removed: Query
    dropped: tuple[str, ...] = ()
    drops_all: bool = False
    adds: bool = False
    only: bool = False
    continues: bool = False
    asks_which: bool = False
    lists: bool = False
    excludes_first: bool = False
    bare: bool = False
    located: bool = False
    of_institution: bool = False
    group: str | None = None
    places: tuple[int, ...] = ()
    records: tuple[str, ...] = ()
    own_list: str | None = None
    alert: int | None = None
    news: News | None = None
    attribute: str | None = None
    to_language: str | None = None
    consent: str | None = None
    useful: bool | None = None
    of: Mapping[str, Any] | None = None
    alternatives: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether it says anything about what to look for, the kind aside."""
        return bool(self.wanted or self.excluded or self.removed or self.dropped or self.drops_all)


def read(message: Mapping[str, Any], *, now: datetime, days: Days) -> Reading:
    """The reading of Rasa's parse data (`text`, `intent`, `entities`).

    `days` are the conference's, which "the last day" is one of.
    """
    text = message["text"] or ""
    intent = message["intent"]["name"] or ""
    confidence = message["intent"].get("confidence") or 0.0
    entities: list[Entity] = [
        each for each in message["entities"] if each.get("role") not in ("origin", "drop")
    ]
    cues = {each["value"] for each in entities if each["entity"] == "cue"}
    kind, named = _kind(intent, confidence, entities)
    by_role: dict[str | None, list[Entity]] = {}
    for entity in entities:
        role = entity.get("role")
        by_role.setdefault(role if role in ("exclude", "remove") else None, []).append(entity)
    wanted, excluded, removed = (
        criteria(by_role.get(role, []), text=text, now=now, days=days)
        for role in (None, "exclude", "remove")
    )
    if kind not in (None, Kind.EVENTS) and wanted.period in ("now", "next"):
        wanted = replace(wanted, period=None)  # "programmes now"
    found = {each["entity"] for each in entities}
    if kind is not Kind.INTENTIONS and ("direction" not in found or "occupation" in found):
        wanted = replace(wanted, direction=None)  # "I want ..." is said of anything
    drops = [str(each["value"]) for each in entities if each["entity"] == "drop"]
    dropped = _keys_dropped(drops, of_employers="employer" in cues)
    if "employer_country" in dropped:  # 哪国公司都行: "company" is no sort of employer there
        wanted = replace(wanted, institution_type=())
    return Reading(
        intent=intent,
        text=_last(entities, "profile") or text,
        kind=kind,
        named=named,
        implied=_implied(wanted, excluded),
        wanted=wanted,
        excluded=excluded,
        removed=removed,
        dropped=dropped,
        drops_all="all" in drops,
        adds=_adds(entities, text),
        only="only" in cues,
        continues="continue" in cues,
        asks_which=bool(cues & {"group", "per", "most"}) and "anaphor" not in cues,
        lists="list" in cues,
        excludes_first=any(each["start"] == 0 for each in entities if each["value"] == "exclude"),
        bare=named and _is_bare(text, entities),
        located=_located(text, entities),
        of_institution=_of_institution(entities, text),
        group=_group(entities, kind),
        places=tuple(
            dict.fromkeys(int(each["value"]) for each in entities if each["entity"] == "ordinal")
        ),
        records=tuple(str(each["value"]) for each in entities if each["entity"] == "record"),
        own_list=_last(entities, "own_list"),
        alert=next((int(each["value"]) for each in entities if each["entity"] == "alert"), None),
        news=next((News(**each["value"]) for each in entities if each["entity"] == "news"), None),
        attribute=_last(entities, "attribute") or _attribute_of(entities),
        to_language=language_named(entities, text),
        consent=_last(entities, "consent"),
        useful=next((each["value"] for each in entities if each["entity"] == "useful"), None),
        of=next((each["value"] for each in entities if each["entity"] == "of"), None),
        alternatives=tuple(message.get("alternatives", ())),
    )


def _kind(intent: str, confidence: float, entities: Sequence[Entity]) -> tuple[Kind | None, bool]:
    """The kind that a message is about, and whether a word names it.

    Words count before the intent. Of several kinds named, the intent's is meant if it is sure, and
    otherwise one that is not an organisation: "programs of institutions in Moscow". A sort of
    event names events; a sort of organisation names nothing by itself: "jobs at universities".
    """
    of_intent = KIND_OF_INTENT.get(intent)
    named = [
        Kind(each["value"])
        for each in entities
        if each["entity"] == "kind" and each.get("role") != "exclude"
    ]
    others = [kind for kind in named if kind is not Kind.INSTITUTIONS]
    found = {each["entity"] for each in entities}
    if named and not others and "direction" in found:
        return Kind.INTENTIONS, True  # "which institutions need ...": their intentions
    if of_intent in named and (len(set(named)) == 1 or confidence >= _VERY_SURE):
        return of_intent, True
    if others:
        return others[0], True
    if "event_type" in found and intent != "refine":
        return Kind.EVENTS, False
    if "direction" in found and intent in ("find_institutions", "find_intentions"):
        return Kind.INTENTIONS, False
    if "occupation" in found and not named and intent in ("find_institutions", "find_programs"):
        return Kind.JOBS, False
    if of_intent is not None and confidence >= (_SURE if named else _SURE / 2):
        return of_intent, bool(named)
    if named:
        return named[0], True
    if intent == "count" and "institution_type" in found:
        return Kind.INSTITUTIONS, False
    return None, False


def _keys_dropped(names: Sequence[str], *, of_employers: bool) -> tuple[str, ...]:
    """Query keys by the names that a message gives them; 哪国公司都行 is about employers alone."""
    if of_employers and "country" in names:
        return ("employer_country",)
    return tuple(key for name in names for key in KEYS_OF_DROP.get(name, (name,)))


def _adds(entities: Sequence[Entity], text: str) -> bool:
    """ "... too"; but in "also the wrong city, I meant ..." it is the correction that counts."""
    corrected = max((each["start"] for each in entities if each["value"] == "correct"), default=-1)
    return any(
        each["entity"] == "cue"
        and each["value"] == "add"
        and each["start"] > corrected
        and not (text[each["start"] :].startswith("都") and _ALL_OF.search(text[: each["start"]]))
        for each in entities
    )


_ALL_OF = re.compile(r"整个|全[省市国境]?$|[、和或跟]|两[地个边者]|三[地个]")
"""Before 都行 and the like: it is said of all that was named, and adds nothing (港澳两地都行)."""


_MORE_THAN_A_NAME = re.compile(
    r"\b(?:show|list|find|search|look\w*|give|get|tell|see|want|need|would|can|could|all|my)\b"
    r"|[找搜查列要想给找睇搵]|显示|全部|所有|我",
    re.IGNORECASE,
)


def _is_bare(text: str, entities: Sequence[Entity]) -> bool:
    """ "Programmes?", 活动呢: hardly more than the name of one kind."""
    kinds = [each for each in entities if each["entity"] == "kind"]
    if len({each["value"] for each in kinds}) != 1:
        return False
    rest = text[: kinds[0]["start"]] + " " + text[kinds[0]["end"] :]
    words = re.findall(r"[^\W\d_]", rest) if has_han(text) else rest.split()
    return len(words) <= _FEW and not _MORE_THAN_A_NAME.search(rest)


_FEW = 4
"""Words, or Chinese characters."""

_IN = re.compile(r"\b(?:in|to|within|inside|across)\s+(?:the\s+)?$|[在去到]$", re.IGNORECASE)


_IT_DOES = re.compile(
    r"\b(?:does|do|did|of|from|by|at|with|has|have|for) it\b"
    r"|\bit (?:has|have|offer|run|post|publish)",
    re.IGNORECASE,
)


def _of_institution(entities: Sequence[Entity], text: str) -> bool:
    """ "Their jobs", "what jobs does it have?"; but "leave it" and "IT jobs" are of nobody."""
    return any(
        each["value"] == "anaphor"
        and (text[each["start"] : each["end"]].lower() != "it" or _IT_DOES.search(text))
        for each in entities
    )


def _located(text: str, entities: Sequence[Entity]) -> bool:
    return any(
        each["entity"] == "country" and _IN.search(text[: each["start"]]) for each in entities
    )


def _implied(wanted: Query, excluded: Query) -> Kind | None:
    for query in (wanted, excluded):
        if any(getattr(query, key) is not None for key in _JOBS_ONLY):
            return Kind.JOBS
        if query.employer_country and not query.institution_type:
            return Kind.JOBS
        if query.event_type or query.day or query.period in _PARTS_OF_DAY:
            return Kind.EVENTS
        if query.direction:
            return Kind.INTENTIONS
        if query.institution_type:
            return Kind.INSTITUTIONS
    return None


def _group(entities: Sequence[Entity], kind: Kind | None) -> str | None:
    """ "Which industry has most ...", "by city"; "which companies ..." groups nothing.

    Institutions are not counted by institution: "which country sent most institutions".
    """
    if not any(each["entity"] == "cue" and each["value"] in ("per", "most") for each in entities):
        return None
    of_institutions = kind is Kind.INSTITUTIONS
    own = "institution" if of_institutions else None
    group = _last([each for each in entities if each["value"] != own], "group")
    if of_institutions and group == "event_type":  # 各类型: "type" says it of either
        return "institution_type"
    if group == "employer_country" and kind is not Kind.JOBS:
        return "country"
    return GROUP_OF_KEY.get(group, group) if group else None


_ATTRIBUTES = {
    "remote": "remote",
    "degree": "degree",
    "employment": "employment",
    "experience_max": "experience",
    "salary": "salary",
    "city": "place",
}


def _attribute_of(entities: Sequence[Entity]) -> str | None:
    """The attribute that a value belongs to: "can I work from home?" asks whether it is remote."""
    found = (_ATTRIBUTES.get(each["entity"]) for each in entities)
    return next((each for each in found if each), None)


_INTO = re.compile(
    r"(?:换成?|换回|改成?|切成?|切回|用|说|讲|回|in|into|to|speak)\s*$", re.IGNORECASE
)


def language_named(entities: Sequence[Mapping[str, Any]], text: str) -> str | None:
    """The language to change to: of several named, the one that is changed to.

    换回中文吧，我英文看得慢 changes to Chinese.
    """
    named = [each for each in entities if each["entity"] == "to_language"]
    into = [each for each in named if _INTO.search(text[: each["start"]])]
    return _last(into, "to_language") or _last(named, "to_language")


def _last(entities: Sequence[Mapping[str, Any]], name: str) -> str | None:
    return next((str(each["value"]) for each in reversed(entities) if each["entity"] == name), None)
