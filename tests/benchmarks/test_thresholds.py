from __future__ import annotations

import numpy as np
import pytest

from benchmarks.nlu.sets import Example
from benchmarks.thresholds import choosing
from benchmarks.thresholds.__main__ import written
from benchmarks.thresholds.folds import Case
from benchmarks.thresholds.weighing import Readings, read


def readings(*, inside: list[float], outside: list[float]) -> Readings:
    """Messages with these shares of all that is in scope; all best readings are right."""
    shares = np.array([*inside, *outside])
    count = len(shares)
    is_outside = np.arange(count) >= len(inside)
    return Readings(
        message=np.arange(count),
        weight=np.ones(count),
        outside=is_outside,
        foreign=np.zeros(count, bool),
        inside=shares,
        best=shares,
        right=~is_outside,
    )


def test_a_threshold_that_holds_both_bounds_is_far_from_either() -> None:
    found = readings(inside=[0.9] * 100, outside=[0.3] * 100)
    chosen = choosing.fallback(found, found.inside)
    assert chosen.met
    assert (chosen.in_scope, chosen.outside) == (0.0, 1.0)


def test_where_no_threshold_holds_both_messages_in_scope_come_first() -> None:
    found = readings(inside=[0.35] * 2 + [0.45] * 98, outside=[0.3] * 50 + [0.6] * 50)
    chosen = choosing.fallback(found, found.inside)
    assert not chosen.met
    assert (chosen.in_scope, chosen.outside) == (0.02, 0.5)
    assert chosen.margin < 0


def test_two_readings_are_offered_where_the_best_is_as_often_wrong() -> None:
    found = readings(inside=[0.8] * 10 + [0.4] * 4, outside=[0.4] * 6)
    assert 0.45 < choosing.clarify(found, fallback_below=0.0) <= 0.8


@pytest.mark.parametrize(("language", "text"), [("en", "the second one"), ("zh", "第二个")])
def test_an_example_weighs_one_and_stands_where_it_fits(language: str, text: str) -> None:
    ranking = [
        {"name": "select_item", "confidence": 0.5},
        {"name": "out_of_scope", "confidence": 0.5},
    ]
    parse = {"text": text, "entities": [], "intent_ranking": ranking}
    picked = Case(Example(text, "select_item", (), language), parse, foreign=False)
    nonsense = Case(Example(text, "out_of_scope", (), language), parse, foreign=False)
    found = read([picked, nonsense], language)
    assert found.message.tolist() == [0, 1, 1, 1]
    assert found.weight.tolist() == pytest.approx([1.0, 1 / 3, 1 / 3, 1 / 3])
    assert found.inside[0] > 0.5  # a list is shown: more likely than by its words alone
    assert found.inside[1] < 0.5  # nothing was shown yet


def test_figures_stand_between_their_marks() -> None:
    before = "a\n<!-- thresholds: written by make thresholds -->\nold\n<!-- /thresholds -->\nz\n"
    assert written(before, "new\n") == before.replace("\nold\n", "\nnew\n")
