"""The report in the terminal, and its figures alone."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from bot.evaluation.outcomes import Report, Share
from bot.evaluation.tables import Cell, tables, wording
from conference.vocabulary.terms import LANGUAGES

_RATIOS = (3, 6, 3, 7, 7, 3)
"""Widths of the failing messages' columns, to each other."""


def print_report(report: Report, console: Console, *, language: str = "en") -> None:
    """Every table of the report."""
    words = wording(language)
    for table in tables(report, words):
        grid = Grid(
            title=words[table.name],
            title_justify="left",
            show_lines=table.wide,
            expand=table.wide,
        )
        for number, heading in enumerate(table.headings):
            grid.add_column(
                heading,
                justify="right" if number and not table.wide else "left",
                overflow="fold",
                ratio=_RATIOS[number] if table.wide else None,
            )
        for row in table.rows:
            # Text, not markup: square brackets in a message are square brackets
            grid.add_row(*(Text(shown(cell)) for cell in row))
        console.print(grid if table.rows else f"{words[table.name]}: {words['none']}")


def shown(cell: Cell) -> str:
    """A cell in words, a share with its interval: `96.6% / 220 (93–98)`."""
    if isinstance(cell, Share):
        low, high = (round(100 * each) for each in cell.interval)
        return f"{cell.value:.1%} / {cell.total} ({low}–{high})" if cell.total else "–"
    return f"{cell:.1%}" if isinstance(cell, float) else str(cell)


def figures(report: Report) -> dict[str, dict[str, Any]]:
    """The shares per language."""
    return {
        language: {
            "messages": report.accuracy(language=language, dialogues=False),
            "intents": report.intents(language=language).value,
            "dialogue_turns": report.accuracy(language=language, dialogues=True),
            "in_scope_declined": report.declined(language=language, in_scope=True).value,
            "out_of_scope_declined": report.declined(language=language, in_scope=False).value,
            "by_kind": _values(report.by_kind(), language),
            "by_tag": _values(report.by_tag(), language),
            "by_key": {
                name: {"recall": of[language].recall, "precision": of[language].precision}
                for name, of in report.by_key().items()
            },
        }
        for language in LANGUAGES
    }


def _values(groups: dict[str, dict[str, Share]], language: str) -> dict[str, float]:
    return {name: of[language].value for name, of in groups.items() if of[language].total}
