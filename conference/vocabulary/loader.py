"""Reads the vocabulary's YAML files.

An entry is `code: {en: [label, alias, ...], zh: [label, alias, ...], exact, short, ...}`, or just
the Chinese name. Without `en` the English label is the code, capitalised (`saint-petersburg`).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from conference.vocabulary.terms import LANGUAGES, City, Country, Region, Term, Vocabulary

CHINA = "CN"

# A place whose own full name is among its aliases gets no 市 or 省 after it.
FULL_NAMES = ("市", "自治州", "盟", "地区", "行政区", "新区", "省", "自治区")


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary, read once a process."""
    cities = _cities(_read("cities"))
    return Vocabulary(
        industries={
            code: Term(**_names(code, entry)) for code, entry in _read("industries").items()
        },
        countries={code: _country(code, entry) for code, entry in _read("countries").items()},
        cities=cities,
        regions={
            code: _region(code, entry, cities=cities) for code, entry in _read("regions").items()
        },
        codes={
            key: {code: Term(**_names(code, entry)) for code, entry in entries.items()}
            for key, entries in _read("codes").items()
        },
    )


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C: ten times faster
    data: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  # both loaders are safe
    return data


def _names(code: str, entry: dict[str, Any] | str) -> dict[str, Any]:
    """The fields that every term has, from its entry."""
    given = {"zh": [entry]} if isinstance(entry, str) else entry
    names = {"en": [code.replace("-", " ").title()], **given}
    return {
        "code": code,
        "labels": {language: names[language][0] for language in LANGUAGES},
        "aliases": {language: tuple(names[language][1:]) for language in LANGUAGES},
        "exact": tuple(names.get("exact", ())),
        "short": tuple(names.get("short", ())),
        "labels_one": {
            language: names[f"{language}_one"]
            for language in LANGUAGES
            if f"{language}_one" in names
        },
    }


def _with_full_name(names: dict[str, Any], *, english: str, chinese: str) -> dict[str, Any]:
    """Adds "Shenzhen city", 深圳市 to the names of a Chinese place, unless they are there."""
    label, aliases = names["labels"], names["aliases"]
    en, zh = aliases["en"], aliases["zh"]
    if not label["en"].lower().endswith(english):
        en = (*en, f"{label['en']} {english}")
    if not any(name.endswith(FULL_NAMES) for name in (label["zh"], *zh)):
        zh = (*zh, label["zh"] + chinese)
    return {**names, "aliases": {"en": en, "zh": zh}}


def _cities(data: dict[str, Any]) -> dict[str, City]:
    """Chinese cities stand under their province, the others under their country."""
    cities: dict[str, City] = {}
    for province, entries in data["china"].items():
        for code, entry in entries.items():
            names = _with_full_name(_names(code, entry), english="city", chinese="市")
            under = None if province == "municipalities" else province
            cities[code] = City(**names, country=CHINA, province=under)
    for country, entries in data["world"].items():
        for code, entry in entries.items():
            cities[code] = City(**_names(code, entry), country=country)
    return cities


def _region(code: str, entry: dict[str, Any], *, cities: dict[str, City]) -> Region:
    """A province's members are its cities; other regions name theirs."""
    names = _names(code, entry)
    own = tuple(city.code for city in cities.values() if city.province == code)
    if own:
        names = _with_full_name(names, english="province", chinese="省")
    of_provinces = tuple(
        city.code for city in cities.values() if city.province in entry.get("provinces", ())
    )
    return Region(
        **names,
        cities=(*own, *entry.get("cities", ()), *of_provinces),
        countries=tuple(entry.get("countries", ())),
    )


def _country(code: str, entry: dict[str, Any]) -> Country:
    demonyms = {
        language: tuple(entry.get("demonyms", {}).get(language, ())) for language in LANGUAGES
    }
    return Country(**_names(code, entry), demonyms=demonyms)
