"""The real gateway on a real port with a scripted brain, and host pages of other origins."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.brains import free_port
from bot.gateway.alerting import Alerting, WebReach
from bot.gateway.app import Gateway
from bot.gateway.brain_client import BrainClient
from bot.gateway.locks import OwnLocks
from bot.gateway.metrics import Metrics
from bot.gateway.turns import Turns
from bot.settings import Settings
from conference.alerts import Alerts
from conference.conversations import Conversations
from conference.database import migrate, open_database
from tests.browser.brain import ScriptedBrain
from tests.fake_brain import SECRET


class Served:
    """An application on a port of this machine, in a thread of its own."""

    def __init__(self, app: Any, port: int) -> None:
        self.port = port
        config = uvicorn.Config(app, port=port, log_config=None, ws="none", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._server.force_exit = True  # as a crash does: what is under way is lost
        self._thread.join()


@dataclass
class ChatServer:
    """The gateway; it can be stopped and started again at the same address."""

    root: Path
    brain: ScriptedBrain = field(default_factory=ScriptedBrain)
    port: int = field(default_factory=free_port)
    origins: tuple[str, ...] = ()
    secret: str = "made up"  # noqa: S105
    _brain_served: Served | None = None
    _served: Served | None = None
    _engine: Engine | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/chat/"

    @property
    def engine(self) -> Engine:
        assert self._engine
        return self._engine

    def start(self) -> None:
        self._engine = open_database(f"sqlite:///{self.root}/chat.db")
        migrate(self._engine)
        self._brain_served = Served(self.brain.app(), free_port())
        brain_url = f"http://127.0.0.1:{self._brain_served.port}"
        gateway = Gateway(
            Settings(
                root=self.root,
                secret=self.secret,
                database_url="",
                allowed_origins=self.origins,
                message_rate=0,
                session_rate=0,
            ),
            conversations=Conversations(self._engine),
            brain=BrainClient([brain_url], SECRET, patience=0.1),
            is_sample=lambda: True,
        )
        self._served = Served(gateway.app(), self.port)

    def tell_alerts(self) -> None:
        """Tell what is new for visitors' alerts, as another gateway on this database would."""
        assert self._brain_served
        url = f"http://127.0.0.1:{self._brain_served.port}"

        async def look() -> None:
            conversations, metrics = Conversations(self.engine), Metrics()
            brain = BrainClient([url], SECRET)
            await Alerting(
                WebReach(),
                alerts=Alerts(self.engine),
                conversations=conversations,
                turns=Turns(conversations, brain, metrics, locks=OwnLocks()),
                brain=brain,
                metrics=metrics,
            ).look()
            await brain.close()

        # in a thread of its own, because the browser's driver has a loop in this one
        looking = threading.Thread(target=lambda: asyncio.run(look()))
        looking.start()
        looking.join()

    def stop(self) -> None:
        if self._served:
            self._served.stop()
            self._served = None
        if self._brain_served:
            self._brain_served.stop()
            self._brain_served = None
        if self._engine:
            self._engine.dispose()


POLICY = (
    "default-src 'none'; script-src {chat}; connect-src {chat}; base-uri 'none'; "
    "style-src 'self'; img-src data:; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HOSTILE_STYLE = """
* { all: unset !important; color: red !important; font-size: 40px !important }
div, dialog, section, ciep-chat { display: none !important; position: static !important }
button { visibility: hidden !important; background: red !important; transform: rotate(45deg) }
html { font-size: 3px } body { font: 50px serif; direction: rtl; zoom: 1; line-height: 4 }
ciep-chat { opacity: 0 !important; width: 1px !important; overflow: hidden !important }
"""


@contextmanager
def host_page(chat: ChatServer, *, options: str = "", hostile: bool = False) -> Iterator[str]:
    """The address of a page of another origin that has the widget, under a strict policy."""

    async def page(_: Request) -> Response:
        return HTMLResponse(
            "<!doctype html><html lang=en><title>A host</title>"
            '<meta name=viewport content="width=device-width, initial-scale=1">'
            '<link rel=icon href="data:,"><link rel=stylesheet href=/style.css>'
            f'<script async src="{chat.url}widget.js" {options}></script>'
            "<h1 id=mine>The host's own page</h1><p><a href=/other>another page</a></p>"
            '<button id=asker data-ciep-ask="jobs in energy">Ask</button>',
            headers={
                "Content-Security-Policy": POLICY.format(chat=f"http://localhost:{chat.port}")
            },
        )

    async def style(_: Request) -> Response:
        return Response(HOSTILE_STYLE if hostile else "", media_type="text/css")

    routes = [Route("/", page), Route("/other", page), Route("/style.css", style)]
    port = free_port()
    served = Served(Starlette(routes=routes), port)
    try:
        yield f"http://localhost:{port}"
    finally:
        served.stop()
