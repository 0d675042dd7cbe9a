"""Hands a file to a process of its own, and takes the text from it."""

from __future__ import annotations

import asyncio
import contextlib
import sys

from anyio import fail_after

from bot.settings import ROOT

MOST_BYTES = 5 * 1024 * 1024
_SECONDS = 15.0
_AT_ONCE = asyncio.Semaphore(2)  # files read at one time: each may take a core and 512 MB


async def read_resume(content: bytes, *, seconds: float = _SECONDS) -> str | None:
    """The text in a PDF, a Word file or a text file; None when there is none that can be read."""
    async with _AT_ONCE:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.gateway.telegram.resume.extract",
            cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            with fail_after(seconds):  # asyncio.wait_for may lose a cancellation
                output, _ = await process.communicate(content)
        except TimeoutError:
            return None
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    text = output.decode("utf-8", "replace").strip()
    return text or None if process.returncode == 0 else None
