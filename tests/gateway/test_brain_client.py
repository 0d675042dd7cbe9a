from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from bot.errors import BrainAwayError, BrainFailedError
from bot.gateway import brain_client
from bot.gateway.brain_client import BrainClient, Message, Turn
from tests.fake_brain import lines_of

TURN = Turn("conversation", "person", "web", text="hi")
GOOD = httpx.Response(200, text="".join(lines_of([{"text": "hello"}])))
TWO = lines_of([{"text": "one"}, {"text": "two"}])


class Edge(httpx.AsyncBaseTransport):
    """Answers with each of `script` in turn, the last one for ever; remembers the requests."""

    def __init__(self, *script: httpx.Response | type[httpx.TransportError]) -> None:
        self.requests: list[httpx.Request] = []
        self._script = list(script)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        step = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(step, httpx.Response):
            return step
        raise step("broken")


class CutShort(httpx.AsyncByteStream):
    """An answer whose brain goes away after its first line."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield TWO[0].encode()
        raise httpx.ReadError("gone")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brain_client, "_RETRY_SECONDS", 0)


@pytest.fixture
def client_of() -> Callable[..., BrainClient]:
    def make(edge: Edge, *, brains: int = 1, patience: float = 5) -> BrainClient:
        urls = [f"http://brain-{number}" for number in range(brains)]
        return BrainClient(urls, "the secret", patience=patience, transport=edge)

    return make


async def test_a_turn_carries_the_secret_and_what_was_said(
    client_of: Callable[..., BrainClient],
) -> None:
    edge = Edge(GOOD)
    assert await client_of(edge).turn(TURN) == [{"text": "hello"}]
    (request,) = edge.requests
    assert request.url == "http://brain-0/turn"
    assert request.headers["X-CIEP-Secret"] == "the secret"


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.ReadError,
        httpx.RemoteProtocolError,
        httpx.Response(503),
    ],
)
async def test_a_brain_that_comes_back_in_time_is_asked_again(
    client_of: Callable[..., BrainClient], trouble: httpx.Response | type[httpx.TransportError]
) -> None:
    edge = Edge(trouble, GOOD)
    assert await client_of(edge).turn(TURN) == [{"text": "hello"}]
    assert len(edge.requests) == 2


@pytest.mark.parametrize("trouble", [httpx.ConnectError, httpx.Response(503)])
async def test_patience_ends(
    client_of: Callable[..., BrainClient], trouble: httpx.Response | type[httpx.TransportError]
) -> None:
    with pytest.raises(BrainAwayError):
        await client_of(Edge(trouble), patience=0).turn(TURN)


async def test_after_patience_ended_once_nobody_waits_until_a_brain_is_back(
    client_of: Callable[..., BrainClient],
) -> None:
    edge = Edge(httpx.Response(503))
    client = client_of(edge, patience=0.05)
    with pytest.raises(BrainAwayError):
        await client.turn(TURN)
    asked = len(edge.requests)
    assert asked > 2
    with pytest.raises(BrainAwayError):
        await client.turn(TURN)
    assert len(edge.requests) == asked + 1


async def test_a_turn_that_ends_a_brain_twice_is_not_given_to_a_third(
    client_of: Callable[..., BrainClient],
) -> None:
    edge = Edge(httpx.RemoteProtocolError)
    with pytest.raises(BrainAwayError):
        await client_of(edge).turn(TURN)
    assert len(edge.requests) == 2


async def test_a_turn_that_takes_too_long_is_given_up_at_once(
    client_of: Callable[..., BrainClient],
) -> None:
    edge = Edge(httpx.ReadTimeout)
    with pytest.raises(BrainAwayError):
        await client_of(edge).turn(TURN)
    assert len(edge.requests) == 1


async def test_each_message_is_told_once_though_its_brain_went_away_after_the_first(
    client_of: Callable[..., BrainClient],
) -> None:
    told: list[tuple[Message, bool]] = []

    async def tell(message: Message, more: bool) -> None:
        told.append((message, more))

    edge = Edge(httpx.Response(200, stream=CutShort()), httpx.Response(200, text="".join(TWO)))
    assert await client_of(edge).turn(TURN, told=tell) == [{"text": "one"}, {"text": "two"}]
    assert told == [({"text": "one"}, True), ({"text": "two"}, False)]


async def test_a_brain_that_fails_after_its_first_message_is_not_asked_again(
    client_of: Callable[..., BrainClient],
) -> None:
    edge = Edge(httpx.Response(200, text=TWO[0] + '{"failed": true}\n'))
    with pytest.raises(BrainFailedError):
        await client_of(edge).turn(TURN)
    assert len(edge.requests) == 1


async def test_an_error_of_the_brain_is_not_asked_for_twice(
    client_of: Callable[..., BrainClient],
) -> None:
    edge = Edge(httpx.Response(500))
    with pytest.raises(BrainFailedError, match="500"):
        await client_of(edge).turn(TURN)
    assert len(edge.requests) == 1


async def test_without_brains_nobody_answers() -> None:
    client = BrainClient([], "the secret")
    with pytest.raises(BrainAwayError):
        await client.turn(TURN)
    assert await client.health() is None
    await client.close()


async def test_health_is_that_of_all_brains(client_of: Callable[..., BrainClient]) -> None:
    up, down = httpx.Response(200, json={"model": "m", "data": "d"}), httpx.Response(503)
    assert await client_of(Edge(up), brains=2).health() == {"model": "m", "data": "d"}
    assert await client_of(Edge(up, down), brains=2).health() is None
    assert await client_of(Edge(httpx.ConnectError)).health() is None


async def test_conversations_are_spread_evenly_and_few_move_when_a_brain_is_added(
    client_of: Callable[..., BrainClient],
) -> None:
    async def places(brains: int) -> list[str]:
        edge = Edge(GOOD)
        client = client_of(edge, brains=brains)
        turns = [Turn(f"conversation {n}", "p", "web", text="hi") for n in range(300)]
        await asyncio.gather(*(client.turn(turn) for turn in turns))
        return [request.url.host for request in edge.requests]

    three, again, four = await places(3), await places(3), await places(4)
    assert three == again
    assert all(70 < count < 130 for count in Counter(three).values())
    moved = [new for old, new in zip(three, four, strict=True) if old != new]
    assert set(moved) == {"brain-3"}
    assert len(moved) < 110
