"""What is known of the conference itself, topic by topic, and where it is stated."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from conference.edition.fields import Fields
from conference.edition.findings import Finding

FILE = "facts.yml"
TOPICS = (
    *("about", "dates", "place", "theme", "organisers", "guest_of_honour", "participants"),
    *("figures", "zones", "online_platform", "recruitment", "resume", "programs", "cooperation"),
    *("registration", "fees", "speakers", "covid", "regions", "shenzhen", "opening_ceremony"),
    *("languages", "contact", "bot"),
)
"""What people ask about."""


@dataclass(frozen=True)
class Source:
    """Where a fact is stated: the name by language, and the month it is from (`2020-09`)."""

    name: Mapping[str, str]
    as_of: str


@dataclass(frozen=True)
class Fact:
    """A topic's answer by language; without sources it is not known.

    `until` is the last day on which it holds, where it has one.
    """

    topic: str
    text: Mapping[str, str]
    sources: tuple[Source, ...]
    until: date | None = None


def facts_in(data: Any, found: list[Finding]) -> dict[str, Fact]:
    """The facts that `facts.yml` has; what is missing or wrong among them is added to `found`."""
    file = Fields(data, found, file=FILE)
    sources = _sources(file.part("sources"))
    topics = file.part("topics", needed=True)
    file.end()
    facts: dict[str, Fact] = {}
    for topic in topics:
        if topic not in TOPICS:
            near = difflib.get_close_matches(topic, TOPICS, n=1, cutoff=0.0)
            topics.note("unknown_topic", topic, value=topic, hint="".join(near))
            continue
        entry = topics.part(topic)
        text = entry.own_texts()
        if not entry.has("sources"):
            entry.note("missing", "sources")
        named = [each for each in entry.items("sources") if entry.known("sources", each, sources)]
        until = entry.day("until")
        entry.end()
        if text:
            facts[topic] = Fact(topic, text, tuple(sources[each] for each in named), until)
    for topic in TOPICS:
        if topic not in topics:
            topics.note("missing_topic", topic, value=topic)
    return facts


def _sources(part: Fields) -> dict[str, Source]:
    sources = {}
    for key in part:
        entry = part.part(key)
        name = entry.own_texts()
        as_of = entry.text("as_of", needed=True)
        entry.end()
        if as_of and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", as_of):
            entry.note("wrong_form", "as_of", value=as_of, hint="2020-09")
        elif name and as_of:
            sources[key] = Source(name, as_of)
    return sources
