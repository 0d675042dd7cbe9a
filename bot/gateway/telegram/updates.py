"""What an update means to us, read from its raw JSON by python-telegram-bot's types."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from telegram import Chat, Message, MessageEntity, Update

from bot.gateway.requests import clean
from bot.gateway.telegram.api import Identity
from bot.gateway.telegram.texts import prior

ALLOWED = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
"""The kinds of update that we ask for; whatever else there will be costs nobody anything."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


class Sort(Enum):
    """The sorts of update that something is done about."""

    TEXT = "text"
    COMMAND = "command"
    BUTTON = "button"
    INLINE = "inline"
    LOCATION = "location"
    DOCUMENT = "document"
    STICKER = "sticker"
    PHOTO = "photo"
    VOICE = "voice"
    OTHER = "other"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    MOVED = "moved"


@dataclass(frozen=True)
class Incoming:
    """One update. `chat_id` is 0 for an inline query, `message_id` the message it is about.

    `text` is what was written, of a command what follows it. `language` is only what the app is
    set to. `album` is the same for the messages that one sent together.
    """

    sort: Sort
    chat_id: int
    user_id: int
    language: str
    private: bool
    message_id: int | None = None
    thread_id: int | None = None
    text: str = ""
    command: str = ""
    query_id: str = ""
    data: str = ""
    offset: str = ""
    point: tuple[float, float] | None = None
    file_id: str = ""
    file_name: str = ""
    file_size: int = 0
    moved_to: int = 0
    forwarded: bool = False
    album: str = ""


def read(raw: dict[str, Any], me: Identity) -> Incoming | None:
    """What is to be done about an update; None for nothing. Raises whatever a damaged one raises.

    Other bots are not answered, in groups only what is meant for us.
    """
    update = Update.de_json(raw, None)
    if query := update.callback_query:
        where = query.message
        if query.from_user.is_bot or where is None or not query.data:
            return None
        return Incoming(
            Sort.BUTTON,
            where.chat.id,
            query.from_user.id,
            prior(query.from_user.language_code),
            where.chat.type == Chat.PRIVATE,
            message_id=where.message_id,
            thread_id=_thread(where) if isinstance(where, Message) else None,
            query_id=query.id,
            data=query.data,
        )
    if asked := update.inline_query:
        return Incoming(
            Sort.INLINE,
            0,
            asked.from_user.id,
            prior(asked.from_user.language_code),
            True,
            query_id=asked.id,
            text=clean(asked.query),
            offset=asked.offset,
        )
    if member := update.my_chat_member:
        gone = member.new_chat_member.status in ("kicked", "left")
        return Incoming(
            Sort.BLOCKED if gone else Sort.UNBLOCKED,
            member.chat.id,
            member.from_user.id,
            prior(member.from_user.language_code),
            member.chat.type == Chat.PRIVATE,
        )
    if update.edited_message:
        return _corrected(update.edited_message, me)
    return _message(update.message, me) if update.message else None


def _corrected(message: Message, me: Identity) -> Incoming | None:
    """A text that was changed is asked anew; a live location that moved is not."""
    read_again = _message(message, me) if message.text else None
    if read_again is None or not read_again.private:
        return None
    return read_again


def _message(message: Message, me: Identity) -> Incoming | None:
    who = message.from_user
    if message.migrate_to_chat_id:
        base = Incoming(Sort.MOVED, message.chat.id, who.id if who else 0, "en", False)
        return replace(base, moved_to=message.migrate_to_chat_id)
    # What somebody sends through us inline comes back to us here: it is no question.
    if who is None or who.is_bot or (message.via_bot and message.via_bot.id == me.id):
        return None
    if message.chat.type not in (Chat.PRIVATE, Chat.GROUP, Chat.SUPERGROUP):
        return None
    found = Incoming(
        Sort.OTHER,
        message.chat.id,
        who.id,
        prior(who.language_code),
        message.chat.type == Chat.PRIVATE,
        message_id=message.message_id,
        thread_id=_thread(message),
        forwarded=message.forward_origin is not None,
        album=message.media_group_id or "",
    )
    text = clean(message.text or message.caption or "")
    if not found.private:
        return _in_group(found, message, text, me)
    if text and not message.document:
        return _said(found, text, me)
    return _thing(found, message)


def _said(found: Incoming, text: str, me: Identity) -> Incoming | None:
    """A text, or a command; a forwarded one is somebody else's words and no command of theirs."""
    match = None if found.forwarded else _COMMAND.fullmatch(text)
    if match is None:
        return replace(found, sort=Sort.TEXT, text=text)
    name, to, rest = match.groups()
    if to and to.lower() != me.username.lower():
        return None
    return replace(found, sort=Sort.COMMAND, command=name.lower(), text=(rest or "").strip())


def _in_group(found: Incoming, message: Message, text: str, me: Identity) -> Incoming | None:
    """In a group we answer to commands, to replies and where we are named, and to text alone."""
    if not text or found.forwarded:
        return None
    if text.startswith("/"):
        return _said(found, text, me)
    replied = message.reply_to_message
    to_us = replied is not None and replied.from_user is not None and replied.from_user.id == me.id
    name = f"@{me.username}".lower()
    named = False
    entities = {**message.parse_entities(), **message.parse_caption_entities()}
    for entity, words in entities.items():
        if entity.type == MessageEntity.MENTION and words.lower() == name:
            named = True
    if not (to_us or named):
        return None
    without = re.sub(rf"{re.escape(name)}\b[,，:：]?", " ", text, flags=re.IGNORECASE).strip()
    return replace(found, sort=Sort.TEXT, text=without) if without else None


def _thing(found: Incoming, message: Message) -> Incoming | None:
    """What is sent that is no text."""
    if message.location:
        point = (message.location.latitude, message.location.longitude)
        return replace(found, sort=Sort.LOCATION, point=point)
    if file := message.document:
        return replace(
            found,
            sort=Sort.DOCUMENT,
            file_id=file.file_id,
            file_name=clean(file.file_name or ""),
            file_size=file.file_size or 0,
        )
    if message.sticker or message.animation or message.dice:
        return replace(found, sort=Sort.STICKER)
    if message.photo or message.video:
        return replace(found, sort=Sort.PHOTO)
    if message.voice or message.audio or message.video_note:
        return replace(found, sort=Sort.VOICE)
    sent = message.contact or message.poll or message.story or message.game
    return found if sent else None  # the rest are notices: a pinned message, a changed title


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
