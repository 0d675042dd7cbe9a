from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.brains import free_port
from bot.gateway.loopback import Loopback

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """A server on loopback; the address that it has."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/turn"


async def ask(url: str, *, timeout: float = 5) -> httpx.Response:
    transport = Loopback(timeout=timeout, connect=1)
    try:
        request = httpx.Request("POST", url, headers={"X-Secret": "s"}, json={"text": "你好"})
        response = await transport.handle_async_request(request)
        await response.aread()
        return response
    finally:
        await transport.aclose()


async def test_a_request_arrives_whole_and_its_answer_comes_back() -> None:
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"}"))
        writer.write(b'HTTP/1.1 503 Away\r\nContent-Length: 11\r\n\r\n{"ok":true}')
        writer.close()

    async with serving(answer) as url:
        response = await ask(url)
    assert response.status_code == 503
    assert response.json() == {"ok": True}
    head, _, body = heard[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /turn HTTP/1.1")
    assert b"x-secret: s" in head.lower()
    assert body == httpx.Request("POST", url, json={"text": "你好"}).content


async def test_a_brain_that_is_not_there_has_not_been_asked() -> None:
    with pytest.raises(httpx.ConnectError):
        await ask(f"http://127.0.0.1:{free_port()}/turn")


async def test_a_brain_that_goes_away_over_a_turn_has_been_asked() -> None:
    async def leave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"}")
        writer.close()

    async with serving(leave) as url:
        with pytest.raises(httpx.NetworkError):
            await ask(url)


async def test_a_part_of_an_answer_is_there_before_the_next_and_a_missing_end_is_noticed() -> None:
    arrived = asyncio.Event()

    async def halve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"}")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n")
        await arrived.wait()
        writer.close()

    transport = Loopback(timeout=5, connect=1)
    async with serving(halve) as url:
        response = await transport.handle_async_request(httpx.Request("POST", url, json={}))
        parts = response.aiter_bytes()
        assert await anext(parts) == b"first"
        arrived.set()
        with pytest.raises(httpx.NetworkError):
            await anext(parts)
        await response.aclose()
    await transport.aclose()


async def test_a_turn_that_takes_too_long_ends() -> None:
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until the client leaves
        writer.close()

    async with serving(hang) as url:
        with pytest.raises(httpx.ReadTimeout):
            await ask(url, timeout=0.1)
