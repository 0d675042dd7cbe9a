"""The two sides' figures side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rich.table import Table

Side = Mapping[str, Any]

_ROWS: tuple[tuple[str, Callable[[Side], float], str], ...] = (
    ("Highest steady throughput, messages/s", lambda s: s["throughput"]["per_second"], ".1f"),
    ("CPU per message, 20 conversations, ms", lambda s: s["twenty"]["cpu_ms_per_message"], ".1f"),
    ("CPU per message, nothing said twice, ms", lambda s: s["fresh"]["cpu_ms_per_message"], ".1f"),
    ("Messages/s at 20, nothing said twice", lambda s: s["fresh"]["per_second"], ".1f"),
    ("CPU per message, 1 conversation, ms", lambda s: s["one"]["cpu_ms_per_message"], ".1f"),
    ("p50, 1 conversation, ms", lambda s: s["one"]["p50_ms"], ".1f"),
    ("p95, 1 conversation, ms", lambda s: s["one"]["p95_ms"], ".1f"),
    ("p50, 20 conversations, ms", lambda s: s["twenty"]["p50_ms"], ".0f"),
    ("p95, 20 conversations, ms", lambda s: s["twenty"]["p95_ms"], ".0f"),
    ("A late message over message 5", lambda s: s["message_500_over_5"], ".2f"),
    ("Memory (PSS), MB", lambda s: s["memory_mb"], ".0f"),
    ("Start to first answer, s", lambda s: s["seconds_to_ready"], ".1f"),
)


def compare(results: Mapping[str, Any]) -> dict[str, float]:
    """The figures that stand for the rest: this assistant's own, and how it compares.

    Ratios say how many times better this assistant is: its throughput over stock's, stock's CPU
    per message over its own.
    """
    figures: dict[str, float] = {}
    ours, stock = results.get("assistant"), results.get("stock")
    if ours and stock:
        ratio = ours["throughput"]["per_second"] / stock["throughput"]["per_second"]
        cpu = stock["twenty"]["cpu_ms_per_message"] / ours["twenty"]["cpu_ms_per_message"]
        figures |= {"throughput_ratio": round(ratio, 2), "cpu_ratio": round(cpu, 2)}
    if ours:
        figures |= {
            "p95_ms_20": ours["twenty"]["p95_ms"],
            "message_500_over_5": ours["message_500_over_5"],
            "memory_mb": ours["memory_mb"],
        }
    return figures


def table(results: Mapping[str, Any]) -> Table:
    """For a terminal; a side that was not measured has no column."""
    sides = []
    if "assistant" in results:
        sides.append(("This assistant", results["assistant"]))
    if "stock" in results:
        epochs = results["stock"]["epochs"]
        sides.append((f"Stock Rasa, trained for {epochs} epochs", results["stock"]))
    shown = Table(title="The same conversations, in English and Chinese")
    shown.add_column("")
    for title, _ in sides:
        shown.add_column(title, justify="right")
    if len(sides) == 2:
        shown.add_column("Stock / this", justify="right")
    for label, figure, form in _ROWS:
        values = [figure(side) for _, side in sides]
        cells = [format(value, form) for value in values]
        if len(values) == 2:
            cells.append(f"{values[1] / values[0]:.2f}" if values[0] else "")
        shown.add_row(label, *cells)
    return shown


def telegram_table(loads: Mapping[str, Mapping[str, Any]]) -> Table:
    """The Telegram channel's loads, for a terminal."""
    shown = Table(title="Telegram's channel alone: 100 chats, 10 messages each, all at once")
    columns = {
        "": None,
        "right, of 1,000": "right",
        "messages/s": "per_second",
        "p50, ms": "p50_ms",
        "p95, ms": "p95_ms",
        "CPU per message, ms": "cpu_ms_per_message",
    }
    for title, key in columns.items():
        shown.add_column(title, justify="right" if key else "left")
    for title, name in (
        ("without Telegram's limits", "unlimited"),
        ("within Telegram's limits", "within_limits"),
    ):
        shown.add_row(title, *(str(loads[name][key]) for key in columns.values() if key))
    return shown
