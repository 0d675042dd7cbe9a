"""Turns, asked of the brains over loopback.

A conversation always goes to the same brain (rendezvous hashing), which may keep it warm.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import anyio
import httpx

from bot.errors import BrainAwayError, BrainFailedError
from bot.gateway.loopback import Loopback

_RETRY_SECONDS = 0.25

Message = dict[str, Any]
"""A bot message of the contract: `text`, and maybe `buttons`, `image`, `custom`."""

Told = Callable[[Message, bool], Awaitable[None]]
"""Is given a message, and whether more of the same turn follow."""


async def _nobody(_: Message, __: bool) -> None:
    """For those who wait for the whole answer."""


@dataclass(frozen=True)
class Turn:
    """What somebody said (`text`) or pressed (`payload`, as the server made it); one of the two."""

    conversation: str
    person: str
    channel: str  # web, telegram, terminal
    text: str | None = None
    payload: str | None = None
    language: str | None = None

    def to_json(self) -> dict[str, Any]:
        said = {"text": self.text} if self.payload is None else {"payload": self.payload}
        return {
            "conversation": self.conversation,
            "person": self.person,
            "channel": self.channel,
            "language": self.language,
            **said,
        }


class BrainClient:
    """Asks the brains at `urls`, a list that its owner may change when a brain moves.

    `patience` is how many seconds a brain may be away (it is restarting) before a turn is given
    up; `timeout` how many a turn may take.
    """

    def __init__(
        self,
        urls: Sequence[str],
        secret: str,
        *,
        patience: float = 10,
        timeout: float = 30,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._urls = urls
        self._patience = patience
        self._given_up = False
        self._headers = {"X-CIEP-Secret": secret}
        self._transport = transport or Loopback(timeout=timeout, connect=2)

    async def turn(self, turn: Turn, *, told: Told = _nobody) -> list[Message]:
        """The messages that answer, each `told` as the brain makes it; raises BrainError."""
        messages: list[Message] = []

        async def read(answer: httpx.Response) -> None:
            known = len(messages)  # told before the brain went away over the rest
            async for line in answer.aiter_lines():
                made = json.loads(line)
                if "failed" in made:
                    raise BrainFailedError(httpx.codes.INTERNAL_SERVER_ERROR)
                if known:
                    known -= 1
                    continue
                messages.append(made["message"])
                await told(made["message"], made["more"])

        await self._post("/turn", turn.conversation, turn.to_json(), read)
        return messages

    async def clear(self, conversation: str, person: str) -> None:
        """Forget the conversation; raises BrainError."""
        body = {"conversation": conversation, "person": person}
        await self._post("/turn/clear", conversation, body, httpx.Response.aread)

    async def health(self) -> dict[str, Any] | None:
        """The model's and the data's versions when every brain can answer, else None."""
        answers = await asyncio.gather(*(self.brain_health(url) for url in self._urls))
        return None if None in answers or not answers else answers[0]

    async def brain_health(self, url: str) -> dict[str, Any] | None:
        """What one brain says of itself; None when it is not ready."""
        try:
            # not asyncio.wait_for: in Python 3.10 it may lose a cancellation
            with anyio.fail_after(2):
                answer = await self._send("GET", f"{url}/health")
                await answer.aread()
        except (httpx.HTTPError, TimeoutError):
            return None
        return dict(answer.json()) if answer.status_code == httpx.codes.OK else None

    async def close(self) -> None:
        await self._transport.aclose()

    async def _post(
        self,
        path: str,
        conversation: str,
        body: dict[str, Any],
        read: Callable[[httpx.Response], Awaitable[Any]],
    ) -> None:
        """Ask until it is answered, and `read` the answer; raises BrainError."""
        loop = asyncio.get_running_loop()
        # Who waited in line while nobody came need not wait as long again.
        until = loop.time() + (0 if self._given_up else self._patience)
        lost = 0
        while True:
            try:
                answer = await self._send("POST", self._url(conversation) + path, body)
                if answer.status_code == httpx.codes.OK:
                    await read(answer)
                    self._given_up = False
                    return
                await answer.aclose()
            except (httpx.ConnectError, httpx.ConnectTimeout):
                answer = None  # not there, or not yet: nothing has been asked
            except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
                # It went away over this question, and saved nothing of it. Once may be chance; a
                # turn that ends a brain twice must not end the next ones too.
                lost += 1
                if lost == 2:
                    raise BrainAwayError() from error
                answer = None
            except httpx.HTTPError as error:
                raise BrainAwayError() from error
            if answer is not None and answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                raise BrainFailedError(answer.status_code)
            if loop.time() >= until:
                self._given_up = True
                raise BrainAwayError()
            await asyncio.sleep(_RETRY_SECONDS)

    async def _send(
        self, method: str, url: str, body: dict[str, Any] | None = None
    ) -> httpx.Response:
        # Straight to the transport: redirects, cookies and log-ins, which httpx's client sees to
        # at some cost, do not exist here.
        request = httpx.Request(method, url, headers=self._headers, json=body)
        return await self._transport.handle_async_request(request)

    def _url(self, conversation: str) -> str:
        """The same brain for the same conversation, and few of them move when one is added."""
        places = range(len(self._urls))
        if not places:
            raise BrainAwayError()
        return self._urls[max(places, key=lambda place: _weight(conversation, place))]


def _weight(conversation: str, place: int) -> bytes:
    return hashlib.blake2b(f"{place} {conversation}".encode(), digest_size=8).digest()
