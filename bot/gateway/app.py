"""The web application: the contract's `/chat`, `/health` and `/metrics`."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from bot.gateway.alerting import Alerting
from bot.gateway.brain_client import BrainClient, Message, Turn
from bot.gateway.edge import Edge
from bot.gateway.errors import (
    ApiError,
    internal,
    log_bug,
    on_api_error,
    on_http_error,
    too_many,
)
from bot.gateway.limits import RateLimits
from bot.gateway.locks import Locks, OwnLocks
from bot.gateway.metrics import CONTENT_TYPE, Metrics
from bot.gateway.page import ChatPage
from bot.gateway.requests import (
    read_after,
    read_body,
    read_language,
    read_said,
    read_session,
)
from bot.gateway.sessions import Button, Session, Sessions
from bot.gateway.turns import Turns, without_more
from bot.settings import Settings
from conference.alerts import Alerts
from conference.conversations import Conversations
from conference.conversations import Message as Kept
from conference.languages import spoken

STATIC = Path(__file__).with_name("static")


class Gateway:
    """The web API's handlers over their parts.

    `is_sample` tells whether the data is the sample, which the page then says; `now` are seconds
    since the epoch. Whoever gives `locks` or `limits` closes them.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        conversations: Conversations,
        brain: BrainClient,
        is_sample: Callable[[], bool],
        locks: Locks | None = None,
        limits: RateLimits | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.metrics = Metrics()
        self.turns = Turns(conversations, brain, self.metrics, locks=locks or OwnLocks())
        self._conversations = conversations
        self._brain = brain
        self._is_sample = is_sample
        self._files = StaticFiles(directory=STATIC)
        self._chat_page = ChatPage(settings.edition)
        self._origins = settings.allowed_origins
        self._sessions = Sessions(settings.secret, now=now)
        limits = limits or RateLimits(settings)
        self._message_rate = limits.limit("messages", settings.message_rate)
        self._session_rate = limits.limit("sessions", settings.session_rate)

    def alerting(self, alerts: Alerts) -> Callable[..., Alerting]:
        """Makes what tells the people that a `Reach` reaches of their alerts' news."""
        return partial(
            Alerting,
            alerts=alerts,
            conversations=self._conversations,
            turns=self.turns,
            brain=self._brain,
            metrics=self.metrics,
        )

    def app(self, more: Sequence[Route] = ()) -> Starlette:
        """The ASGI application; `more` are routes of other channels."""
        routes = [
            Route("/", self._home),
            Route("/chat/", self._page),
            Route("/chat/widget.js", self._file, middleware=[Middleware(GZipMiddleware)]),
            Route("/chat/page.css", self._file, middleware=[Middleware(GZipMiddleware)]),
            Route("/chat/session", self._session, methods=["POST"]),
            Route("/chat/messages", self._messages, methods=["POST"]),
            Route("/chat/history", self._history, methods=["POST"]),
            Route("/chat/clear", self._clear, methods=["POST"]),
            Route("/health", self._health),
            Route("/metrics", self._show_metrics),
            *more,
        ]
        return Starlette(
            routes=routes,
            middleware=[
                Middleware(
                    Edge,
                    origins=self._origins,
                    paths={route.path for route in routes},
                    metrics=self.metrics,
                )
            ],
            exception_handlers={ApiError: on_api_error, HTTPException: on_http_error},
        )

    async def _home(self, _: Request) -> Response:
        return RedirectResponse("/chat/")

    async def _page(self, request: Request) -> Response:
        sample = await to_thread.run_sync(self._is_sample)
        chinese = spoken(request.headers.get("accept-language", "")) == "zh"
        # Without a scheme: TLS may end at a proxy before us, and a site's page brings its own.
        script = f"//{request.url.netloc}/chat/widget.js"
        page = self._chat_page.html(script=script, sample=sample, chinese=chinese)
        return HTMLResponse(page, headers={"Vary": "Accept-Language"})

    async def _file(self, request: Request) -> Response:
        """A file of ours, for any site; a browser that has it is told so, and sent no more."""
        name = request.scope["path"].rpartition("/")[2]
        answer = await self._files.get_response(name, request.scope)
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer

    async def _session(self, request: Request) -> Response:
        client = request.client.host if request.client else ""
        seconds = await self._session_rate.wait(client)
        if seconds:
            raise too_many(seconds)
        language = read_language(await read_body(request))
        self.metrics.sessions.inc()
        return JSONResponse({"token": self._sessions.create(language)})

    async def _messages(self, request: Request) -> Response:
        body, session = await self._from_visitor(request)
        said = read_said(body, session, self._sessions)
        turn = Turn(
            conversation=session.conversation,
            person=session.person,
            channel="web",
            text=said.text,
            payload=said.button.payload if said.button else None,
            language=session.language,
        )
        shown = said.button.title if said.button else said.text or ""
        made: asyncio.Queue[Message | None] = asyncio.Queue()
        task = self.turns.take(turn, shown=shown, client_id=said.id, told=made.put_nowait)
        if said.stream:
            task.add_done_callback(lambda _: made.put_nowait(None))
            lines = self._lines(task, made, said.id, session)
            return StreamingResponse(lines, media_type="application/x-ndjson")
        messages = await asyncio.shield(task)
        return JSONResponse({"messages": [self._signed(each, session) for each in messages]})

    async def _lines(
        self,
        task: asyncio.Task[list[Message]],
        made: asyncio.Queue[Message | None],
        client_id: str | None,
        session: Session,
    ) -> AsyncIterator[str]:
        """An acknowledgement, then each message as it is `made`; or a line with the error."""
        yield _line({"type": "ack", "id": client_id})
        try:
            while (message := await made.get()) is not None:
                yield _line(self._signed(message, session))
            task.result()
        except ApiError as error:
            yield _line({"type": "error", **error.to_json()})
        except Exception as error:
            log_bug("a streamed turn", error)
            yield _line({"type": "error", **internal().to_json()})

    async def _history(self, request: Request) -> Response:
        body, session = await self._from_visitor(request)
        read = partial(
            self._conversations.history,
            conversation=session.conversation,
            after=read_after(body),
        )
        messages = [_in_history(each) for each in await to_thread.run_sync(read)]
        return JSONResponse({"messages": [self._signed(each, session) for each in messages]})

    async def _clear(self, request: Request) -> Response:
        _, session = await self._from_visitor(request)
        await asyncio.shield(self.turns.clear(session.conversation, session.person))
        return JSONResponse({"cleared": True})

    async def _health(self, _: Request) -> Response:
        versions = await self._brain.health()
        if versions is None:
            message = "Not ready to answer yet."
            error = ApiError(HTTPStatus.SERVICE_UNAVAILABLE, "starting", message, retry_after=2)
            return error.response()
        return JSONResponse({"status": "ok", **versions})

    async def _show_metrics(self, _: Request) -> Response:
        return Response(self.metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    async def _from_visitor(self, request: Request) -> tuple[dict[str, Any], Session]:
        """The body and whose it is; raises ApiError, also when it is one too many."""
        body = await read_body(request)
        session = read_session(request, body, self._sessions)
        seconds = await self._message_rate.wait(session.conversation)
        if seconds:
            raise too_many(seconds)
        return body, session

    def _signed(self, message: Message, session: Session) -> Message:
        """The message as it leaves: each button's payload signed for this visitor."""
        if not message.get("buttons"):
            return message
        return {
            **message,
            "buttons": [
                {**button, "payload": self._sessions.sign_button(Button(**button), session)}
                for button in message["buttons"]
            ],
        }


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _in_history(kept: Kept) -> Message:
    """A kept message as a client gets it; what a button commanded stays with us."""
    shown = without_more(kept.payload)
    if kept.author == "user":
        shown.pop("payload", None)
    return {"seq": kept.seq, "author": kept.author, "time": kept.created_at, **shown}
