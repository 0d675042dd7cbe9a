"""The brain's process at its HTTP edge."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.brain import server
from bot.brain.brain import Brain, Said
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


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.text.splitlines()]


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
    (line,) = lines(answer)
    assert line["message"]["custom"]["query"] == {"industry": ["energy"]}
    assert line["more"] is False


async def test_of_two_answers_the_first_says_that_another_follows(
    client: httpx.AsyncClient,
) -> None:
    said = turn("Any energy jobs in Shenzhen? And who is the guest of honour?")
    made = lines(await client.post("/turn", json=said, headers=HEADERS))
    assert [(each["message"]["custom"]["type"], each["more"]) for each in made] == [
        ("results", True),
        ("answer", False),
    ]


async def test_a_turn_that_fails_says_so_after_what_was_answered(
    client: httpx.AsyncClient, brain: Brain, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answers(_: Said) -> AsyncIterator[tuple[dict[str, Any], bool]]:
        yield {"text": "one"}, True
        raise RuntimeError

    monkeypatch.setattr(brain, "answers", answers)
    answer = await client.post("/turn", json=turn("two questions"), headers=HEADERS)
    assert lines(answer) == [{"message": {"text": "one"}, "more": True}, {"failed": True}]


async def test_clearing_forgets_what_was_looked_for(client: httpx.AsyncClient) -> None:
    await client.post("/turn", json=turn("find energy jobs"), headers=HEADERS)
    cleared = await client.post("/turn/clear", json={"conversation": "served"}, headers=HEADERS)
    assert cleared.status_code == 200
    answer = await client.post("/turn", json=turn("only in Shenzhen"), headers=HEADERS)
    assert lines(answer)[0]["message"]["custom"]["query"] == {"city": ["shenzhen"]}


async def test_health_tells_the_versions(client: httpx.AsyncClient, brain: Brain) -> None:
    answer = await client.get("/health", headers=HEADERS)
    assert answer.json() == {"model": brain.model, "data": brain.data_version()}
