"""A bot's message: what Rasa's dispatcher and the contract call `text`, `buttons`, `custom`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actions.texts import say
from conference.commands import written

Message = dict[str, Any]
Button = dict[str, str]


def message(
    text: str, *, type_: str, language: str, buttons: Iterable[Button] = (), **custom: Any
) -> Message:
    """A message whose `custom` has the given type, the language and the keys of that type."""
    result: Message = {"text": text}
    if offered := list(buttons):
        result["buttons"] = offered
    result["custom"] = {"type": type_, "language": language, **custom}
    return result


def button(name: str, language: str, intent: str | None = None, /, **entities: Any) -> Button:
    """A button titled `button.<name>`; the intent is the name unless another is given."""
    return titled(say(f"button.{name}", language), intent or name, **entities)


def titled(title: str, intent: str, /, **entities: Any) -> Button:
    """A button with a title of its own."""
    return {"title": title, "payload": written(intent, **entities)}


def lines(*parts: str | None) -> str:
    """The parts that there are, one a line."""
    return "\n".join(part for part in parts if part)


def paragraphs(*parts: str | None) -> str:
    """The parts that there are, with a blank line between."""
    return "\n\n".join(part for part in parts if part)
