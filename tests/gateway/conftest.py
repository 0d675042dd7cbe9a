"""The real web application on a real SQLite file, with a brain that is fake at its HTTP edge."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.gateway.app import Gateway
from bot.gateway.brain_client import BrainClient
from bot.gateway.limits import RateLimits
from bot.gateway.locks import Locks
from bot.settings import Settings
from conference.conversations import Conversations
from conference.database import migrate, open_database
from tests.fake_brain import SECRET, FakeBrain
from tests.waiting import until

ORIGIN = "http://chat.test"


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 1_600_000_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Site:
    """A visitor's side of the web API."""

    http: httpx.AsyncClient
    brain: FakeBrain
    gateway: Gateway
    clock: Clock
    sample: list[bool] = field(default_factory=lambda: [True])

    async def token(self, language: str | None = None) -> str:
        answer = await self.http.post("/chat/session", json={"language": language})
        assert answer.status_code == 200
        return str(answer.json()["token"])

    async def post(self, call: str, body: Any) -> httpx.Response:
        return await self.http.post(f"/chat/{call}", json=body)

    async def say(self, token: str, text: str, **more: Any) -> list[dict[str, Any]]:
        answer = await self.post("messages", {"token": token, "text": text, **more})
        assert answer.status_code == 200, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    async def waiting(self, turns: int) -> None:
        """Wait until so many turns are waiting or being taken."""
        await until(lambda: self.gateway.metrics.waiting._value.get() == turns)

    async def history(self, token: str, **more: Any) -> list[dict[str, Any]]:
        answer = await self.post("history", {"token": token, **more})
        assert answer.status_code == 200, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        root=tmp_path,
        secret="a secret of the tests",  # noqa: S106  made up
        database_url=f"sqlite:///{tmp_path}/chat.db",
        allowed_origins=("https://conference.example",),
    )


@pytest.fixture
async def open_site(settings: Settings) -> AsyncIterator[Callable[..., Site]]:
    """Makes a site; called twice with the same settings, it is the same server started again."""
    opened: list[Site] = []
    brains: list[BrainClient] = []

    def make(*, locks: Locks | None = None, **changes: Any) -> Site:
        engine = open_database(settings.database_url)
        migrate(engine)
        brain, clock, sample = FakeBrain(), Clock(), [True]
        client = BrainClient(
            ["http://brain"],
            SECRET,
            patience=0.1,
            transport=httpx.ASGITransport(app=brain.app()),
        )
        own = replace(settings, **changes)
        gateway = Gateway(
            own,
            conversations=Conversations(engine),
            brain=client,
            is_sample=lambda: sample[0],
            locks=locks,
            limits=RateLimits(own, now=clock),
            now=clock,
        )
        transport = httpx.ASGITransport(app=gateway.app(), raise_app_exceptions=False)
        http = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
        site = Site(http, brain, gateway, clock, sample)
        opened.append(site)
        brains.append(client)
        return site

    yield make
    for site, client in zip(opened, brains, strict=True):
        await site.gateway.turns.finish(1)
        await site.http.aclose()
        await client.close()


@pytest.fixture
def site(open_site: Callable[..., Site]) -> Site:
    return open_site()
