"""One step of one cell in a process of its own: `python -m benchmarks.nlu.cell train FOLDER`.

The folder has `config.yml`, `train.json` (Rasa's JSON format, which takes any text) and `test.json`
(a list of texts); a third word names whose processor parses. `train` leaves `model.tar.gz` and
`train-figures.json`, `parse` `parsed.json`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import resource
import sys
import time
from pathlib import Path
from typing import Any

_WARM_UP = 20
"""Messages parsed before the clock runs: the first ones build graphs and read dictionaries."""


def _peak_mb() -> float:
    """The most memory this process has had, in MB.

    Linux tells it in `/proc`; what `getrusage` tells there counts the parent's before the exec.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if peak:
            return int(peak[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def train(folder: Path) -> None:
    """Train a model as `rasa train nlu` does."""
    from rasa.model_training import train_nlu  # noqa: PLC0415 - not before the clock of the parent

    began, busy = time.monotonic(), time.process_time()
    train_nlu(
        config=str(folder / "config.yml"),
        nlu_data=str(folder / "train.json"),
        output=str(folder),
        fixed_model_name="model",
    )
    figures = {
        "seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(time.process_time() - busy, 1),
        "peak_mb": round(_peak_mb()),
        "model_mb": round((folder / "model.tar.gz").stat().st_size / 1e6, 1),
    }
    (folder / "train-figures.json").write_text(json.dumps(figures))


async def parse(folder: Path, processor_name: str) -> None:
    """Parse every text one by one, as messages come, and note the CPU time of each."""
    from rasa.core.channels.channel import UserMessage  # noqa: PLC0415
    from rasa.core.lock_store import InMemoryLockStore  # noqa: PLC0415
    from rasa.core.nlg import TemplatedNaturalLanguageGenerator  # noqa: PLC0415
    from rasa.core.processor import MessageProcessor  # noqa: PLC0415
    from rasa.core.tracker_store import InMemoryTrackerStore  # noqa: PLC0415
    from rasa.shared.core.domain import Domain  # noqa: PLC0415
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    from bot.brain.processor import BrainProcessor  # noqa: PLC0415

    configure_structlog(logging.WARNING)  # debug lines of each message would be timed, too
    processor = {"rasa": MessageProcessor, "brain": BrainProcessor}[processor_name](
        folder / "model.tar.gz",
        InMemoryTrackerStore(Domain.empty()),
        InMemoryLockStore(),
        TemplatedNaturalLanguageGenerator({}),
    )
    texts: list[str] = json.loads((folder / "test.json").read_text(encoding="utf-8"))
    for text in texts[:_WARM_UP]:
        await processor.parse_message(UserMessage(text))
    parsed, milliseconds = [], []
    for text in texts:
        began = time.process_time_ns()
        result = await processor.parse_message(UserMessage(text))
        milliseconds.append((time.process_time_ns() - began) / 1e6)
        parsed.append(_kept(result))
    found = {"parsed": parsed, "milliseconds": milliseconds, "peak_mb": round(_peak_mb())}
    (folder / "parsed.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _kept(result: dict[str, Any]) -> dict[str, Any]:
    """The likeliest intent, which Rasa's fallback classifier may have covered, and the spans."""
    ranking = [each for each in result["intent_ranking"] if each["name"] != "nlu_fallback"]
    best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
    spans = [(each["start"], each["end"], each["entity"]) for each in result["entities"]]
    return {"intent": best["name"], "confidence": best["confidence"], "entities": spans}


if __name__ == "__main__":
    step, path = sys.argv[1], Path(sys.argv[2])
    if step == "train":
        train(path)
    else:
        asyncio.run(parse(path, sys.argv[3]))
