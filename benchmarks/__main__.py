"""`python -m benchmarks`: measures this assistant, then stock Rasa; prints, writes the figures."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sqlite3
import subprocess
import sys
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click
import psutil
from rich.console import Console

from benchmarks import telegram
from benchmarks.dialogues import read_dialogues
from benchmarks.load import measure_growth, run_load, warm_up
from benchmarks.processes import clean_environment
from benchmarks.report import compare, table, telegram_table
from benchmarks.stock_model import EPOCHS, stock_model
from benchmarks.systems import System, run_assistant, run_stock

_QUIET = 0.1

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Plan:
    """How long to measure. `levels` are the numbers of conversations at once that are tried."""

    seconds: float = 10
    levels: tuple[int, ...] = (1, 2, 4, 8, 20, 32)
    late: int = 500
    epochs: int = EPOCHS


QUICK = Plan(seconds=2, levels=(1, 4, 20), late=40, epochs=1)
"""Says whether everything works; its figures are rough."""


async def measure(
    starting: AbstractAsyncContextManager[System], plan: Plan, console: Console, name: str
) -> dict[str, Any]:
    """All figures of one system, which runs for as long as it is measured."""
    dialogues = read_dialogues()
    busy = psutil.cpu_percent(interval=1) / 100  # the machine's share that others have
    with console.status(f"{name}: starting ...") as status:
        async with starting as system:
            status.update(f"{name}: warming up ...")
            answers = await warm_up(system, dialogues)
            loads = []
            for level in plan.levels:
                status.update(f"{name}: {level} conversations at once ...")
                loads.append(
                    await run_load(system, dialogues, conversations=level, seconds=plan.seconds)
                )
            status.update(f"{name}: 20 conversations at once, nothing said twice ...")
            fresh = await run_load(
                system, dialogues, conversations=20, seconds=plan.seconds, fresh=True
            )
            pss, rss = system.tree.memory_mb()
            status.update(f"{name}: a conversation of {plan.late} messages ...")
            growth = await measure_growth(system, dialogues[0], late=plan.late)
            best = max(loads, key=lambda each: each.per_second)
            at = {each.conversations: each.to_json() for each in loads}
            return {
                "others_busy": round(busy, 2),
                "seconds_to_ready": round(system.seconds_to_ready, 1),
                "answers": dict(answers.most_common()),
                "one": at[1],
                "twenty": at[20],
                "fresh": fresh.to_json(),
                "throughput": best.to_json(),
                "loads": list(at.values()),
                "memory_mb": round(pss),
                "memory_rss_mb": round(rss),
                "message_5_ms": round(growth.early_ms, 2),
                f"message_{growth.late}_ms": round(growth.late_ms, 2),
                "message_500_over_5": round(growth.ratio, 2),
            }


def fresh_database(root: Path, work: Path) -> str:
    """The address of a copy of the sample catalogue that belongs to this run alone."""
    path, ours = work / "bench.db", root / "var" / "ciep.db"
    for old in work.glob("bench.db*"):
        old.unlink()
    url = f"sqlite:///{path}"
    if ours.is_file():
        with closing(sqlite3.connect(ours)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
        return url
    command = [sys.executable, "-c", "from bot.cli import main; main()", "sample"]
    subprocess.run(command, cwd=root, env=clean_environment(CIEP_DATABASE_URL=url), check=True)
    return url


def machine() -> dict[str, Any]:
    """Where the figures come from."""
    return {
        "cpus": os.cpu_count(),
        "processor": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


async def bench(
    plan: Plan, console: Console, *, only: str | None, brains: int | None
) -> dict[str, Any]:
    """Measure both systems, one after the other."""
    work = ROOT / "var" / "bench"
    work.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = {
        "made_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": machine(),
        "plan": {"seconds": plan.seconds, "levels": list(plan.levels), "late": plan.late},
    }
    if only != "stock":
        url = fresh_database(ROOT, work)
        running = run_assistant(ROOT, work=work, database_url=url, brains=brains)
        results["assistant"] = await measure(running, plan, console, "This assistant")
    if only != "assistant":
        with console.status("Stock Rasa: training (minutes, the first time) ..."):
            model = await asyncio.to_thread(stock_model, ROOT, work=work, epochs=plan.epochs)
        url = fresh_database(ROOT, work)
        running_stock = run_stock(ROOT, work=work, database_url=url, model=model.path)
        results["stock"] = await measure(running_stock, plan, console, "Stock Rasa")
        results["stock"]["epochs"] = model.epochs
        results["stock"]["training_seconds"] = model.training_seconds
    if only != "stock":
        with console.status("Telegram: 100 chats, 10 messages each ..."):
            results["telegram"] = await asyncio.to_thread(telegram.measure)
    return {**compare(results), **results}


@click.command()
@click.option("--quick", is_flag=True, help="A few seconds of each; to see that it works.")
@click.option("--only", type=click.Choice(["assistant", "stock"]), help="Measure one of them.")
@click.option("--brains", type=int, help="Brain processes of this assistant, if not its default.")
@click.option("--output", type=click.Path(path_type=Path), default=ROOT / "var" / "bench.json")
def main(quick: bool, only: str | None, brains: int | None, output: Path) -> None:
    """Compare this assistant with stock Rasa: speed, CPU and memory for the same conversations."""
    console = Console()
    results = asyncio.run(bench(QUICK if quick else Plan(), console, only=only, brains=brains))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(results, indent=2) + "\n")
    console.print(table(results))
    if "telegram" in results:
        console.print(telegram_table(results["telegram"]))
    busiest = max(
        results[side]["others_busy"] for side in ("assistant", "stock") if side in results
    )
    if busiest > _QUIET:
        console.print(f"Other programs had {busiest:.0%} of the machine: the figures are rough.")
    console.print(f"Written to {output}")


if __name__ == "__main__":
    main()
