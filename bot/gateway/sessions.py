"""Who speaks: signed tokens for visitors, signed payloads for the buttons that they are shown.

Everything is derived from `CIEP_SECRET`, so tokens and buttons outlive a restart and no list of
sessions is kept. A token carries the session's random id; what the database and the brain see
are keyed hashes of it, from which no token can be made.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer, TimestampSigner, URLSafeTimedSerializer

SESSION_SECONDS = 30 * 24 * 3600
"""How long a token is good for: the conference and the weeks after it."""


@dataclass(frozen=True)
class Session:
    """A visitor: the key of the conversation, that of the person, the language asked for."""

    conversation: str
    person: str
    language: str | None = None


@dataclass(frozen=True)
class Button:
    """What a bot message offers to press; `payload` is an intent command."""

    title: str
    payload: str


class Sessions:
    """Makes and checks tokens and payloads. `now` gives seconds since the epoch."""

    def __init__(self, secret: str, *, now: Callable[[], float] = time.time) -> None:
        self._secret = secret.encode()

        class Clocked(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(now())

        self._tokens = URLSafeTimedSerializer(
            self._secret,
            salt="ciep.session",
            signer=Clocked,
            signer_kwargs={"digest_method": hashlib.sha256},
        )

    def create(self, language: str | None = None) -> str:
        """A new visitor's token; 192 random bits are in it."""
        return self._tokens.dumps([secrets.token_urlsafe(24), language])

    def read(self, token: str) -> Session | None:
        """Whose token it is; None when it is forged, damaged or expired."""
        try:
            visitor, language = self._tokens.loads(token, max_age=SESSION_SECONDS)
        except (BadSignature, UnicodeError):
            return None
        return Session(
            conversation=f"web:{self._key('conversation', visitor)}",
            person=f"web:{self._key('person', visitor)}",
            language=language,
        )

    def sign_button(self, button: Button, session: Session) -> str:
        """The payload as this visitor's button carries it; the title is in it, for the history."""
        title = button.title.replace("\n", " ")
        return self._buttons(session).sign(f"{button.payload}\n{title}").decode()

    def read_button(self, signed: str, session: Session) -> Button | None:
        """The button that was pressed; None when we did not make it for this visitor."""
        try:
            payload, _, title = self._buttons(session).unsign(signed).decode().rpartition("\n")
        except (BadSignature, UnicodeError):
            return None
        return Button(title=title, payload=payload)

    def _buttons(self, session: Session) -> Signer:
        return Signer(
            self._secret, salt=f"ciep.button.{session.conversation}", digest_method=hashlib.sha256
        )

    def _key(self, purpose: str, visitor: str) -> str:
        message = f"ciep.{purpose}.{visitor}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()[:32]
