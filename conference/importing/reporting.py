"""The report of an import: lines for the terminal, and a spreadsheet with every problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from conference.importing.headings import Wishes, plain
from conference.importing.importer import Report
from conference.importing.problems import MOST_KEPT, Problem, Problems
from conference.query import Kind
from conference.vocabulary import load_vocabulary

_SHOWN = 20  # problems of a level in the terminal
_LEVELS = ("error", "warning")


def report_lines(report: Report, *, language: str, seconds: float, dry_run: bool) -> Iterator[str]:
    """What became of a file, for the terminal."""
    words = _words(language)
    yield words["file"].format(path=report.path.name, rows=f"{report.rows:,}", seconds=seconds)
    vocabulary = load_vocabulary()
    for mapping in report.mappings:
        yield "  " + words["columns"].format(
            kind=vocabulary.label("kind", mapping.kind.value, language)
        )
        for heading, name in mapping.fields.items():
            yield f"    {heading} → {name}"
        if mapping.unused:
            yield "    " + words["unused"].format(names=", ".join(mapping.unused))
    for level in _LEVELS:
        yield from _of_level(report.problems, level, words, language)
    if report.cities:
        names = ", ".join(
            f"{code} ({'/'.join(city.names.values())})" for code, city in report.cities.items()
        )
        yield "  " + words["cities"].format(names=names)
    yield from _outcome(report, words, language)
    if dry_run:
        yield "  " + words["dry"]


def _outcome(report: Report, words: dict[str, Any], language: str) -> Iterator[str]:
    vocabulary, outcome = load_vocabulary(), report.outcome
    if outcome.sample_removed:
        yield "  " + words["sample_removed"]
    parts = {name: getattr(outcome, name) for name in ("added", "updated", "unchanged", "retired")}
    for kind in Kind:
        counts = {name: f"{part.get(kind, 0):,}" for name, part in parts.items()}
        if any(kind in part for part in parts.values()):
            label = vocabulary.label("kind", kind.value, language)
            yield "  " + words["outcome"].format(kind=label, **counts)
    if report.refused:
        yield "  " + words["refused"].format(count=f"{report.refused:,}")


def _of_level(
    problems: Problems, level: str, words: dict[str, Any], language: str
) -> Iterator[str]:
    """A level's problems: the same rule, column and value once, with how often it came."""
    first: dict[tuple[str, str, str], Problem] = {}
    for each in problems.kept:
        if each.level == level:
            value = each.value if level != "error" else f"{each.place} {each.value}"
            first.setdefault((each.rule, each.column, value), each)
    if not first:
        return
    yield f"  {words[level]} ({problems.count(level):,}):"
    for each in list(first.values())[:_SHOWN]:
        count = problems.counts.get((each.rule, each.column, each.value), 1)
        where = ""
        if each.place:
            name = "times" if level != "error" and count > 1 else "line"
            where = words[name].format(place=each.place, count=count)
        named = " ".join(
            part for part in (each.column, f"“{each.value}”" if each.value else "") if part
        )
        parts = [part for part in (where, named) if part]
        yield f"    {' · '.join(parts)}: {each.says(language)} {each.mend(language)}"
    if len(first) > _SHOWN:
        yield "    " + words["more"].format(count=len(first) - _SHOWN)


def write_spreadsheet(path: Path, reports: Sequence[Report], *, language: str) -> None:
    """Every problem of every file as a row: file, line, column, value, level, rule, mend."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:  # first of all, so that a place that cannot be written is told
        _spreadsheet(reports, _words(language), language).save(file)


def _spreadsheet(reports: Sequence[Report], words: dict[str, Any], language: str) -> Any:
    from openpyxl import Workbook  # noqa: PLC0415 - takes 0.3 s to import
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(words["sheet"])
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEFG", (24, 10, 18, 30, 10, 44, 60), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append(words["headings"])

    def text(value: str) -> Any:
        cell = WriteOnlyCell(sheet, value=value)
        cell.data_type = "s"  # a value that begins with "=" is shown, not run
        return cell

    for report in reports:
        for each in report.problems.kept:
            row = (
                report.path.name,
                each.place,
                each.column,
                each.value,
                words["levels"][each.level],
                each.says(language),
                each.mend(language),
            )
            sheet.append([text(cell) for cell in row])
        more = sum(report.problems.counts.values()) - MOST_KEPT
        if more > 0:
            sheet.append([text(report.path.name), text(words["dropped"].format(count=more))])
    return book


def unmet_wishes(reports: Sequence[Report], wishes: Wishes, *, language: str) -> Iterator[str]:
    """A line for each column that was named and stands in none of the files."""
    there = {
        plain(heading)
        for report in reports
        for mapping in report.mappings
        for heading in mapping.headings
    }
    for heading, name in wishes.columns.items():
        if name is not None and plain(heading) not in there:
            yield _words(language)["no_column"].format(name=heading)


@cache
def _words(language: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath("wording.yml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)[language]
    return words
