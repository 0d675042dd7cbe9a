"""A bot message as Telegram shows it: HTML, parts, rows of buttons under short keys."""

from __future__ import annotations

import html
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.gateway.telegram.api import Identity
from bot.gateway.telegram.records import Keyboard, Outgoing, Reply
from bot.gateway.telegram.splitting import split
from bot.gateway.telegram.texts import say, written
from bot.gateway.telegram.updates import Incoming
from conference import commands

PERSONAL_TYPES = frozenset(
    {"saved", "agenda", "alerts", "contacts", "matches", "privacy", "handoff"}
)
"""Answers that have no place in a group."""

PERSONAL_INTENTS = frozenset(
    {"save_item", "remove_item", "show_saved", "add_to_agenda", "show_agenda", "subscribe_alert",
     "show_alerts", "stop_alerts", "contact_item", "show_contacts", "match_profile", "privacy",
     "delete_data", "handoff", "affirm", "deny", "give_feedback"}
)  # fmt: skip
JUDGING = "give_feedback"
PAGING = frozenset({"next_page", "previous_page"})
LISTS = frozenset({"results", "matches", "saved", "agenda", "contacts"})

_ROW = 36  # columns of text that a row of buttons takes on a narrow phone


@dataclass(frozen=True)
class Place:
    """Where an answer goes: to whom, in which chat, in answer to what, by whom."""

    incoming: Incoming
    me: Identity

    def params(self) -> dict[str, Any]:
        """What every message there has. In a group it shows whom it answers."""
        params: dict[str, Any] = {}
        if self.incoming.thread_id is not None:
            params["message_thread_id"] = self.incoming.thread_id
        if not self.incoming.private and self.incoming.message_id is not None:
            params["reply_parameters"] = {
                "message_id": self.incoming.message_id,
                "allow_sending_without_reply": True,
            }
        return params


def plain(place: Place, text: str, *, buttons: Sequence[dict[str, Any]] = ()) -> Reply:
    """A text of the channel's own."""
    return _messages(place, [html.escape(text, quote=False)], list(buttons))


def in_private(place: Place, language: str, *, start: str) -> Reply:
    """What is personal is not said in a group, but where to say it."""
    button = {"title": say("private_button", language), "url": place.me.link(start)}
    return plain(place, say("private", language), buttons=[button])


def present(
    place: Place, message: dict[str, Any], *, script: str | None = None, edit: int | None = None
) -> Reply:
    """A message of the brain's; `edit` names the message of ours whose place it takes."""
    custom = message.get("custom") or {}
    language = written(custom.get("language", place.incoming.language), script)
    private = place.incoming.private
    if not private and custom.get("type") in PERSONAL_TYPES:
        return in_private(place, language, start="start")
    buttons = [
        each
        for each in message.get("buttons", ())
        if _belongs(intent_of(each["payload"]), custom, private=private)
    ]
    if custom.get("type") == "detail":
        buttons += _around(custom["item"], language, place)
    is_list = custom.get("type") in LISTS and bool(custom.get("items"))
    parts = [_marked(part, custom) for part in split(message.get("text") or "…")]
    preview: dict[str, Any] = {"is_disabled": is_list or custom.get("type") != "detail"}
    if image := message.get("image"):
        preview = {"url": image, "show_above_text": True}
    can_edit = edit is not None and len(parts) == 1
    return _messages(
        place,
        parts,
        buttons,
        preview=preview,
        is_list=is_list,
        edit=edit if can_edit else None,
    )


def intent_of(payload: str) -> str:
    """`next_page` of `/next_page{...}`."""
    return commands.read(payload)[0]


payload = commands.written


def entry(item: dict[str, Any]) -> str:
    """A list's item as HTML: its title stands out."""
    title, subtitle = html.escape(item["title"]), html.escape(item.get("subtitle") or "")
    return f"<b>{title}</b>\n{subtitle}".strip()


def _belongs(intent: str, custom: dict[str, Any], *, private: bool) -> bool:
    if custom.get("type") == "detail" and intent == "previous_page":
        return False  # the list is still there, just above
    return private or intent not in PERSONAL_INTENTS


def _around(item: dict[str, Any], language: str, place: Place) -> list[dict[str, Any]]:
    """What Telegram can do with a record beside talking of it."""
    identifier = item["id"]
    found: list[dict[str, Any]] = []
    if item.get("startDate") and item.get("status") != "cancelled":
        keys = ("id", "name", "description", "startDate", "endDate", "location", "url", "status")
        event = {key: item.get(key) for key in keys}
        found.append({"title": say("button_calendar", language), "event": event})
    if item.get("url"):
        found.append({"title": say("button_link", language), "url": item["url"]})
    name = item.get("title") or item.get("name") or identifier
    link = quote(place.me.link(identifier), safe="")
    share = f"https://t.me/share/url?url={link}&text={quote(name, safe='')}"
    found.append({"title": say("button_share", language), "url": share})
    address = item.get("contact") or (item.get("contactPoint") or {}).get("email")
    if address and len(address) <= 256:
        found.append({"title": say("button_copy_contact", language), "copy": address})
    found.append({"title": say("button_copy_id", language, value=identifier), "copy": identifier})
    if not place.incoming.private:
        link = place.me.link(identifier)
        found.append({"title": say("private_button", language), "url": link})
    return found


