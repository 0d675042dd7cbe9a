"""The phrases that the gazetteer knows: the conference's vocabulary and each language's own words.

A language is a folder `nlu_data/<language>/` with a `vocabulary.yml`; nothing here names one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from conference.vocabulary import City, Country, Region, Term, load_vocabulary

NLU_DATA = Path(__file__).resolve().parents[3] / "nlu_data"

THING_KEYS = (
    "industry",
    "city",
    "region",
    "country",
    "degree",
    "employment",
    "institution_type",
    "event_type",
)
"""Keys whose values have names of their own in the conference's vocabulary."""


@dataclass(frozen=True)
class Phrase:
    """A surface form and what it stands for.

    `exact` forms match in their own letter case only ("IT", "US"), and institutions' in no other
    at all; `short` ones are Chinese
    abbreviations of one character, trusted only where their neighbours allow it.
    """

    text: str
    entity: str
    value: str
    exact: bool = False
    short: bool = False


def of_term(
    entity: str, term: Term, country_names: frozenset[str] = frozenset()
) -> Iterator[Phrase]:
    """A code's names and aliases.

    `country_names`, in lower case, are the countries' even where a city has one for its code.
    """
    forms = list(term.labels.values())
    for aliases in term.aliases.values():
        forms.extend(aliases)
    if isinstance(term, Country):
        for demonyms in term.demonyms.values():
            forms.extend(demonyms)
    for form in dict.fromkeys(forms):
        yield Phrase(form, entity, term.code)
    if isinstance(term, City | Region) and term.code not in country_names:
        yield Phrase(term.code.replace("-", " "), entity, term.code)
    for form in term.exact:
        yield Phrase(form, entity, term.code, exact=True)
    for form in term.short:
        yield Phrase(form, entity, term.code, short=True)


def vocabulary_phrases() -> Iterator[Phrase]:
    """Names and aliases of the conference's codes."""
    vocabulary = load_vocabulary()
    countries = vocabulary.terms("country").values()
    names = frozenset(each.labels["en"].lower() for each in countries)
    for key in THING_KEYS:
        for term in vocabulary.terms(key).values():
            yield from of_term(key, term, names)


def language_phrases() -> Iterator[Phrase]:
    """Each language's own words: kinds, cues, days, attributes and the like."""
    for words in _languages():
        for entity, values in words["vocabulary"].items():
            for value, forms in values.items():
                for form in forms:
                    yield Phrase(form, entity, value)


def abbreviations() -> dict[str, str]:
    """The words that short forms in lower case stand for: "smth" for "something"."""
    return {
        short: word
        for words in _languages()
        for word, forms in words.get("abbreviations", {}).items()
        for short in forms
    }


def _languages() -> Iterator[dict[str, Any]]:
    for path in sorted(NLU_DATA.glob("*/vocabulary.yml")):
        yield yaml.safe_load(path.read_text(encoding="utf-8"))
