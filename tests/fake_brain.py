"""A brain at its HTTP edge: it answers by simple rules, and remembers what it was asked.

As a module (`python -m bot.child tests.fake_brain`) it is a brain process for the supervisor.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

SECRET = "between-brain-and-gateway"  # noqa: S105  made up


def lines_of(messages: Sequence[dict[str, Any]]) -> list[str]:
    """An answer as a brain sends it, a message a line."""
    last = len(messages) - 1
    return [
        json.dumps({"message": each, "more": place < last}) + "\n"
        for place, each in enumerate(messages)
    ]


class FakeBrain:
    """`turns` and `cleared` are the bodies received; `down` makes it answer 503, `broken` 500.

    `between` is waited for before each message after the first; when it raises, the turn fails.
    """

    def __init__(self, secret: str = SECRET) -> None:
        self.turns: list[dict[str, Any]] = []
        self.cleared: list[dict[str, Any]] = []
        self.down = False
        self.broken = False
        self.forget: Callable[[str], None] | None = None  # told who says so
        self.gate: asyncio.Event | None = None  # holds turns back until it is set
        self.between: Callable[[], Awaitable[Any]] | None = None
        self.now_answering = 0
        self.most_at_once = 0
        self._secret = secret

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/turn", self._turn, methods=["POST"]),
                Route("/turn/clear", self._clear, methods=["POST"]),
                Route("/health", self._health),
            ]
        )

    async def _turn(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        body = await request.json()
        if body.get("text") == "crash":
            os._exit(7)
        self.turns.append(body)
        self.now_answering += 1
        self.most_at_once = max(self.most_at_once, self.now_answering)
        if self.gate is not None:
            await self.gate.wait()
        else:
            await asyncio.sleep(0)
        self.now_answering -= 1
        said = body.get("text") or body["payload"]
        messages: list[dict[str, Any]] = [
            {"text": f"You said: {said}", "custom": {"type": "fallback", "language": "en"}}
        ]
        if said == "buttons":
            messages[0]["buttons"] = [
                {"title": "More", "payload": '/next_page{"x":1}'},
                {"title": "深圳", "payload": '/refine{"city":"shenzhen"}'},
            ]
        if said == "two":
            messages.append({"text": "And another."})
        if said == "forget me" and self.forget is not None:
            self.forget(body["person"])
        if said == "pid":
            messages[0]["text"] = str(os.getpid())
        return StreamingResponse(self._lines(messages))

    async def _lines(self, messages: Sequence[dict[str, Any]]) -> AsyncIterator[str]:
        for place, line in enumerate(lines_of(messages)):
            try:
                if place and self.between is not None:
                    await self.between()
            except RuntimeError:
                yield '{"failed": true}\n'
                return
            yield line

    async def _clear(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        self.cleared.append(await request.json())
        return JSONResponse({})

    async def _health(self, _: Request) -> Response:
        if self.down:
            return Response(status_code=503)
        return JSONResponse({"model": "model-1", "data": "data-1"})

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("X-CIEP-Secret") != self._secret:
            return Response(status_code=403)
        if self.down or self.broken:
            return Response(status_code=503 if self.down else 500)
        return None


def main() -> None:
    """Serve as a brain process is told to by its environment."""
    if "mistake" in sys.argv:
        sys.exit(2)
    if "broken" in sys.argv:
        sys.exit(9)
    uvicorn.run(
        FakeBrain(os.environ["CIEP_BRAIN_SECRET"]).app(),
        port=int(os.environ["CIEP_BRAIN_PORT"]),
        log_level="error",
        ws="none",
    )


if __name__ == "__main__":
    main()
