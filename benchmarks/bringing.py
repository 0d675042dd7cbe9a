"""`ciep import` of a large file: time, CPU and memory, children included.

The file is like a job board's export, made from the sample's texts: 200,000 rows, 8,000 companies,
some 30,000 distinct titles, and no description twice, because real ones hardly repeat (those of the
sample do, which would flatter). The second import is of the same file, which changes nothing.

`make bench-import`, or `python -m benchmarks.bringing [ROWS]`; `CIEP_BENCH_DATABASE_URL` names an
empty PostgreSQL database to use in place of SQLite. Writes `var/bench-import.json`.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import psutil

from benchmarks.processes import Tree, clean_environment
from bot.sample import SEED
from conference.models import Job
from conference.sample import generate

ROOT = Path(__file__).resolve().parent.parent
ROWS = 200_000
_COMPANIES = 8_000
_TEAMS = 200  # kinds of endings of titles
_LOOK_SECONDS = 0.25
_HEADINGS = ("职位", "公司全称", "城市", "薪资", "学历", "工作经验", "行业", "职位描述", "发布日期")


@dataclass(frozen=True)
class Figures:
    """What an import took. Memory is the most at one time of all its processes together (PSS)."""

    rows: int
    seconds: float
    cpu_seconds: float
    memory_mb: float
    busy_others: float
    """The share of the machine that others had, from 0 to 1: the time is long where it is high."""


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """The rows of the file, the same every time."""
    chance = random.Random(SEED)
    jobs = [each for each in generate(seed=SEED) if isinstance(each, Job) and each.title_zh]
    for number in range(count):
        job = jobs[number % len(jobs)]
        clauses = [each for each in (job.description_zh or "").split("，") if each]
        chance.shuffle(clauses)
        text = "".join(clauses)
        cut = chance.randrange(len(text)) if text else 0
        low = chance.randrange(6, 40)
        team = f"（{chance.randrange(_TEAMS)}组）" if chance.random() < 0.2 else ""
        yield (
            f"{job.title_zh}{team}",
            f"测试{chance.randrange(_COMPANIES)}号有限公司",
            chance.choice(("北京", "上海", "深圳南山区", "广州", "杭州", "成都", "武汉")),
            f"{low}k-{low * 2}k",
            chance.choice(("本科", "硕士", "博士", "大专", "不限")),
            chance.choice(("1-3年", "3-5年", "不限", "5-10年")),
            chance.choice(("移动互联网", "金融", "医疗健康", "教育", "企业服务")),
            f"{text[cut:]}{number}{text[:cut]}",
            f"2020-0{chance.randrange(1, 9)}-{chance.randrange(10, 28)}",
        )


def measure(path: Path, database: str) -> Figures:
    """One import, in a process of its own."""
    ciep = Path(sys.executable).with_name("ciep")
    command = [str(ciep), "import", str(path), "--kind", "jobs"]
    environment = {**clean_environment(), "CIEP_DATABASE_URL": database}
    psutil.cpu_percent()
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    tree, cpu, memory = Tree([process]), 0.0, 0.0
    while True:
        cpu = max(cpu, tree.cpu_seconds())
        memory = max(memory, tree.memory_mb()[0])
        try:
            process.wait(_LOOK_SECONDS)
            break
        except subprocess.TimeoutExpired:
            continue
    seconds = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"the import ended with {process.returncode}")
    share = psutil.cpu_percent() / 100 - cpu / seconds / (psutil.cpu_count() or 1)
    with path.open(encoding="utf-8") as file:
        count = sum(1 for _ in file) - 1
    return Figures(count, round(seconds, 1), round(cpu, 1), round(memory), round(max(share, 0), 2))


def main() -> None:
    """Measure the first import of a file and the second, print and write the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jobs.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADINGS)
            writer.writerows(islice(rows(count), count))
        database = os.environ.get("CIEP_BENCH_DATABASE_URL") or f"sqlite:///{folder}/ciep.db"
        found = {name: _told(name, measure(path, database)) for name in ("first", "again")}
    target = ROOT / "var" / "bench-import.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps({name: asdict(each) for name, each in found.items()}, indent=2) + "\n",
        encoding="utf-8",
    )


def _told(name: str, each: Figures) -> Figures:
    print(
        f"{name:6} {each.rows:,} rows: {each.seconds:.0f} s, {each.cpu_seconds:.0f} s of CPU, "
        f"{each.memory_mb:.0f} MB, {each.busy_others:.0%} of the machine busy with others",
        flush=True,
    )
    return each


if __name__ == "__main__":
    main()
