"""A hundred people at once. The figures are `benchmarks.telegram`'s, here are the answers."""

from __future__ import annotations

from pathlib import Path

from benchmarks.telegram import run_load


async def test_a_hundred_chats_get_every_answer_right_once_and_in_order(tmp_path: Path) -> None:
    load = await run_load(tmp_path, chats=100, messages=10)
    assert (load.messages, load.right, load.wrong_calls) == (1000, 1000, 0)
