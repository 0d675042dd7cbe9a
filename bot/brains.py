"""Brain processes: started, watched, started again when they crash, and never left behind."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import anyio

from bot import child
from bot.errors import BrainsError, SettingError
from bot.gateway.brain_client import BrainClient

log = logging.getLogger(__name__)

BRAIN_COMMAND = tuple(child.command("bot.brain.server"))
QUIET = {
    # What TensorFlow, Rasa and SQLAlchemy tell every user on every start; and nothing is sent home
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "SQLALCHEMY_WARN_20": "0",
    "PYTHONWARNINGS": "ignore",
}
ONE_THREAD = {
    # A turn's sums are too small to share: a second thread of BLAS would only spin, as long as the
    # first one works, and take the CPU from the gateway and the other brains.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}

_CRASHES = 5  # without a minute of health between them: then a restart does not mend it
_HEALTHY_SECONDS = 60
_STOP_SECONDS = 3  # between SIGTERM and SIGKILL
_MISTAKE = SettingError.exit_code  # of a brain that said what is wrong with its settings


async def start(
    command: Sequence[str], *, root: Path, environ: dict[str, str], output: int | None = None
) -> asyncio.subprocess.Process:
    """A child that ends with us (see `bot.child`). Ctrl-C reaches us alone, and we stop it.

    Telegram is the gateway's business: its token is in no child's environment.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TELEGRAM_")}
    return await asyncio.create_subprocess_exec(
        *command,
        cwd=root,
        env={**ours, **QUIET, **environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=output,
        stderr=output and asyncio.subprocess.STDOUT,
        start_new_session=True,
    )


async def stop(process: asyncio.subprocess.Process, *, seconds: float = _STOP_SECONDS) -> None:
    """Ask it to end, then make it."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        with anyio.move_on_after(seconds):  # asyncio.wait_for may lose a cancellation
            await process.wait()


def free_port() -> int:
    """A port of loopback that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Brains:
    """`count` brain processes; `urls` has the address of each that runs.

    Give `urls` to a BrainClient, and that client to `keep`.
    """

    def __init__(
        self,
        *,
        count: int,
        secret: str,
        root: Path,
        command: Sequence[str] = BRAIN_COMMAND,
        pause: Callable[[int], float] = lambda crashes: min(0.5 * 2 ** (crashes - 1), 8),
    ) -> None:
        self.urls: list[str] = []
        self._count = count
        self._secret = secret
        self._root = root
        self._command = command
        self._pause = pause

    async def keep(self, client: BrainClient, *, ready: Callable[[], None]) -> None:
        """Keep all of them running until cancelled; `ready` is called once, when all can answer.

        Raises BrainsError when one does not stay up. However it ends, no process is left.
        """
        # Addresses of nobody: a turn for a brain that is not there yet waits instead of failing.
        self.urls[:] = [f"http://127.0.0.1:{free_port()}" for _ in range(self._count)]
        steady = [asyncio.Event() for _ in range(self._count)]
        tasks = [
            asyncio.create_task(self._keep_one(place, client, steady[place]))
            for place in range(self._count)
        ]
        all_ready = asyncio.create_task(_wait_all(steady))
        try:
            await asyncio.wait([all_ready, *tasks], return_when=asyncio.FIRST_COMPLETED)
            if all_ready.done():
                ready()
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in (all_ready, *tasks):
                task.cancel()
            ended = await asyncio.gather(all_ready, *tasks, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _keep_one(self, place: int, client: BrainClient, steady: asyncio.Event) -> None:
        crashes = 0
        while True:
            port = free_port()
            environ = {
                **ONE_THREAD,
                "CIEP_BRAIN_SECRET": self._secret,
                "CIEP_BRAIN_PORT": str(port),
            }
            process = await start(self._command, root=self._root, environ=environ)
            try:
                self.urls[place] = f"http://127.0.0.1:{port}"
                healthy = await _until_healthy(process, client, self.urls[place])
                since = time.monotonic()
                if healthy:
                    steady.set()
                code = await process.wait()
            finally:
                await stop(process)
            if code == _MISTAKE:
                raise BrainsError("The brain cannot start; what is wrong stands above.")
            lasted = healthy and time.monotonic() - since >= _HEALTHY_SECONDS
            crashes = 1 if lasted else crashes + 1
            if crashes >= _CRASHES:
                raise BrainsError(
                    f"The brain ended {crashes} times in a row (the last time with {_how(code)}); "
                    "its messages stand above."
                )
            log.warning("The brain ended with %s and is started again.", _how(code))
            await asyncio.sleep(self._pause(crashes))


async def _until_healthy(
    process: asyncio.subprocess.Process, client: BrainClient, url: str
) -> bool:
    while process.returncode is None:
        if await client.brain_health(url) is not None:
            return True
        await asyncio.sleep(0.2)
    return False


async def _wait_all(events: Sequence[asyncio.Event]) -> None:
    for event in events:
        await event.wait()


def _how(code: int) -> str:
    """An exit code, or the signal that ended it, for a person."""
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
