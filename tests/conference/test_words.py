"""Texts into words."""

from __future__ import annotations

import pytest

from conference import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurses and batteries", ["nurse", "battery"]),
        ("the class of analysis", ["class", "analysis"]),
        ("C++ / C# / .NET", ["cpp", "csharp", "dotnet"]),
        ("Universität Zürich", ["universitat", "zurich"]),
        ("медсестра", ["медсестра"]),
        ("电池方面的研发", ["电池", "研发"]),
        ("Python电池", ["python", "电池"]),
        ("the", ["the"]),
        ("，。!", []),
    ],
)
def test_a_question_is_taken_apart(text: str, expected: list[str]) -> None:
    assert words.asked(text) == expected


def test_compounds_are_indexed_with_their_parts() -> None:
    assert {"燃料", "电池", "燃料电池"} <= set(words.indexed(["氢燃料电池"]).split())


def test_terms_are_words_and_pairs() -> None:
    assert words.terms("Fuel Cell Engineer") == {
        "fuel",
        "cell",
        "engineer",
        "fuel cell",
        "cell engineer",
    }
    assert "护士" in words.terms("手术室护士")
    assert "机器学习" in words.terms("机器学习")
