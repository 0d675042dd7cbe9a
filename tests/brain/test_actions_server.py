"""Acts in a server of their own, as `CIEP_ACTIONS_URL` has it: the SDK's real one."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from actions.services import Services
from bot.brain.brain import Brain, Said, open_brain
from bot.settings import ROOT

ITS_CLOCK = "2020-09-11T09:00+08:00"
"""Not the brain's, so that an answer shows where it was made."""


@pytest.fixture
async def brain(trained_models: Path, services: Services) -> AsyncIterator[Brain]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = str(services.catalogue.engine.url)
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    environment = {**os.environ, "CIEP_DATABASE_URL": url, "CIEP_CLOCK": ITS_CLOCK}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:  # noqa: S603  ours
        try:
            async with httpx.AsyncClient() as client:
                for _ in range(600):
                    try:
                        await client.get(f"http://127.0.0.1:{port}/health")
                        break
                    except httpx.ConnectError:
                        await asyncio.sleep(0.1)  # a process that starts tells it in no other way
            address = f"http://127.0.0.1:{port}/webhook"
            yield open_brain(trained_models, services, actions_url=address)
        finally:
            server.terminate()


async def test_a_separate_server_s_acts_answer_in_both_languages(brain: Brain) -> None:
    for number, (text, language) in enumerate(
        (("what's on today", "en"), ("今天有什么活动", "zh"))
    ):
        name = f"remote-{number}"
        said = Said(conversation=name, person=name, channel="test", text=text)
        (answer,) = await brain.answer(said)
        assert answer["custom"]["type"] == "results"
        assert answer["custom"]["language"] == language
        assert answer["custom"]["query"] == {"day": "2020-09-11"}
