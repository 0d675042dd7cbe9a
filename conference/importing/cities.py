"""Cities that came with the data, as members of the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from conference.importing.storing import CITIES
from conference.vocabulary import City, Vocabulary


def with_new_cities(vocabulary: Vocabulary, facts: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with the cities that `Catalogue.facts` knows from imports.

    Who reads names out of messages, or shows them, builds on this one and renews it when the data's
    version changes; the model needs no training for it.
    """
    cities = dict(vocabulary.cities)
    for code, entry in json.loads(facts.get(CITIES, "{}")).items():
        english = entry.get("en") or code.replace("-", " ").title()
        chinese = entry.get("zh") or english
        full = (f"{chinese}市",) if entry.get("zh") else ()
        cities.setdefault(
            code,
            City(
                code=code,
                labels={"en": english, "zh": chinese},
                aliases={"en": (), "zh": full},
                country=entry["country"],
            ),
        )
    return replace(vocabulary, cities=cities)
