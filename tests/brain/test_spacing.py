from __future__ import annotations

import pytest

from bot.brain.nlu import phrases
from bot.brain.nlu.spelling import name_speller
from bot.brain.spacing import Spacing


@pytest.fixture(scope="module")
def spacing() -> Spacing:
    known = [*phrases.vocabulary_phrases(), *phrases.language_phrases()]
    return Spacing((each.text for each in known), near=name_speller().knows)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("energyjobs", "energy jobs"),
        ("anyprogramsfromgermany?", "any programs from germany?"),
        ("financejobs in 上海", "finance jobs in 上海"),
        ("FindJobsInBeijing", "find jobs in beijing"),
    ],
)
def test_joined_words_are_taken_apart(spacing: Spacing, typed: str, meant: str) -> None:
    assert spacing.spaced(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "find jobs in energy",
        "shenzhen",
        "enviroment",
        "agricultre",  # misspelt: the spelling corrector's business
        "kubernetes engineer",
        "xkcdqwertzuiop",
        "manufacturing",
        "能源行业的工作",
        "",
    ],
)
def test_what_is_not_joined_stays(spacing: Spacing, text: str) -> None:
    assert spacing.spaced(text) == text
