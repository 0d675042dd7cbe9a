"""Tells people what is new for their alerts, unasked: a brain finds and says it.

The message is kept in the conversation and put where its channel sends from in the transaction
in which the alert hears of its news (`conference.alerts`). So a gateway that is killed has told
nothing, and the next look does it, or everything; and of several gateways one tells.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from anyio import to_thread
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import BrainAwayError
from bot.gateway.brain_client import BrainClient, Message, Turn
from bot.gateway.errors import ApiError, log_bug
from bot.gateway.metrics import Metrics
from bot.gateway.turns import Turns
from conference.alerts import Alerts, Due
from conference.commands import written
from conference.conversations import Conversations, add_unasked
from conference.moments import utc_now
from conference.people_tables import conversations as table

_LOOK_SECONDS = 5.0  # between two looks for new data
_REST_SECONDS = 600.0  # for an alert that a brain cannot answer, which it could not at once either


class Reach(Protocol):
    """How a channel reaches people."""

    channel: str

    def reached(self) -> Any:
        """Selects the persons that can be told something, each with an `address`."""

    def conversation(self, due: Due) -> str:
        """The conversation in which the person is told."""

    def send(
        self, connection: Connection, due: Due, message: Message, state: dict[str, Any]
    ) -> None:
        """Send what has been added to the conversation, which has this state, if that is needed."""

    def sent(self) -> None:
        """What was sent can be on its way."""


class WebReach:
    """The website's visitors read what the conversation's history has."""

    channel = "web"

    def reached(self) -> Any:
        columns = (table.c.person, table.c.id.label("address"))
        return select(*columns).where(table.c.channel == self.channel)

    def conversation(self, due: Due) -> str:
        return str(due.address)

    def send(
        self, connection: Connection, due: Due, message: Message, state: dict[str, Any]
    ) -> None:
        """Nothing: the widget asks for it."""

    def sent(self) -> None:
        """Nothing is on its way."""


class Alerting:
    """Looks for due alerts of one channel, one after the other, so that talk is not kept waiting.

    It looks every `seconds`; `ticks` is a clock in seconds that never goes back.
    """

    def __init__(
        self,
        reach: Reach,
        *,
        alerts: Alerts,
        conversations: Conversations,
        turns: Turns,
        brain: BrainClient,
        metrics: Metrics,
        seconds: float = _LOOK_SECONDS,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reach = reach
        self._alerts = alerts
        self._conversations = conversations
        self._turns = turns
        self._brain = brain
        self._metrics = metrics
        self._seconds = seconds
        self._ticks = ticks
        self._resting: dict[int, float] = {}

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except SQLAlchemyError as error:
                log_bug("looking for alerts", error)  # the next look does it
            await asyncio.sleep(self._seconds)

    async def look(self) -> None:
        """Tell everybody whose alerts are due, as long as there is a brain to ask."""
        while due := await to_thread.run_sync(self._due):
            if await self._brain.health() is None:
                return
            for each in due:
                try:
                    conversation = self._reach.conversation(each)
                    tell = partial(self._tell, each, conversation)
                    outcome = await self._turns.in_line(conversation, tell)
                except (ApiError, BrainAwayError):
                    return  # people who talk come first; the next look does the rest
                except Exception as error:
                    log_bug("telling an alert's news", error)
                    self._resting[each.news.alert] = self._ticks() + _REST_SECONDS
                    outcome = "failed"
                if outcome is not None:
                    self._metrics.alerts.labels(self._reach.channel, outcome).inc()

    def _due(self) -> list[Due]:
        now = self._ticks()
        self._resting = {alert: until for alert, until in self._resting.items() if until > now}
        return self._alerts.due(self._reach.reached(), but=self._resting)

    async def _tell(self, due: Due, conversation: str) -> str | None:
        """What came of it; None when it was due no more."""
        if not await to_thread.run_sync(self._alerts.is_due, due):
            return None
        turn = Turn(
            conversation=conversation,
            person=due.person,
            channel=self._reach.channel,
            payload=written("show_alerts", news=due.news.to_json()),
            language=due.language,
        )
        messages = await self._brain.turn(turn)
        kept = await to_thread.run_sync(partial(self._keep, due, conversation, messages))
        if not kept:
            return None
        if messages:
            self._reach.sent()
        return "told" if messages else "quiet"

    def _keep(self, due: Due, conversation: str, messages: list[Message]) -> bool:
        """Note that it was told and send it, at once; False when it was due no more."""
        state = self._conversations.state(conversation=conversation) or {}
        with self._alerts.hearing(due, told=bool(messages)) as connection:
            if connection is None:
                return False
            for message in messages:
                add_unasked(connection, conversation=conversation, payload=message, now=utc_now())
                self._reach.send(connection, due, message, state)
        return True
