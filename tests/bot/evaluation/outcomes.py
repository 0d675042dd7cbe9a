"""A small run: in each language two messages right and three wrong, and a dialogue of two turns."""

from __future__ import annotations

from typing import Any

from bot.evaluation import Outcome, Report, compare
from conference.vocabulary.terms import LANGUAGES


def outcome(language: str, text: str, expected: Any, got: Any, **about: Any) -> Outcome:
    return Outcome(
        language=language,
        text=text,
        expected=expected,
        got=got,
        wrong=compare(expected, got),
        **about,
    )


def report() -> Report:
    jobs = {"type": "results", "kind": "jobs", "query": {"city": ["shenzhen"]}}
    nothing = {"type": "fallback"}
    made = Report()
    for language in LANGUAGES:
        made.outcomes += [
            outcome(language, "a", jobs, jobs, tags=("typo",), confidence=0.99, intent="find_jobs"),
            outcome(language, "b", jobs, {**jobs, "query": {"day": "2020-09-08"}}, tags=("typo",)),
            outcome(language, "<b>c</b> [d]", jobs, nothing, intent="out_of_scope"),
            outcome(language, "e", nothing, nothing),
            outcome(language, "f", nothing, {"type": "greeting"}),
            outcome(language, "g", jobs, jobs, dialogue="two turns", turn=1),
            outcome(language, "h", jobs, nothing, dialogue="two turns", turn=2),
        ]
    return made
