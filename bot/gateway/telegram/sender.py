"""Takes from the outbox and calls Telegram, within its limits, by the kind of each error.

| Telegram says             | then                                                         |
|---------------------------|--------------------------------------------------------------|
| 429, wait n seconds       | the chat rests so long, the message goes later               |
| nothing, not reached, 5xx | again, later and later                                       |
| nothing after a time-out  | whether it has arrived is found out: see `arrival`           |
| 403, no such chat         | the chat is blocked: nothing more is sent there              |
| moved to another number   | all that waits goes there                                    |
| message is not modified   | it is as it should be                                        |
| cannot be edited          | sent as a new message                                        |
| cannot parse entities     | sent without marks, rather a plain answer than none          |
| anything else             | logged and dropped: it would be refused again                |
"""

from __future__ import annotations

import asyncio
import html
import logging
import re
from dataclasses import replace
from functools import partial
from typing import Any

from anyio import move_on_after, to_thread
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.gateway.errors import log_bug
from bot.gateway.telegram.api import IDEMPOTENT, Api, kind_of, seconds_of
from bot.gateway.telegram.arrival import Arrival
from bot.gateway.telegram.inbox import block_chat, move_chat
from bot.gateway.telegram.leases import Leases
from bot.gateway.telegram.limits import Limits, Pace
from bot.gateway.telegram.outbox import Outbox
from bot.gateway.telegram.records import Waiting

log = logging.getLogger(__name__)

LEASE = "sender"
_AT_ONCE = 8  # calls under way: at 30 a second and 0.1 s each there are 3
_IDLE = 1.0  # seconds between looks when nobody wakes us: another process may have added
_LONGEST = 60.0  # seconds between tries
_GIVE_UP = 24 * 3600  # seconds after which an answer answers nothing any more


class Sender:
    """Empties the outbox while it holds the lease."""

    def __init__(
        self, api: Api, outbox: Outbox, engine: Engine, leases: Leases, limits: Limits
    ) -> None:
        self._api = api
        self._outbox = outbox
        self._engine = engine
        self._leases = leases
        self._pace = Pace(limits)
        self._wake = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._away = 0
        self._arrival = Arrival(api)

    def wake(self) -> None:
        """There is something new."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled; what is under way is finished."""
        for chat_id, mark in await to_thread.run_sync(self._outbox.marks):
            self._arrival.know(chat_id, mark)
        try:
            while True:
                self._wake.clear()
                wait = _IDLE
                if self._leases.held(LEASE):
                    try:
                        wait = await self._round()
                    except SQLAlchemyError as error:
                        log_bug("reading Telegram's outbox", error)
                with move_on_after(max(wait, 0.005)):  # asyncio.wait_for may lose a cancellation
                    await self._wake.wait()
        finally:
            if self._busy:
                await asyncio.wait(self._busy.values(), timeout=2)

    async def _round(self) -> float:
        """Begin what may be begun; seconds until there may be more."""
        wait = self._pace.wait_for_all()
        room = _AT_ONCE - len(self._busy)
        if wait or room <= 0:
            return wait or _IDLE  # an ended call wakes us
        but = self._pace.resting() | set(self._busy)
        heads = await to_thread.run_sync(lambda: self._outbox.heads(but=but, limit=room))
        for waiting in heads:
            if self._pace.wait_for_all():
                break
            self._pace.begin()
            task = asyncio.create_task(self._send(waiting))
            self._busy[waiting.chat_id] = task
            task.add_done_callback(partial(self._ended, waiting.chat_id))
        soonest = self._pace.soonest()
        return min(_IDLE, self._pace.wait_for_all() or _IDLE, soonest if soonest else _IDLE)

    def _ended(self, chat_id: int, task: asyncio.Task[None]) -> None:
        del self._busy[chat_id]
        if not task.cancelled() and (error := task.exception()):
            log_bug("sending to Telegram", error)
        self._wake.set()

    def saw(self, chat_id: int, message_id: int) -> None:
        """A message with this number is known."""
        self._arrival.saw(chat_id, message_id)

    async def _send(self, waiting: Waiting) -> None:
        try:
            if waiting.mark and await self._arrival.has_come(waiting):
                # an earlier process was killed before it could note that it was sent
                await to_thread.run_sync(self._outbox.done, waiting)
                return
            mark = self._arrival.mark(waiting)
            if mark:
                await to_thread.run_sync(self._outbox.begin, waiting, mark)
            waiting = replace(waiting, mark=mark)
            sent = await self._api.call(
                waiting.method, {"chat_id": waiting.chat_id, **waiting.params}
            )
            if isinstance(sent, dict) and isinstance(sent.get("message_id"), int):
                self.saw(waiting.chat_id, sent["message_id"])
            self._away = 0
            await to_thread.run_sync(self._outbox.done, waiting)
        except TelegramError as error:
            await self._answer_for(waiting, error)
        finally:
            self._pace.end(waiting.chat_id)

    async def _answer_for(self, waiting: Waiting, error: TelegramError) -> None:
        kind = kind_of(error)
        if kind == "unsure":
            kind = "arrived" if await self._has_come(waiting) else "away"
        if isinstance(error, RetryAfter):
            seconds = seconds_of(error)
            self._pace.rest(waiting.chat_id, seconds)
            await to_thread.run_sync(self._outbox.later, waiting, seconds)
        elif kind in ("away", "token") and waiting.age < _GIVE_UP:
            self._away += 1
            seconds = min(_LONGEST, 0.5 * 2 ** min(self._away - 1, 7))
            self._pace.pause(seconds)
            await to_thread.run_sync(self._outbox.later, waiting, seconds)
        elif isinstance(error, ChatMigrated):
            new = error.new_chat_id
            await to_thread.run_sync(lambda: move_chat(self._engine, old=waiting.chat_id, new=new))
        elif kind == "blocked":
            await to_thread.run_sync(block_chat, self._engine, waiting.chat_id)
        elif other := _other_way(waiting, str(error)):
            method, params = other
            change = self._outbox.instead
            await to_thread.run_sync(lambda: change(waiting, method=method, params=params))
        else:
            if kind not in ("arrived", "away") and "not modified" not in str(error):
                log.warning("Telegram refused %s: %s", waiting.method, type(error).__name__)
            await to_thread.run_sync(self._outbox.done, waiting)

    async def _has_come(self, waiting: Waiting) -> bool:
        """After a time-out: whether it has come; when that cannot be told, it has most likely."""
        if waiting.method in IDEMPOTENT:
            return False
        try:
            return not waiting.mark or await self._arrival.has_come(waiting)
        except TelegramError:
            return True


def _other_way(waiting: Waiting, said: str) -> tuple[str, dict[str, Any]] | None:
    """Another call that says the same, when this one cannot be made."""
    said = said.lower()
    params = dict(waiting.params)
    if waiting.method == "editMessageText" and ("to edit" in said or "can't be edited" in said):
        del params["message_id"]
        return "sendMessage", params
    if "parse entities" in said and params.pop("parse_mode", None):
        params["text"] = html.unescape(re.sub(r"</?[a-z]+>", "", params["text"]))
        return waiting.method, params
    return None
