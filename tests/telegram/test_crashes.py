"""`kill -9` of the gateway and of the brain, in the midst of work: processes of their own."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot import child
from bot.brains import free_port
from bot.model import fingerprint, mark_fresh
from bot.settings import ROOT
from conference.people import People
from conference.query import Frame, Kind
from conference.telegram_tables import telegram_chats
from tests.bot.test_run import SCRIPT
from tests.conference.conftest import DATABASES, _engine
from tests.loads import loaded
from tests.telegram.emulator import TOKEN, Emulator

CHATS = range(10, 20)
MESSAGES = 3
PATIENCE = 60


class Gateways:
    """`ciep run` on one root, as often as it is started."""

    def __init__(self, root: Path, emulator: Emulator, engine: Engine) -> None:
        (root / "models").mkdir()
        (root / "models" / "model.tar.gz").touch()
        mark_fresh(root / "models", fingerprint(root))
        loaded(engine, 1)
        self.engine = engine
        self._root = root
        self._environ = {
            "CIEP_DATABASE_URL": engine.url.render_as_string(hide_password=False),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": emulator.url,
        }
        self.output = root / "output"

    def start(self) -> None:
        environ = {"CIEP_PORT": str(free_port()), "PYTHONPATH": str(ROOT), **self._environ}
        command = [sys.executable, "-c", SCRIPT, str(self._root)]
        with self.output.open("a") as output:
            self.process = subprocess.Popen(  # noqa: S603  our own words
                [*command, json.dumps(child.command("tests.fake_brain"))],
                env={**os.environ, **environ},
                stdout=output,
                stderr=output,
            )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def brains(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


@pytest.fixture
def gateways(
    request: pytest.FixtureRequest, tmp_path: Path, emulator: Emulator
) -> Iterator[Gateways]:
    """On SQLite, unless the test names a database."""
    for engine in _engine(getattr(request, "param", "sqlite"), tmp_path / "var"):
        gateways = Gateways(tmp_path, emulator, engine)
        gateways.start()
        yield gateways
        gateways.process.send_signal(signal.SIGTERM)
        try:
            gateways.process.wait(10)
        finally:
            gateways.kill()


def repeated(emulator: Emulator) -> int:
    """How many answers came twice in a row; all of them are there, and in order."""
    twice = 0
    for chat in CHATS:
        texts = [each for each in emulator.sent(chat) if each.startswith("You said")]
        once = [text for text, _ in itertools.groupby(texts)]
        assert once == [f"You said: {number}" for number in range(MESSAGES)]
        twice += len(texts) - len(once)
    return twice


def all_answered(emulator: Emulator) -> bool:
    last = f"You said: {MESSAGES - 1}"
    return all(last in emulator.sent(chat) for chat in CHATS)


async def test_a_gateway_killed_again_and_again_answers_everything_once_in_order(
    gateways: Gateways, emulator: Emulator
) -> None:
    for number in range(MESSAGES):
        for chat in CHATS:
            emulator.say(str(number), chat=chat)
    for share in (1, 15):
        await emulator.until(
            lambda n=share: len(emulator.made("sendMessage")) >= n, seconds=PATIENCE
        )
        gateways.kill()
        gateways.start()
    await emulator.until(lambda: all_answered(emulator), seconds=PATIENCE)
    assert repeated(emulator) == 0
    assert TOKEN not in gateways.output.read_text()
    assert "https://t.me/ciep_test_bot" in gateways.output.read_text()


@pytest.mark.parametrize("gateways", DATABASES, indirect=True)
@pytest.mark.parametrize("victim", ["gateway", "brain"])
async def test_killed_while_it_tells_of_alerts_it_tells_all_and_nobody_twice(
    gateways: Gateways, emulator: Emulator, victim: str
) -> None:
    for chat in CHATS:
        emulator.say("hi", chat=chat)
    await emulator.until(lambda: all(emulator.sent(chat) for chat in CHATS), seconds=PATIENCE)
    engine = gateways.engine
    with engine.connect() as connection:
        persons = connection.execute(select(telegram_chats.c.person)).scalars().all()
    for person in persons:
        for kind in (Kind.JOBS, Kind.EVENTS):
            People(engine).subscribe(person=person, frame=Frame(kind), language="en")
    loaded(engine, 2)
    for share in (1, 8):
        await emulator.until(
            lambda n=share: len(emulator.made("sendMessage")) >= len(CHATS) + n, seconds=PATIENCE
        )
        if victim == "gateway":
            gateways.kill()
            gateways.start()
        else:
            for brain in gateways.brains():
                brain.kill()
    news = "You said: /show_alerts"
    per_chat = 2

    def told() -> list[int]:
        return [sum(each.startswith(news) for each in emulator.sent(chat)) for chat in CHATS]

    await emulator.until(lambda: min(told()) >= per_chat, seconds=PATIENCE)
    await asyncio.sleep(1)
    assert told() == [per_chat] * len(CHATS)
    assert {len(set(emulator.sent(chat))) for chat in CHATS} == {1 + per_chat}


async def test_a_killed_brain_loses_nothing_and_no_process_shows_the_token(
    gateways: Gateways, emulator: Emulator
) -> None:
    for number in range(MESSAGES):
        for chat in CHATS:
            emulator.say(str(number), chat=chat)
    for share in (1, 12):
        await emulator.until(
            lambda n=share: len(emulator.made("sendMessage")) >= n, seconds=PATIENCE
        )
        for brain in gateways.brains():
            brain.kill()
        await asyncio.sleep(0.5)
    await emulator.until(lambda: all_answered(emulator), seconds=PATIENCE)
    assert repeated(emulator) == 0
    await emulator.until(gateways.brains)
    processes = [psutil.Process(gateways.process.pid), *gateways.brains()]
    assert len(processes) >= 2
    for process in processes:
        assert TOKEN.split(":")[1] not in " ".join(process.cmdline())
