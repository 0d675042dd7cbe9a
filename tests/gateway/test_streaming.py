"""Over real sockets, from brain to visitor: a message is there before the next one is made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn

from bot.brains import free_port
from bot.gateway.app import Gateway
from bot.gateway.brain_client import BrainClient
from bot.settings import Settings
from conference.conversations import Conversations
from conference.database import migrate, open_database
from tests.fake_brain import SECRET, FakeBrain
from tests.waiting import until


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_config=None, ws="none", lifespan="off")
    )
    task = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


async def test_the_first_of_two_answers_is_read_while_the_second_is_made(
    settings: Settings,
) -> None:
    engine = open_database(settings.database_url)
    migrate(engine)
    brain, second = FakeBrain(), asyncio.Event()
    brain.between = second.wait
    async with serving(brain.app()) as brain_url:
        client = BrainClient([brain_url], SECRET)
        gateway = Gateway(
            settings,
            conversations=Conversations(engine),
            brain=client,
            is_sample=lambda: True,
        )
        async with serving(gateway.app()) as url, httpx.AsyncClient(base_url=url) as http:
            token = (await http.post("/chat/session")).json()["token"]
            body = {"token": token, "text": "two", "stream": True}
            async with http.stream("POST", "/chat/messages", json=body) as answer:
                lines = answer.aiter_lines()
                assert json.loads(await anext(lines))["type"] == "ack"
                assert json.loads(await anext(lines))["text"] == "You said: two"
                history = await http.post("/chat/history", json={"token": token})
                assert [each["seq"] for each in history.json()["messages"]] == [1, 2]
                second.set()
                assert json.loads(await anext(lines))["text"] == "And another."
        await client.close()
