"""What a pipeline got right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.nlu.sets import Dataset, Example

_OUTSIDE = "oos"  # CLINC150's intent of what is in no other


def score(dataset: Dataset, measured: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of one cell, shares from 0 to 1."""
    pairs = list(zip(dataset.test, measured["parsed"], strict=True))
    types = {kind for example in dataset.train for *_, kind in example.entities}
    figures: dict[str, Any] = {
        "intent_accuracy": _accuracy(pairs),
        "entity_f1": entity_f1(pairs, types) if types else None,
        "parse_ms_p50": round(median(measured["milliseconds"]), 2),
        "parse_peak_mb": measured["peak_mb"],
        **{f"train_{name}": value for name, value in measured["train"].items()},
    }
    if dataset.language == "both":
        for language in ("en", "zh"):
            figures[language] = _of(pairs, types, language)
    if any(example.intent == _OUTSIDE for example in dataset.train):
        inside = [pair for pair in pairs if pair[0].intent != _OUTSIDE]
        outside = [pair for pair in pairs if pair[0].intent == _OUTSIDE]
        figures |= {"in_scope_accuracy": _accuracy(inside), "oos_recall": _accuracy(outside)}
    return figures


Pairs = Sequence[tuple[Example, Mapping[str, Any]]]


def _of(pairs: Pairs, types: set[str], language: str) -> dict[str, float]:
    chosen = [pair for pair in pairs if pair[0].language == language]
    return {"intent_accuracy": _accuracy(chosen), "entity_f1": entity_f1(chosen, types)}


def _accuracy(pairs: Pairs) -> float:
    right = sum(example.intent == parsed["intent"] for example, parsed in pairs)
    return round(right / len(pairs), 4) if pairs else 0.0


def entity_f1(pairs: Pairs, types: Iterable[str]) -> float:
    """Micro-averaged F1 over entities whose start, end and type are all as they should be.

    Only `types`, those of the training examples, count: this assistant's gazetteer knows others.
    """
    known = set(types)
    right = found = wanted = 0
    for example, parsed in pairs:
        gold = set(example.entities)
        got = {(start, end, kind) for start, end, kind in parsed["entities"] if kind in known}
        right += len(gold & got)
        found += len(got)
        wanted += len(gold)
    return round(2 * right / (found + wanted), 4) if found + wanted else 1.0
