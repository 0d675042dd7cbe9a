"""Server processes: started, measured with all their children, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import psutil

_READY_SECONDS = 900  # a first start may train this assistant's model
_STOP_SECONDS = 10


class Tree:
    """Processes and all their descendants, taken together."""

    def __init__(self, roots: Sequence[subprocess.Popen[bytes]]) -> None:
        self._roots = [psutil.Process(each.pid) for each in roots]

    def cpu_seconds(self) -> float:
        """User and system time used so far."""
        total = 0.0
        for process in self._all():
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def memory_mb(self) -> tuple[float, float]:
        """Resident memory in MB: with shared pages split among who shares them (PSS), and RSS.

        Where the system does not tell PSS, RSS stands for it.
        """
        pss = rss = 0
        for process in self._all():
            with contextlib.suppress(psutil.NoSuchProcess):
                info = process.memory_full_info()
                rss += info.rss
                pss += getattr(info, "pss", info.rss)
        return pss / 1e6, rss / 1e6

    def _all(self) -> Iterator[psutil.Process]:
        for root in self._roots:
            with contextlib.suppress(psutil.NoSuchProcess):
                yield root
                yield from root.children(recursive=True)


def free_port() -> int:
    """A port of loopback that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def clean_environment(**changes: str) -> dict[str, str]:
    """The environment without anything that would set up one side and not the other."""
    ours = ("CIEP_", "TELEGRAM_", "TF_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", **changes}


@contextlib.contextmanager
def running(
    command: Sequence[str], *, root: Path, environ: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process for as long as the block lasts; what it prints goes to the file `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = _start(command, root, environ, output)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(
    command: Sequence[str], root: Path, environ: Mapping[str, str], output: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=root,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C reaches us alone, and we stop it
    )


async def until_ready(
    ready: Callable[[], Awaitable[bool]], *, process: subprocess.Popen[bytes], log: Path
) -> float:
    """Seconds until `ready`; raises RuntimeError when the process ends or takes too long."""
    began = time.monotonic()
    while time.monotonic() - began < _READY_SECONDS:
        if process.poll() is not None:
            raise RuntimeError(f"A server ended with code {process.returncode}; see {log}")
        if await ready():
            return time.monotonic() - began
        await asyncio.sleep(0.25)
    raise RuntimeError(f"A server was not ready after {_READY_SECONDS} seconds; see {log}")
