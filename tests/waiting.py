"""Waiting for a state instead of for a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from anyio import fail_after


async def until(true: Callable[[], Any], *, seconds: float = 20) -> Any:
    """What is so, once it is; raises TimeoutError when it does not come about."""
    with fail_after(seconds):
        while not (found := true()):
            await asyncio.sleep(0.01)
    return found
