from __future__ import annotations

from typing import Any

import pytest

from bot.brain import questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Any energy jobs in Shenzhen? And when does it open?",
            ["Any energy jobs in Shenzhen?", "And when does it open?"],
        ),
        (
            "深圳有哪些能源职位？另外大会的主题是什么？",
            ["深圳有哪些能源职位？", "另外大会的主题是什么？"],
        ),
        (
            "show me forums tomorrow and tell me how to register",
            ["show me forums tomorrow", "tell me how to register"],
        ),
        ("大会什么时候开，还有有没有志愿者的工作", ["大会什么时候开", "还有有没有志愿者的工作"]),
        ("find jobs in energy", ["find jobs in energy"]),
        ("jobs in Beijing and Shanghai", ["jobs in Beijing and Shanghai"]),
        ("能源，深圳，三万以上", ["能源，深圳，三万以上"]),
        ("What? When? Where? Who? Why?", ["What? When? Where? Who? Why?"]),  # a tirade, no list
        ("", [""]),
    ],
)
def test_a_message_is_cut_where_a_question_ends(text: str, parts: list[str]) -> None:
    assert questions.parts(text) == parts


def reading(intent: str, confidence: float = 0.9, *entities: str) -> dict[str, Any]:
    return {
        "intent": {"name": intent, "confidence": confidence},
        "entities": [{"entity": each, "value": "jobs"} for each in entities],
    }


JOBS = reading("find_jobs", 0.9, "kind")


@pytest.mark.parametrize("told", ["I work for a clinic in Guangzhou.", "我在广州一家诊所工作。"])
def test_what_is_told_is_no_question(told: str) -> None:
    asked = {**reading("find_programs", 0.9, "kind"), "text": "Which programmes are medical?"}
    assert not questions.are_separate([{**JOBS, "text": told}, asked])
    assert questions.are_separate([{**JOBS, "text": "I want a job"}, asked])


def test_two_different_questions_are_separate() -> None:
    assert questions.are_separate([JOBS, reading("ask_theme")])
    assert questions.are_separate([reading("greet"), JOBS, reading("ask_theme")])


@pytest.mark.parametrize(
    "readings",
    [
        [JOBS, JOBS],  # one search in two sentences
        [reading("greet"), JOBS],
        [JOBS, reading("refine")],  # "full time only"
        [JOBS, reading("ask_theme", 0.5)],
        [JOBS, reading("ask_details")],  # "does it need a degree?"
        [reading("find_jobs"), reading("ask_theme")],  # no kind is named
        [JOBS, reading("match_profile"), reading("ask_theme")],
    ],
)
def test_anything_else_is_one_message(readings: list[dict[str, Any]]) -> None:
    assert not questions.are_separate(readings)
