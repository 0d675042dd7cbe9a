"""Facts about the conference."""

from __future__ import annotations

from actions.presenting.message import Button, Message, button, message, paragraphs
from actions.presenting.wording import month
from actions.texts import say
from conference.facts import Source, load_facts

_NEXT: dict[str, tuple[str, ...]] = {  # topic: the buttons that lead on
    "guest_of_honour": ("russian_programs", "russian_institutions"),
    "participants": ("find_institutions",),
    "figures": ("find_jobs", "find_intentions"),
    "zones": ("ask_online_platform", "find_events"),
    "online_platform": ("find_events",),
    "recruitment": ("find_jobs", "match_profile"),
    "resume": ("match_profile", "handoff"),
    "programs": ("find_programs",),
    "cooperation": ("find_intentions",),
    "regions": ("gba_jobs", "jjj_jobs"),
    "shenzhen": ("shenzhen_jobs",),
    "speakers": ("ask_opening_ceremony", "find_events"),
    "opening_ceremony": ("ask_speakers", "find_events"),
    "dates": ("find_events",),
    "place": ("ask_online_platform", "find_events"),
    "about": ("ask_figures", "ask_guest_of_honour", "help"),
    "theme": ("ask_about",),
    "organisers": ("ask_contact",),
    "bot": ("help", "privacy"),
    "languages": ("help",),
    "registration": ("handoff",),
    "fees": ("handoff",),
    "contact": ("handoff",),
    "covid": ("handoff", "ask_online_platform"),
}
_ENTITIES: dict[str, tuple[str, dict[str, str]]] = {  # searches with something filled in
    "russian_programs": ("find_programs", {"country": "RU"}),
    "russian_institutions": ("find_institutions", {"country": "RU"}),
    "gba_jobs": ("find_jobs", {"region": "greater-bay-area"}),
    "jjj_jobs": ("find_jobs", {"region": "beijing-tianjin-hebei"}),
    "shenzhen_jobs": ("find_jobs", {"city": "shenzhen"}),
}
_MARKED_AS_SAMPLE = ("about", "bot")


def present_answer(topic: str, *, language: str, sample: bool = False) -> Message:
    """What is known of a topic, with where it is stated; raises KeyError for another topic."""
    fact = load_facts()[topic]
    noted = say("sample", language) if sample and topic in _MARKED_AS_SAMPLE else None
    return message(
        paragraphs(fact.text[language], noted, _sources(fact.sources, language)),
        type_="answer",
        language=language,
        buttons=[_button(name, language) for name in _NEXT.get(topic, ())],
        topic=topic,
        sources=[{"name": each.name[language], "as_of": each.as_of} for each in fact.sources],
    )


def _sources(sources: tuple[Source, ...], language: str) -> str | None:
    if not sources:
        return None
    named = [
        say("answer.source", language, name=each.name[language], when=month(each.as_of, language))
        for each in sources
    ]
    joined = say("list.semicolon", language).join(named)
    return say("answer.sources", language, count=len(named), sources=joined)


def _button(name: str, language: str) -> Button:
    intent, entities = _ENTITIES.get(name, (name, {}))
    return button(name, language, intent, **entities)
