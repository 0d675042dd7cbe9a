"""What browsers, terminals and Telegram call a language is one of ours, or none."""

from __future__ import annotations

import pytest

from conference.languages import spoken


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("zh-Hant", "zh"),
        ("zh_CN.UTF-8", "zh"),
        (" EN-gb", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("de-CH", None),
        ("C.UTF-8", None),
        ("", None),
    ],
)
def test_a_tag_names_a_language_of_ours_or_none(tag: str, language: str | None) -> None:
    assert spoken(tag) == language
