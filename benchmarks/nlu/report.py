"""The cells' figures side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table

_COLUMNS = (
    ("Intents, %", "intent_accuracy", 100, ".1f"),
    ("Entities, F1", "entity_f1", 1, ".3f"),
    ("Parse p50, ms CPU", "parse_ms_p50", 1, ".1f"),
    ("Training, s", "train_seconds", 1, ".0f"),
    ("... CPU, s", "train_cpu_seconds", 1, ".0f"),
    ("Peak training, MB", "train_peak_mb", 1, ".0f"),
    ("Peak parsing, MB", "parse_peak_mb", 1, ".0f"),
    ("Model, MB", "train_model_mb", 1, ".1f"),
)


def table(results: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Table:
    """For a terminal: a row for each pipeline on each set."""
    shown = Table(title="The same messages, each pipeline trained on the same examples")
    shown.add_column("Set")
    shown.add_column("Pipeline")
    for title, *_ in _COLUMNS:
        shown.add_column(title, justify="right")
    for name, pipelines in results.items():
        for pipeline, figures in pipelines.items():
            values = [
                "" if figures[key] is None else format(figures[key] * times, form)
                for _, key, times, form in _COLUMNS
            ]
            shown.add_row(name, pipeline, *values)
        shown.add_section()
    return shown


_BEGIN, _END = "<!-- figures: written by the benchmark -->\n", "<!-- /figures -->"
_HEAD = (
    "set", "pipeline", "intents, %", "entity F1", "parse p50, ms CPU", "of stock's",
    "training, s CPU", "peak MB, training / parsing", "model, MB",
)  # fmt: skip


def markdown(results: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """For a page: the same, with this assistant's parse time as a part of each stock pipeline's."""
    lines = ["| " + " | ".join(_HEAD) + " |", "|---|---|" + "---:|" * (len(_HEAD) - 2)]
    for name, pipelines in results.items():
        ours = pipelines.get("ours", {}).get("parse_ms_p50")
        for pipeline, figures in pipelines.items():
            epochs = figures.get("epochs")
            cells = (
                name,
                pipeline if epochs in (None, 100) else f"{pipeline}, {epochs} epochs",
                f"{figures['intent_accuracy'] * 100:.1f}",
                "" if figures["entity_f1"] is None else f"{figures['entity_f1']:.3f}".lstrip("0"),
                f"{figures['parse_ms_p50']:.1f}",
                f"{ours / figures['parse_ms_p50']:.2f}" if ours and pipeline != "ours" else "",
                f"{figures['train_cpu_seconds']:.0f}",
                f"{figures['train_peak_mb']} / {figures['parse_peak_mb']}",
                f"{figures['train_model_mb']:.1f}",
            )
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def written(document: str, figures: str) -> str:
    """The document with these figures between its two marks."""
    before, rest = document.split(_BEGIN)
    return f"{before}{_BEGIN}{figures}{_END}{rest.split(_END)[1]}"