def _marked(part: str, custom: dict[str, Any]) -> str:
    """The part as HTML; titles stand out. Whatever anybody wrote in it stays text."""
    titles = {f"{n}. {each['title']}" for n, each in enumerate(custom.get("items") or (), start=1)}
    item = custom.get("item") or {}
    name = item.get("title") or item.get("name") or "\n"
    lines = []
    for line in part.split("\n"):
        escaped = html.escape(line, quote=False)
        # a record's title may have a short mark after it: in which language it is
        heads = line in titles or (line.startswith(name) and len(line) < len(name) + 20)
        lines.append(f"<b>{escaped}</b>" if heads else escaped)
    return "\n".join(lines)


def _messages(
    place: Place,
    parts: list[str],
    buttons: list[dict[str, Any]],
    *,
    preview: dict[str, Any] | None = None,
    is_list: bool = False,
    edit: int | None = None,
) -> Reply:
    chat_id = place.incoming.chat_id
    options = {"link_preview_options": preview or {"is_disabled": True}}
    markup, keyboards = _keyboard(place, buttons, is_list=is_list)
    last = len(parts) - 1
    outgoing = []
    for number, part in enumerate(parts):
        params: dict[str, Any] = {"text": part, "parse_mode": "HTML", **options}
        if edit is None:
            params |= place.params()
        else:
            params["message_id"] = edit
        if number == last and markup:
            params["reply_markup"] = markup
        method = "sendMessage" if edit is None else "editMessageText"
        outgoing.append(Outgoing(chat_id, method, params))
    return Reply(tuple(outgoing), keyboards)


def _keyboard(
    place: Place, buttons: list[dict[str, Any]], *, is_list: bool
) -> tuple[dict[str, Any] | None, tuple[Keyboard, ...]]:
    """The rows as Telegram takes them, and what stays here of their meaning."""
    if not buttons:
        return None, ()
    key = secrets.token_urlsafe(9)
    kept = [each for each in buttons if "payload" in each or "event" in each]
    incoming = place.incoming
    keyboard = Keyboard(key, incoming.chat_id, incoming.user_id, kept, is_list=is_list)
    return _markup(buttons, key, kept), (keyboard,) if kept else ()


def _markup(buttons: list[dict[str, Any]], key: str, kept: list[dict[str, Any]]) -> dict[str, Any]:
    places = {id(each): place for place, each in enumerate(kept)}
    rows = [[_button(each, key, places.get(id(each))) for each in row] for row in rows_of(buttons)]
    return {"inline_keyboard": rows}


def without_judging(place: Place, key: str, kept: list[dict[str, Any]]) -> Reply:
    """The message whose button was pressed, judged, no longer asks whether it helped."""
    incoming = place.incoming
    left = [each for each in kept if intent_of(each.get("payload", "")) != JUDGING]
    params = {"message_id": incoming.message_id, "reply_markup": _markup(left, key, kept)}
    return Reply((Outgoing(incoming.chat_id, "editMessageReplyMarkup", params),))


def _button(button: dict[str, Any], key: str, number: int | None) -> dict[str, Any]:
    if number is not None:
        return {"text": button["title"], "callback_data": f"{key}.{number}"}
    if "url" in button:
        return {"text": button["title"], "url": button["url"]}
    return {"text": button["title"], "copy_text": {"text": button["copy"]}}


def rows_of(buttons: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Numbers in one row, then back and on in one, the rest as many a row as their words allow.

    Whether it helped is asked last, in a row of its own.
    """
    numbers = [each for each in buttons if each["title"].isdigit()]
    turning = [each for each in buttons if intent_of(each.get("payload", "")) in PAGING]
    turning.sort(key=lambda each: intent_of(each["payload"]) == "next_page")
    judging = [each for each in buttons if intent_of(each.get("payload", "")) == JUDGING]
    rows = [numbers[at : at + 8] for at in range(0, len(numbers), 8)]
    if turning:
        rows.append(turning)
    row: list[dict[str, Any]] = []
    width = 0
    for button in buttons:
        if button in [*numbers, *turning, *judging]:
            continue
        columns = 4 + sum(1 + (ord(char) > 0x2E80) for char in button["title"])
        if row and width + columns > _ROW:
            rows.append(row)
            row, width = [], 0
        row.append(button)
        width += columns
    return rows + [each for each in (row, judging) if each]
