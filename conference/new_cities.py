"""Cities that came with the data, as members of the vocabulary."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conference.vocabulary import City, Region, Vocabulary

CITIES = "cities"
"""The key of `meta` under which they stand: by code `country`, `province` and names by language."""


def with_new_cities(vocabulary: Vocabulary, facts: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with the cities that `Catalogue.facts` knows from imports."""
    new = {
        code: _city(code, entry)
        for code, entry in json.loads(facts.get(CITIES, "{}")).items()
        if code not in vocabulary.cities
    }
    if not new:
        return vocabulary
    regions = {code: _grown(each, vocabulary, new) for code, each in vocabulary.regions.items()}
    return replace(vocabulary, cities=vocabulary.cities | new, regions=regions)


def _city(code: str, entry: Mapping[str, Any]) -> City:
    # the country after the code keeps cities apart that are spelt alike
    plain = re.sub(rf"-{entry['country'].lower()}\d*$", "", code)
    english = entry.get("en") or plain.replace("-", " ").title()
    chinese = entry.get("zh")
    return City(
        code=code,
        labels={"en": english, "zh": chinese or english},
        aliases={
            "en": (f"{english} city",) if entry["country"] == "CN" else (),
            "zh": (f"{chinese}市", f"{chinese}县") if chinese else (),
        },
        country=entry["country"],
        province=entry.get("province"),
    )


def _grown(region: Region, vocabulary: Vocabulary, new: Mapping[str, City]) -> Region:
    """A region with the new cities of its provinces: those of which it has every city."""
    own = set(region.cities)
    more = [
        code
        for code, city in new.items()
        if city.province and own.issuperset(vocabulary.cities_of(city.province))
    ]
    return replace(region, cities=(*region.cities, *more)) if more else region
