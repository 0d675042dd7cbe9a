"""Whole dialogues with the trained model over the sample catalogue.

Each turn is what a person types (`user`) or the payload of a button that was offered (`press`),
and what comes of it: `type`, `kind`, `query`, `topic`, `by` and `pending` as the contract has them,
exactly: what is not named must not be there. `items` is how many records are listed, `offset` where
the page begins, `language` that of the answer if it is not the file's. "*" stands for any one id.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.brain.brain import Brain, Message, Said
from bot.evaluation import compare
from conference.query import Kind

FOLDER = Path(__file__).parent
EXACT = ("kind", "topic", "by", "pending", "query")
ALSO = ("offset", "language")


def _dialogues(language: str) -> list[dict[str, Any]]:
    dialogues: list[dict[str, Any]] = yaml.safe_load(
        (FOLDER / f"dialogues.{language}.yml").read_text(encoding="utf-8")
    )
    return [{**each, "language": language} for each in dialogues]


DIALOGUES = [*_dialogues("en"), *_dialogues("zh")]


def differences(
    expected: Mapping[str, Any], messages: list[Message], *, language: str
) -> tuple[str, ...]:
    """What is wrong with a turn's answer."""
    (message,) = messages
    got = message["custom"]
    exact = {key: None for key in EXACT if key in got} | {"language": language} | dict(expected)
    wrong = list(compare(exact, got))
    wrong.extend(key for key in ALSO if key in exact and exact[key] != got.get(key))
    if "items" in expected and len(got.get("items", ())) != expected["items"]:
        wrong.append("items")
    return tuple(wrong)


@pytest.mark.parametrize(
    "dialogue", DIALOGUES, ids=[f"{each['language']}: {each['name']}" for each in DIALOGUES]
)
async def test_dialogue(brain: Brain, dialogue: dict[str, Any], tmp_path: Path) -> None:
    person = f"{dialogue['language']} {dialogue['name']} {tmp_path}"
    offered: set[str] = set()
    failures = []
    for turn in dialogue["turns"]:
        pressed = turn.get("press")
        assert pressed is None or pressed in offered, f"no such button: {pressed}"
        said = Said(
            conversation=person,
            person=person,
            channel="test",
            text=turn.get("user"),
            payload=pressed,
        )
        messages = await brain.answer(said)
        offered = {each["payload"] for message in messages for each in message.get("buttons", ())}
        wrong = differences(turn["expect"], messages, language=dialogue["language"])
        if wrong:
            got = {key: messages[0]["custom"].get(key) for key in ("type", *EXACT, *ALSO)}
            failures.append(f"{turn}: {wrong} in {got}")
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_dialogues_come_to_every_type_of_answer_and_every_kind(language: str) -> None:
    expected = [turn["expect"] for each in _dialogues(language) for turn in each["turns"]]
    types = {each["type"] for each in expected}
    assert types >= {
        *("results", "detail", "count", "answer", "saved", "agenda", "alerts", "contacts"),
        *("matches", "clarify", "handoff", "help", "greeting", "goodbye", "language", "privacy"),
        *("fallback", "feedback"),
    }
    for type_ in ("results", "detail"):
        kinds = {each["kind"] for each in expected if each["type"] == type_}
        assert kinds == {kind.value for kind in Kind}, type_
