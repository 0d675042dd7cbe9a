"""The brain's process at its HTTP edge."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.brain import server
from bot.brain.brain import Brain
from bot.brain.server import BrainServer

SECRET = "between the two"  # noqa: S105  made up
HEADERS = {"x-ciep-secret": SECRET}


@pytest.fixture
async def unloaded() -> AsyncIterator[tuple[BrainServer, httpx.AsyncClient]]:
    brain_server = BrainServer(SECRET)
    transport = httpx.ASGITransport(app=brain_server.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://brain") as client:
        yield brain_server, client


@pytest.fixture
async def client(
    unloaded: tuple[BrainServer, httpx.AsyncClient],
    brain: Brain,
    monkeypatch: pytest.MonkeyPatch,
) -> httpx.AsyncClient:
    brain_server, http = unloaded
    monkeypatch.setattr(server, "_load", lambda: brain)
    await brain_server.load()
    return http


def turn(text: str) -> dict[str, str]:
    return {"conversation": "served", "person": "served", "channel": "web", "text": text}


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/turn"), ("POST", "/turn/clear"), ("GET", "/health")]
)
async def test_nobody_is_heard_without_the_secret(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    for headers in ({}, {"x-ciep-secret": "guessed"}, {"x-ciep-secret": ""}):
        answer = await client.request(method, path, json=turn("hello"), headers=headers)
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/turn"), ("POST", "/turn/clear"), ("GET", "/health")]
)
async def test_before_the_model_is_loaded_it_is_not_ready(
    unloaded: tuple[BrainServer, httpx.AsyncClient], method: str, path: str
) -> None:
    _, http = unloaded
    answer = await http.request(method, path, json=turn("hello"), headers=HEADERS)
    assert answer.status_code == 503


async def test_a_turn_is_answered(client: httpx.AsyncClient) -> None:
    answer = await client.post("/turn", json=turn("find energy jobs"), headers=HEADERS)
    (message,) = answer.json()["messages"]
    assert message["custom"]["query"] == {"industry": ["energy"]}


async def test_clearing_forgets_what_was_looked_for(client: httpx.AsyncClient) -> None:
    await client.post("/turn", json=turn("find energy jobs"), headers=HEADERS)
    cleared = await client.post("/turn/clear", json={"conversation": "served"}, headers=HEADERS)
    assert cleared.status_code == 200
    answer = await client.post("/turn", json=turn("only in Shenzhen"), headers=HEADERS)
    assert answer.json()["messages"][0]["custom"]["query"] == {"city": ["shenzhen"]}


async def test_health_tells_the_versions(client: httpx.AsyncClient, brain: Brain) -> None:
    answer = await client.get("/health", headers=HEADERS)
    assert answer.json() == {"model": brain.model, "data": brain.data_version()}
