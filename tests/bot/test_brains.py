from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import psutil
import pytest

from bot import child
from bot.brains import BRAIN_COMMAND, Brains, free_port, start, stop
from bot.errors import BrainsError
from bot.gateway.brain_client import BrainClient, Turn
from bot.settings import ROOT
from tests.fake_brain import SECRET

FAKE = child.command("tests.fake_brain")
PATIENCE = 20  # seconds: two busy cores start a Python in some of them
LONG = 60  # seconds: the real brain imports Rasa first


@contextlib.asynccontextmanager
async def running(count: int) -> AsyncIterator[tuple[BrainClient, asyncio.Task[None]]]:
    brains = Brains(count=count, secret=SECRET, root=ROOT, command=FAKE, pause=lambda _: 0)
    client = BrainClient(brains.urls, SECRET, patience=PATIENCE)
    ready = asyncio.Event()
    keeping = asyncio.create_task(brains.keep(client, ready=ready.set))
    try:
        await asyncio.wait_for(ready.wait(), PATIENCE)
        yield client, keeping
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await client.close()


async def pid_of(client: BrainClient, conversation: str) -> int:
    messages = await client.turn(Turn(conversation, "p", "web", text="pid"))
    return int(messages[0]["text"])


def alive(pid: int) -> bool:
    """A zombie, which only waits for its parent, is not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


async def until_dead(pid: int) -> None:
    async def wait() -> None:
        while alive(pid):
            await asyncio.sleep(0.05)

    await asyncio.wait_for(wait(), PATIENCE)


async def test_conversations_are_spread_over_the_brains_and_each_stays_with_its_own() -> None:
    async with running(2) as (client, _):
        names = [f"conversation {number}" for number in range(12)]
        first = [await pid_of(client, name) for name in names]
        assert len(set(first)) == 2
        assert [await pid_of(client, name) for name in names] == first
        assert await client.health() == {"model": "model-1", "data": "data-1"}
    for pid in set(first):
        assert not alive(pid)


async def test_a_crashed_brain_is_started_again_and_the_turn_is_answered() -> None:
    async with running(1) as (client, keeping):
        before = await pid_of(client, "a")
        os.kill(before, signal.SIGKILL)
        after = await pid_of(client, "a")  # asked while nobody is there
        assert after != before
        assert not keeping.done()


async def not_staying_up(count: int, command: Sequence[str]) -> str:
    """What is said when no brain stays up."""
    brains = Brains(count=count, secret=SECRET, root=ROOT, command=command, pause=lambda _: 0)
    client = BrainClient(brains.urls, SECRET)
    called: list[bool] = []
    with pytest.raises(BrainsError) as raised:
        await asyncio.wait_for(brains.keep(client, ready=lambda: called.append(True)), LONG)
    assert not called
    await client.close()
    return str(raised.value)


async def test_a_brain_that_does_not_stay_up_ends_all_with_one_line() -> None:
    # without bot.child, which is not what is tested here, five starts take less time
    assert await not_staying_up(2, [sys.executable, "-c", "raise SystemExit(9)"]) == (
        "The brain ended 5 times in a row (the last time with exit code 9); "
        "its messages stand above."
    )


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        ("CIEP_CLOCK", "tomorrow", "CIEP_CLOCK is 'tomorrow'"),
        ("CIEP_EDITION", str(ROOT / "docs"), "conference.yml"),
    ],
)
async def test_a_brain_whose_settings_are_wrong_says_so_once_and_is_not_started_again(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    setting: str,
    value: str,
    line: str,
) -> None:
    monkeypatch.setenv(setting, value)
    assert await not_staying_up(1, BRAIN_COMMAND) == (
        "The brain cannot start; what is wrong stands above."
    )
    (told,) = capfd.readouterr().err.splitlines()
    assert told.startswith("ERROR brain: ")
    assert line in told


async def test_a_database_that_is_away_is_told_and_may_come_back(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CIEP_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/ciep")
    environ = {"CIEP_BRAIN_PORT": str(free_port()), "CIEP_BRAIN_SECRET": SECRET}
    process = await start(BRAIN_COMMAND, root=ROOT, environ=environ)
    try:
        assert await asyncio.wait_for(process.wait(), LONG) == 1  # it is tried again after this
    finally:
        await stop(process)
    (told,) = capfd.readouterr().err.splitlines()
    assert "check that the server runs" in told


async def test_a_child_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import subprocess, time\n"
        "from bot import child\n"
        "started = subprocess.Popen(child.command('http.server', '0'), stdin=subprocess.PIPE)\n"
        "print(started.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen(  # noqa: S603  our own words
        [sys.executable, str(script)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert alive(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    await until_dead(pid)


async def test_no_child_knows_telegram_s_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:secret")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "another secret")
    monkeypatch.setenv("CIEP_CLOCK", "2020-09-08T10:00+08:00")
    async with running(1) as (client, _):
        environment = psutil.Process(await pid_of(client, "c")).environ()
    assert not [name for name in environment if name.startswith("TELEGRAM")]
    assert environment["CIEP_CLOCK"] == "2020-09-08T10:00+08:00"
