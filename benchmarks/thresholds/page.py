"""The thresholds as a table and a picture for `docs/understanding.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.thresholds.choosing import LEAST_OUTSIDE, MOST_IN_SCOPE, Choice
from benchmarks.thresholds.weighing import Readings
from bot.evaluation.plots import COLOURS, STYLE

_NAMES = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True)
class Found:
    """A language's readings, what was chosen, and what other scores would decline."""

    readings: Readings
    chosen: Choice
    clarify_below: float
    others: Mapping[str, Choice]


def table(found: Mapping[str, Found]) -> str:
    """Markdown: a row for each score that a message may be declined by, the chosen one first."""
    lines = [
        "| declined by | language | under | in scope declined, % | out of scope declined, % "
        "| margin, standard errors |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for language, each in found.items():
        lines.append(_row("**share of all in scope**", language, each.chosen))
    names = next(iter(found.values())).others
    for name in names:
        lines += [_row(name, language, each.others[name]) for language, each in found.items()]
    messages = [
        f"{_NAMES[language]}: {each.readings.messages(outside=False)} examples in scope, "
        f"{each.readings.messages(outside=True)} out of it; the two nearest readings are offered "
        f"under {each.clarify_below:.2f}."
        for language, each in found.items()
    ]
    return "\n".join([*lines, "", *messages]) + "\n"


def _row(name: str, language: str, each: Choice) -> str:
    return (
        f"| {name} | {language} | {each.below:.2f} | {each.in_scope:.1%} "
        f"| {each.outside:.1%} | {each.margin:+.1f} |"
    ).replace("%", "")


def draw(found: Mapping[str, Found], path: Path) -> None:
    """What each threshold declines, and what the share of the best reading is worth."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8.4, 3.2))
        left, right = figure.subplots(1, 2)
        _declined(left, found)
        _right(right, found)
        figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None})


def _declined(axes: Axes, found: Mapping[str, Found]) -> None:
    grid = np.arange(0.0, 1.0, 0.01)
    for language, each in found.items():
        for outside, line in ((True, "-"), (False, "--")):
            shares = [
                each.readings.declined(each.readings.inside, below, outside=outside)
                for below in grid
            ]
            what = "out of scope" if outside else "in scope"
            axes.plot(
                grid, shares, line, color=COLOURS[language], label=f"{_NAMES[language]}, {what}"
            )
        axes.axvline(each.chosen.below, color=COLOURS[language], linewidth=0.8)
    for bound in (MOST_IN_SCOPE, LEAST_OUTSIDE):
        axes.axhline(bound, color="#8a8f98", linestyle=":", linewidth=1)
    axes.set_xlabel("declined under this share of all in scope")
    axes.set_ylabel("share of messages declined")
    axes.set_ylim(0, 1)
    axes.legend(frameon=False, fontsize=7, loc="center left")


def _right(axes: Axes, found: Mapping[str, Found]) -> None:
    axes.plot((0, 1), (0, 1), color="#8a8f98", linestyle=":", linewidth=1)
    for language, each in found.items():
        points = list(_reliability(each))
        axes.plot(
            [sure for sure, _ in points],
            [right for _, right in points],
            "o-" if language == "en" else "D-",
            markersize=4,
            color=COLOURS[language],
            label=_NAMES[language],
        )
        axes.axvline(each.clarify_below, color=COLOURS[language], linewidth=0.8)
    axes.set_xlabel("share of the best reading")
    axes.set_ylabel("how often it is right")
    axes.legend(frameon=False, fontsize=7)


def _reliability(found: Found) -> Iterator[tuple[float, float]]:
    """Mean share and share of right ones, for each tenth that has messages, of what is kept."""
    readings = found.readings
    kept = ~readings.foreign & (readings.inside >= found.chosen.below)
    for low in np.arange(0.1, 1.0, 0.1):
        here = kept & (readings.best >= low) & (readings.best < low + 0.1)
        weight = readings.weight[here]
        if weight.sum():
            yield (
                float(readings.best[here] @ weight / weight.sum()),
                float(readings.right[here] @ weight / weight.sum()),
            )
