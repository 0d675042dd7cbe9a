"""What a message has in it and what was before, and what that says for acts.

Each multiplies the odds of some intents; the weights are round numbers, not fitted ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from actions.reading import KIND_OF_INTENT
from bot.brain.content import CHANGES, OF_A_JOB, TELLING, Content
from conference.edition.facts import TOPICS
from conference.query import Kind

Weight = tuple[tuple[str, ...], float]
"""Intents and the factor of their odds."""

_FIND = {kind.value: intent for intent, kind in KIND_OF_INTENT.items()}
_NOT_JOBS = tuple(intent for intent, kind in KIND_OF_INTENT.items() if kind is not Kind.JOBS)
SEARCHES = frozenset({*_FIND.values(), "refine", "count"})
_TYPES = frozenset({"institution_type", "event_type"})
_SMALL_TALK = ("out_of_scope", "greet", "goodbye", "help", "handoff", "thanks")
_GENERAL_QUESTIONS = (
    "ask_recruitment", "ask_programs", "ask_cooperation", "ask_participants", "ask_regions",
    "ask_guest_of_honour", "ask_shenzhen", "ask_figures", "ask_covid", "ask_place", "ask_speakers",
    "ask_zones", "ask_about",
)  # fmt: skip
_FACTS = tuple(f"ask_{topic}" for topic in TOPICS)
_OF_EITHER = (
    "ask_organisers", "ask_dates", "ask_place", "ask_speakers", "ask_contact", "ask_languages",
)  # fmt: skip
"""Questions that may be about the record in hand as well as about the conference."""
_ABOUT_A_RECORD = ("ask_details", "ask_institution", "find_similar")

_OF_A_RECORD = frozenset(
    {"attribute", "remote", "degree", "employment", "experience_max", "salary", "city"}
)
"""What a question about the record in hand speaks of: an attribute, or a value that it may have."""

_SPEAKER = re.compile(
    r"\b(?:i|i'm|i've|im|my)\b.*\b(?:me|my|him|her)\b|我.*(?:我|推荐|匹配|[他她]适合|适合[他她])"
)
"""Somebody tells of themself and asks what there is for them."""

_ORDERS = re.compile(
    r"\byou are (?:now|an? )|\b(?:act|behave|pretend|roleplay)\b"
    r"|\bignore (?:all|any|the|your|previous)|从现在(?:起|开始)|你(?:现在|就)*(?:是|扮演)|假装"
    r"|忽略|无视|开发者模式|系统(?:指令|提示)"
    r"|\b(?:developer|debug|god) mode\b|\bsystem (?:prompt|instructions?)\b"
)
"""Somebody tells the assistant what to be; the occupation is no search ("you are now an admin")."""

_WEATHER = re.compile(
    r"\b(?:weather|forecast|rain(?:ing|y)?|sunny|snow(?:ing)?|typhoon|humid|umbrella)\b"
    r"|\b(?:is|will) it (?:be )?(?:very |so |too )?(?:hot|cold|warm|cool|windy|wet)\b"
    r"|天气|下雨|下雪|台风|气温|[带打]伞|几度|多少度|热不热|冷不冷|热吗|冷吗"
)
"""What is most often asked of a city that no catalogue has."""

_TAKING_PART = re.compile(
    r"\b(?:taking|take|takes) part\b|\b(?:participat|exhibit|attend)\w*|\b(?:is|are) here\b"
    r"|参加|参会|参展|来了|到会|与会"
)
_MATCH_US = re.compile(r"\b(?:match|pair) (?:us|me|my|our)\b|[给帮替为]我们?\S{0,4}匹配")

_OWN = re.compile(r"\b(?:my|mine|i saved|i picked)\b|我的|我存|我收|我加")
_ANSWER_IN = re.compile(
    r"\b(?:reply|answer|respond|write|continue|carry on|go on|switch|change)\b[^?.!]*\b(?:in|to) "
    r"(?:english|chinese|mandarin)|用(?:英|中|汉|普)\S{0,2}(?:回|答|说|讲|聊|写|交流|沟通|跟我)"
)
"""How the assistant is to answer, and not what is spoken at the conference."""

_TRANSLATE = re.compile(
    r"\bhow (?:do|does|would|can|should) (?:you|one|i|we|they) (?:say|spell|pronounce)\b"
    r"|\bwhat(?:'s| is) the (?:\w+ )?(?:word|term|expression) for\b|\btranslate\b.*\binto\b"
    r"|[语文](?:里|中)?怎么[说讲念写拼]|(?:把|将|帮我|请|)翻译(?:一下|成|这)"
)
"""A word is asked for in another language, though it may be one of ours."""

_THE_ONE = re.compile(r"\bthe (?:[\w-]+ ){1,3}one\b|那[个家场份条项所]")
"""One of a list by its name: "the hydrogen one", but not "the German ones"."""

_BACK_TO_LIST = re.compile(
    r"\b(?:back|return)\b[^.?!]*\blist\b|(?:返回|回到|回去|退回|回)\S{0,6}(?:列表|清单|名单)"
)

_MORE = re.compile(r"\bmore (?:of )?(?:th[eo]se|them|such)\b|\bfurther \w+s\b|再[多来给翻]")

_WHOSE = re.compile(r"\bwho(?:se|'s|m)?\b|谁|哪(?:家|个?单位|个?机构|所)")
_ELSE = re.compile(r"\b(?:else|others?|more)\b|别的|其[他它]|另外")

_THIS = re.compile(r"\b(?:it|this|that)\b|[它佢]|这个|此项|该项|这[份场项条]|那[份场项条]")
"""The record in hand."""


def circumstances(said: Content, slots: Mapping[str, Any]) -> Iterator[Weight]:
    """The weights for what a message has in it, in a conversation with these slots."""
    yield from _of_state(said, slots)
    if "record" in said.found:
        yield from _of_id(said)
    if slots.get("search"):
        yield from _of_search(said, slots["search"])
    if slots.get("record"):
        yield from _of_record(said)
    yield from _of_kinds(said)
    yield from _of_criteria(said, slots)
    yield from _of_counting(said, slots)
    if _TRANSLATE.search(said.text):
        yield ("out_of_scope",), 20.0
    if "to_language" in said.found and _ANSWER_IN.search(said.text):
        yield ("switch_language",), 8.0
    elif said.kinds or "event_type" in said.found:  # "roadshows in English"
        yield ("switch_language",), 0.05
    if "conference" in said.cues:
        yield _ABOUT_A_RECORD, 0.2
    if "resume" in said.cues:
        yield ("match_profile",), 60.0
    elif "profile" in said.cues:
        of_oneself = _SPEAKER.search(said.text) or _MATCH_US.search(said.text)
        yield ("match_profile",), 15.0 if of_oneself else 3.0
    else:
        told = said.criteria & {"degree", "experience_max"} and not said.kinds
        told = told and not slots.get("search")
        yield ("match_profile",), 0.5 if told else 0.1 if said.kinds else 0.2


def _of_state(said: Content, slots: Mapping[str, Any]) -> Iterator[Weight]:
    """What was shown and asked before."""
    shown = slots.get("shown")
    yield ("affirm", "deny"), 4.0 if slots.get("pending") else 0.3
    if not slots.get("record"):
        yield _ABOUT_A_RECORD, 0.6 if shown else 0.25
    if not shown:
        yield ("select_item", "next_page", "previous_page", "show_results"), 0.4
    elif said.found & {"ordinal", "record"} and "sort" not in said.found:
        yield ("remove_item",) if "remove" in said.cues else ("select_item", "ask_details"), 4.0
        yield ("save_item", "contact_item", "add_to_agenda"), 1.5
        if _WHOSE.search(said.text):  # "who's offering the second one?"
            yield ("ask_institution",), 100.0
        yield _FACTS, 0.02  # "where is the first one?"
        yield ("previous_page", "next_page"), 0.2
        if "similar" in said.cues:
            yield ("find_similar",), 20.0
        if "list" in said.cues:  # 打开第一家
            yield ("select_item",), 5.0
    elif "one" in said.cues and said.criteria:
        yield ("select_item",), 15.0 if _THE_ONE.search(said.text) else 3.0
    else:
        yield ("select_item", "next_page"), 1.5
    if slots.get("search") and "show" in said.cues and not (said.criteria or said.kinds):
        yield ("show_results",), 8.0 if slots.get("counted") else 2.0


def _of_id(said: Content) -> Iterator[Weight]:
    """An id stands in it: it is about that record, whatever was shown before."""
    yield _ABOUT_A_RECORD, 50.0
    yield ("save_item", "remove_item", "contact_item", "add_to_agenda"), 50.0
    yield ("select_item",), 500.0  # which answers a question about it, too
    if "similar" in said.cues:
        yield ("find_similar",), 50.0


def _of_search(said: Content, search: Mapping[str, Any]) -> Iterator[Weight]:
    """A search is in hand."""
    changes = said.found & CHANGES
    yield ("refine",), 1.5
    if "country" in said.found:
        yield ("switch_language",), 0.2  # "Chinese too"
    if said.cues & {"only", "add", "continue"} and (said.criteria or said.kinds):
        yield _GENERAL_QUESTIONS, 0.2
    as_well = "add" in said.cues and not (said.criteria or "similar" in said.cues)
    as_well = as_well and not _OWN.search(said.text)
    if said.kinds and ("continue" in said.cues or as_well):
        yield tuple(_FIND[kind] for kind in said.kinds), 30.0
        yield _ABOUT_A_RECORD, 0.02
    if "drop" in said.found and said.kinds <= {Kind.INSTITUTIONS.value}:
        yield _FACTS, 0.5 if said.asks else 0.02  # "does one pay any fee?"
        yield _ABOUT_A_RECORD, 0.1
    if changes:
        yield ("start_over", "greet"), 0.3
    if changes and not said.kinds and "ordinal" not in said.found and not _OWN.search(said.text):
        yield ("remove_item",), 0.2
    if said.kinds == {search.get("kind")} and not said.criteria and _MORE.search(said.text):
        yield ("next_page",), 30.0  # "a few more of those jobs"
        yield tuple(_FIND[kind] for kind in said.kinds), 0.1
    if _BACK_TO_LIST.search(said.text):
        yield ("previous_page",), 30.0
    if changes and not said.kinds and not said.asks and "conference" not in said.cues:
        yield _FACTS, 0.3  # 能源主题的, "the whole of Hebei, please"
    if search.get("kind") == Kind.EVENTS.value and said.found & {"day", "period"}:
        yield _FACTS, 0.2  # "and on the 11th?"
    if changes and not said.kinds:
        yield ("refine",), 8.0 if said.joins else 3.0
        yield _NOT_JOBS, 0.4  # 德国的有哪些
        yield ("next_page", "previous_page"), 0.3
    if said.joins and (changes or said.kinds):
        yield ("help", "greet", "thanks", "goodbye", "affirm", "deny"), 0.05
        yield ("out_of_scope",), 0.3
    if "next" in said.periods and search["query"].get("period") in ("now", "next"):
        yield ("refine",), 30.0  # "what's next?" of what is on now, not the next page
        yield ("next_page",), 0.2


def _of_record(said: Content) -> Iterator[Weight]:
    """A record is open."""
    if "similar" in said.cues:
        yield ("find_similar",), 20.0
    if _THIS.search(said.text) and said.asks and not said.kinds and "conference" not in said.cues:
        yield ("ask_details",), 4.0  # "do I need a visa for it?"
        yield _FACTS, 0.3
    if "conference" not in said.cues:
        yield _OF_EITHER, 0.4
    if "anaphor" in said.cues and "direction" in said.found and not said.kinds:
        yield ("ask_institution",), 10.0  # "who offers it?"
        yield ("find_intentions",), 0.1
    if "anaphor" in said.cues and _ELSE.search(said.text) and not said.kinds:
        yield ("refine",), 30.0  # "what else do they have?"
        yield ("next_page",), 0.1
    if said.asks_of_it:
        yield ("ask_details",), 8.0
    elif said.kinds or said.joins or "drop" in said.found:
        return
    elif said.found & _OF_A_RECORD and said.is_yes_or_no:  # "can I work from home?"
        yield ("ask_details",), 20.0
        yield _GENERAL_QUESTIONS, 0.1
    elif "attribute" in said.found and said.has_question_word:
        yield ("ask_details",), 8.0


def _of_kinds(said: Content) -> Iterator[Weight]:
    if not said.kinds:
        if _ORDERS.search(said.text) or _WEATHER.search(said.text):
            yield ("out_of_scope",), 20.0
        return
    for kind in said.kinds:
        yield (_FIND[kind],), 2.5
    yield ("refine",), 0.3
    yield tuple(find for kind, find in _FIND.items() if kind not in said.kinds), 0.5
    if said.cues & {"show", "list"}:  # "list all the programmes"
        yield (*_GENERAL_QUESTIONS, "help"), 0.1
        if not _OWN.search(said.text):
            yield tuple(_FIND[kind] for kind in said.kinds), 5.0
    if "sort" in said.found:  # "which jobs pay the most?"
        yield _SMALL_TALK, 0.1
    if said.criteria:
        yield _SMALL_TALK, 0.3
        yield _GENERAL_QUESTIONS, 0.5
    theirs = "anaphor" in said.cues and not said.asks_of_it
    if theirs and said.kinds - {Kind.INSTITUTIONS.value}:  # "their jobs"
        yield tuple(_FIND[kind] for kind in said.kinds), 20.0
        yield (*_ABOUT_A_RECORD, "show_results"), 0.2


def _of_criteria(said: Content, slots: Mapping[str, Any]) -> Iterator[Weight]:
    criteria = said.criteria
    if criteria & TELLING and not said.asks:
        yield _ABOUT_A_RECORD, 0.1  # a wish, not a question
        yield ("refine",), 3.0 if slots.get("search") else 1.0
    if said.found & {"day", "period"} and not _OWN.search(said.text):
        yield ("show_agenda",), 0.3  # "what can I attend tomorrow?" is the conference's
    if "employment" in criteria:
        yield _FACTS, 0.1  # 你们大会有翻译的兼职吗
    wishes = "direction" in said.found and said.kinds <= {Kind.INSTITUTIONS.value}
    if wishes and not ("occupation" in said.found and not said.kinds):  # "foreman wanted"
        yield ("find_intentions",), 6.0
        yield _GENERAL_QUESTIONS, 0.2
    if "occupation" in said.found and "conference" not in said.cues:
        other = (slots.get("search") or {}).get("kind") not in (None, Kind.JOBS.value)
        anew = other and not said.kinds and not said.joins  # a nurse is no event
        yield ("find_jobs",), 30.0 if anew else 2.0
        yield ("refine",), 0.1 if anew else 1.0
        yield _GENERAL_QUESTIONS, 0.3
        if Kind.JOBS.value in said.kinds:
            yield ("ask_languages",), 0.1  # an interpreter's jobs
        yield ("out_of_scope",), 1.0 if _ORDERS.search(said.text) else 0.1 if said.bare else 0.4
    if "alert" in said.cues and (said.kinds or criteria):  # what it is to be about is no search now
        yield ("subscribe_alert", "stop_alerts", "show_alerts"), 100.0
    elif said.kinds and criteria:  # "show me new jobs in Beijing"
        yield ("subscribe_alert",), 0.3
    if len(criteria) > 1 and criteria & TELLING:
        yield ("out_of_scope",), 0.3
    if (
        "institution_type" in criteria
        and not criteria & OF_A_JOB
        and _TAKING_PART.search(said.text)
    ):
        yield ("find_institutions",), 6.0
        yield ("find_jobs", "ask_participants"), 0.3
    if len(criteria) > 1 and criteria & _TYPES:
        yield ("find_institutions", "find_events"), 2.0
        yield (*_FACTS, "delete_data"), 0.3


def _of_counting(said: Content, slots: Mapping[str, Any]) -> Iterator[Weight]:
    of_record = slots.get("record") and said.asks_of_it
    named = (said.kinds or said.criteria & _TYPES) and not of_record
    if "group" in said.found and said.cues & {"per", "most"}:
        yield ("count",), 100.0
        yield ("refine", *_FIND.values()), 0.1
    elif "count" not in said.cues:
        yield ("count",), 0.05
    elif "drop" in said.found:
        return  # "how much it pays doesn't matter", but also 行业不限，一共多少
    elif named:
        yield ("count",), 200.0
        yield tuple(_FIND.values()), 0.1
    elif slots.get("search") and not slots.get("record"):
        yield ("count",), 20.0  # less: "how many languages do you speak?" counts no search
        yield tuple(_FIND.values()), 0.1
