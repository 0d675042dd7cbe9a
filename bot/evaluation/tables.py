"""The report's tables, once for the terminal and for the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from bot.evaluation.outcomes import KeyShare, Outcome, Report, Share, share
from conference.vocabulary.terms import LANGUAGES

Cell = str | int | Share | float
"""A float is a share without a count."""


@dataclass(frozen=True)
class Table:
    """`name` is its title's in `wording.yml`; `wide` ones hold running text."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: bool = False


def tables(report: Report, words: Mapping[str, Any]) -> list[Table]:
    """All of them, in the order in which they are read."""
    return [
        _overall(report, words),
        _shares("kind", report.by_kind(), words),
        _keys(report.by_key(), words),
        _shares("tag", report.by_tag(), words),
        _shares("turn", dict(sorted(report.by_turn().items(), key=lambda e: int(e[0]))), words),
        _confusions(report, words),
        _failing(report, words),
    ]


def _overall(report: Report, words: Mapping[str, Any]) -> Table:
    measures: dict[str, Callable[[str], Share]] = {
        "messages": lambda language: share(report.of(language, dialogues=False)),
        "intents": lambda language: report.intents(language=language),
        "turns": lambda language: share(report.of(language, dialogues=True)),
        "in_scope": lambda language: report.declined(language=language, in_scope=True),
        "out_of_scope": lambda language: report.declined(language=language, in_scope=False),
    }
    rows: list[tuple[Cell, ...]] = []
    for name, measure in measures.items():
        rows.append((str(words["rows"][name]), *(measure(each) for each in LANGUAGES)))
    return Table("overall", ("", *_languages(words)), tuple(rows))


def _shares(
    name: str, groups: Mapping[str, Mapping[str, Share]], words: Mapping[str, Any]
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for group, of in groups.items():
        rows.append((group, *(of[each] for each in LANGUAGES)))
    return Table(name, ("", *_languages(words)), tuple(rows))


def _keys(keys: Mapping[str, Mapping[str, KeyShare]], words: Mapping[str, Any]) -> Table:
    columns = words["columns"]
    headings = [
        f"{language}: {columns[name]}"
        for language in _languages(words)
        for name in ("expected", "found", "right")
    ]
    rows: list[tuple[Cell, ...]] = []
    for name, of in keys.items():
        cells: list[Cell] = [name]
        for each in LANGUAGES:
            cells += [of[each].expected, of[each].recall, of[each].precision]
        rows.append(tuple(cells))
    return Table("key", ("", *headings), tuple(rows))


def _confusions(report: Report, words: Mapping[str, Any]) -> Table:
    headings = tuple(words["columns"][name] for name in ("expected", "got", "count"))
    return Table("confusions", headings, tuple(report.confusions()))


def _failing(report: Report, words: Mapping[str, Any]) -> Table:
    names = ("name", "message", "wrong", "expected", "got", "read")
    rows = tuple(
        (
            each.language if not each.dialogue else f"{each.language} · {place(each, words)}",
            each.text,
            " ".join(each.wrong),
            brief(each.expected),
            brief(each.got),
            f"{each.intent} {each.confidence:.2f}",
        )
        for each in report.failing()
    )
    return Table("failing", tuple(words["columns"][name] for name in names), rows, wide=True)


def place(outcome: Outcome, words: Mapping[str, Any]) -> str:
    """Which turn of which dialogue it was."""
    return str(words["turn_of"].format(dialogue=outcome.dialogue, turn=outcome.turn))


def brief(answer: Mapping[str, Any]) -> str:
    """What the set compares of an answer, as JSON."""
    keys = ("type", "kind", "query", "topic", "by", "pending", "language")
    return json.dumps({key: answer[key] for key in keys if key in answer}, ensure_ascii=False)


def _languages(words: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(words["languages"][each] for each in LANGUAGES)


@cache
def wording(language: str) -> dict[str, Any]:
    """What the report says in `language`."""
    text = resources.files(__package__).joinpath("wording.yml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)[language]
    return words
