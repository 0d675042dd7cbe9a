"""The intent in context: the same words weigh differently by what the conversation has before it.

The classifier sees one message alone. "When does it start?" asks about a record if one is open and
about the conference if none is; "yes" is an answer only where a question waits; a message that
names a kind of thing and a place is no small talk. Each circumstance multiplies the odds of some
intents; the weights are round numbers, not fitted ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.brain.language import language_of
from conference.query import Kind

_FIND = {
    Kind.JOBS.value: "find_jobs",
    Kind.PROGRAMS.value: "find_programs",
    Kind.INSTITUTIONS.value: "find_institutions",
    Kind.INTENTIONS.value: "find_intentions",
    Kind.EVENTS.value: "find_events",
}
_SEARCHES = frozenset({*_FIND.values(), "refine", "count"})
_CRITERIA = frozenset(
    {"industry", "city", "region", "country", "institution", "degree", "employment", "salary",
     "experience_max", "institution_type", "event_type", "remote", "day", "period", "subject"}
)  # fmt: skip
_TELLING = frozenset(
    {"salary", "degree", "employment", "experience_max", "industry", "institution_type",
     "event_type", "remote"}
)  # fmt: skip
"""Criteria that only a search has: a day or a place is in questions about the weather, too."""
_OURS = _TELLING | {"kind", "occupation"}
"""What hardly anybody says who is after something else."""
_OF_A_JOB = frozenset({"salary", "degree", "employment", "experience_max", "remote"})
_JOINING = frozenset({"anywhere", "only", "add", "continue", "exclude", "remove", "drop"})
_CHANGES = _CRITERIA | {"sort", "direction", "drop"}
_SMALL_TALK = ("out_of_scope", "greet", "goodbye", "help", "handoff", "thanks")
_GENERAL_QUESTIONS = (
    "ask_recruitment", "ask_programs", "ask_cooperation", "ask_participants", "ask_regions",
    "ask_guest_of_honour", "ask_shenzhen", "ask_figures", "ask_covid", "ask_place", "ask_speakers",
    "ask_zones", "ask_about",
)  # fmt: skip
_ABOUT_A_RECORD = ("ask_details", "ask_institution", "find_similar")

_OF_A_RECORD = frozenset(
    {"attribute", "remote", "degree", "employment", "experience_max", "salary", "city"}
)
"""What a question about the record in hand speaks of: an attribute, or a value that it may have."""

_QUESTION = re.compile(
    r"[吗么嘛]|多少|几|哪|什么|^(?:and |so )?(?:what|when|where|who|how|which)\b"
)
_SPEAKER = re.compile(r"\b(?:i|i'm|i've|im|my)\b.*\b(?:me|my)\b|我.*(?:我|推荐)")
"""Somebody tells of themself and asks what there is for them."""

_ORDERS = re.compile(
    r"\byou are (?:now|an? )|\b(?:act|behave|pretend|roleplay)\b"
    r"|\bignore (?:all|any|the|your|previous)|从现在(?:起|开始)|你(?:现在|就)*(?:是|扮演)|假装|忽略"
)
"""Somebody tells the assistant what to be; the occupation is no search ("you are now an admin")."""

_YES_OR_NO = re.compile(
    r"[吗嘛不]\s*[?？。]?$|是不是|能不能|可不可以|要不要|用不用"
    r"|^(?:and |so )?(?:is|are|does|do|can|could|will|would) (?:it|that|this|they|the|i|you|we)\b"
)

UNSURE = "nlu_fallback"
"""Rasa's own name for an intent that is none of those learnt."""

_LEAST = 0.005
"""No intent is so unlikely by its words alone that circumstances could not speak for it."""

CLARIFY_BELOW = {"en": 0.47, "zh": 0.42}
"""Under this confidence the two nearest readings are offered instead of an answer.

From here on the best reading of our own examples is right more often than wrong, by models that
have not learnt from them. The shares mean what they say there (of those at 0.7 to 0.8, 77 and 80 of
100 are right): neither a temperature nor Platt's regression on them declines better by a point.
"""

