"""Checks a call of the Bot API against its machine-readable schema, and the limits beside it."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_BASIC = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": (int, float)}
_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}
_MOST = {  # UTF-16 units, by method or type and parameter
    ("sendMessage", "text"): 4096,
    ("editMessageText", "text"): 4096,
    ("InputTextMessageContent", "message_text"): 4096,
    ("answerCallbackQuery", "text"): 200,
    ("CopyTextButton", "text"): 256,
    ("BotCommand", "description"): 256,
    ("BotCommand", "command"): 32,
    ("setMyDescription", "description"): 512,
    ("setMyShortDescription", "short_description"): 120,
    ("InlineQueryResultArticle", "id"): 64,
}


@cache
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("bot_api.json").read_text())
    return found


def problems(method: str, params: dict[str, Any], files: frozenset[str]) -> list[str]:
    """What is wrong with a call; empty for a right one. `files` are parameters sent as files."""
    fields = schema()["methods"].get(method)
    if fields is None:
        return [f"there is no method {method}"]
    return [
        *_fields(method, fields, {**params, **dict.fromkeys(files, "file")}, files),
        *_meaning(method, params),
    ]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def shown(html: str) -> tuple[str, list[str]]:
    """The text that a marked one shows, and what is wrong with the marks."""
    parser = _Marks()
    parser.feed(html)
    parser.close()
    wrong = parser.wrong + [f"<{tag}> is not closed" for tag in parser.open]
    if re.search(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)", html):
        wrong.append("a bare &")
    return parser.text, wrong


class _Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.wrong = "", [], []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in _TAGS:
            self.wrong.append(f"<{tag}> is no tag of Telegram's")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data


def _fields(
    where: str, fields: dict[str, Any], given: dict[str, Any], files: frozenset[str]
) -> list[str]:
    wrong = [f"{where} has no {name}" for name in given if name not in fields]
    for name, field in fields.items():
        if name not in given:
            wrong += [f"{where} needs {name}"] if field["required"] else []
        elif name in files:
            wrong += [] if "InputFile" in field["type"] else [f"{where}.{name} takes no file"]
        else:
            value = given[name]
            if not _is(field["type"], value):
                wrong.append(f"{where}.{name} is {value!r}, not {field['type']}")
            wrong += _inner(field["type"], value)
            most = _MOST.get((where, name))
            text = value
            if isinstance(value, str) and given.get("parse_mode") == "HTML":
                text, marks = shown(value)
                wrong += [f"{where}.{name}: {each}" for each in marks]
            if most and isinstance(text, str) and not 0 < units(text) <= most:
                wrong.append(f"{where}.{name} has {units(text)} units, may have 1 to {most}")
    return wrong


def _is(type_: str, value: Any) -> bool:
    if type_.startswith("Array of "):
        inner = type_.removeprefix("Array of ")
        return isinstance(value, list) and all(_is(inner, each) for each in value)
    return any(_is_one(each, value) for each in re.split(r" or |, | and ", type_))


def _is_one(name: str, value: Any) -> bool:
    if name in _BASIC:
        kind = _BASIC[name]
        return isinstance(value, kind) and (
            name in ("Boolean", "True") or value not in (True, False) or not isinstance(value, bool)
        )
    return isinstance(value, dict) and name in schema()["types"]


def _inner(type_: str, value: Any) -> list[str]:
    """What is wrong within objects, arrays of them too."""
    if isinstance(value, list):
        return [wrong for each in value for wrong in _inner(type_, each)]
    if not isinstance(value, dict):
        return []
    names = [name for name in re.findall(r"[A-Z]\w+", type_) if name in schema()["types"]]
    tried = [_object(name, value) for name in names]
    return min(tried, key=len) if tried else [f"{type_} is not in the fixture"]


def _object(name: str, value: dict[str, Any]) -> list[str]:
    about = schema()["types"][name]
    if "one_of" in about:
        return min((_object(each, value) for each in about["one_of"]), key=len)
    return _fields(name, about["fields"], value, frozenset())


def _meaning(method: str, params: dict[str, Any]) -> list[str]:
    """Rules that stand in the documentation's words."""
    wrong = []
    markup = params.get("reply_markup") or {}
    for row in markup.get("inline_keyboard", []):
        if not 1 <= len(row) <= 8:
            wrong.append(f"a row of {len(row)} buttons")
        for button in row:
            if len(set(button) - {"text"}) != 1:
                wrong.append(f"a button does exactly one thing: {button}")
            if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
                wrong.append("callback_data must be 1 to 64 bytes")
    if method == "editMessageText" and not {"chat_id", "message_id"} <= set(params):
        wrong.append("nothing to edit is named")
    if method == "answerInlineQuery" and len(params.get("results", [])) > 50:
        wrong.append("more than 50 results")
    if method == "setWebhook" and not re.fullmatch(
        r"[\w-]{1,256}", params.get("secret_token", "x"), re.ASCII
    ):
        wrong.append("a secret with characters that Telegram does not take")
    return wrong
