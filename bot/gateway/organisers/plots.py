"""The page's plots: SVG from matplotlib, its texts real text, on a light and a dark page."""

from __future__ import annotations

import io
import threading
import warnings
from dataclasses import dataclass
from math import nan
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from conference.insight import HIDDEN, Table, heading, label

_LOCK = threading.Lock()  # matplotlib's style is one for all threads
_MOST = 12  # bars in a plot
_WIDTH = 5.6  # inches


@dataclass(frozen=True)
class _Colours:
    text: str
    faint: str
    first: str
    second: str


_LIGHT = _Colours(text="#3b4252", faint="#d8dce3", first="#1f6f9f", second="#c2571a")
_DARK = _Colours(text="#cfd6e2", faint="#3a4250", first="#62b5e5", second="#f0a36b")


def draw(table: Table, *, language: str, dark: bool) -> bytes:
    """An SVG picture of a table that has one. Hidden counts are left out and marked."""
    colours = _DARK if dark else _LIGHT
    style = {
        "svg.fonttype": "none",  # text stays text, in a font that the reader has
        "svg.hashsalt": "ciep",
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": colours.faint,
        "text.color": colours.text,
        "xtick.color": colours.text,
        "ytick.color": colours.text,
        "legend.frameon": False,
    }
    with _LOCK, mpl.rc_context(style):
        figure = Figure(figsize=(_WIDTH, 3))
        axes = figure.subplots()
        if table.name == "days":
            _days(axes, table, language, colours)
        elif table.name == "funnel":
            _funnel(axes, table, language, colours)
        elif table.name == "feedback":
            _feedback(axes, table, language, colours)
        else:
            _demand(axes, table, language, colours)
        file = io.StringIO()
        # sizes are measured in matplotlib's own font, which has no Chinese: leave room by hand
        days, inch = table.name == "days", 1 / figure.get_figheight()
        figure.subplots_adjust(
            left=0.08 if days else 0.47,
            right=0.97,
            top=1 - 0.35 * inch,
            bottom=(0.35 if days else 0.05) * inch,
        )
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph", UserWarning)  # the reader's font has it
            figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    # matplotlib names the fonts that it knows itself
    return file.getvalue().replace("'DejaVu Sans'", "system-ui").encode()


def _days(axes: Any, table: Table, language: str, colours: _Colours) -> None:
    days = [str(row[0])[5:] for row in table.rows]
    for column, name, colour in (
        (1, "messages", colours.first),
        (2, "people", colours.second),
    ):
        heights = [nan if row[column] == HIDDEN else _number(row[column]) for row in table.rows]
        if column == 1:
            axes.bar(days, heights, color=colour, label=heading(name, language))
        else:
            line = {"color": colour, "marker": "o", "markersize": 3, "linewidth": 1.4}
            axes.plot(days, heights, label=heading(name, language), **line)
    step = max(1, len(days) // 8)
    axes.set_xticks(range(0, len(days), step), days[::step])
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=colours.faint, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncol=2, borderaxespad=0)


def _demand(axes: Any, table: Table, language: str, colours: _Colours) -> None:
    """Each code's share of all searches beside its share of all records, in percent."""
    pair = []
    for column, name in ((1, "searches"), (4, "records")):
        whole = sum(_number(row[column]) for row in table.rows) or 1
        bars = [(100 * _number(row[column]) / whole, row[column] == HIDDEN) for row in table.rows]
        pair.append((name, [(size, HIDDEN if few else f"{size:.0f}%") for size, few in bars]))
    _paired(axes, table, language, colours, pair)


def _feedback(axes: Any, table: Table, language: str, colours: _Colours) -> None:
    """Whom each sort of answer helped, and whom not."""
    pair = [
        (name, [(_number(row[column]), str(row[column])) for row in table.rows])
        for column, name in ((1, "helpful"), (2, "unhelpful"))
    ]
    _paired(axes, table, language, colours, pair)


def _paired(
    axes: Any,
    table: Table,
    language: str,
    colours: _Colours,
    pair: list[tuple[str, list[tuple[float, str]]]],
) -> None:
    """Two bars for each of the first rows, of the columns named: how long each is, and its mark."""
    rows = table.rows[:_MOST]
    axes.figure.set_size_inches(_WIDTH, 0.4 + 0.3 * len(rows))
    for (name, bars), offset, colour in zip(
        pair, (-0.2, 0.2), (colours.first, colours.second), strict=True
    ):
        shown = bars[: len(rows)]
        places = [place + offset for place in range(len(rows))]
        sizes = [size for size, _ in shown]
        axes.barh(places, sizes, height=0.38, color=colour, label=heading(name, language))
        for place, (size, mark) in zip(places, shown, strict=True):
            axes.annotate(mark, (size, place), (3, 0), textcoords="offset points", va="center",
                          fontsize=7)  # fmt: skip
    _named(axes, [label(table, str(row[0]), language) for row in rows])
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncol=2, borderaxespad=0)


def _funnel(axes: Any, table: Table, language: str, colours: _Colours) -> None:
    axes.figure.set_size_inches(_WIDTH, 1.9)
    people = [_number(row[1]) for row in table.rows]
    axes.barh(range(len(people)), people, height=0.6, color=colours.first)
    for place, row in enumerate(table.rows):
        axes.annotate(str(row[1]), (people[place], place), (4, 0), textcoords="offset points",
                      va="center")  # fmt: skip
    _named(axes, [label(table, str(row[0]), language) for row in table.rows])


def _named(axes: Any, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.1)


def _number(cell: object) -> float:
    return cell if isinstance(cell, (int, float)) else 0
