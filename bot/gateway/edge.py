"""The outermost layer: which sites may call, the headers of every answer, and the last catch."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.errors import ApiError, on_bug
from bot.gateway.metrics import Metrics

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Scripts and calls only from and to this server; no inline code, no plug-ins, no foreign frame.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
}


class Edge:
    """ASGI middleware. `origins` may call beside this server's own pages.

    A request without `Origin` comes from no other site's page and passes. The chat has no cookies,
    so an allowed site never gets more than the token that it was given itself.
    """

    def __init__(
        self, app: ASGIApp, *, origins: Collection[str], paths: Collection[str], metrics: Metrics
    ) -> None:
        self._app = app
        self._origins = origins
        self._paths = paths
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._finish(message, scope["path"], origin if allowed else None)
            await send(message)

        allowed = origin is None or self._allows(origin, headers.get("host", ""))
        if scope["path"].startswith("/chat/") and not allowed:
            message = "This site may not use the assistant; see CIEP_ALLOWED_ORIGINS."
            refused = ApiError(HTTPStatus.FORBIDDEN, "origin_not_allowed", message).response()
            await refused(scope, receive, send_with_headers)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _PREFLIGHT(scope, receive, send_with_headers)
        else:
            try:
                await self._app(scope, receive, send_with_headers)
            except ClientDisconnect:
                pass  # gone in the middle of its own request: there is nobody to answer
            except Exception as error:
                answer = await on_bug(Request(scope), error)
                if not started:
                    await answer(scope, receive, send_with_headers)

    def _allows(self, origin: str, host: str) -> bool:
        # The scheme is not compared for our own pages: TLS may end at a proxy before us.
        return origin.lower() in self._origins or (
            origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")
        )

    def _finish(self, message: Message, path: str, origin: str | None) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")
        headers.add_vary_header("Origin")
        if origin is not None:
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = "Retry-After"
        known = path if path in self._paths else "other"
        self._metrics.requests.labels(known, int(message["status"])).inc()


_PREFLIGHT = Response(
    status_code=HTTPStatus.NO_CONTENT,
    headers={
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Max-Age": "600",
    },
)
