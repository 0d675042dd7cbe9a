"""Where something is, as cells say it: 深圳市南山区, "Berlin, Germany", 江苏-苏州, "Remote (DE)".

A city that the vocabulary does not have gets a code of its own (`yiwu`) when the text leaves no
doubt that it is one; its names are kept so that the assistant can understand it from then on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from rapidfuzz import fuzz, process

from conference.importing.codes import folded
from conference.importing.headings import to_simplified
from conference.vocabulary import Vocabulary
from conference.vocabulary.terms import LANGUAGES, City

_SEPARATORS = re.compile(
    r"\s*[,，、;；|/·•()（）\[\]]\s*|\s+[-–—]\s+|(?<=[\u4e00-\u9fff])\s*[-–—]\s*|\n"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WITH_SUFFIX = re.compile(r"([\u4e00-\u9fff]{2,7}?)(?:市(?![场民政])|县|自治州|地区)")
# 稠城街道, 高新区: parts of a city
_CHINESE_CITY = re.compile(r"([\u4e00-\u9fff]{2,6})(?<![区街道镇乡村路号楼厦园院城场])")
_LATIN_CITY = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+){0,3}")
_REMOTE = re.compile(
    r"\bremote(?:ly)?\b(?:\s+(?:in|from|within)\b)?|work from home|\bwfh\b|telecommute"
    r"|远程|居家|在家办公",
    re.I,
)
_AROUND = re.compile(r"^greater (?=\w)|(?<=\w) (?:metropolitan )?area$")  # of a city
_CLOSE = 90  # of 100: how like a city's name a misspelt one must be
_SHORTEST_TYPO = 6
_LONGEST_CODE = 34  # with a country after it, in a column of 40


_CITY_FIELDS = {"code", "en", "zh", "country"}


def is_city(fields: dict[str, Any]) -> bool:
    """Whether a row is a city of an export of ours; older ones have no province."""
    return fields.keys() - {"province"} == _CITY_FIELDS


@dataclass(frozen=True)
class Place:
    """What was found; `read_as` is the name that a misspelt one was taken for."""

    city: str | None = None
    country: str | None = None
    remote: bool = False
    read_as: str | None = None
    new: bool = False
    more: bool = False
    """Whether other cities were named beside it."""
    partly: bool = False
    """Whether a city was named that is not understood, beside a country that is."""


@dataclass(frozen=True)
class NewCity:
    """A city that came with the data: its code, its names by language, country and province."""

    code: str
    names: dict[str, str]
    country: str
    province: str | None = None


class Places:
    """Finds places; `new` collects the cities that were not known, by code."""

    def __init__(self, vocabulary: Vocabulary, *, nowhere: set[str]) -> None:
        self._vocabulary = vocabulary
        self._nowhere = nowhere  # folded words that name no place: 全国, "various"
        self._cities: dict[str, str] = {}
        self._regions: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        for index, terms in (
            (self._countries, vocabulary.countries),
            (self._regions, vocabulary.regions),
            (self._cities, vocabulary.cities),
        ):
            for code, term in terms.items():
                for name in (*(each for one in LANGUAGES for each in term.names(one)), *term.exact):
                    index.setdefault(folded(name), code)
                index.setdefault(code.lower(), code)
        self._provinces = {each.province for each in vocabulary.cities.values() if each.province}
        self._known: dict[tuple[str, str | None], Place | None] = {}
        self._own: dict[str, NewCity] = {}
        self.new: dict[str, NewCity] = {}

    def find(self, text: str, *, country: str | None = None) -> Place | None:
        """The place that a text names, in a `country` that is known from elsewhere.

        None when the text is not understood; an empty Place when it names no place at all.
        """
        key = (text, country)
        if key not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[key] = self._find(text, country)
        return self._known[key]

    def learn(self, fields: dict[str, Any], *, stored: bool = False) -> None:
        """Take in a city that an earlier import found, from the store or from an export."""
        code, country = str(fields["code"]), str(fields["country"])
        if code in self._vocabulary.cities or country not in self._vocabulary.countries:
            return
        names = {one: str(fields[one]) for one in LANGUAGES if fields.get(one)}
        province = str(fields.get("province") or "") or None
        city = NewCity(code, names, country, province if province in self._provinces else None)
        if city != self._own.get(code):
            self._own[code] = city
            if not stored:
                self.new[code] = city
        for name in (code, *names.values()):
            self._cities.setdefault(folded(name), code)

    def country(self, text: str) -> str | None:
        """The code of a country's name."""
        return self._countries.get(folded(text))

    def _find(self, text: str, country: str | None) -> Place | None:
        remote = _REMOTE.search(text) is not None
        said = to_simplified(_REMOTE.sub(" ", text).strip())
        whole = folded(said)
        if not whole.strip(" -,;:()"):
            return Place(remote=remote)
        if whole in self._cities and self._lies_in(self._cities[whole], country, None):
            return self._place(city=self._cities[whole], remote=remote)
        if whole in self._countries:
            return Place(country=self._countries[whole], remote=remote)
        parts = [_AROUND.sub("", folded(each)) for each in _SEPARATORS.split(said) if each.strip()]
        words = [each for each in parts if each not in self._nowhere]
        if not words:
            return Place(remote=remote)
        found = self._parts(words, remote, country)
        if found is None and remote:
            return Place(remote=True)
        return found

    def _parts(self, words: list[str], remote: bool, country: str | None) -> Place | None:
        cities = [self._cities[each] for each in words if each in self._cities]
        countries = [self._countries[each] for each in words if each in self._countries]
        region = next((self._regions[each] for each in words if each in self._regions), None)
        nation = countries[0] if countries else country
        if not cities:
            # 广东省深圳市南山区, "Berlin Germany": names that stand one after another
            for number, each in enumerate(words):
                rest = each
                while rest:
                    if hit := _begins(self._cities, rest):
                        cities.append(hit[0])
                    elif hit := _begins(self._regions, rest):
                        region = region or hit[0]
                    elif hit := _begins(self._countries, rest):
                        nation = nation or hit[0]
                    else:
                        break
                    rest = hit[1]
                words[number] = rest or each
        if cities:
            # 吉林-长春: the first name is a province too; "Hamilton, Canada" is not New Zealand's
            fitting = [each for each in cities if self._lies_in(each, nation, region)]
            if fitting:
                return self._place(city=fitting[0], remote=remote, more=len(set(fitting)) > 1)
            # "San Francisco, CA": a state's letters are some country's too
            state = any(len(each) == 2 for each in words) and self._lies_in(cities[0], "US", None)
            if not nation or state:
                return self._place(city=cities[0], remote=remote)
        unknown = [
            each for each in words if each not in self._countries and each not in self._regions
        ]
        if unknown:
            near = process.extractOne(
                unknown[0], self._cities.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE
            )
            if near and len(unknown[0]) >= _SHORTEST_TYPO and not _HAN.search(unknown[0]):
                code = self._cities[near[0]]
                if self._lies_in(code, nation, None):
                    return self._place(city=code, remote=remote, read_as=near[0])
            in_china = region in self._vocabulary.regions and bool(
                self._vocabulary.cities_of(region or "")
            )
            province = region if in_china and region in self._provinces else None
            # "Reutlingen, BW" is not in Botswana: beside a new city, two letters may be a state's
            full = (self._countries[each] for each in words if each in self._countries and each[2:])
            where = next(full, country) or ("CN" if in_china else None)
            if where is None and nation:
                return None
            new = self._new_city(unknown[0], where, province)
            if new:
                return self._place(city=new.code, remote=remote, new=new.code in self.new)
        if nation or region:
            wide = nation or self._country_of(region or "")
            return Place(country=wide, remote=remote, partly=bool(unknown))
        return None

    def _place(
        self,
        *,
        remote: bool,
        city: str,
        read_as: str | None = None,
        new: bool = False,
        more: bool = False,
    ) -> Place:
        return Place(city, self._city(city).country, remote, read_as, new, more)

    def _lies_in(self, city: str, country: str | None, region: str | None) -> bool:
        own = self._city(city)
        members = self._vocabulary.cities_of(region) if region and city not in self._own else ()
        return (country is None or own.country == country) and (not members or city in members)

    def _city(self, code: str) -> City | NewCity:
        return self._own.get(code) or self._vocabulary.cities[code]

    def _country_of(self, region: str) -> str | None:
        # a province's country is China; Europe has none
        return "CN" if self._vocabulary.cities_of(region) else None

    def _new_city(self, said: str, country: str | None, province: str | None) -> NewCity | None:
        chinese = _HAN.search(said) is not None
        if chinese:
            found = _WITH_SUFFIX.match(said) or (_CHINESE_CITY.fullmatch(said) if country else None)
        else:
            found = _LATIN_CITY.fullmatch(said) if country else None
        if not found:
            return None
        name = found[1] if chinese else said.title()
        plain = _romanised(name) if chinese else _slug(name)
        if not plain or len(plain) > _LONGEST_CODE:
            return None
        language, nation = ("zh" if chinese else "en"), country or "CN"
        for code in _codes(plain, nation):
            own = self._own.get(code)
            if code not in self._vocabulary.cities and (
                own is None or (own.country == nation and own.names.get(language, name) == name)
            ):
                break
        names = {**(own.names if own else {}), language: name}
        city = NewCity(code, names, nation, (own and own.province) or province)
        if city != own:
            self._own[code] = self.new[code] = city
        for each in (said, folded(name)):
            self._cities.setdefault(each, code)
        return city


def _codes(plain: str, country: str) -> Iterator[str]:
    """Codes for a city, until one is free: another one may be spelt alike."""
    yield plain
    yield f"{plain}-{country.lower()}"
    for number in count(2):
        yield f"{plain}-{country.lower()}{number}"


def _begins(index: dict[str, str], text: str) -> tuple[str, str] | None:
    """The longest name that the text begins with, whole words where it is Latin: (code, rest)."""
    for end in range(min(len(text), 30), 1, -1):
        if text[:end] in index and (
            end == len(text) or not (text[end].isascii() and text[end].isalnum())
        ):
            return index[text[:end]], text[end:].strip()
    return None


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", "-", kept.lower()).strip("-")


def _romanised(name: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionaries take 0.2 s to load

    return _slug("".join(lazy_pinyin(name)))
