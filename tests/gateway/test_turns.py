"""The queue by itself: whom it lets in, and who holds up whom."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest
from anyio import fail_after

from bot.gateway import turns
from bot.gateway.errors import ApiError
from tests.gateway.conftest import Site


class HeldElsewhere:
    """Locks of which one is held by another gateway until it is let go."""

    def __init__(self, conversation: str) -> None:
        self._conversation = conversation
        self.waited_for = asyncio.Event()
        self.let_go = asyncio.Event()

    @contextlib.asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        if conversation == self._conversation:
            self.waited_for.set()
            await self.let_go.wait()
        yield


async def test_what_is_refused_leaves_nothing_behind(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_WAITING_IN_ALL", 1)
    queue, may_end = site.gateway.turns, asyncio.Event()
    first = queue.in_line("first", may_end.wait)
    for number in range(3):
        with pytest.raises(ApiError, match="unavailable"):
            queue.in_line(f"new {number}", may_end.wait)
    assert set(queue._lanes) == {"first"}
    may_end.set()
    await first
    assert not queue._lanes


async def test_who_waits_for_another_gateway_takes_up_no_place_with_the_brains(
    open_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_AT_ONCE", 1)
    locks = HeldElsewhere("busy")
    queue = open_site(locks=locks).gateway.turns

    async def work() -> str:
        return "done"

    waiting = queue.in_line("busy", work)
    await locks.waited_for.wait()
    with fail_after(10):
        assert await queue.in_line("other", work) == "done"
    locks.let_go.set()
    assert await waiting == "done"
