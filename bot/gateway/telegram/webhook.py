"""Updates that Telegram brings: kept, then acknowledged."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.telegram.inbox import Inbox

MOST_BODY = 256 * 1024  # bytes; the longest message with all that can be quoted in it has 60,000
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_DEFAULT_PATH = "/telegram"


def webhook_path(url: str) -> str:
    """The path of this server that a webhook's public address stands for."""
    return urlsplit(url).path.rstrip("/") or _DEFAULT_PATH


def public_address(url: str) -> str:
    """The address that Telegram is told."""
    return url.rstrip("/") if urlsplit(url).path.strip("/") else url.rstrip("/") + _DEFAULT_PATH


def webhook_route(url: str, secret: str, inbox: Inbox, *, arrived: Callable[[], None]) -> Route:
    """The route that takes updates; `arrived` is called when there is a new one.

    Without the secret it is 401, over the limit 413, no update at all 400. A database that cannot
    keep it is 500, and Telegram brings it again.
    """

    async def take(request: Request) -> Response:
        given = request.headers.get(_HEADER, "").encode()
        if not hmac.compare_digest(given, secret.encode()):
            return Response(status_code=401)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BODY:
                return Response(status_code=413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return Response(status_code=400)
        if await to_thread.run_sync(partial(inbox.put, [update])):
            arrived()
        return Response(status_code=200)

    return Route(webhook_path(url), take, methods=["POST"])
