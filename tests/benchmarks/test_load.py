from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from typing import cast

import aiohttp
import psutil
import pytest

from benchmarks.dialogues import Dialogue, read_dialogues
from benchmarks.load import measure_growth, percentile, run_load, warm_up
from benchmarks.processes import Tree
from benchmarks.systems import Message, System

DIALOGUES = [Dialogue("en", ("hello", "jobs")), Dialogue("zh", ("你好", "工作"))]


class FakeTree(Tree):
    """Uses a tenth of a second of CPU between any two looks."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def cpu_seconds(self) -> float:
        self._seconds += 0.1
        return self._seconds


class FakeSystem(System):
    """Answers after `delay` seconds and `growth` more for each message that came before.

    They pass on its own clock, which stands still otherwise.
    """

    def __init__(self, *, delay: float = 0.001, growth: float = 0.0, broken: bool = False) -> None:
        super().__init__(cast(aiohttp.ClientSession, None), "", FakeTree())
        self.said: dict[str, list[tuple[str, str]]] = {}
        self._delay, self._growth, self._broken = delay, growth, broken
        self._now = 0.0

    def clock(self) -> float:
        return self._now

    async def begin(self, language: str) -> str:
        key = str(len(self.said))
        self.said[key] = []
        return key

    async def say(self, key: str, text: str, *, language: str) -> list[Message]:
        if self._broken:
            raise aiohttp.ClientConnectionError
        self.said[key].append((language, text))
        self._now += self._delay + self._growth * len(self.said[key])
        await asyncio.sleep(0)
        return [{"text": text, "custom": {"type": "greeting"}}] if text != "jobs" else []


@pytest.mark.parametrize(("percent", "expected"), [(50, 2), (75, 3), (95, 4), (1, 1)])
def test_a_percentile_is_one_of_the_values(percent: float, expected: float) -> None:
    assert percentile([4, 1, 3, 2], percent) == expected


def test_both_languages_say_the_same_number_of_things() -> None:
    turns = dict.fromkeys(("en", "zh"), 0)
    for dialogue in read_dialogues():
        turns[dialogue.language] += len(dialogue.turns)
    assert turns == {"en": 40, "zh": 40}


async def test_every_dialogue_is_a_conversation_of_its_own() -> None:
    system = FakeSystem()
    types = await warm_up(system, DIALOGUES)
    assert list(system.said.values()) == [
        [("en", "hello"), ("en", "jobs")],
        [("zh", "你好"), ("zh", "工作")],
    ]
    assert types == {"greeting": 3, "no answer": 1}


async def test_load_counts_messages_answers_and_cpu() -> None:
    system = FakeSystem()
    load = await run_load(system, DIALOGUES, conversations=3, seconds=0.1, clock=system.clock)
    said = [turn for turns in system.said.values() for turn in turns]
    assert load.messages == len(said)
    assert load.answered == len([text for _, text in said if text != "jobs"])
    assert load.cpu_ms_per_message == pytest.approx(100 / load.messages)
    assert load.seconds == pytest.approx(0.1, abs=0.003)
    assert load.per_second == pytest.approx(load.messages / load.seconds)
    assert 1 <= load.p50_ms <= load.p95_ms


async def test_what_is_said_fresh_is_never_said_twice() -> None:
    system = FakeSystem()
    await run_load(system, DIALOGUES, conversations=3, seconds=0.1, fresh=True, clock=system.clock)
    said = [text for turns in system.said.values() for _, text in turns]
    assert len(said) == len({*said}) > len(DIALOGUES)
    assert {text.rstrip(".!~…") for text in said} == {"hello", "jobs", "你好", "工作"}


async def test_a_system_that_only_fails_ends_the_measurement() -> None:
    with pytest.raises(RuntimeError, match="ClientConnectionError"):
        await run_load(FakeSystem(broken=True), DIALOGUES, conversations=1, seconds=5)


async def test_a_conversation_that_gets_slower_is_told_from_one_that_does_not() -> None:
    async def ratio(system: FakeSystem) -> float:
        growth = await measure_growth(system, DIALOGUES[0], late=20, rounds=3, clock=system.clock)
        return growth.ratio

    assert await ratio(FakeSystem(delay=0.004)) == pytest.approx(1)
    # the median is of messages 1 and 2, and of 21 and 22
    assert await ratio(FakeSystem(delay=0, growth=0.002)) == pytest.approx(21.5 / 1.5)


def test_the_cpu_of_children_counts() -> None:
    burn = "import time\nwhile time.process_time() < .3: pass\ntime.sleep(20)"
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {burn!r}])"
    process = subprocess.Popen([sys.executable, "-c", parent])  # noqa: S603  our own words
    tree = Tree([process])
    try:
        until = time.monotonic() + 20
        while tree.cpu_seconds() < 0.3 and time.monotonic() < until:
            time.sleep(0.02)
        assert tree.cpu_seconds() >= 0.3
        pss, rss = tree.memory_mb()
        assert 1 < pss <= rss
    finally:
        for each in (*psutil.Process(process.pid).children(), process):
            each.kill()
        process.wait()
