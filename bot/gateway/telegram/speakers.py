"""Who speaks, as the database and the brain know them: keyed hashes, from which no id is found."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from bot.gateway.telegram.updates import Incoming


@dataclass(frozen=True)
class Speaker:
    """The keys of a conversation and a person.

    In a group each has a conversation of their own, and is nobody known from elsewhere: what they
    keep in private cannot come up there.
    """

    conversation: str
    person: str


class Speakers:
    """Makes the keys from `secret`, which is `CIEP_SECRET`."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def of(self, incoming: Incoming) -> Speaker:
        """Whose update this is."""
        whose = f"{incoming.chat_id}.{incoming.user_id}"
        if incoming.chat_id == 0:
            whose = f"inline.{incoming.user_id}"
        elif incoming.private:
            whose = str(incoming.user_id)
        return Speaker(
            conversation=f"telegram:{self._key('conversation', whose)}",
            person=f"telegram:{self._key('person', whose)}",
        )

    def webhook_secret(self, token: str) -> str:
        """What Telegram has to send along when no other secret was set."""
        return self._key("webhook", token)

    def _key(self, purpose: str, whose: str) -> str:
        message = f"ciep.telegram.{purpose}.{whose}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()[:32]
