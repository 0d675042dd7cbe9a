"""A code with its names, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Term:
    """A code, what it is called and what people type for it.

    `labels` has one name a language; `aliases` the other names, matched in any letter case.
    `exact` matches in its own letter case only ("US", "IT": "us" and "it" are pronouns).
    `short` holds single Chinese characters (沪, 粤), which mean the code in some places only.
    `labels_one` is the label of a single one where `labels` is a plural ("jobs", "job").
    """

    code: str
    labels: dict[str, str]
    aliases: dict[str, tuple[str, ...]]
    exact: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    labels_one: dict[str, str] = field(default_factory=dict)

    def names(self, language: str) -> tuple[str, ...]:
        """The label and the aliases, matched in any letter case."""
        return (self.labels[language], *self.aliases[language])


@dataclass(frozen=True)
class City(Term):
    """A city; `province` is the region's code for a Chinese one, except the municipalities."""

    country: str = ""
    province: str | None = None


@dataclass(frozen=True)
class Region(Term):
    """A province, or a group of cities or countries; the members are codes."""

    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Country(Term):
    """A country; `demonyms` are its people, its adjective and its side in talks (俄方)."""

    demonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """Every code; the mappings are by code, in the order of the files."""

    industries: dict[str, Term]
    countries: dict[str, Country]
    cities: dict[str, City]
    regions: dict[str, Region]
    codes: dict[str, dict[str, Term]]

    def terms(self, key: str) -> Mapping[str, Term]:
        """The codes that a query key (or `kind`, `zone`, `stage`, ...) can have.

        Raises KeyError for a key without a vocabulary, such as `text`.
        """
        if key in ("country", "employer_country"):
            return self.countries
        if key == "city":
            return self.cities
        if key == "region":
            return self.regions
        return self.industries if key == "industry" else self.codes[key]

    def label(self, key: str, code: str, language: str, *, one: bool = False) -> str:
        """What a person is shown for a code (`one`: for a single one); an unknown code itself."""
        try:
            term = self.terms(key)[code]
        except KeyError:
            return code
        label = term.labels.get(language, code)
        return term.labels_one.get(language, label) if one else label

    def cities_of(self, region: str) -> tuple[str, ...]:
        """Codes of a region's cities; none for one made of countries or unknown."""
        found = self.regions.get(region)
        return found.cities if found else ()

    def countries_of(self, region: str) -> tuple[str, ...]:
        """Codes of a region's countries; none for one made of cities or unknown."""
        found = self.regions.get(region)
        return found.countries if found else ()
