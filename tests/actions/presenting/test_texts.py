"""The message catalogue: complete and clean in every language."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from actions.texts import languages, say, texts

HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = texts("en")


def forms(text: str | dict[str, str]) -> list[str]:
    return list(text.values()) if isinstance(text, dict) else [text]


def placeholders(text: str | dict[str, str]) -> set[str]:
    return {name for form in forms(text) for _, name, _, _ in Formatter().parse(form) if name}


def without_placeholders(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


def test_both_languages_are_there() -> None:
    assert languages() == ("en", "zh")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_key_and_value(language: str) -> None:
    own = texts(language)
    assert set(own) == set(ENGLISH)
    # only Chinese has measure words; a singular need not say its count
    optional = {"measure", "count"}
    differing = {
        key: placeholders(own[key]) ^ placeholders(ENGLISH[key])
        for key in own
        if (placeholders(own[key]) ^ placeholders(ENGLISH[key])) - optional
    }
    assert differing == {}


def test_no_text_is_in_the_wrong_language() -> None:
    chinese = texts("zh")
    order = {key for key in chinese if key.startswith("describe.order.")}
    latin = {
        key: form
        for key in set(chinese) - order
        for form in forms(chinese[key])
        if re.search(r"[A-Za-z]{2,}", without_placeholders(form))
    }
    assert latin == {}
    han = {key: form for key in ENGLISH for form in forms(ENGLISH[key]) if HAN.search(form)}
    assert han == {}


def test_chinese_texts_have_no_spaces_between_chinese() -> None:
    gaps = {
        key: form
        for key, text in texts("zh").items()
        for form in forms(text)
        if re.search(r"[\u4e00-\u9fff，。：；] +[\u4e00-\u9fff]", form)
    }
    assert gaps == {}


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "There is one opening."), (2, "There are 2 openings."), (0, "There are 0 openings.")],
)
def test_the_plural_follows_the_count(count: int, expected: str) -> None:
    assert say("detail.sentence.openings", "en", count=count) == expected


def test_a_name_that_ends_in_a_full_stop_does_not_double_it() -> None:
    assert say("results.none", "en", things="jobs at Volga Ltd.") == "I found no jobs at Volga Ltd."


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        say("no.such", "en")
    with pytest.raises(KeyError, match="'fr'"):
        say("help", "fr")
    with pytest.raises(KeyError, match="title"):
        say("saved.added", "zh")
