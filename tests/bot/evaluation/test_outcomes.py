"""The figures that are made of outcomes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.evaluation import compare, figures
from bot.evaluation.outcomes import KeyShare, Share
from conference.vocabulary.terms import LANGUAGES
from tests.bot.evaluation.outcomes import report

WANTED = {"type": "results", "kind": "jobs", "query": {"city": ["wuhan", "beijing"], "text": "AI"}}


@pytest.mark.parametrize(
    ("got", "wrong"),
    [
        ({}, ()),
        ({"query": {"text": "ai", "city": ["beijing", "wuhan"]}}, ()),
        ({"kind": "events"}, ("kind",)),
        ({"query": {"city": ["beijing"], "text": "AI"}}, ("query.city",)),
        ({"query": {**WANTED["query"], "remote": True}}, ("query.remote",)),
        ({"query": {**WANTED["query"], "not": {"city": ["xian"]}}}, ("query.not",)),
        ({"offset": 3, "total": 7}, ()),
    ],
)
def test_every_key_of_the_expectation_counts_and_nothing_else(
    got: dict[str, Any], wrong: tuple[str, ...]
) -> None:
    assert compare(WANTED, {**WANTED, **got}) == wrong


def test_a_star_stands_for_any_id_but_not_for_none() -> None:
    expected = {"type": "results", "query": {"institution": ["*"]}}
    assert compare(expected, {"type": "results", "query": {"institution": ["inst-0001"]}}) == ()
    assert compare(expected, {"type": "results", "query": {}}) == ("query.institution",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_and_dialogue_turns_are_counted_apart(language: str) -> None:
    made = report()
    assert made.accuracy(language=language, dialogues=False) == 2 / 5
    assert made.accuracy(language=language, dialogues=True) == 1 / 2
    assert made.intents(language=language) == Share(3, 5)
    assert made.declined(language=language, in_scope=True) == Share(1, 3)
    assert made.declined(language=language, in_scope=False) == Share(1, 2)


def test_shares_by_kind_tag_turn_and_key() -> None:
    made = report()
    assert made.by_kind()["jobs"]["en"] == Share(2, 5)
    assert made.by_kind()["fallback"]["zh"] == Share(1, 2)
    assert made.by_tag() == {"typo": {language: Share(1, 2) for language in LANGUAGES}}
    assert {turn: of["en"] for turn, of in made.by_turn().items()} == {
        "1": Share(1, 1),
        "2": Share(0, 1),
    }
    keys = made.by_key()
    assert keys["city"]["en"] == KeyShare(expected=5, right=2, got=2)
    assert keys["day"]["zh"] == KeyShare(expected=0, right=0, got=1)
    assert (keys["city"]["en"].recall, keys["day"]["en"].precision) == (0.4, 0.0)


def test_confusions_come_most_often_first() -> None:
    assert report().confusions() == [
        ("results jobs", "fallback", 4),
        ("fallback", "greeting", 2),
    ]


def test_the_interval_is_wide_for_few_and_narrow_for_many() -> None:
    few, many = Share(9, 10).interval, Share(900, 1000).interval
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert Share().interval == (0.0, 1.0)


def test_the_figures_alone_are_those_of_the_tables() -> None:
    english = figures(report())["en"]
    assert english["messages"] == 0.4
    assert english["in_scope_declined"] == pytest.approx(1 / 3)
    assert english["by_key"]["city"] == {"recall": 0.4, "precision": 1.0}
