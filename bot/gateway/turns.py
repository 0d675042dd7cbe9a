"""Turns: one at a time in a conversation, in the order of arrival, each kept and answered once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread

from bot.errors import BrainAwayError
from bot.gateway.brain_client import BrainClient, Message, Turn
from bot.gateway.errors import too_many, unavailable
from bot.gateway.locks import Locks
from bot.gateway.metrics import Metrics
from conference.conversations import Conversations

_WAITING_IN_ONE = 20  # turns that one conversation may have waiting: a hurried human has 3
_WAITING_IN_ALL = 500  # beyond it a turn would wait longer than a person does
_AT_ONCE = 16  # turns with the brains at one time: enough to keep each of them busy

_MORE = "more"  # kept in a message that others of its turn follow: what is cut short is known

_Result = TypeVar("_Result")


class _Lane:
    """A conversation's queue; asyncio's lock is first come, first served."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


class Turns:
    """Takes turns, keeps what was said, asks the brain, keeps the answer."""

    def __init__(
        self, conversations: Conversations, brain: BrainClient, metrics: Metrics, *, locks: Locks
    ) -> None:
        self._conversations = conversations
        self._brain = brain
        self._metrics = metrics
        self._locks = locks
        self._lanes: dict[str, _Lane] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._writing = CapacityLimiter(conversations.writers)

    def take(
        self,
        turn: Turn,
        *,
        shown: str,
        client_id: str | None = None,
        told: Callable[[Message], None] = lambda _: None,
    ) -> asyncio.Task[list[Message]]:
        """Accept a turn: a task with its answer, which goes on when nobody waits for it.

        `shown` is what the history shows that the person said; each message is `told` once it is
        kept. Raises ApiError at once when too much is waiting; the task raises it when no brain
        answers.
        """
        return self.in_line(turn.conversation, lambda: self._answer(turn, shown, client_id, told))

    def clear(self, conversation: str, person: str) -> asyncio.Task[None]:
        """Forget a conversation, after the turns that are before it; errors as with `take`."""
        return self.in_line(conversation, lambda: self._clear(conversation, person))

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way, but no longer than `seconds`."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()

    def in_line(
        self, conversation: str, work: Callable[[], Coroutine[Any, Any, _Result]]
    ) -> asyncio.Task[_Result]:
        """Do `work` in the conversation after what is before it; errors as with `take`."""
        lane = self._lanes.get(conversation) or _Lane()
        if lane.waiting >= _WAITING_IN_ONE:
            raise too_many(1)
        if len(self._tasks) >= _WAITING_IN_ALL:
            raise unavailable()
        self._lanes[conversation] = lane
        lane.waiting += 1

        async def in_line() -> _Result:
            try:
                # a place with the brains comes last: who waits for another gateway takes up none
                async with lane.lock, self._locks.hold(conversation), self._at_once:
                    return await work()
            finally:
                lane.waiting -= 1
                if not lane.waiting:
                    del self._lanes[conversation]

        task = asyncio.create_task(in_line())
        self._tasks.add(task)
        self._metrics.waiting.set(len(self._tasks))
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._metrics.waiting.set(len(self._tasks))
        if not task.cancelled():
            task.exception()  # looked at, for the client may have gone without waiting for it

    async def _write(self, what: Callable[[], _Result]) -> _Result:
        return await to_thread.run_sync(what, limiter=self._writing)

    async def _answer(
        self, turn: Turn, shown: str, client_id: str | None, told: Callable[[Message], None]
    ) -> list[Message]:
        began = time.monotonic()
        outcome = "failed"
        try:
            earlier = await self._write(partial(self._keep_question, turn, shown, client_id))
            kept = [without_more(each) for each in earlier]
            for message in kept:
                told(message)
            if earlier and _MORE not in earlier[-1]:
                outcome = "repeated"
                return kept
            known = len(earlier)  # of an attempt that was cut short

            async def keep(message: Message, more: bool) -> None:
                nonlocal known
                if known:
                    known -= 1
                    return
                marked = {**message, _MORE: True} if more else message
                seq = await self._write(partial(self._keep_answer, turn, marked, client_id))
                kept.append(message if seq is None else {**message, "seq": seq})
                told(kept[-1])
                self._count(message)

            await self._brain.turn(turn, told=keep)
            outcome = "answered"
            return kept
        except BrainAwayError:
            outcome = "away"
            raise unavailable() from None
        finally:
            self._metrics.turns.labels(turn.channel, outcome).inc()
            self._metrics.seconds.observe(time.monotonic() - began)

    def _keep_question(self, turn: Turn, shown: str, client_id: str | None) -> list[Message]:
        """Keep what was said, once; what it was answered if it is here again."""
        said: dict[str, Any] = {"text": shown}
        if turn.payload is not None:
            said["payload"] = turn.payload
        add = partial(
            self._conversations.append,
            conversation=turn.conversation,
            author="user",
            payload=said,
            client_id=client_id,
        )
        try:
            seq = add()
        except KeyError:  # its first message
            self._conversations.start(
                conversation=turn.conversation,
                person=turn.person,
                channel=turn.channel,
                language=turn.language and turn.language.partition("-")[0],
            )
            seq = add()
        if seq is not None or client_id is None:
            return []
        earlier = self._conversations.answered(conversation=turn.conversation, client_id=client_id)
        return [{**each.payload, "seq": each.seq} for each in earlier or ()]

    def _keep_answer(self, turn: Turn, message: Message, client_id: str | None) -> int | None:
        """Keep a message; its `seq`.

        When the turn deleted the person's data, the conversation with it, nothing is kept.
        """
        try:
            return self._conversations.append(
                conversation=turn.conversation,
                author="bot",
                payload=message,
                answers=client_id,
            )
        except KeyError:
            return None

    def _count(self, message: Message) -> None:
        if custom := message.get("custom"):
            self._metrics.answers.labels(custom.get("type"), custom.get("language")).inc()

    async def _clear(self, conversation: str, person: str) -> None:
        try:
            await self._brain.clear(conversation, person)
        except BrainAwayError:
            raise unavailable() from None
        await self._write(partial(self._conversations.clear, conversation=conversation))


def without_more(kept: Message) -> Message:
    """A kept message as it was told."""
    return {key: value for key, value in kept.items() if key != _MORE}
