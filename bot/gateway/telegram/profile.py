"""What Telegram shows of the bot: its commands and descriptions, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.gateway.telegram.api import Api
from bot.gateway.telegram.commands import GROUP_MENU, MENU, menu
from bot.gateway.telegram.texts import say

_SCOPES = (({"type": "default"}, MENU), ({"type": "all_group_chats"}, GROUP_MENU))
_CODES = (("", "en"), ("zh", "zh"))  # Telegram's "" is for everybody without a text of their own


async def show_profile(api: Api) -> None:
    """Set what differs from what is there: Telegram lets this be set seldom. Raises TelegramError.

    What is right is known by asking, not by memory: the token may be another bot's by now.
    """
    for get, put, where, wanted in _wanted():
        shown = await api.call(get, where)
        ((key, value),) = wanted.items()
        if (shown if key == "commands" else shown.get(key)) != value:
            await api.call(put, {**where, **wanted})


def _wanted() -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """How to ask, how to set, for whom, and what."""
    for code, language in _CODES:
        who = {"language_code": code}
        for scope, names in _SCOPES:
            commands = {"commands": menu(names, language)}
            yield "getMyCommands", "setMyCommands", {"scope": scope, **who}, commands
        text = {"description": say("description", language)}
        yield "getMyDescription", "setMyDescription", who, text
        short = {"short_description": say("short_description", language)}
        yield "getMyShortDescription", "setMyShortDescription", who, short
