"""Which column holds which field, and of what kind a table is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from conference.query import Kind
from conference.words import has_chinese

NEEDED = {
    Kind.JOBS: ("title", "title_en", "title_zh"),
    Kind.PROGRAMS: ("name", "name_en", "name_zh"),
    Kind.INSTITUTIONS: ("name", "name_en", "name_zh"),
    Kind.INTENTIONS: ("title", "title_en", "title_zh"),
    Kind.EVENTS: ("name", "name_en", "name_zh"),
}
"""The fields of which a table of the kind must have at least one."""

_TELLING = {  # fields that only one kind has, or that say most about it
    Kind.JOBS: {"salary", "degree", "experience", "employment", "openings", "salary_min", "skills"},
    Kind.PROGRAMS: {"stage", "languages"},
    Kind.INSTITUTIONS: {"alternate_names"},
    Kind.INTENTIONS: {"direction"},
    Kind.EVENTS: {"starts_at", "speakers", "room", "ends_at", "zone", "date"},
}
_WHEN = {"starts_at", "date"}  # one of which every event has; a list of places is none of events
_NAMED = {
    Kind.JOBS: r"jobs?(?![a-z])|vacanc|opening|position|职位|招聘|岗位",
    Kind.PROGRAMS: r"programs?|programmes?|projects?|项目",
    Kind.INTENTIONS: r"intent|意向|需求",
    Kind.INSTITUTIONS: r"institution|organi[sz]ation|exhibitor|compan(?:y|ies)|机构|单位|展商|企业",
    Kind.EVENTS: r"events?|schedule|agenda|program+e?_?schedule|活动|日程|议程",
}
_CLOSE = 88  # of 100: how like a known heading a misspelt one must be
_SHORTEST_TYPO = 6
_SEVERAL = {"salary", "description", "city", "institution", "date_posted", "valid_through"}
"""Fields that may stand in several columns."""
_SURE = 1_000  # how bad a heading may be that is to be one of several
_ROUND = {"name", "display", "desc", "text", "label", "value", "info", "str", "title"}
"""Words after a heading that say no more: `cityName`, `salaryDesc`, `company.display_name`."""
_BEFORE = {"job", "position", "posting", "post", "vacancy", "brand", "requisition", "offer"}
"""Words before a heading that say no more: `jobExperience`."""
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_LANGUAGE = re.compile(
    r"[(（\[【]\s*(?:(中文?|汉语|chinese|zh|cn)|英文?|英语|english|en)(?:名称?)?\s*[)）\]】]", re.I
)
_EITHER = re.compile(r"[/／、]")


@dataclass(frozen=True)
class Mapping:
    """Which field each heading's column fills; those not used are left out."""

    kind: Kind
    fields: dict[str, str]
    headings: tuple[str, ...]

    def values_of(self, row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """A row's values by field, and each field's heading.

        Of several columns for one field the first that says something counts: 年薪 where 月薪 is
        empty. Descriptions in Chinese, 岗位职责 and 任职要求, are put together.
        """
        values: dict[str, Any] = {}
        names: dict[str, str] = {}
        parts: dict[str, str] = {}
        for heading, name in self.fields.items():
            if heading not in row:
                continue
            value = row[heading]
            if name == "description" and value and has_chinese(heading):
                parts[heading] = str(value).strip()
            if name not in values or (_says(name, value) and not _says(name, values[name])):
                values[name], names[name] = value, heading
        if len(set(parts.values())) > 1:
            values["description"] = "\n\n".join(f"{key}：{each}" for key, each in parts.items())
        return values, names

    @property
    def unused(self) -> list[str]:
        """The headings of columns that fill nothing."""
        return [each for each in self.headings if each not in self.fields]


def _says(name: str, value: Any) -> bool:
    text = "" if value is None else str(value).strip()
    return bool(re.search(r"\d", text) if name == "salary" else text)


@dataclass(frozen=True)
class Wishes:
    """What the user said about columns: heading → field, or None for "not used"."""

    kind: Kind | None = None
    columns: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """By field: a value as it stands in the file → its code."""


def fields_of(kind: Kind) -> list[str]:
    """Every field that a column of the kind can fill."""
    return list(dict.fromkeys([*_headings()[kind.value], *_headings()["common"]]))


def kind_named(name: str) -> Kind | None:
    """The kind that a file's or sheet's name speaks of, if just one."""
    found = [kind for kind, pattern in _NAMED.items() if re.search(pattern, name.lower())]
    return found[0] if len(found) == 1 else None


def is_people(heading: str) -> bool:
    """Whether a heading is one of speakers, of whom all count and not the first alone."""
    return _names(Kind.EVENTS).get(plain(heading), ("",))[0] == "speakers"


def map_columns(headings: Sequence[str], *, kind: Kind, wishes: Wishes | None = None) -> Mapping:
    """The best field for each column; what the user wished comes first.

    Raises ValueError for a wish for a field that the kind does not have.
    """
    wished = {plain(each): name for each, name in (wishes or Wishes()).columns.items()}
    possible = _names(kind)
    known = set(fields_of(kind))
    for name in wished.values():
        if name is not None and name not in known:
            raise ValueError(
                f"{kind.value} have no field {name!r}; they have {', '.join(sorted(known))}"
            )
    hits: dict[str, list[tuple[int, str]]] = {}  # by field: how good a name, and the heading
    fields: dict[str, str] = {}
    for heading in headings:
        key = plain(heading)
        if key in wished:
            if wished[key] is not None:
                fields[heading] = str(wished[key])
            continue
        hit = _found(heading, possible)
        if hit:
            hits.setdefault(hit[0], []).append((hit[1], heading))
    taken = set(fields.values())
    for name, found in hits.items():
        if name not in taken:
            found.sort(key=lambda each: each[0])
            fields[found[0][1]] = name
            fields |= {
                heading: name for worse, heading in found[1:] if name in _SEVERAL and worse < _SURE
            }
    return Mapping(kind, fields, tuple(headings))


def best_kind(headings: Sequence[str], *, hint: Kind | None = None) -> Kind | None:
    """The kind whose fields the headings name best, or None when no kind's title is there."""
    scores: dict[Kind, float] = {}
    for kind in Kind:
        found = set(map_columns(headings, kind=kind).fields.values())
        if found & set(NEEDED[kind]) and (kind is not Kind.EVENTS or found & _WHEN):
            scores[kind] = (
                len(found)
                + 2 * len(found & _TELLING[kind])
                + 3 * (kind is hint)
                + 0.5 * (kind is Kind.INSTITUTIONS)
            )
    return max(scores, key=lambda each: scores[each]) if scores else None


def plain(heading: str) -> str:
    """A heading without letter case, punctuation and traditional characters."""
    text = unicodedata.normalize("NFKC", str(heading))
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)  # positionName
    if not text.isascii():
        text = _simplified(text)
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _found(heading: str, possible: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    """The field of a heading, and how good a name for it that is (the less the better)."""
    said = _LANGUAGE.search(heading)
    language = "" if not said else "_zh" if said[1] else "_en"
    for text, worse in _readings(heading):
        key = plain(text)
        if key in possible:
            name, rank = possible[key]
            if language and (name + language, 0) in possible.values():
                name += language  # 参展单位（英文）
            return name, rank + worse
    key = plain(_BRACKETS.sub(" ", heading))
    if len(key) >= _SHORTEST_TYPO and key.isascii():
        near = process.extractOne(key, possible.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
        if near:
            name, rank = possible[near[0]]
            return name, rank + 4_000
    return None


def _readings(heading: str) -> Iterator[tuple[str, int]]:
    """What a heading may be known as, and how much worse each is than the heading itself."""
    yield heading, 0
    bare = _BRACKETS.sub(" ", heading)
    yield bare, 500
    for each in _EITHER.split(bare):  # 国别/地区, Organisation/Company
        yield each, 800
    steps = bare.split(".")  # of objects in one another: `company.display_name`
    for start in range(len(steps)):
        words = plain(" ".join(steps[start:])).split()
        if start and len(words) < 2:
            break  # `department.name` is no name
        while len(words) > 1 and words[-1] in _ROUND:
            words = words[:-1]
            if len(words) > 1 or words[0] not in _BEFORE:
                yield " ".join(words), 1_000 + start
        if len(words) > 1 and words[0] in _BEFORE:
            yield " ".join(words[1:]), 2_000 + start
        elif start:
            yield " ".join(words), 3_000 + start


@cache
def _names(kind: Kind) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for part in (_headings()[kind.value], _headings()["common"]):
        for name, headings in part.items():
            for rank, heading in enumerate([name, *headings]):
                found.setdefault(plain(heading), (name, rank))
    return found


@cache
def _headings() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("headings.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@lru_cache(maxsize=2_000)
def _simplified(text: str) -> str:
    return to_simplified(text)


def to_simplified(text: str) -> str:
    """Traditional characters as simplified ones."""
    if text.isascii():
        return text
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> Any:
    import opencc  # noqa: PLC0415 - its dictionaries load when it is first used

    return opencc.OpenCC("t2s")


def looks_traditional(texts: Iterable[str]) -> bool:
    """Whether a file's headings are in traditional characters."""
    return any(to_simplified(each) != each for each in texts if not each.isascii())
