"""Commands speak the terminal's language, where it is one of ours and none was asked for."""

from __future__ import annotations

import pytest

from bot.terminal import terminal_language


@pytest.mark.parametrize(
    ("lang", "language"), [("zh_TW.UTF-8", "zh"), ("en_GB", "en"), ("C", "en")]
)
def test_the_terminal_speaks_as_it_is_set(
    monkeypatch: pytest.MonkeyPatch, lang: str, language: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    assert terminal_language() == language


def test_a_terminal_that_says_nothing_speaks_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANG", raising=False)
    assert terminal_language() == "en"
