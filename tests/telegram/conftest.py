"""The real channel on a real SQLite file, between an emulated Telegram and a brain that is fake."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from bot.brains import free_port
from bot.gateway.app import Gateway
from bot.gateway.brain_client import BrainClient
from bot.gateway.telegram.channel import Channel
from bot.gateway.telegram.limits import Limits
from bot.settings import Settings
from conference.alerts import Alerts
from conference.conversations import Conversations
from conference.database import migrate, open_database
from tests.fake_brain import SECRET
from tests.telegram.brain import Brain
from tests.telegram.emulator import TOKEN, Emulator

QUICK = Limits(per_second=1000, chat_gap=0.0, margin=0.0)


@dataclass
class Bot:
    """A running gateway with its Telegram channel."""

    emulator: Emulator
    brain: Brain
    channel: Channel
    gateway: Gateway
    conversations: Conversations
    engine: Any
    port: int
    stop: Callable[[], Any]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once and copied for each test."""
    path = tmp_path_factory.mktemp("telegram") / "chat.db"
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path: Path, migrated: Path) -> Settings:
    shutil.copy(migrated, tmp_path / "chat.db")
    return Settings(
        root=tmp_path,
        secret="a secret of the tests",  # noqa: S106  made up
        database_url=f"sqlite:///{tmp_path}/chat.db",
        telegram_token=TOKEN,
    )


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """Every call that a test makes must be right by the schema."""
    async with Emulator() as emulator:
        yield emulator
        assert emulator.wrong == []


@pytest.fixture
async def open_bot(settings: Settings, emulator: Emulator) -> AsyncIterator[Callable[..., Any]]:
    """Starts a bot; called twice, there are two on one database."""
    bots: list[Bot] = []

    async def start(
        *,
        limits: Limits = QUICK,
        webhook: bool = False,
        brain: Brain | None = None,
        lease_seconds: float = 0.6,
        **changes: Any,
    ) -> Bot:
        port = free_port()
        url = f"http://127.0.0.1:{port}/hook" if webhook else None
        own = replace(
            settings, **{"telegram_api_url": emulator.url, "telegram_webhook_url": url, **changes}
        )
        engine = open_database(own.database_url)
        migrate(engine)
        conversations = Conversations(engine)
        brain = brain or Brain(conversations)
        client = BrainClient(
            ["http://brain"], SECRET, patience=0, transport=httpx.ASGITransport(app=brain.app())
        )
        gateway = Gateway(own, conversations=conversations, brain=client, is_sample=lambda: True)
        channel = Channel(
            own,
            engine,
            turns=gateway.turns,
            brain=client,
            conversations=conversations,
            alerting=partial(gateway.alerting(Alerts(engine)), seconds=0.05),
            limits=limits,
            lease_seconds=lease_seconds,
        )
        config = uvicorn.Config(
            gateway.app(channel.routes()), port=port, log_level="error", ws="none", lifespan="off"
        )
        server = uvicorn.Server(config)
        tasks = [asyncio.create_task(channel.run())]
        if webhook:
            tasks.append(asyncio.create_task(server.serve()))
            await emulator.until(lambda: emulator.webhook and server.started)
        stopped = False

        async def stop() -> None:
            nonlocal stopped
            if not stopped:
                stopped = True
                server.should_exit = True
                tasks[0].cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                await client.close()
                engine.dispose()

        bot = Bot(emulator, brain, channel, gateway, conversations, engine, port, stop)
        bots.append(bot)
        return bot

    yield start
    for bot in bots:
        with contextlib.suppress(asyncio.CancelledError):
            await bot.stop()


@pytest.fixture
async def bot(open_bot: Callable[..., Any]) -> Bot:
    started: Bot = await open_bot()
    return started
