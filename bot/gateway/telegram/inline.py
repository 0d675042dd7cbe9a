"""Inline mode: `@bot energy jobs shenzhen` in any chat, straight from the search."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import Any

from anyio import to_thread
from telegram.error import TelegramError

from bot.errors import BrainError
from bot.gateway.brain_client import BrainClient, Turn
from bot.gateway.telegram.api import Api, Identity
from bot.gateway.telegram.rendering import entry, payload
from bot.gateway.telegram.speakers import Speaker
from bot.gateway.telegram.texts import say, written
from bot.gateway.telegram.updates import Incoming
from conference.conversations import Conversations
from conference.text import script_of

_CACHED = 60  # seconds that Telegram may give the same answer
_PAGES = 4  # of the brain's, that one can scroll through
_TITLE = 256


async def search(
    incoming: Incoming, speaker: Speaker, brain: BrainClient, conversations: Conversations
) -> dict[str, Any] | None:
    """The `custom` of what is found, None when no brain is there to ask.

    It is a conversation of its own that begins anew each time.
    """
    with contextlib.suppress(KeyError):
        forget = partial(conversations.save_state, conversation=speaker.conversation, state=None)
        await to_thread.run_sync(forget)
    turn = partial(
        Turn,
        conversation=speaker.conversation,
        person=speaker.person,
        channel="telegram",
        language=incoming.language,
    )
    said = turn(text=incoming.text) if incoming.text else turn(payload=payload("find_jobs"))
    try:
        messages = await brain.turn(said)
        for _ in range(_page(incoming)):
            messages = await brain.turn(turn(payload=payload("next_page")))
    except BrainError:
        return None
    found = [each.get("custom") or {} for each in messages]
    return next((each for each in found if each.get("type") == "results"), {})


async def answer(incoming: Incoming, me: Identity, api: Api, custom: dict[str, Any]) -> None:
    """Answer an inline query with what was found; one that is answered too late has no answer."""
    items = custom.get("items") or []
    script = script_of(incoming.text) or incoming.language
    language = written(custom.get("language", incoming.language), script)
    page = _page(incoming)
    more = custom.get("total", 0) > custom.get("offset", 0) + len(items) and page + 1 < _PAGES
    params: dict[str, Any] = {
        "inline_query_id": incoming.query_id,
        "results": [_article(each, me, language) for each in items],
        "cache_time": _CACHED,
        "is_personal": True,  # another's language may be another
        "next_offset": str(page + 1) if items and more else "",
    }
    if not items:
        text = say("inline_nothing", language)
        params["button"] = {"text": text, "start_parameter": "start"}
    with contextlib.suppress(TelegramError):
        await api.call("answerInlineQuery", params, seconds=5)


def _page(incoming: Incoming) -> int:
    return min(int(incoming.offset), _PAGES - 1) if incoming.offset.isdecimal() else 0


def _article(item: dict[str, Any], me: Identity, language: str) -> dict[str, Any]:
    link = {"text": say("button_open", language), "url": me.link(item["id"])}
    return {
        "type": "article",
        "id": item["id"],
        "title": item["title"][:_TITLE],
        "description": (item.get("subtitle") or "")[:_TITLE],
        "input_message_content": {
            "message_text": entry(item),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
        "reply_markup": {"inline_keyboard": [[link]]},
    }