FALLBACK_BELOW = {"en": 0.79, "zh": 0.77}
"""Where all that is in scope has less than this share together, the message is declined.

Set like the one above by `make thresholds`, on examples alone: at most 2 of 100 in scope declined,
and as many of the others as that leaves. The share of `out_of_scope` tells 9 to 14 of 100 more of
them than that of the best reading; docs/understanding.md has both.
"""

FALLBACK_OF_OURS_BELOW = 0.5
"""The same where a kind, an occupation or a criterion of a search is named; set by hand."""


def weigh(parse: dict[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """The parse data with its intents weighed by context and the best of them chosen."""
    odds = {each["name"]: float(each["confidence"]) for each in parse["intent_ranking"]}
    for names, weight in _circumstances(parse, slots):
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
            parse,
            [(name, value) for value, name in ranking],
            searching=bool(slots.get("search")),
            language=language_of(parse["text"]) or slots.get("language"),
        ),
        "alternatives": [name for _, name in ranking if name != "out_of_scope"][:2],
    }


def _circumstances(
    parse: Mapping[str, Any], slots: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], float]]:
    entities = parse["entities"]
    kinds = {each["value"] for each in entities if each["entity"] == "kind"}
    found = {each["entity"] for each in entities}
    criteria = found & _CRITERIA
    cues = {each["value"] for each in entities if each["entity"] == "cue"}
    text = parse["text"].lower()
    yield from _of_state(slots, criteria=bool(criteria), kinds=kinds, found=found, cues=cues)
    if slots.get("record") and not kinds and not cues & _JOINING:
        if found & _OF_A_RECORD and _YES_OR_NO.search(text):  # "can I work from home?"
            yield ("ask_details",), 20.0
            yield _GENERAL_QUESTIONS, 0.1
        elif "attribute" in found and _QUESTION.search(text):
            yield ("ask_details",), 8.0
    yield from _of_kinds(found, cues, kinds, text)
    if criteria & _TELLING and not (_QUESTION.search(text) or _YES_OR_NO.search(text)):
        yield _ABOUT_A_RECORD, 0.1  # a wish, not a question
        yield ("refine",), 3.0 if slots.get("search") else 1.0
    if "conference" in cues:
        yield _ABOUT_A_RECORD, 0.2
    if "direction" in found and kinds <= {Kind.INSTITUTIONS.value}:
        yield ("find_intentions",), 6.0
        yield _GENERAL_QUESTIONS, 0.2
    if "anaphor" in cues and kinds - {Kind.INSTITUTIONS.value}:  # "their jobs"
        yield tuple(_FIND[kind] for kind in kinds), 10.0
        yield (*_ABOUT_A_RECORD, "show_results"), 0.2
    if "occupation" in found:
        other = (slots.get("search") or {}).get("kind") not in (None, Kind.JOBS.value)
        anew = other and not kinds and not cues & _JOINING  # a nurse is no event
        yield ("find_jobs",), 30.0 if anew else 2.0
        yield ("refine",), 0.1 if anew else 1.0
        yield _GENERAL_QUESTIONS, 0.3
    if kinds and criteria:
        yield _SMALL_TALK, 0.3
        yield _GENERAL_QUESTIONS, 0.5
    if len(criteria) > 1 and criteria & _TELLING:
        yield ("out_of_scope",), 0.3
    sorts = criteria & {"institution_type", "event_type"}
    if len(criteria) > 1 and sorts:
        yield ("find_institutions", "find_events"), 2.0
        yield (*_GENERAL_QUESTIONS, "privacy", "delete_data"), 0.3
    if "alert" in cues and (kinds or criteria):  # what it is to be about is no search for now
        yield ("subscribe_alert", "stop_alerts", "show_alerts"), 100.0
    countable = kinds or sorts or (slots.get("search") and not slots.get("record"))
    yield from _of_counting(found, cues, countable=bool(countable))
    if "profile" in cues:
        yield ("match_profile",), 15.0 if _SPEAKER.search(text) else 3.0
    else:
        yield ("match_profile",), 0.5 if criteria & {"degree", "experience_max"} else 0.2


