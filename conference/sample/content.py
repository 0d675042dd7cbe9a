"""The sample's written material, read from the YAML files beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from random import Random
from typing import Any, NamedTuple

import yaml

INDUSTRIES = (
    "manufacturing",
    "it",
    "energy",
    "medical",
    "science",
    "education",
    "construction",
    "transport",
    "finance",
    "environment",
    "agriculture",
    "culture",
)


class Pair(NamedTuple):
    """One text in both languages."""

    en: str
    zh: str

    @classmethod
    def parse(cls, text: str) -> Pair:
        """Reads `English|中文`; a text without a bar is the same in both."""
        en, _, zh = text.partition("|")
        return cls(en.strip(), (zh or en).strip())


@dataclass(frozen=True)
class Place:
    """A city; `pay` is its level of pay against Shenzhen's."""

    code: str
    name: Pair
    country: str
    weight: float
    pay: float
    currency: str


@dataclass(frozen=True)
class Employer:
    """A kind of employer: a hospital, a maker of robots, ..."""

    code: str
    industry: str
    type: str
    form: str
    weight: float
    verb: Pair
    names: tuple[Pair, ...]
    does: tuple[Pair, ...]


@dataclass(frozen=True)
class Profession:
    """What a job is; `pay` is thousands of CNY a month in Shenzhen for the plain post."""

    title: Pair
    industry: str
    occupation: str
    degree: str
    pay: tuple[float, float]
    ladder: str
    employers: tuple[str, ...]
    skills: tuple[Pair, ...]
    duties: tuple[Pair, ...]


@dataclass(frozen=True)
class Level:
    """One step of a career ladder; `pay` multiplies the plain post's."""

    title: Pair
    years: tuple[int, int]
    pay: float
    weight: float
    degree: int = 0
    employment: str | None = None


@dataclass(frozen=True)
class Topic:
    """A subject of cooperation, with a sentence that says what it is about."""

    name: Pair
    text: Pair
    industry: str
    employers: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """All of the written material."""

    places: dict[str, Place]
    countries: dict[str, Pair]
    employers: dict[str, Employer]
    professions: tuple[Profession, ...]
    ladders: dict[str, tuple[Level, ...]]
    topics: dict[str, tuple[Topic, ...]]
    names: dict[str, Any]
    texts: dict[str, dict[str, Any]]
    russia: list[dict[str, Any]]
    overseas: list[dict[str, Any]]
    events: dict[str, Any]

    @cached_property
    def home(self) -> list[Place]:
        """Chinese places."""
        return [place for place in self.places.values() if place.country == "CN"]

    @cached_property
    def world(self) -> list[Place]:
        """Places abroad."""
        return [place for place in self.places.values() if place.country != "CN"]

    def topics_of(self, employer: str, industry: str) -> list[Topic]:
        """What such an institution deals in; all of the industry's if none is marked for it."""
        topics = self.topics[industry]
        return [each for each in topics if employer in each.employers] or list(topics)

    def say(self, random: Random, language: str, key: str, **values: Any) -> str:
        """One of the sentences under `key`, filled in, its first letter a capital."""
        return fill(random.choice(self.texts[language][key]), **values)


def fill(template: str, **values: Any) -> str:
    """The template with its values, beginning with a capital letter."""
    text = template.format(**values)
    return text[:1].upper() + text[1:]


def headline(text: str) -> str:
    """English in the capitals of a title; what has capitals already keeps them."""
    small = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"}
    words = [
        word if (index and word in small) or not word[0].islower() else word[0].upper() + word[1:]
        for index, word in enumerate(text.split())
    ]
    return " ".join(words)


def load_content() -> Content:
    """Reads every file; a fraction of a second."""
    places = _read("places.yml")
    kinds = _read("kinds.yml")
    return Content(
        places=_places(places),
        countries={code: Pair.parse(each["name"]) for code, each in places["countries"].items()},
        employers={code: _employer(code, each) for code, each in kinds.items()},
        professions=tuple(
            _profession(each, industry=industry)
            for industry in INDUSTRIES
            for each in _read(f"professions/{industry}.yml")
        ),
        ladders={
            name: tuple(_level(each) for each in levels)
            for name, levels in _read("ladders.yml").items()
        },
        topics={
            industry: tuple(_topic(each, industry=industry) for each in topics)
            for industry, topics in _read("topics.yml").items()
        },
        names=_read("names.yml"),
        texts=_read("texts.yml"),
        russia=_read("russia.yml"),
        overseas=_read("overseas.yml"),
        events=_read("events.yml"),
    )


def pairs(texts: list[str]) -> tuple[Pair, ...]:
    return tuple(Pair.parse(str(text)) for text in texts)


def _read(name: str) -> Any:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C: ten times faster
    return yaml.load(text, Loader=loader)  # noqa: S506  # both loaders are safe


def _places(data: dict[str, Any]) -> dict[str, Place]:
    places = {}
    for code, text in data["china"].items():
        en, zh, weight, pay = text.split("|")
        currency = {"hong-kong": "HKD", "macao": "MOP"}.get(code, "CNY")
        places[code] = Place(code, Pair(en, zh), "CN", float(weight), float(pay), currency)
    for code, text in data["abroad"].items():
        en, zh, country = text.split("|")
        about = data["countries"][country]
        places[code] = Place(code, Pair(en, zh), country, 0, about["pay"], about["currency"])
    return places


def _employer(code: str, data: dict[str, Any]) -> Employer:
    return Employer(
        code=code,
        industry=data["industry"],
        type=data["type"],
        form=data["form"],
        weight=data["weight"],
        verb=Pair.parse(data["verb"]),
        names=pairs(data["names"]),
        does=pairs(data["does"]),
    )


def _profession(data: dict[str, Any], *, industry: str) -> Profession:
    occupation, degree, pay, ladder, employers = data["is"].split()
    low, high = pay.split("-")
    return Profession(
        title=Pair.parse(data["title"]),
        industry=industry,
        occupation=occupation,
        degree=degree,
        pay=(float(low), float(high)),
        ladder=ladder,
        employers=tuple(employers.split(",")),
        skills=pairs(data["skills"]),
        duties=pairs(data["duties"]),
    )


def _level(data: dict[str, Any]) -> Level:
    first, last = data["years"]
    return Level(
        title=Pair.parse(data["title"]),
        years=(first, last),
        pay=data["pay"],
        weight=data["weight"],
        degree=data.get("degree", 0),
        employment=data.get("employment"),
    )


def _topic(data: dict[str, Any], *, industry: str) -> Topic:
    return Topic(Pair.parse(data["t"]), Pair.parse(data["is"]), industry, tuple(data["at"]))
