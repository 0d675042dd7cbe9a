"""What the share of a reading means: every example in the states in which it may be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks.thresholds.folds import Case
from bot.brain.context import weigh

OUTSIDE = "out_of_scope"
Numbers = np.ndarray[Any, Any]

_LIST: dict[str, Any] = {"search": {"kind": "jobs"}, "shown": {"kind": "jobs"}}
_RECORD = {**_LIST, "record": "job-00001"}
_OF_A_LIST = frozenset({"refine", "show_results", "next_page", "previous_page", "select_item"})
_OF_A_RECORD = frozenset(
    {"ask_details", "ask_institution", "find_similar", "save_item", "remove_item",
     "contact_item", "add_to_agenda"}
)  # fmt: skip
_ANSWERS = frozenset({"affirm", "deny"})
_FOLDS = 5


def states(intent: str) -> list[dict[str, Any]]:
    """The slots of conversations in which a message of an intent is to be expected."""
    if intent == OUTSIDE:
        return [{}, _LIST, _RECORD]
    if intent in _ANSWERS:
        return [{"pending": {"act": "delete"}}]
    if intent in _OF_A_LIST:
        return [_LIST]
    if intent in _OF_A_RECORD:
        return [_RECORD]
    return [{}, _LIST]


@dataclass(frozen=True)
class Readings:
    """Rows of arrays, one for each example in each state; an example's rows weigh 1 together.

    `inside` and `sure` are the shares of all that is in scope and of its best intent, `right`
    whether that intent is the one wanted.
    """

    message: Numbers
    weight: Numbers
    outside: Numbers  # whether it is out of scope
    foreign: Numbers  # declined before the model sees it
    inside: Numbers
    best: Numbers
    right: Numbers

    def declined(self, score: Numbers, below: float, *, outside: bool) -> float:
        """The share of messages out of scope (or in scope) with a score under a threshold."""
        chosen = self.outside == outside
        lost = self.foreign | (score < below)
        return float(self.weight[chosen] @ lost[chosen] / self.weight[chosen].sum())

    def messages(self, *, outside: bool) -> int:
        return len(set(self.message[self.outside == outside].tolist()))


def read(cases: Sequence[Case], language: str, *, temperature: float = 1.0) -> Readings:
    """One language's examples in context, the classifier's shares tempered before."""
    rows = []
    for number, case in enumerate(cases):
        if case.example.language != language:
            continue
        fitting = states(case.example.intent)
        for state in fitting:
            weighed = weigh(_tempered(case.parse, temperature), {**state, "language": language})
            shares = {each["name"]: each["confidence"] for each in weighed["intent_ranking"]}
            outside = shares.pop(OUTSIDE, 0.0)
            best = max(shares, key=lambda name: shares[name])
            rows.append(
                (number, 1 / len(fitting), case.example.intent == OUTSIDE, case.foreign,
                 1 - outside, shares[best], best == case.example.intent)
            )  # fmt: skip
    return Readings(*(np.array(column) for column in zip(*rows, strict=True)))


def _tempered(parse: dict[str, Any], temperature: float) -> dict[str, Any]:
    shares = np.array([each["confidence"] for each in parse["intent_ranking"]])
    shares = np.maximum(shares, 1e-9) ** (1 / temperature)
    names = [each["name"] for each in parse["intent_ranking"]]
    return {
        **parse,
        "intent_ranking": [
            {"name": name, "confidence": float(share)}
            for name, share in zip(names, shares / shares.sum(), strict=True)
        ],
    }


def platt(readings: Readings) -> Numbers:
    """How likely in scope, by a logistic regression on both shares that has not seen the row."""
    columns = [readings.inside, 1 - readings.inside, readings.best]
    found = cross_val_predict(
        LogisticRegression(),
        np.log(np.maximum(np.column_stack(columns), 1e-4)),
        ~readings.outside,
        groups=readings.message,
        cv=GroupKFold(_FOLDS),
        method="predict_proba",
    )
    likely: Numbers = found[:, 1]
    return likely
