"""The brain's own process: turns over loopback, for the gateway alone.

`python -m bot.brain.server`, with `CIEP_BRAIN_PORT` and `CIEP_BRAIN_SECRET` in the environment.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import os
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable

import jieba
import structlog
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from actions.services import open_services
from bot.brain.brain import Brain, Said, open_brain
from bot.errors import SettingError
from bot.settings import read_settings
from conference.errors import DatabaseError, EditionError

log = logging.getLogger(__name__)
Endpoint = Callable[[Request], Awaitable[Response]]


class BrainServer:
    """The ASGI app; `/health` answers 503 until the model is loaded and has answered once."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._brain: Brain | None = None
        self._one_at_a_time = asyncio.Lock()

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/turn", self._guarded(self._turn), methods=["POST"]),
                Route("/turn/clear", self._guarded(self._clear), methods=["POST"]),
                Route("/health", self._guarded(self._health)),
            ],
        )

    async def load(self) -> None:
        """Load the model, off the loop so that `/health` can say so, then the data's vectors.

        Turns are answered meanwhile; only the first search by words waits for the vectors.
        """
        self._brain = await asyncio.to_thread(_load)
        await asyncio.to_thread(self._brain.warm)

    def _guarded(self, endpoint: Endpoint) -> Endpoint:
        async def guarded(request: Request) -> Response:
            given = request.headers.get("x-ciep-secret", "").encode()
            if not hmac.compare_digest(given, self._secret):
                return JSONResponse({}, status_code=401)
            return await endpoint(request)

        return guarded

    async def _turn(self, request: Request) -> Response:
        if self._brain is None:
            return JSONResponse({}, status_code=503)
        said = Said(**await request.json())
        return StreamingResponse(self._lines(self._brain, said), media_type="application/x-ndjson")

    async def _lines(self, brain: Brain, said: Said) -> AsyncIterator[str]:
        """Each message on a line as it is made, with whether more follow; or that it failed."""
        async with self._one_at_a_time:  # a turn is all computing: two at once help neither
            try:
                async for message, more in brain.answers(said):
                    yield json.dumps({"message": message, "more": more}) + "\n"
            except Exception as error:  # the one place where a turn's mistake is answered for
                log.error("a turn failed: %s", _place(error))
                yield json.dumps({"failed": True}) + "\n"

    async def _clear(self, request: Request) -> Response:
        if self._brain is None:
            return JSONResponse({}, status_code=503)
        await self._brain.clear((await request.json())["conversation"])
        return JSONResponse({})

    async def _health(self, request: Request) -> Response:
        if self._brain is None:
            return JSONResponse({}, status_code=503)
        return JSONResponse({"model": self._brain.model, "data": self._brain.data_version()})


def _place(error: Exception) -> str:
    """What sort of mistake it was and where, without the values that a traceback may show."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {frame.filename}:{frame.lineno} ({frame.name})"


def _load() -> Brain:
    settings = read_settings()
    services = open_services()
    return open_brain(settings.models, services, actions_url=settings.actions_url)


def configure_logging() -> None:
    """Warnings only: Rasa's debug lines hold users' words."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s brain: %(message)s")
    logging.getLogger("rasa").setLevel(logging.ERROR)
    jieba.setLogLevel(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


async def serve(port: int, secret: str) -> None:
    """Serve until told to stop; a model that cannot be loaded ends the process."""
    server = BrainServer(secret)
    config = uvicorn.Config(
        server.app(),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
        ws="none",
        lifespan="off",
    )
    loading = asyncio.create_task(server.load())
    serving = asyncio.create_task(uvicorn.Server(config).serve())
    done, _ = await asyncio.wait({loading, serving}, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    await serving


def main() -> None:
    """Serve; a mistake that a person can mend ends it with one line."""
    configure_logging()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    uvloop.install()
    try:
        asyncio.run(serve(int(os.environ["CIEP_BRAIN_PORT"]), os.environ["CIEP_BRAIN_SECRET"]))
    except (SettingError, EditionError) as error:
        log.error("%s", error)
        sys.exit(SettingError.exit_code)
    except DatabaseError as error:  # it may come back
        log.error("%s", error)
        sys.exit(1)


if __name__ == "__main__":
    main()
