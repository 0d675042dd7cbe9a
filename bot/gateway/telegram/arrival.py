"""Whether a message has come that nobody noted as sent.

Killed, or cut off, between Telegram's taking a message and our noting it, we cannot ask for it:
the Bot API shows a bot none of its messages. But it can be told to give a message the buttons that
it has already, which changes nothing and says of each number what is there:

    "message is not modified"       a message of ours with these buttons: it has come
    "message to edit not found"     nothing in this chat
    "message can't be edited"       somebody else's

Numbers grow, so what was sent has a greater one than any known when it was sent, and not much
greater: private chats share one row of numbers, every supergroup has its own. Every other message
of ours in that chat is noted and has a smaller one, for a chat is sent one at a time.
"""

from __future__ import annotations

from telegram.error import BadRequest, InvalidToken

from bot.gateway.telegram.api import IDEMPOTENT, Api
from bot.gateway.telegram.records import Waiting

_AHEAD = 24  # numbers looked at: what all chats together are sent in the time that a call takes
_AHEAD_IN_CHAT = 8
_KNOWN = 20_000  # chats whose last number is remembered


class Arrival:
    """The greatest message numbers known, and the search beyond them."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._shared = 0
        self._of_chat: dict[int, int] = {}

    def saw(self, chat_id: int, message_id: int) -> None:
        """A message with this number is known."""
        if chat_id > 0:
            self._shared = max(self._shared, message_id)
        if len(self._of_chat) >= _KNOWN:
            self._of_chat.clear()
        self._of_chat[chat_id] = max(self._of_chat.get(chat_id, 0), message_id)

    def know(self, chat_id: int, mark: dict[str, int]) -> None:
        """What an earlier process knew."""
        self._shared = max(self._shared, mark.get("shared", 0))
        self.saw(chat_id, mark.get("chat", 0))

    def mark(self, waiting: Waiting) -> dict[str, int] | None:
        """What is known now; None when that is nothing, or sending twice would do no harm."""
        chat = self._of_chat.get(waiting.chat_id, 0)
        shared = self._shared if waiting.chat_id > 0 else 0
        if waiting.method in IDEMPOTENT or not (chat or shared):
            return None
        return {"chat": chat, "shared": shared}

    async def has_come(self, waiting: Waiting) -> bool:
        """Whether a message with the mark `waiting.mark` has come; raises TelegramError."""
        mark = waiting.mark or {}
        params = {"chat_id": waiting.chat_id}
        if markup := waiting.params.get("reply_markup"):
            params["reply_markup"] = markup
        numbers = [
            *_after(mark.get("shared", 0), _AHEAD),
            *_after(mark.get("chat", 0), _AHEAD_IN_CHAT),
        ]
        for number in dict.fromkeys(numbers):
            try:
                await self._api.call("editMessageReplyMarkup", {**params, "message_id": number})
            except BadRequest as error:
                if "not modified" not in str(error):
                    continue
            except InvalidToken:  # a server that knows no such method
                return False
            self.saw(waiting.chat_id, number)
            return True
        return False


def _after(number: int, count: int) -> range:
    return range(number + 1, number + 1 + count) if number else range(0)
