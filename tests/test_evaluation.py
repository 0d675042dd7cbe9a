"""How well the assistant understands people it has not met: the floor under the held-out set."""

from __future__ import annotations

import asyncio

import pytest

from bot.brain.brain import Brain
from bot.evaluation import Report, evaluate
from conference.vocabulary.terms import LANGUAGES

FLOOR = 0.95


@pytest.fixture(scope="module")
def report(brain: Brain) -> Report:
    return asyncio.run(evaluate(brain, progress=False))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dialogues", [False, True], ids=["messages", "dialogue turns"])
def test_answers_are_right_in_every_respect(report: Report, language: str, dialogues: bool) -> None:
    wrong = [
        f"{each.text}: {', '.join(each.wrong)}"
        for each in report.outcomes
        if not each.right and each.language == language and bool(each.dialogue) == dialogues
    ]
    assert report.accuracy(language=language, dialogues=dialogues) >= FLOOR, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_set_is_large_enough_to_tell(report: Report, language: str) -> None:
    asked = [each for each in report.outcomes if each.language == language]
    assert len([each for each in asked if each.dialogue is None]) >= 150
    assert len({each.dialogue for each in asked if each.dialogue}) >= 25
