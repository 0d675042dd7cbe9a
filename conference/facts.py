"""What is known of the conference itself, topic by topic, and where it is stated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True)
class Source:
    """Where a fact is stated: the name by language, and the month it is from (`2020-09`)."""

    name: dict[str, str]
    as_of: str


@dataclass(frozen=True)
class Fact:
    """A topic's answer by language; without sources it is not known."""

    topic: str
    text: dict[str, str]
    sources: tuple[Source, ...]


@cache
def load_facts() -> dict[str, Fact]:
    """Every topic's fact, read once a process."""
    text = resources.files("conference").joinpath("facts.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    sources = {
        key: Source({"en": entry["en"], "zh": entry["zh"]}, entry["as_of"])
        for key, entry in data["sources"].items()
    }
    return {
        topic: Fact(
            topic,
            {"en": entry["en"].strip(), "zh": entry["zh"].strip()},
            tuple(sources[key] for key in entry["sources"]),
        )
        for topic, entry in data["topics"].items()
    }
