"""The Bot API: python-telegram-bot's client, called by method name with JSON parameters.

Calls wait in the outbox as JSON, and updates must be kept as they came, whether a library knows
what is in them or not; hence neither its typed methods nor its updater.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

POLL_SECONDS = 25
_TIMEOUT = 20.0  # for a call's answer; Telegram's own takes a tenth of a second

IDEMPOTENT = frozenset({"editMessageText", "editMessageReplyMarkup"})
"""Methods that do the same when called twice."""


@dataclass(frozen=True)
class Identity:
    """Who the bot is."""

    id: int
    username: str

    def link(self, start: str) -> str:
        """The address that opens the private chat with `/start START`."""
        return f"https://t.me/{self.username}?start={start}"


class Api(Bot):
    """One bot's API. Its errors are python-telegram-bot's; the token is in no text of ours."""

    def __init__(self, token: str, *, url: str | None = None) -> None:
        server = (url or "https://api.telegram.org").rstrip("/")
        local = urlsplit(server).hostname in ("127.0.0.1", "localhost", "::1")
        # A proxy for the outside world is none for loopback.
        options: dict[str, Any] = {"httpx_kwargs": {"trust_env": not local}}
        super().__init__(
            token,
            base_url=f"{server}/bot",
            base_file_url=f"{server}/file/bot",
            request=HTTPXRequest(read_timeout=_TIMEOUT, write_timeout=_TIMEOUT, **options),
            get_updates_request=HTTPXRequest(connection_pool_size=2, **options),
        )

    def __repr__(self) -> str:
        return "Api()"

    async def call(
        self, method: str, params: dict[str, Any] | None = None, *, seconds: float = _TIMEOUT
    ) -> Any:
        """What Telegram answers, as JSON; raises TelegramError."""
        given = dict(params or {})
        if isinstance(file := given.get("document"), dict):
            given["document"] = InputFile(file["text"].encode(), filename=file["filename"])
        return await self._post(method, given, read_timeout=seconds)

    async def updates(self, *, offset: int | None, allowed: list[str]) -> list[Any]:
        """The updates that wait, after a while if there are none; raises TelegramError."""
        params: dict[str, Any] = {
            "timeout": POLL_SECONDS,
            "limit": 100,
            "allowed_updates": allowed,
        }
        if offset is not None:
            params["offset"] = offset
        found: list[Any] = await self.call("getUpdates", params, seconds=POLL_SECONDS + 10)
        return found

    async def identify(self) -> Identity:
        """Who we are; raises TelegramError."""
        me = await self.call("getMe")
        return Identity(me["id"], me["username"])

    async def download(self, file_id: str, *, most: int) -> bytes:
        """A file's bytes; raises TelegramError, ValueError when it is over `most` bytes."""
        file = await self.call("getFile", {"file_id": file_id})
        if file.get("file_size", 0) > most:
            raise ValueError("too large")
        content = await self.request.retrieve(f"{self.base_file_url}/{file['file_path']}")
        if len(content) > most:
            raise ValueError("too large")
        return content

    async def disconnect(self) -> None:
        """Close every connection."""
        for request in self._request:
            await request.shutdown()


def quiet_libraries() -> None:
    """httpx logs every address, and the token is part of it; the library quotes what it got."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram says to wait."""
    wait = error._retry_after  # its public twin changes its type with an environment variable
    return wait.total_seconds()


def kind_of(error: TelegramError) -> str:
    """What to do about an error: one of the words below.

    `wait` (told for how long), `away` (not delivered: again), `unsure` (perhaps delivered),
    `blocked`, `moved`, `token`, `refused` (never again).
    """
    if isinstance(error, RetryAfter):
        return "wait"
    if isinstance(error, ChatMigrated):
        return "moved"
    if isinstance(error, Forbidden):
        return "blocked"
    if isinstance(error, InvalidToken):
        return "token"
    if isinstance(error, BadRequest):  # which the library counts among NetworkErrors
        gone = (
            "chat not found",
            "user is deactivated",
            "group chat was upgraded",
            "peer_id_invalid",
        )
        return "blocked" if any(each in str(error).lower() for each in gone) else "refused"
    if isinstance(error, TimedOut):
        cause = error.__cause__
        sent = not isinstance(cause, httpx.ConnectTimeout | httpx.PoolTimeout | httpx.WriteTimeout)
        return "unsure" if sent else "away"
    if isinstance(error, NetworkError):
        return "away"
    return "refused"
