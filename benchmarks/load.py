"""Closed-loop load: each simulated person says the next thing once the last one is answered."""

from __future__ import annotations

import asyncio
import itertools
import math
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import aiohttp

from benchmarks.dialogues import Dialogue
from benchmarks.systems import Message, System

_FAILURES = 10  # more of them, and the figures would mean nothing


@dataclass(frozen=True)
class Load:
    """What a stretch of load measured. Times in milliseconds, CPU over all processes."""

    conversations: int
    messages: int
    failures: int
    answered: int  # messages that got at least one message back
    seconds: float
    per_second: float
    p50_ms: float
    p95_ms: float
    cpu_ms_per_message: float

    def to_json(self) -> dict[str, Any]:
        return {
            key: round(value, 2) if isinstance(value, float) else value
            for key, value in asdict(self).items()
        }


@dataclass(frozen=True)
class Growth:
    """What a message takes around the fifth and around number `late` of a conversation."""

    late: int
    early_ms: float
    late_ms: float

    @property
    def ratio(self) -> float:
        return self.late_ms / self.early_ms


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile; raises ValueError when there are no values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


async def warm_up(system: System, dialogues: Sequence[Dialogue]) -> Counter[str]:
    """Say everything once, unmeasured; how many answers there were of each type."""
    types: Counter[str] = Counter()
    for dialogue in dialogues:
        key = await system.begin(dialogue.language)
        for text in dialogue.turns:
            types.update(_types(await system.say(key, text, language=dialogue.language)))
    return types


def _types(messages: Sequence[Message]) -> list[str]:
    found = [each["custom"]["type"] for each in messages if "custom" in each]
    return found or ["no answer"]


async def run_load(
    system: System,
    dialogues: Sequence[Dialogue],
    *,
    conversations: int,
    seconds: float,
    fresh: bool = False,
    clock: Callable[[], float] = time.perf_counter,
) -> Load:
    """As many people as `conversations`, each through all dialogues again and again, for a time.

    Each begins with another dialogue, so that they do not all say the same at once. What is said
    `fresh` was never said before: each message ends in punctuation of its own. `clock` is in
    seconds.
    """
    endings = map("".join, itertools.product(".!~…", repeat=6)) if fresh else itertools.repeat("")
    run = _Run(system, until=clock() + seconds, endings=endings, clock=clock)
    cpu = system.tree.cpu_seconds()
    began = clock()
    await asyncio.gather(*(run.person(dialogues, first=number) for number in range(conversations)))
    took = clock() - began
    cpu = system.tree.cpu_seconds() - cpu
    done = len(run.milliseconds)
    return Load(
        conversations=conversations,
        messages=done,
        failures=run.failures,
        answered=run.answered,
        seconds=took,
        per_second=done / took,
        p50_ms=percentile(run.milliseconds, 50),
        p95_ms=percentile(run.milliseconds, 95),
        cpu_ms_per_message=1000 * cpu / done,
    )


class _Run:
    def __init__(
        self, system: System, *, until: float, endings: Iterator[str], clock: Callable[[], float]
    ) -> None:
        self._system = system
        self._clock = clock
        self._until = until
        self._endings = endings
        self.milliseconds: list[float] = []
        self.failures = 0
        self.answered = 0

    async def person(self, dialogues: Sequence[Dialogue], *, first: int) -> None:
        for number in itertools.count(first):
            dialogue = dialogues[number % len(dialogues)]
            key = await self._system.begin(dialogue.language)
            for text in dialogue.turns:
                if self._clock() >= self._until:
                    return
                await self._say(key, text + next(self._endings), dialogue.language)

    async def _say(self, key: str, text: str, language: str) -> None:
        began = self._clock()
        try:
            messages = await self._system.say(key, text, language=language)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            self.failures += 1
            if self.failures > _FAILURES:
                raise RuntimeError(
                    f"Too many messages fail, the last one with {error!r}"
                ) from error
            return
        self.milliseconds.append(1000 * (self._clock() - began))
        self.answered += bool(messages)


async def measure_growth(
    system: System,
    dialogue: Dialogue,
    *,
    late: int,
    rounds: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> Growth:
    """What a turn takes early and late in a conversation, by the same questions.

    Early are the turns of fresh conversations, message 5 among them; late those around message
    `late` of one that says the dialogue over and over. Of each turn's time the median over
    `rounds` counts, and of these the mean.
    """
    early = []
    for _ in range(rounds):
        key = await system.begin(dialogue.language)
        early.append(await _times(system, key, dialogue, clock))
    key = await system.begin(dialogue.language)
    times: list[list[float]] = []
    while len(times) * len(dialogue.turns) < late + rounds * len(dialogue.turns) // 2:
        times.append(await _times(system, key, dialogue, clock))
    return Growth(late=late, early_ms=_typical(early), late_ms=_typical(times[-rounds:]))


async def _times(
    system: System, key: str, dialogue: Dialogue, clock: Callable[[], float]
) -> list[float]:
    """Milliseconds that each turn took."""
    times = []
    for text in dialogue.turns:
        began = clock()
        await system.say(key, text, language=dialogue.language)
        times.append(1000 * (clock() - began))
    return times


def _typical(rounds: Sequence[Sequence[float]]) -> float:
    return statistics.fmean(statistics.median(turn) for turn in zip(*rounds, strict=True))
