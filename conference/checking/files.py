"""What is contradictory, past its date or left over in the files of an edition that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from conference.edition import SHIPPED, Edition, Fact, open_edition
from conference.edition.facts import FILE as FACTS
from conference.edition.findings import Finding
from conference.edition.opening import FILE
from conference.vocabulary import load_vocabulary
from conference.vocabulary.terms import LANGUAGES

_EARLY, _LATE = 6, 23  # hours between which people answer
_OLD = timedelta(days=366)
_ASKED_TOO = {"registration": {"en": "visa", "zh": "签证"}}
"""By topic: what people ask about beside it, who get the same answer."""
_OF_THE_ASSISTANT = ("bot", "languages")


def check_files(edition: Edition, *, today: date) -> Iterator[Finding]:
    """Every finding, in the order of the files."""
    if edition.last_day < today:
        yield Finding("over", f"{FILE}: dates.last", edition.last_day.isoformat())
    if not edition.contact.reachable:
        yield Finding("no_contact", f"{FILE}: contact")
    if not edition.hours:
        yield Finding("no_hours", f"{FILE}: staff_hours")
    yield from _odd_hours(edition)
    yield from _facts(edition, today=today)
    if edition.sample_now is None and edition.folder.resolve() != SHIPPED:
        yield from _left_over(edition)


def _odd_hours(edition: Edition) -> Iterator[Finding]:
    seen: set[int] = set()
    for number, each in enumerate(edition.hours, start=1):
        odd = each.opens >= each.closes or each.opens.hour < _EARLY or each.closes.hour >= _LATE
        if odd or seen & set(each.days):
            text = f"{each.opens:%H:%M}–{each.closes:%H:%M}"
            yield Finding("hours_odd", f"{FILE}: staff_hours {number}", text)
        seen |= set(each.days)


def _facts(edition: Edition, *, today: date) -> Iterator[Finding]:
    for topic, fact in edition.facts.items():
        place = f"{FACTS}: topics.{topic}"
        if fact.until and fact.until < today:
            yield Finding("fact_past", f"{place}.until", fact.until.isoformat())
        for source in fact.sources:
            if date.fromisoformat(f"{source.as_of}-01") < edition.first_day - _OLD:
                yield Finding("source_old", place, source.as_of)
        for language, word in _ASKED_TOO.get(topic, {}).items():
            if fact.sources and word not in fact.text.get(language, word).lower():
                yield Finding("fact_omits", f"{place}.{language}", word)
    first = edition.first_day
    yield from _disagreeing(
        edition.facts.get("dates"),
        [
            {each: str(first.day) for each in LANGUAGES},
            {each: str(first.year) for each in LANGUAGES},
        ],
    )
    if edition.country:
        country = load_vocabulary().countries[edition.country]
        yield from _disagreeing(edition.facts.get("guest_of_honour"), [country.labels])


def _disagreeing(fact: Fact | None, wanted: Sequence[Mapping[str, str]]) -> Iterator[Finding]:
    """A fact that is known and does not have what `conference.yml` says of the same thing."""
    for language, text in fact.text.items() if fact and fact.sources else ():
        for words in wanted:
            if fact and words[language].lower() not in text.lower():
                place = f"{FACTS}: topics.{fact.topic}.{language}"
                yield Finding("fact_disagrees", place, words[language])


def _left_over(edition: Edition) -> Iterator[Finding]:
    """What was copied from the shipped edition and not changed."""
    shipped = open_edition(SHIPPED)
    for language, name in edition.name.items():
        if name == shipped.name.get(language):
            yield Finding("of_another_edition", f"{FILE}: name.{language}")
    for topic, fact in edition.facts.items():
        other = shipped.facts[topic]
        # what is not known, and what the assistant tells of itself, is true of every edition
        if not other.sources or topic in _OF_THE_ASSISTANT:
            continue
        for language, text in fact.text.items():
            if text == other.text.get(language):
                yield Finding("of_another_edition", f"{FACTS}: topics.{topic}.{language}")
