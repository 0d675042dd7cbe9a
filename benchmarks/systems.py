"""The two systems under test, each as a visitor's client sees it."""

from __future__ import annotations

import abc
import contextlib
import sys
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.processes import Tree, clean_environment, free_port, running, until_ready

Message = dict[str, Any]


@dataclass
class System(abc.ABC):
    """A system that answers; `tree` are its processes, `seconds_to_ready` what its start took."""

    http: aiohttp.ClientSession
    url: str
    tree: Tree
    seconds_to_ready: float = field(default=0.0, init=False)

    @abc.abstractmethod
    async def begin(self, language: str) -> str:
        """A new conversation's key."""

    @abc.abstractmethod
    async def say(self, key: str, text: str, *, language: str) -> list[Message]:
        """The messages that answer; raises aiohttp.ClientError for anything but an answer."""


class Assistant(System):
    """This assistant over its website's channel."""

    async def begin(self, language: str) -> str:
        body = await self._post("session", {"language": language})
        return str(body["token"])

    async def say(self, key: str, text: str, *, language: str) -> list[Message]:
        messages: list[Message] = (await self._post("messages", {"token": key, "text": text}))[
            "messages"
        ]
        return messages

    async def is_ready(self) -> bool:
        try:
            async with self.http.get(f"{self.url}/health") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def _post(self, call: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.http.post(f"{self.url}/chat/{call}", json=body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())


class Stock(System):
    """Rasa over its REST channel.

    What our gateway tells our brain, the message's language and the person, goes along as the
    channel's metadata: the acts read both.
    """

    async def begin(self, language: str) -> str:
        return uuid.uuid4().hex

    async def say(self, key: str, text: str, *, language: str) -> list[Message]:
        metadata = {"language": language, "person": key}
        body = {"sender": key, "message": text, "metadata": metadata}
        async with self.http.post(f"{self.url}/webhooks/rest/webhook", json=body) as answer:
            answer.raise_for_status()
            return list(await answer.json())

    async def is_ready(self) -> bool:
        try:
            return bool(await self.say(uuid.uuid4().hex, "hello", language="en"))
        except aiohttp.ClientError:
            return False


def _http() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=120)
    )


@contextlib.asynccontextmanager
async def run_assistant(
    root: Path, *, work: Path, database_url: str, brains: int | None = None
) -> AsyncIterator[Assistant]:
    """`ciep run` with its defaults, but for the limits on how much one address may say."""
    port = free_port()
    environ = clean_environment(
        CIEP_PORT=str(port),
        CIEP_DATABASE_URL=database_url,
        CIEP_MESSAGE_RATE="0",  # the whole load comes from one address and few visitors
        CIEP_SESSION_RATE="0",
        **({} if brains is None else {"CIEP_BRAINS": str(brains)}),
    )
    log = work / "assistant.log"
    command = [sys.executable, "-c", "from bot.cli import main; main()", "run"]
    with running(command, root=root, environ=environ, log=log) as process:
        async with _http() as http:
            system = Assistant(http, f"http://127.0.0.1:{port}", Tree([process]))
            system.seconds_to_ready = await until_ready(system.is_ready, process=process, log=log)
            yield system


@contextlib.asynccontextmanager
async def run_stock(
    root: Path, *, work: Path, database_url: str, model: Path
) -> AsyncIterator[Stock]:
    """`rasa run` with the REST channel, and rasa_sdk's action server with our actions."""
    port, actions_port = free_port(), free_port()
    (work / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
    )
    (work / "credentials.yml").write_text("rest:\n")
    environ = clean_environment(CIEP_DATABASE_URL=database_url, TF_CPP_MIN_LOG_LEVEL="3")
    python = sys.executable
    acting = [python, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)]
    serving = [python, "-m", "rasa", "run", "--model", str(model), "--port", str(port)]
    serving += ["--endpoints", str(work / "endpoints.yml")]
    serving += ["--credentials", str(work / "credentials.yml")]
    log = work / "rasa.log"
    with (
        running(acting, root=root, environ=environ, log=work / "actions.log") as actions,
        running(serving, root=root, environ=environ, log=log) as rasa,
    ):
        async with _http() as http:
            system = Stock(http, f"http://127.0.0.1:{port}", Tree([actions, rasa]))
            system.seconds_to_ready = await until_ready(system.is_ready, process=rasa, log=log)
            yield system
