"""Which answers ask whether they helped, and what is said then."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actions.presenting import (
    Message,
    judged,
    present_answer,
    present_count,
    present_fallback,
    present_feedback,
    present_greeting,
    present_matches,
    present_results,
)
from conference.catalogue import Page
from conference.edition import TOPICS, shipped_edition
from conference.matching import Match
from conference.query import Frame, Kind
from tests.actions.presenting.records import ENGINEER, OWNERS

BOTH = pytest.mark.parametrize("language", ["en", "zh"])
EDITION = shipped_edition()
JOBS = Frame(Kind.JOBS)
TITLES = {"en": ["👍 Helpful", "👎 Not helpful"], "zh": ["👍 有帮助", "👎 没帮助"]}


def matches(language: str, *found: Match) -> Message:
    return present_matches(found, len(found), JOBS, language=language, institutions=OWNERS)


def asked(message: Message) -> list[tuple[str, Any]]:
    """The titles of the buttons that judge, with what they say."""
    return [
        (each["title"], json.loads(each["payload"].removeprefix("/give_feedback")))
        for each in message.get("buttons", ())
        if each["payload"].startswith("/give_feedback")
    ]


@BOTH
@pytest.mark.parametrize("topic", TOPICS)
def test_every_fact_asks_after_its_other_buttons(language: str, topic: str) -> None:
    message = present_answer(topic, edition=EDITION, language=language)
    of = {"type": "answer", "topic": topic}
    assert [each["title"] for each in message["buttons"][-2:]] == TITLES[language]
    assert [said for _, said in asked(message)] == [
        {"useful": useful, "of": of} for useful in (True, False)
    ]


@BOTH
def test_matches_and_counts_ask(language: str) -> None:
    found = matches(language, Match(ENGINEER, 0.9, ()))
    counted = present_count(Frame(Kind.EVENTS), 3, language=language)
    for message, of in (
        (found, {"type": "matches", "kind": "jobs"}),
        (counted, {"type": "count", "kind": "events"}),
    ):
        assert asked(message) == [
            (title, {"useful": useful, "of": of})
            for title, useful in zip(TITLES[language], (True, False), strict=True)
        ]
        assert judged(message["custom"]) == of


@BOTH
def test_what_found_nothing_and_what_is_no_answer_do_not(language: str) -> None:
    page = Page(items=(ENGINEER,), total=1, offset=0, relaxed=(), shown=JOBS)
    for message in (
        matches(language),
        present_count(JOBS, 0, language=language),
        present_results(page, JOBS, language=language, institutions=OWNERS),
        present_greeting(edition=EDITION, language=language),
        present_fallback("out_of_scope", language=language),
    ):
        assert asked(message) == []
        assert judged(message["custom"]) is None


@BOTH
@pytest.mark.parametrize("useful", [True, False])
@pytest.mark.parametrize("ask", [True, False])
def test_what_did_not_help_leads_on(language: str, useful: bool, ask: bool) -> None:
    of = {"type": "answer", "topic": "dates"}
    message = present_feedback(of, useful=useful, language=language, ask=ask)
    assert message["custom"] == {
        "type": "feedback",
        "language": language,
        "useful": useful,
        "of": of,
    }
    assert judged(message["custom"]) == of  # it may be judged otherwise yet
    learn = ['/privacy{"consent": "yes"}'] if ask else []
    payloads = [each["payload"] for each in message.get("buttons", ())]
    assert payloads == ([] if useful else ["/handoff", *learn])
    other_words = {"en": "in other words", "zh": "换个说法"}[language]
    assert (other_words in message["text"]) is not useful
