from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT

from bot.brain.nlu.spelling import Speller, SpellingCorrector, english_words
from tests.brain.nlu.conftest import message_of

KNOWN = frozenset({"shenzhen", "guangzhou", "environment", "programs", "jobs", "it", "python"})


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shenzen", "shenzhen"),
        ("enviroment", "environment"),
        ("progams", "programs"),
        ("jbos", "jobs"),
        ("smth", "something"),
        ("exp", "experience"),
        ("guangzuo", "guangzhou"),
        ("pyhton", "python"),
    ],
)
def test_a_slip_becomes_the_known_word(speller: Speller, typed: str, meant: str) -> None:
    assert speller(typed) == meant


@pytest.mark.parametrize("word", ["shenzhen", "jabs", "robs", "program", "it", "ti", "x", "42"])
def test_known_english_and_short_words_stay(speller: Speller, word: str) -> None:
    assert speller(word) == word


@pytest.mark.parametrize("word", ["zhenshen", "qwertyuiop", "xhenzhen"])
def test_what_is_near_nothing_stays(speller: Speller, word: str) -> None:
    assert speller(word) == word


def test_a_long_word_may_have_two_slips_a_short_one_only_one(speller: Speller) -> None:
    assert speller("enviromant") == "environment"
    assert speller("jbsos") == "jbsos"


def test_the_english_words_are_many_and_lower_case() -> None:
    words = english_words()
    assert len(words) > 80_000
    assert {"nurse", "hydrogen", "the"} <= words
    assert all(word == word.lower() for word in words)


def test_the_corrector_knows_the_vocabulary_and_what_examples_repeat(
    trained: Callable[..., Any],
) -> None:
    repeated = [message_of(f"{word} flimtech") for word in ("any", "some", "more")]
    examples = [message_of("any blorptech here"), *repeated]
    corrector = trained(SpellingCorrector, examples)
    message = message_of("Jobs in Shenzen, flimtec or blorptec")
    corrector.process([message])
    tokens = message.get(TOKENS_NAMES[TEXT])
    lemmas = [token.lemma for token in tokens]
    assert "shenzhen" in lemmas
    assert "flimtech" in lemmas
    assert "blorptec" in lemmas  # what examples hold once may be a slip itself
    assert [token.text for token in tokens][2] == "Shenzen"
