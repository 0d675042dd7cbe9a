"""Reading what a client sent: its size, its JSON, its token, each field's type and length."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.gateway.errors import malformed, too_large, unauthorized
from bot.gateway.sessions import Button, Session, Sessions
from conference.languages import spoken

MAX_BODY = 16 * 1024  # bytes
MAX_TEXT = 1000  # characters: Unicode code points
MAX_ID = 80

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")  # BCP 47, near enough

Body = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """A message as a client sent it: typed text or a pressed button, and the client's own `id`."""

    text: str | None
    button: Button | None
    id: str | None
    stream: bool


async def read_body(request: Request) -> Body:
    """The body's JSON object whatever its content type, {} for none; raises ApiError.

    A body that is too large is not read to its end, whether it is announced or comes in chunks.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > MAX_BODY:
        raise too_large()
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_BODY:
            raise too_large()
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw.decode())
    except (ValueError, RecursionError):  # ValueError: no JSON, or no UTF-8
        raise malformed("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise malformed("The body is not a JSON object.")
    return body


def read_session(request: Request, body: Body, sessions: Sessions) -> Session:
    """Whose request it is, by the body's token or the header's; raises ApiError."""
    token = body.get("token")
    if token is None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else None
    session = sessions.read(token) if isinstance(token, str) else None
    if session is None:
        raise unauthorized()
    return session


def read_said(body: Body, session: Session, sessions: Sessions) -> Said:
    """The message in a body; raises ApiError."""
    text, payload = body.get("text"), body.get("payload")
    if (text is None) == (payload is None):
        raise malformed("Give either text or payload.")
    button = None if payload is None else _button(payload, session, sessions)
    text = None if text is None else _text(text)
    identifier = body.get("id")
    if identifier is not None and not _is_id(identifier):
        raise malformed(f"id must be a string of 1 to {MAX_ID} printable characters.")
    stream = body.get("stream", False)
    if not isinstance(stream, bool):
        raise malformed("stream must be true or false.")
    return Said(text, button, identifier, stream)


def read_language(body: Body) -> str | None:
    """The language that a visitor begins in, or None for one that we do not speak."""
    language = body.get("language")
    if language is None:
        return None
    if not isinstance(language, str) or not _LANGUAGE_TAG.fullmatch(language):
        raise malformed("language must be a language tag such as en or zh.")
    return spoken(language)


def read_after(body: Body) -> int:
    """The `seq` after which the conversation is asked for; 0 for all of it."""
    after = body.get("after")
    if after is None:
        return 0
    # bool is an int to Python, and a seq beyond 63 bits is none to a database
    if isinstance(after, bool) or not isinstance(after, int) or not 0 <= after < 2**63:
        raise malformed("after must be a whole number, 0 or more.")
    return after


def clean(text: str) -> str:
    """The text without what no keyboard types: control characters, halves of surrogate pairs."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = "\n".join(whole.splitlines()).replace("\t", " ")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) != "Cc").strip()


def _text(text: Any) -> str:
    if not isinstance(text, str):
        raise malformed("text must be a string.")
    if len(text) > MAX_TEXT:
        raise malformed(f"text is over {MAX_TEXT:,} characters.")
    cleaned = clean(text)
    # Cf has no shape (zero-width characters); an unassigned one may be a newer emoji
    if all(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Zs") for char in cleaned):
        raise malformed("text is empty.")
    return cleaned


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_ID and value.isprintable()


def _button(signed: Any, session: Session, sessions: Sessions) -> Button:
    button = sessions.read_button(signed, session) if isinstance(signed, str) else None
    if button is None:
        raise malformed("payload is not one that this server made for this visitor.")
    return button
