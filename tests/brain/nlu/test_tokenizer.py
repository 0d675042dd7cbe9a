from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.brain.nlu.conftest import tokens_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("find jobs in energy", ["find", "jobs", "in", "energy"]),
        ("深圳的工作", ["深", "圳", "的", "工", "作"]),
        ("找energy方面的job", ["找", "energy", "方", "面", "的", "job"]),
        ("energy/finance", ["energy", "/", "finance"]),
        ("I have PhD. Jobs?", ["I", "have", "PhD", ".", "Jobs", "?"]),
        ("a Ph.D. in Minsk", ["a", "Ph.D.", "in", "Minsk"]),
        ("full-time", ["full", "-", "time"]),
        ("don't", ["do", "n't"]),
        ("", []),
        ("   ", []),
    ],
)
def test_words_in_english_and_single_characters_in_chinese(text: str, words: list[str]) -> None:
    assert [token.text for token in tokens_of(text)] == words


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Shenzhen IT", ["shenzhen", "it"]),
        ("廣東", ["广", "东"]),
        ("ＡＩ", ["ai"]),
    ],
)
def test_a_token_keeps_what_was_typed_and_knows_its_normal_form(
    text: str, lemmas: list[str]
) -> None:
    tokens = tokens_of(text)
    assert [token.lemma for token in tokens] == lemmas
    assert [text[token.start : token.end] for token in tokens] == [each.text for each in tokens]


@given(st.text(alphabet="ab '-/+~.,!?深圳廣的ＡＩ😀0９\t\n", max_size=40))
def test_offsets_are_those_of_the_text_as_typed_and_nothing_is_lost(text: str) -> None:
    tokens = tokens_of(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert "".join(token.text for token in tokens) == "".join(text.split())
