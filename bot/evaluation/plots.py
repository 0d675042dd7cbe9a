"""The page's pictures: SVG from matplotlib, its texts real text in the page's own fonts."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from bot.brain.context import CLARIFY_BELOW
from bot.evaluation.outcomes import Outcome, Share
from conference.vocabulary.terms import LANGUAGES

COLOURS = {"en": "#1f6f9f", "zh": "#c2571a", "right": "#3a7d44", "wrong": "#b3261e"}
"""A language's and an outcome's; the page's style has the same. Told apart in grey, too."""

_BINS = np.linspace(0, 1, 21)
STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "ciep",  # the same picture, the same file
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#8a8f98",
    "xtick.color": "#4a4f58",
    "ytick.color": "#4a4f58",
}


def confidences(outcomes: Sequence[Outcome], *, language: str) -> str:
    """How sure the best reading was: right answers above the line, wrong ones below it."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 2.6))
        axes = figure.subplots()
        middles = (_BINS[:-1] + _BINS[1:]) / 2
        for name, sign in (("right", 1), ("wrong", -1)):
            values = [each.confidence for each in outcomes if each.right == (name == "right")]
            counts = np.histogram(values, _BINS)[0]
            # logarithmic by hand: a few wrong ones must show beside hundreds of right ones
            axes.bar(middles, sign * np.log2(1 + counts), width=0.045, color=COLOURS[name])
            for middle, count in zip(middles, counts, strict=True):
                if count:
                    at = sign * (np.log2(1 + count) + 0.25)
                    axes.annotate(
                        str(count), (middle, at), ha="center", fontsize=7, color="#4a4f58",
                        va="bottom" if sign > 0 else "top",
                    )  # fmt: skip
        axes.axvline(CLARIFY_BELOW[language], color="#4a4f58", linestyle="--", linewidth=1)
        axes.axhline(0, color="#8a8f98", linewidth=0.8)
        axes.set_xlim(0, 1)
        axes.margins(y=0.15)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        return _svg(figure)


def shares(groups: Mapping[str, Mapping[str, Share]]) -> str:
    """A dot for each group and language, with the interval that chance alone allows."""
    names = [name for name in groups if any(each.total for each in groups[name].values())]
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 0.6 + 0.3 * len(names)))
        axes = figure.subplots()
        for language, offset in zip(LANGUAGES, (-0.14, 0.14), strict=True):
            found = [
                (place + offset, groups[name][language])
                for place, name in enumerate(names)
                if groups[name][language].total
            ]
            for place, each in found:
                axes.plot(each.interval, (place, place), color=COLOURS[language], linewidth=1.4)
            axes.plot(
                [each.value for _, each in found],
                [place for place, _ in found],
                "o" if language == "en" else "D",
                color=COLOURS[language],
                markersize=5,
            )
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlim(0, 1.01)
        axes.set_xticks(np.linspace(0, 1, 11), [f"{each:.0%}" for each in np.linspace(0, 1, 11)])
        axes.grid(axis="x", color="#e3e5e8", linewidth=0.8)
        axes.set_axisbelow(True)
        return _svg(figure)


def _svg(figure: Figure) -> str:
    """The figure as an element to stand in a page."""
    file = io.StringIO()
    figure.savefig(file, format="svg", bbox_inches="tight", metadata={"Date": None})
    picture = file.getvalue()
    return picture[picture.index("<svg") :]
