"""Words of a cell into the codes of the domain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from conference.importing.headings import to_simplified
from conference.vocabulary import Vocabulary
from conference.vocabulary.terms import LANGUAGES

_SEPARATORS = re.compile(r"[,，、;；|丨·•/]+")
_OPTIONAL_TAIL = re.compile(
    r"(?:及以上|及其以上|或以上|以上|优先|学历|学位)+$"
    r"|\s*(?:or|and) (?:above|higher|equivalent)$|\s+(?:required|jobs?|industry|sector)$"
)
_DEGREES = ("associate", "bachelor", "master", "phd")
_CLOSE = 88  # of 100: how like a known word a misspelt one must be
_SHORTEST_TYPO = 5


def folded(text: str) -> str:
    """The form in which words are compared: half-width, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Codes:
    """Every label of a field's codes; `find` answers the same question only once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._labels: dict[str, dict[str, str]] = {}
        self._nothing = {
            field: {folded(each) for each in words} for field, words in _labels()["none"].items()
        }
        self._known: dict[tuple[str, str], tuple[str | None, str | None] | None] = {}

    def codes(self, field: str) -> list[str]:
        """The codes that a field can have."""
        return list(self._vocabulary.terms(field))

    def find(self, field: str, text: str) -> tuple[str | None, str | None] | None:
        """`(code, read as)` for a cell's text, or None when it is not understood.

        The code is None for words that ask for nothing (不限); `read as` is the label that a
        misspelt word was taken for.
        """
        key = (field, text)
        if key not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[key] = self._find(field, text)
        return self._known[key]

    def _find(self, field: str, text: str) -> tuple[str | None, str | None] | None:
        said = folded(to_simplified(text))
        labels = self._of(field)
        nothing = self._nothing.get(field, set())
        if said in labels:
            return labels[said], None
        if said in nothing:
            return None, None
        parts = [each.strip() for each in _SEPARATORS.split(said) if each.strip()]
        plain = [_OPTIONAL_TAIL.sub("", each).strip() for each in parts]
        found = [labels[each] for each in (*parts, *plain) if each in labels]
        if not found:
            found = self._within(labels, said)
        if found:
            # "Bachelor or Master" asks for the lower one; else what is named first counts
            return (min(found, key=_DEGREES.index) if field == "degree" else found[0]), None
        if any(each in nothing for each in (*parts, *plain)):
            return None, None
        if len(said) >= _SHORTEST_TYPO:
            near = process.extractOne(said, labels.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
            if near:
                return labels[near[0]], near[0]
        return None

    def _of(self, field: str) -> dict[str, str]:
        if field not in self._labels:
            extra: Mapping[str, Any] = _labels().get(field, {})
            found = {code: code for code in self._vocabulary.terms(field)}
            for code, term in self._vocabulary.terms(field).items():
                for name in (*(each for one in LANGUAGES for each in term.names(one)), *term.exact):
                    found.setdefault(folded(name), code)
            for code, names in extra.items():
                for name in names:
                    found.setdefault(folded(name), code)
            self._labels[field] = found
        return self._labels[field]

    def _within(self, labels: dict[str, str], said: str) -> list[str]:
        """The codes of labels that stand inside the text, the longest first; short ones do not."""
        found = []
        for label in sorted(labels, key=len, reverse=True):
            if label.isascii():
                hit = len(label) > 3 and bool(re.search(rf"(?<!\w){re.escape(label)}(?!\w)", said))
            else:
                hit = len(label) > 1 and label in said
            if hit:
                found.append(labels[label])
                said = said.replace(label, " ")
        return found


@cache
def _labels() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("labels.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def no_places() -> set[str]:
    """The words in columns of places that name none, folded: 全国, "various"."""
    return {folded(each) for each in _labels()["none"]["city"]}