def _of_kinds(
    found: set[str], cues: set[str], kinds: set[str], text: str
) -> Iterator[tuple[tuple[str, ...], float]]:
    if not kinds:
        if _ORDERS.search(text):
            yield ("out_of_scope",), 20.0
        return
    for kind in kinds:
        yield (_FIND[kind],), 2.5
    yield ("refine",), 0.3
    yield tuple(find for kind, find in _FIND.items() if kind not in kinds), 0.5
    if "show" in cues:  # "list all the programmes"
        yield _GENERAL_QUESTIONS, 0.1
    if "sort" in found:  # "which jobs pay the most?"
        yield _SMALL_TALK, 0.1


def _of_counting(
    found: set[str], cues: set[str], *, countable: bool
) -> Iterator[tuple[tuple[str, ...], float]]:
    if "group" in found and cues & {"per", "most"}:
        yield ("count",), 100.0
        yield ("refine",), 0.1
    elif "count" not in cues:
        yield ("count",), 0.05
    elif countable:
        yield ("count",), 200.0
        yield tuple(_FIND.values()), 0.1


def _of_state(
    slots: Mapping[str, Any], *, criteria: bool, kinds: set[str], found: set[str], cues: set[str]
) -> Iterator[tuple[tuple[str, ...], float]]:
    """What was shown and asked before."""
    shown, searching = slots.get("shown"), slots.get("search")
    if slots.get("pending"):
        yield ("affirm", "deny"), 4.0
    if not slots.get("record"):
        yield _ABOUT_A_RECORD, 0.6 if shown else 0.25
    if not shown:
        yield ("select_item", "next_page", "previous_page", "show_results"), 0.4
    elif found & {"ordinal", "record"}:
        yield ("remove_item",) if "remove" in cues else ("select_item", "ask_details"), 4.0
        yield ("save_item", "contact_item", "add_to_agenda"), 1.5
        yield _GENERAL_QUESTIONS, 0.02  # "where is the first one?"
        yield ("previous_page", "next_page"), 0.2
    elif "one" in cues and criteria:
        yield ("select_item",), 3.0
    else:
        yield ("select_item", "next_page"), 1.5
    if searching and "show" in cues and not (criteria or kinds):
        yield ("show_results",), 8.0 if slots.get("counted") else 2.0
    if searching:
        yield ("refine",), 1.5
        if "country" in found:
            yield ("switch_language",), 0.2  # "Chinese too"
        if cues & {"only", "add", "continue"} and (criteria or kinds):
            yield _GENERAL_QUESTIONS, 0.2
        if kinds and "continue" in cues:
            yield tuple(_FIND[kind] for kind in kinds), 8.0
            yield _ABOUT_A_RECORD, 0.02
        if cues & {"anywhere", "drop"} and not kinds:
            yield _GENERAL_QUESTIONS, 0.02
        if found & _CHANGES and not kinds:
            yield ("refine",), 8.0 if cues & _JOINING else 3.0


def _chosen(
    parse: Mapping[str, Any],
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
    found = {each["entity"] for each in parse["entities"]}
    if found & _OURS:  # words of ours speak for themselves
        fallback_below = FALLBACK_OF_OURS_BELOW
    if 1.0 - outside < fallback_below:
        return {"name": "out_of_scope", "confidence": outside}
    name, confidence = next(each for each in ranking if each[0] != "out_of_scope")
    if confidence >= clarify_below:
        return {"name": name, "confidence": confidence}
    searches = [(other, value) for other, value in ranking if other in _SEARCHES]
    # which of the searches it is matters little: the words for kinds decide that again
    likely = sum(value for _, value in searches) >= clarify_below and found & _CRITERIA
    told = found & _OF_A_JOB or len(found & _CRITERIA) > 1 or "kind" in found
    if likely or (told and found & _CRITERIA):
        name, confidence = searches[0] if searches else ("refine", confidence)
        return {"name": name, "confidence": confidence}
    if searching and found & _CHANGES:
        return {"name": "refine", "confidence": confidence}
    return {"name": UNSURE, "confidence": confidence}
