"""What the model is trained from: whole, the same in both languages, and apart from the tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from actions.texts import say
from bot.brain.context import UNSURE
from bot.settings import ROOT
from conference.vocabulary.terms import LANGUAGES

PRESSED = {"give_feedback"}
"""Intents that only a button has: nobody writes them, so there are no examples."""

LEAST = 40
"""Examples of each intent in each language."""

_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]+\)|\{[^}]+\})")
_COMPLAINT = re.compile(
    r" UserWarning: |\b(?:WARNING|ERROR)\b"
)  # a library's own are of other sorts


def _blocks(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each intent in a file with its examples as a person would write them."""
    for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
        lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
        yield block["intent"], [_ANNOTATION.sub(r"\1", line).strip() for line in lines]


def _examples(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "nlu_data" / language).glob("*.yml")):
        for intent, examples in _blocks(path):
            found[intent].extend(examples)
    return found


def _letters(text: str) -> str:
    """A text without case, punctuation and spaces."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _domain() -> dict[str, list[str]]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = [each if isinstance(each, str) else next(iter(each)) for each in domain["intents"]]
    # nobody says what is not understood
    written = [each for each in intents if each not in {UNSURE, *PRESSED}]
    return {"intents": written, "actions": domain["actions"]}


def _held_out() -> Iterator[str]:
    for path in sorted((ROOT / "tests" / "held_out").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            turns = item.get("turns")
            yield from [turn["user"] for turn in turns] if turns else [item["text"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_examples_enough(language: str) -> None:
    examples = _examples(language)
    few = {
        intent: len(set(examples[intent]))
        for intent in _domain()["intents"]
        if len(set(examples[intent])) < LEAST
    }
    assert few == {}


def test_both_languages_have_the_same_intents_and_the_domain_names_them() -> None:
    english, chinese = (set(_examples(language)) for language in LANGUAGES)
    assert english == chinese == set(_domain()["intents"])


def test_no_example_stands_twice_or_under_two_intents() -> None:
    intents: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        examples = _examples(language)
        texts = [text for each in examples.values() for text in each]
        assert [text for text, count in Counter(texts).items() if count > 1] == []
        for intent, each in examples.items():
            for text in each:
                intents[text].add(intent)
    assert {text: names for text, names in intents.items() if len(names) > 1} == {}


def test_nothing_held_out_is_trained_on() -> None:
    trained = {
        _letters(text)
        for language in LANGUAGES
        for examples in _examples(language).values()
        for text in examples
    }
    leaked = [text for text in _held_out() if _letters(text) in trained - {""}]
    assert leaked == []


def test_every_intent_has_one_rule_and_every_rule_an_action_that_exists() -> None:
    from actions.act import Act
    from bot.brain.local_actions import LocalActions

    LocalActions()  # imports every act
    acts = {each().name() for each in Act.__subclasses__()}
    rules = yaml.safe_load((ROOT / "nlu_data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    taken = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules}
    assert len(taken) == len(rules)
    assert set(taken) == {*_domain()["intents"], UNSURE, *PRESSED}
    assert set(taken.values()) <= acts
    assert acts == set(_domain()["actions"])


def test_rasa_finds_nothing_to_complain_of() -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "default", "-m", "rasa", "data", "validate", "--data", "nlu_data"],
        cwd=ROOT,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = ended.stdout + ended.stderr
    complaints = [line for line in told.splitlines() if _COMPLAINT.search(line)]
    assert ended.returncode == 0, told
    without_examples = re.findall(r"The intent '(\w+)' is listed .* not found", told)
    assert set(without_examples) == PRESSED
    assert len(complaints) == len(PRESSED), complaints


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whatever_a_message_may_mean_can_be_offered(language: str) -> None:
    offered = [each for each in _domain()["intents"] if each != "out_of_scope"]
    assert all(say(f"intent.{each}", language) for each in offered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_listed_twice(language: str) -> None:
    path = ROOT / "nlu_data" / language / "vocabulary.yml"
    words = yaml.safe_load(path.read_text(encoding="utf-8"))["vocabulary"]
    assert [
        (entity, value, phrase)
        for entity, values in words.items()
        for value, phrases in values.items()
        for phrase, times in Counter(phrases).items()
        if times > 1
    ] == []
