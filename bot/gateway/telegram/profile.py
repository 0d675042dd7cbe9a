"""What Telegram shows of the bot: its commands and descriptions, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.gateway.telegram.api import Api
from bot.gateway.telegram.commands import GROUP_MENU, MENU, menu
from bot.gateway.telegram.texts import say
from conference.edition import Edition
from conference.vocabulary.terms import LANGUAGES

_SCOPES = (({"type": "default"}, MENU), ({"type": "all_group_chats"}, GROUP_MENU))
_LONGEST = 512  # characters of a description, and
_LONGEST_SHORT = 120  # of a short one; Telegram refuses more
_CODES = (("", LANGUAGES[0]), *((each, each) for each in LANGUAGES[1:]))
"""Telegram's "" is for everybody without a text of their own."""


async def show_profile(api: Api, edition: Edition) -> None:
    """Set what differs from what is there: Telegram lets this be set seldom. Raises TelegramError.

    What is right is known by asking, not by memory: the token may be another bot's by now.
    """
    for get, put, where, wanted in _wanted(edition):
        shown = await api.call(get, where)
        ((key, value),) = wanted.items()
        if (shown if key == "commands" else shown.get(key)) != value:
            await api.call(put, {**where, **wanted})


def _wanted(edition: Edition) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """How to ask, how to set, for whom, and what."""
    for code, language in _CODES:
        who = {"language_code": code}
        for scope, names in _SCOPES:
            commands = {"commands": menu(names, language)}
            yield "getMyCommands", "setMyCommands", {"scope": scope, **who}, commands
        text = {"description": description(edition, language)}
        yield "getMyDescription", "setMyDescription", who, text
        short = {"short_description": short_description(edition, language)}
        yield "getMyShortDescription", "setMyShortDescription", who, short


def description(edition: Edition, language: str) -> str:
    """Whose assistant it is, with as many of the edition's own questions as there is room for."""
    asked = [each.ask[language] for each in edition.zones if language in each.ask][:3]
    while True:
        examples = "\n".join(f"• {each}" for each in (*asked, say("example", language)))
        name = _name(edition, language)
        text = say("description", language, conference=name, examples=examples)
        if len(text) <= _LONGEST or not asked:
            return text[:_LONGEST]
        asked.pop()


def short_description(edition: Edition, language: str) -> str:
    """The same in a line; a name too long for it gives way to the short one."""
    full = say("short_description", language, conference=_name(edition, language))
    if len(full) <= _LONGEST_SHORT:
        return full
    short = f"{edition.short} {edition.number}"
    return say("short_description", language, conference=short)[:_LONGEST_SHORT]


def _name(edition: Edition, language: str) -> str:
    return next(edition.name[each] for each in (language, *LANGUAGES) if each in edition.name)
