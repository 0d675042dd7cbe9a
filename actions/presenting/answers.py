"""Facts about the conference."""

from __future__ import annotations

from actions.presenting.describing import describe
from actions.presenting.feedback import to_be_judged
from actions.presenting.message import Button, Message, button, lines, message, paragraphs, titled
from actions.presenting.staff import hours_of, ways_to_reach
from actions.presenting.wording import capital, month, text_in
from actions.texts import say
from conference.edition import TOPICS, Edition, Fact, Source
from conference.query import Frame, Kind, Query

_NEXT: dict[str, tuple[str, ...]] = {  # topic: the buttons that lead on
    "guest_of_honour": ("guest_programs", "guest_institutions"),
    "participants": ("find_institutions",),
    "figures": ("find_jobs", "find_intentions"),
    "zones": ("ask_online_platform", "find_events"),
    "online_platform": ("find_events",),
    "recruitment": ("find_jobs", "match_profile"),
    "resume": ("match_profile", "handoff"),
    "programs": ("find_programs",),
    "cooperation": ("find_intentions",),
    "regions": ("region_jobs",),
    "shenzhen": ("city_jobs",),
    "speakers": ("ask_opening_ceremony", "find_events"),
    "opening_ceremony": ("ask_speakers", "find_events"),
    "dates": ("find_events",),
    "place": ("ask_online_platform", "find_events"),
    "about": ("ask_figures", "ask_guest_of_honour", "help"),
    "theme": ("ask_about",),
    "organisers": ("ask_contact",),
    "bot": ("help", "privacy"),
    "languages": ("help",),
    "registration": ("handoff", "ask_contact"),
    "fees": ("handoff",),
    "contact": ("handoff",),
    "covid": ("handoff", "ask_online_platform"),
}
_MARKED_AS_SAMPLE = ("about", "bot")


def present_answer(topic: str, *, edition: Edition, language: str, sample: bool = False) -> Message:
    """What is known of a topic, with where it is stated; raises KeyError for another topic."""
    if topic not in TOPICS:
        raise KeyError(topic)
    fact = edition.facts.get(topic) or Fact(topic, {language: say("answer.unknown", language)}, ())
    noted = say("sample", language) if sample and topic in _MARKED_AS_SAMPLE else None
    url = edition.links.get(topic)
    asks_staff = topic == "contact" or not fact.sources
    return to_be_judged(
        message(
            paragraphs(
                text_in(fact.text, language).marked(language),
                noted,
                say("answer.link", language, url=url) if url else None,
                lines(*ways_to_reach(edition, language)) if asks_staff else None,
                hours_of(edition, language) if asks_staff else None,
                _sources(fact.sources, language),
            ),
            type_="answer",
            language=language,
            buttons=[
                each for name in _NEXT.get(topic, ()) for each in _buttons(name, edition, language)
            ],
            topic=topic,
            sources=[
                {"name": text_in(each.name, language).text, "as_of": each.as_of}
                for each in fact.sources
            ],
        )
    )


def _sources(sources: tuple[Source, ...], language: str) -> str | None:
    if not sources:
        return None
    named = [
        say(
            "answer.source",
            language,
            name=text_in(each.name, language).text,
            when=month(each.as_of, language),
        )
        for each in sources
    ]
    joined = say("list.semicolon", language).join(named)
    return say("answer.sources", language, count=len(named), sources=joined)


def _buttons(name: str, edition: Edition, language: str) -> list[Button]:
    """A plain button, or those of the searches that the edition makes of a name."""
    guest = {"country": edition.country}
    searches: dict[str, list[tuple[Kind, dict[str, str | None]]]] = {
        "guest_programs": [(Kind.PROGRAMS, guest)],
        "guest_institutions": [(Kind.INSTITUTIONS, guest)],
        "region_jobs": [(Kind.JOBS, {"region": each}) for each in edition.regions],
        "city_jobs": [(Kind.JOBS, {"city": edition.city})],
    }
    if name not in searches:
        return [button(name, language)]
    return [
        _search(kind, key, code, language)
        for kind, asked in searches[name]
        for key, code in asked.items()
        if code
    ]


def _search(kind: Kind, key: str, code: str, language: str) -> Button:
    query = Query.from_json({key: [code]})
    title = capital(describe(Frame(kind, query), language))
    return titled(title, f"find_{kind.value}", **{key: code})
