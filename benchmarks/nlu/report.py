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
