"""The rules by which thresholds follow from readings."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from benchmarks.thresholds.weighing import Numbers, Readings

MOST_IN_SCOPE = 0.02
"""Of messages in scope no more than this share may be declined ..."""
LEAST_OUTSIDE = 0.90
"""... and of those out of scope at least this one should be."""
_GRID = np.round(np.arange(0.01, 1.0, 0.01), 2)
_BAND = 0.1
"""How wide a band of confidences is judged together: some tens of messages."""
_MORE_RIGHT_THAN_WRONG = 0.5


@dataclass(frozen=True)
class Choice:
    """A threshold, what it declines, and how far that is from what may be, in standard errors."""

    below: float
    in_scope: float
    outside: float
    margin: float
    met: bool


def fallback(readings: Readings, score: Numbers) -> Choice:
    """Where both bounds hold: the threshold farthest from the nearer one.

    Where none does, the bound on messages in scope holds and as many others as can be are declined:
    an answer that is refused is worse than one that is not asked for.
    """
    choices = [_judge(readings, score, float(below)) for below in _GRID]
    allowed = [each for each in choices if each.in_scope <= MOST_IN_SCOPE]
    met = [each for each in allowed if each.met]
    return max(met, key=lambda each: each.margin) if met else allowed[-1]


def _judge(readings: Readings, score: Numbers, below: float) -> Choice:
    inside = readings.declined(score, below, outside=False)
    outside = readings.declined(score, below, outside=True)
    margins = (
        (MOST_IN_SCOPE - inside) / _error(MOST_IN_SCOPE, readings.messages(outside=False)),
        (outside - LEAST_OUTSIDE) / _error(LEAST_OUTSIDE, readings.messages(outside=True)),
    )
    return Choice(below, inside, outside, min(margins), min(margins) >= 0)


def _error(share: float, messages: int) -> float:
    """The standard error of a share of so many messages."""
    return sqrt(share * (1 - share) / messages)


def clarify(readings: Readings, *, fallback_below: float) -> float:
    """From where on the best reading is right more often than wrong.

    Of what is not declined, out of scope or not; under it, a question costs less than an answer.
    Sought from above: of the few readings far below, some band is right by chance.
    """
    kept = ~readings.foreign & (readings.inside >= fallback_below)
    least = 1.0
    for below in reversed(_GRID):
        near = kept & (abs(readings.best - below) <= _BAND / 2)
        weight = readings.weight[near]
        if weight.sum() and readings.right[near] @ weight / weight.sum() <= _MORE_RIGHT_THAN_WRONG:
            break
        least = float(below)
    return least
