"""`python -m benchmarks.thresholds`: how sure is sure enough, from the examples, per language.

Prints the thresholds that follow from the rules in `choosing`, and writes what they decline into
`docs/understanding.md`, with a picture of all the others. The constants in `bot/brain/context.py`
are set by hand from it.
"""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks.thresholds import choosing
from benchmarks.thresholds.folds import Case, read_cases
from benchmarks.thresholds.page import Found, draw, table
from benchmarks.thresholds.weighing import platt, read
from conference.vocabulary.terms import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
_BEGIN, _END = "<!-- thresholds: written by make thresholds -->\n", "<!-- /thresholds -->"
_TEMPERATURES = (0.5, 0.7, 1.4)


def find(cases: list[Case], language: str) -> Found:
    """One language's thresholds, and what other ways of asking would decline."""
    readings = read(cases, language)
    chosen = choosing.fallback(readings, readings.inside)
    others = {
        "share of the best intent": choosing.fallback(readings, readings.best),
        **{
            f"share of all in scope, temperature {each}": choosing.fallback(tempered, score)
            for each in _TEMPERATURES
            for tempered in [read(cases, language, temperature=each)]
            for score in [tempered.inside]
        },
        "both shares, Platt's regression": choosing.fallback(readings, platt(readings)),
    }
    clarify_below = choosing.clarify(readings, fallback_below=chosen.below)
    return Found(readings, chosen, clarify_below, others)


def written(document: str, new: str) -> str:
    """The document with `new` between its two marks."""
    before, rest = document.split(_BEGIN)
    _, after = rest.split(_END)
    return f"{before}{_BEGIN}{new}{_END}{after}"


@click.command()
@click.option("--folds", type=click.IntRange(2), default=5, show_default=True)
def main(*, folds: int) -> None:
    """Set the thresholds on the examples in nlu_data/, by cross-validation."""
    cases = read_cases(root=ROOT, folds=folds)
    found = {language: find(cases, language) for language in LANGUAGES}
    page = ROOT / "docs" / "understanding.md"
    rows = table(found)
    page.write_text(written(page.read_text(encoding="utf-8"), rows), encoding="utf-8")
    draw(found, ROOT / "docs" / "images" / "thresholds.svg")
    click.echo(rows)


if __name__ == "__main__":
    main()
