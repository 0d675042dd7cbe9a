"""The channel as a whole: what runs, in which order it starts and ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any

from anyio import move_on_after, to_thread
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import Route
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.gateway.alerting import Alerting, Reach
from bot.gateway.brain_client import BrainClient
from bot.gateway.errors import ApiError, log_bug
from bot.gateway.limits import RateLimits
from bot.gateway.telegram import sender as sending
from bot.gateway.telegram.alerts import TelegramReach
from bot.gateway.telegram.api import Api, Identity, kind_of, quiet_libraries
from bot.gateway.telegram.handling import Handler
from bot.gateway.telegram.inbox import Inbox, number_of
from bot.gateway.telegram.leases import LEASE_SECONDS, Leases
from bot.gateway.telegram.limits import Limits
from bot.gateway.telegram.outbox import Outbox
from bot.gateway.telegram.profile import show_profile
from bot.gateway.telegram.records import Claimed, Reply
from bot.gateway.telegram.rendering import Place, plain
from bot.gateway.telegram.sender import Sender
from bot.gateway.telegram.speakers import Speakers
from bot.gateway.telegram.texts import say
from bot.gateway.telegram.updates import ALLOWED, Incoming, Sort, read
from bot.gateway.telegram.webhook import public_address, webhook_route
from bot.gateway.turns import Turns
from bot.settings import Settings
from conference.conversations import Conversations

log = logging.getLogger(__name__)

_POLLER = "poller"
_AT_ONCE = 16  # updates that one process works on: as many as the gateway asks brains at once
_IDLE = 1.0  # seconds between looks at the inbox: another process may have left something
_AWAY_SECONDS = 2.0  # between tries while no brain answers
_ATTEMPTS = 3  # that failed, or ended the process, before an update is given up
_TIDY_SECONDS = 3600.0
_RETRY = 5.0


class Channel:
    """Telegram's channel of one gateway process.

    `announce` is given the bot's address once it is known, `alerting` makes what tells alerts.
    `limits` are Telegram's own, `rates` those of people; whoever gives `rates` closes them.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        *,
        turns: Turns,
        brain: BrainClient,
        conversations: Conversations,
        alerting: Callable[[Reach], Alerting],
        announce: Callable[[str], None] = lambda _: None,
        limits: Limits | None = None,
        rates: RateLimits | None = None,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        assert settings.telegram_token  # noqa: S101  whoever opens the channel has looked
        quiet_libraries()
        self._announce = announce
        self._alerting = alerting
        self._webhook_url = settings.telegram_webhook_url
        self._api = Api(settings.telegram_token, url=settings.telegram_api_url)
        self._leases = Leases(engine, secrets.token_hex(8), seconds=lease_seconds)
        self._conversations = conversations
        self._speakers = Speakers(settings.secret)
        self._secret = settings.telegram_webhook_secret or self._speakers.webhook_secret(
            settings.telegram_token
        )
        self.inbox = Inbox(engine, self._leases.owner)
        self.outbox = Outbox(engine)
        self._sender = Sender(self._api, self.outbox, engine, self._leases, limits or Limits())
        self._handler = Handler(
            self._api,
            self.inbox,
            self._speakers,
            turns=turns,
            brain=brain,
            conversations=conversations,
            edition=settings.edition,
            limits=rates or RateLimits(settings),
        )
        self._edition = settings.edition
        self._wake = asyncio.Event()
        self._working: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """What the web server serves for us: the webhook, if one is set."""
        if self._webhook_url is None:
            return []
        return [webhook_route(self._webhook_url, self._secret, self.inbox, arrived=self._wake.set)]

    async def run(self) -> None:
        """Run until cancelled. A token that Telegram refuses ends it with a line in the log."""
        try:
            while True:
                try:
                    await self._run()
                    return
                except Exception as error:
                    log_bug("Telegram's channel", error)  # ours: it must not end everybody's chat
                    await asyncio.sleep(_RETRY)
        finally:
            await self._api.disconnect()

    async def _run(self) -> None:
        loops: list[asyncio.Task[None]] = []
        try:
            await self._beat_once()
            loops = [_task(self._beat()), _task(self._tidy())]
            me = await self._begin()
            if me is None:
                return
            self._announce(f"https://t.me/{me.username}")
            loops += [_task(self._work(me)), _task(self._sender.run()), _task(self._show())]
            reach = TelegramReach(self._speakers, me, sent=self._sender.wake)
            loops.append(_task(self._alerting(reach).run()))
            if self._webhook_url is None:
                loops.append(_task(self._poll()))
            await asyncio.gather(*loops)
        finally:
            for task in loops:
                task.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            if self._working:
                await asyncio.wait(self._working, timeout=2)
            with contextlib.suppress(SQLAlchemyError):
                await to_thread.run_sync(self._leases.release)

    # ---- beginning

    async def _begin(self) -> Identity | None:
        """Learn who we are and say how updates are to come; tried until it works."""
        while True:
            try:
                me = await self._api.identify()
                await self._say_how()
                return me
            except InvalidToken:
                log.error("Telegram refuses TELEGRAM_TOKEN; copy it again from @BotFather.")
                return None
            except TelegramError as error:
                log.warning("Telegram cannot be reached (%s); trying on.", type(error).__name__)
                await asyncio.sleep(_RETRY)

    async def _say_how(self) -> None:
        if self._webhook_url is None:
            await self._api.call("deleteWebhook", {"drop_pending_updates": False})
            return
        await self._api.call(
            "setWebhook",
            {
                "url": public_address(self._webhook_url),
                "secret_token": self._secret,
                "allowed_updates": ALLOWED,
                "max_connections": 40,
                "drop_pending_updates": False,
            },
        )

    async def _show(self) -> None:
        try:
            await show_profile(self._api, self._edition)
        except TelegramError as error:
            log.warning("Telegram did not take the bot's texts: %s", type(error).__name__)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._leases.seconds / 3)
            await self._beat_once()

    async def _beat_once(self) -> None:
        names = [f"gateway {self._leases.owner}", sending.LEASE]
        names += [_POLLER] if self._webhook_url is None else []
        try:
            for name in names:
                await to_thread.run_sync(self._leases.take, name)
        except SQLAlchemyError as error:
            log_bug("renewing Telegram's leases", error)

    async def _tidy(self) -> None:
        while True:
            try:
                await to_thread.run_sync(self.inbox.tidy)
            except SQLAlchemyError as error:
                log_bug("tidying Telegram's tables", error)
            await asyncio.sleep(_TIDY_SECONDS)

    # ---- updates come in

    async def _poll(self) -> None:
        """Ask for updates; what was kept is acknowledged by the next question's offset.

        The offset is sent until one question with it was answered, and then left out: numbers may
        begin anew lower after a quiet week, and an old offset would then throw updates away.
        """
        offset: int | None = None
        while True:
            if not self._leases.held(_POLLER):
                await asyncio.sleep(self._leases.seconds / 3)
                continue
            try:
                raw = await self._api.updates(offset=offset, allowed=ALLOWED)
                offset = None
                self._saw(raw)
                new = await to_thread.run_sync(self.inbox.put, raw) if raw else 0
                if new:
                    self._wake.set()
                numbers = [
                    each["update_id"]
                    for each in raw
                    if isinstance(each, dict) and isinstance(each.get("update_id"), int)
                ]
                offset = max(numbers) + 1 if numbers else None
            except SQLAlchemyError as error:
                log_bug("keeping Telegram's updates", error)  # they were not acknowledged
                await asyncio.sleep(1)
            except Conflict:
                log.warning("Another program polls this bot's updates; there may be only one.")
                await asyncio.sleep(_RETRY)
            except TelegramError as error:
                if kind_of(error) != "unsure":
                    log.warning("Telegram cannot be reached: %s", type(error).__name__)
                    await asyncio.sleep(1)

    def _saw(self, raw: Iterable[Any]) -> None:
        for number in filter(None, map(number_of, raw)):
            self._sender.saw(*number)

    # ---- and are worked on

    async def _work(self, me: Identity) -> None:
        while True:
            self._wake.clear()
            claimed: list[Claimed] = []
            try:
                room = _AT_ONCE - len(self._working)
                claimed = await to_thread.run_sync(self.inbox.claim, room)
            except SQLAlchemyError as error:
                log_bug("reading Telegram's inbox", error)
            for each in claimed:
                task = asyncio.create_task(self._one(each, me))
                self._working.add(task)
                task.add_done_callback(self._worked)
            if not claimed:
                with move_on_after(_IDLE):  # asyncio.wait_for may lose a cancellation
                    await self._wake.wait()

    def _worked(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log_bug("an update of Telegram's", error)
        self._wake.set()

    async def _one(self, claimed: Claimed, me: Identity) -> None:
        """Answer one update and be done with it, or leave it for later."""
        incoming: Incoming | None = None
        try:
            raw = json.loads(claimed.body)
            self._saw([raw])
            incoming = read(raw, me)
        except Exception as error:
            log_bug("reading an update of Telegram's", error)  # it stops nobody else's
        if incoming is None:
            await self._finish(claimed, Reply(), None)
            return
        try:
            if claimed.attempts > _ATTEMPTS:
                reply = await self._told(incoming, me, "failed")
            else:
                await self._same_beginning(claimed, incoming)
                reply = await self._handler.handle(claimed, incoming, me)
        except ApiError:  # no brain, or too much to do: it waits, and is told so once
            told = () if claimed.told else (await self._told(incoming, me, "one_moment")).outgoing
            tell = told[0] if told else None
            await _surely(partial(self.inbox.postpone, claimed, _AWAY_SECONDS, tell=tell))
            self._sender.wake()
            return
        except Exception as error:
            log_bug("answering an update of Telegram's", error)
            seconds = claimed.attempts / 2
            await _surely(partial(self.inbox.postpone, claimed, seconds, failed=True))
            return
        await self._finish(claimed, reply, incoming)

    async def _same_beginning(self, claimed: Claimed, incoming: Incoming) -> None:
        """A turn that was cut short begins again from where it began, so "more" is one page on."""
        if incoming.chat_id == 0:
            return
        speaker = self._speakers.of(incoming)
        whose = {"conversation": speaker.conversation}
        if claimed.before is None:
            state = await to_thread.run_sync(partial(self._conversations.state, **whose))
            await to_thread.run_sync(self.inbox.remember_before, claimed, state)
        elif not await self._handler.answered(claimed, speaker):
            before = claimed.before["state"]
            with contextlib.suppress(KeyError):
                await to_thread.run_sync(
                    partial(self._conversations.save_state, state=before, **whose)
                )

    async def _finish(self, claimed: Claimed, reply: Reply, incoming: Incoming | None) -> None:
        person = self._speakers.of(incoming).person if incoming else None
        await _surely(partial(self.inbox.finish, claimed, reply, person=person))
        if reply.outgoing:
            self._sender.wake()

    async def _told(self, incoming: Incoming, me: Identity, key: str) -> Reply:
        """A word of the channel's own; nothing where there is no chat to say it in."""
        if incoming.chat_id == 0 or incoming.sort in (Sort.BLOCKED, Sort.UNBLOCKED, Sort.MOVED):
            return Reply()
        language = await self._handler.language(incoming, self._speakers.of(incoming))
        return plain(Place(incoming, me), say(key, language))


async def _surely(call: Callable[[], object]) -> None:
    """Make a change that must not be missed, as soon as the database lets us."""
    while True:
        try:
            await to_thread.run_sync(call)
            return
        except SQLAlchemyError as error:
            log_bug("keeping what became of an update of Telegram's", error)
            await asyncio.sleep(1)


def _task(loop: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.create_task(loop)
