"""An alert's news in Telegram: into the private chat, after replies."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.gateway.brain_client import Message
from bot.gateway.telegram.api import Identity
from bot.gateway.telegram.outbox import add_reply
from bot.gateway.telegram.rendering import Place, present
from bot.gateway.telegram.speakers import Speakers
from bot.gateway.telegram.updates import Incoming, Sort
from conference.alerts import Due
from conference.telegram_tables import telegram_chats as chats


class TelegramReach:
    """Private chats that have not blocked us. `sent` is called when something is to go out."""

    channel = "telegram"

    def __init__(self, speakers: Speakers, me: Identity, *, sent: Callable[[], None]) -> None:
        self._speakers = speakers
        self._me = me
        self.sent = sent

    def reached(self) -> Any:
        columns = (chats.c.person, chats.c.chat_id.label("address"))
        return select(*columns).where(~chats.c.blocked)

    def conversation(self, due: Due) -> str:
        return self._speakers.of(_spoken_to(due)).conversation

    def send(
        self, connection: Connection, due: Due, message: Message, state: dict[str, Any]
    ) -> None:
        place = Place(_spoken_to(due), self._me)
        reply = present(place, message, script=state.get("script")).under(state)
        add_reply(connection, reply.about(due.news.alert), now=time.time())


def _spoken_to(due: Due) -> Incoming:
    """As if the person had said something: a private chat has their own number."""
    return Incoming(Sort.OTHER, due.address, due.address, due.language or "en", private=True)
