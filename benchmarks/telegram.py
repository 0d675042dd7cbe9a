"""Telegram's channel under load: 100 people write 10 messages each, all at once.

The channel and its database are real. Telegram is the tests' emulator, which checks every call
against the Bot API's schema, and the brain is the tests' fake one, which answers at once: what is
measured is the channel. Once without Telegram's limits, to see what it can do, and once within
them, where 1,000 answers at 30 a second take 34 seconds however fast anybody is.

`python -m benchmarks.telegram` prints the figures as JSON.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from bot.gateway.app import Gateway
from bot.gateway.brain_client import BrainClient
from bot.gateway.telegram.channel import Channel
from bot.gateway.telegram.limits import Limits
from bot.settings import Settings
from conference.alerts import Alerts
from conference.conversations import Conversations
from conference.database import migrate, open_database
from tests.fake_brain import SECRET
from tests.telegram.brain import Brain
from tests.telegram.emulator import TOKEN, Emulator

UNLIMITED = Limits(per_second=100_000, chat_gap=0.0, margin=0.0)


@dataclass(frozen=True)
class Load:
    """What came of a load. Latency is from the writing of a message to its answer's arrival."""

    chats: int
    messages: int
    right: int  # answers that are right, there once, and in order
    wrong_calls: int  # calls that the schema does not allow
    seconds: float
    per_second: float
    p50_ms: float
    p95_ms: float
    cpu_ms_per_message: float  # of channel and emulator together: they share a process


async def run_load(
    folder: Path, *, chats: int = 100, messages: int = 10, limits: Limits = UNLIMITED
) -> Load:
    """Put the load on a channel of its own, whose database is in `folder`."""
    async with Emulator() as emulator:
        settings = Settings(
            root=folder,
            secret="a secret of the benchmark",  # noqa: S106  made up
            database_url=f"sqlite:///{folder}/telegram.db",
            telegram_token=TOKEN,
            telegram_api_url=emulator.url,
        )
        engine = open_database(settings.database_url)
        migrate(engine)
        conversations = Conversations(engine)
        transport = httpx.ASGITransport(app=Brain(conversations).app())
        client = BrainClient(["http://brain"], SECRET, transport=transport)
        gateway = Gateway(settings, conversations=conversations, brain=client, is_sample=bool)
        channel = Channel(
            settings,
            engine,
            turns=gateway.turns,
            brain=client,
            conversations=conversations,
            alerting=gateway.alerting(Alerts(engine)),
            limits=limits,
        )
        written = {}
        for number in range(messages):
            for chat in range(1, chats + 1):
                text = f"{chat} asks {number}"
                emulator.say(text, chat=chat)
                written[text] = time.monotonic()
        began, cpu = time.monotonic(), time.process_time()
        running = asyncio.create_task(channel.run())
        try:
            total = chats * messages
            await emulator.until(lambda: emulator.counts["sendMessage"] >= total, seconds=300)
            seconds, used = time.monotonic() - began, time.process_time() - cpu
            await asyncio.sleep(0.2)  # one that came twice would come now
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await client.close()
            engine.dispose()
    waits = sorted(_waits(emulator, written))
    return Load(
        chats=chats,
        messages=total,
        right=_right(emulator, chats=chats, messages=messages),
        wrong_calls=len(emulator.wrong),
        seconds=round(seconds, 2),
        per_second=round(total / seconds, 1),
        p50_ms=round(statistics.median(waits) * 1000),
        p95_ms=round(waits[int(len(waits) * 0.95)] * 1000),
        cpu_ms_per_message=round(used / total * 1000, 2),
    )


def measure() -> dict[str, object]:
    """Both loads' figures, for `make bench`."""
    figures: dict[str, object] = {}
    for name, limits in (("unlimited", UNLIMITED), ("within_limits", Limits())):
        with tempfile.TemporaryDirectory() as folder:
            figures[name] = asdict(asyncio.run(run_load(Path(folder), limits=limits)))
    return figures


def _right(emulator: Emulator, *, chats: int, messages: int) -> int:
    """How many answers stand where they should; in a chat with one too many, none does."""
    right = 0
    for chat in range(1, chats + 1):
        wanted = [f"You said: {chat} asks {number}" for number in range(messages)]
        sent = emulator.sent(chat)
        right += sum(map(str.__eq__, wanted, sent)) if len(sent) == messages else 0
    return right


def _waits(emulator: Emulator, written: Mapping[str, float]) -> list[float]:
    return [
        call.at - written[text]
        for call in emulator.made("sendMessage")
        if (text := call.text.removeprefix("You said: ")) in written
    ]


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
