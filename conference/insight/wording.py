"""The words of the tables, in each language."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from conference.insight.tables import Cell, Table
from conference.vocabulary import load_vocabulary


def title(table: Table, language: str) -> str:
    """What a table shows."""
    return str(_wording()["titles"][table.name][language])


def heading(column: str, language: str) -> str:
    """A column's."""
    return str(_wording()["columns"][column][language])


def label(table: Table, code: str, language: str) -> str:
    """What a code of the first column means; the code itself where there is no word for it."""
    if table.terms == "judged":
        return _judged(code, language)
    names = _wording()["terms"].get(table.terms)
    if names is not None:
        return str(names.get(code, {}).get(language, code))
    return (table.vocabulary or load_vocabulary()).label(table.terms, code, language)


def _judged(code: str, language: str) -> str:
    type_, _, about = code.partition(".")
    words = _wording()["judged"].get(type_)
    if words is None:
        return code
    name = _wording()["terms"][words["of"]].get(about, {}).get(language, about)
    return str(words[language]).format(name=name)


def written(table: Table, language: str) -> list[list[Cell]]:
    """The rows as a person reads them."""
    return [[label(table, str(row[0]), language), *row[1:]] for row in table.rows]


@cache
def _wording() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("wording.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
