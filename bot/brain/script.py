"""Answers in traditional characters, for those who write them."""

from __future__ import annotations

import re
from typing import Any

from conference.text import traditional

_FOR_PROGRAMS = frozenset({"query", "payload", "url", "image", "contact", "contactPoint"})
"""What stands under these keys is compared, sent back or opened, and not read."""

_LINK = re.compile(r"(https?://[^\s，。；）]+)")


def in_script(message: dict[str, Any], script: str | None) -> dict[str, Any]:
    """The message with its Chinese texts in traditional characters, if `script` asks for them."""
    if script != "zh-Hant" or message.get("custom", {}).get("language") != "zh":
        return message
    converted: dict[str, Any] = _converted(message)
    return converted


def _converted(value: Any) -> Any:
    if isinstance(value, str):
        words_and_links = _LINK.split(value)  # by turns
        words_and_links[::2] = map(traditional, words_and_links[::2])
        return "".join(words_and_links)
    if isinstance(value, list):
        return [_converted(each) for each in value]
    if isinstance(value, dict):
        return {
            key: each if key in _FOR_PROGRAMS else _converted(each) for key, each in value.items()
        }
    return value
