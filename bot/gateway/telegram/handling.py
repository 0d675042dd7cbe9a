"""What comes of each sort of update."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from typing import Any

from anyio import to_thread
from telegram.error import TelegramError

from bot.gateway.brain_client import BrainClient, Message, Turn
from bot.gateway.limits import RateLimits
from bot.gateway.telegram.api import Api, Identity
from bot.gateway.telegram.calendar import calendar_file
from bot.gateway.telegram.commands import CHOICES, PERSONAL, spoken
from bot.gateway.telegram.inbox import Inbox
from bot.gateway.telegram.inline import answer, search
from bot.gateway.telegram.places import nearest
from bot.gateway.telegram.records import Claimed, Outgoing, Reply
from bot.gateway.telegram.rendering import (
    JUDGING,
    PAGING,
    Place,
    in_private,
    intent_of,
    payload,
    plain,
    present,
    without_judging,
)
from bot.gateway.telegram.resume.reading import MOST_BYTES, read_resume
from bot.gateway.telegram.speakers import Speaker, Speakers
from bot.gateway.telegram.texts import say, written
from bot.gateway.telegram.updates import Incoming, Sort
from bot.gateway.turns import Turns
from conference.conversations import Conversations
from conference.edition import Edition
from conference.vocabulary.terms import LANGUAGES

_TYPING_AFTER = 0.3  # seconds: most answers are there before anybody sees that they are written
_TYPING_EVERY = 4.5  # Telegram shows it for 5
_ANSWERS = {"affirm", "deny"}


@dataclass(frozen=True)
class Asked:
    """Something said to the brain: its words or payload, and how the history shows it."""

    text: str | None = None
    payload: str | None = None
    shown: str = ""
    edit: int | None = None


class Handler:
    """Answers updates. Raises ApiError when no brain can; the update is then tried again."""

    def __init__(
        self,
        api: Api,
        inbox: Inbox,
        speakers: Speakers,
        *,
        turns: Turns,
        brain: BrainClient,
        conversations: Conversations,
        edition: Edition,
        limits: RateLimits,
    ) -> None:
        self._api = api
        self._inbox = inbox
        self._speakers = speakers
        self._turns = turns
        self._brain = brain
        self._conversations = conversations
        self._edition = edition
        self._rate = limits.limit("telegram", 1, window=30)  # 30 at once, then one a second
        self._told = limits.limit("telegram-told", 1 / 30, window=30)
        self._albums = limits.limit("telegram-album", 1 / 60, window=60)

    async def handle(self, claimed: Claimed, incoming: Incoming, me: Identity) -> Reply:
        """What is to be sent for an update."""
        place = Place(incoming, me)
        speaker = self._speakers.of(incoming)
        if incoming.sort is Sort.MOVED:
            moved = partial(self._inbox.move, old=incoming.chat_id, new=incoming.moved_to)
            await to_thread.run_sync(moved)
            return Reply()
        if incoming.sort is Sort.BLOCKED:
            await to_thread.run_sync(self._inbox.block, incoming.chat_id)
            return Reply()
        if claimed.attempts == 1 and await self._rate.wait(f"{incoming.user_id}"):
            return await self._too_fast(place, speaker)
        if incoming.sort is Sort.INLINE:
            custom = await search(incoming, speaker, self._brain, self._conversations)
            if custom is not None:
                await answer(incoming, me, self._api, custom)
            return Reply()
        if incoming.private:
            know = partial(self._inbox.know, chat_id=incoming.chat_id, person=speaker.person)
            await to_thread.run_sync(know)
        if incoming.sort is Sort.UNBLOCKED:
            return Reply()
        async with self._typing(incoming):
            return await self._answer(claimed, place, speaker)

    async def _answer(self, claimed: Claimed, place: Place, speaker: Speaker) -> Reply:
        incoming = place.incoming
        ask = partial(self._ask, claimed, place, speaker)
        language = await self.language(incoming, speaker)
        # An album comes picture by picture, its words with the first: it is answered once.
        seen = incoming.album and claimed.attempts == 1 and await self._albums.wait(incoming.album)
        if incoming.sort is Sort.TEXT:
            return await ask(Asked(text=incoming.text, shown=incoming.text))
        if incoming.sort is Sort.COMMAND:
            return await self._command(place, language, ask)
        if incoming.sort is Sort.BUTTON:
            return await self._pressed(claimed, place, speaker, language, ask)
        if incoming.sort is Sort.LOCATION and incoming.point:
            city = nearest(*incoming.point)
            if city is None:
                return plain(place, say("no_city", language))
            shown = f"📍 {say('found_here', language)}"
            return await ask(Asked(payload=payload("find_jobs", city=city), shown=shown))
        if incoming.sort is Sort.DOCUMENT:
            return await self._resume(place, language, ask)
        return Reply() if seen else plain(place, say(incoming.sort.value, language))

    async def _command(
        self, place: Place, language: str, ask: Callable[[Asked], Awaitable[Reply]]
    ) -> Reply:
        incoming = place.incoming
        name = incoming.command
        if not incoming.private and name in PERSONAL:
            return in_private(place, language, start=name)
        text, said = spoken(name, incoming.text, language)
        if name == "language" and said is None:
            buttons = [
                {
                    "title": say(f"button_{each}", language),
                    "payload": payload("switch_language", to_language=code),
                }
                for each, code in CHOICES.items()
            ]
            return plain(place, say("language", language), buttons=buttons)
        if text is None and said is None:
            # in a group it may be another bot's
            return plain(place, say("unknown_command", language)) if incoming.private else Reply()
        return await ask(Asked(text, said, shown=f"/{name} {incoming.text}".strip()))

    async def _pressed(
        self,
        claimed: Claimed,
        place: Place,
        speaker: Speaker,
        language: str,
        ask: Callable[[Asked], Awaitable[Reply]],
    ) -> Reply:
        """A button: only its own person's, in its own chat, and not for ever."""
        incoming = place.incoming
        key, _, number = incoming.data.partition(".")
        row = await to_thread.run_sync(self._inbox.keyboard, key)
        kept = row.buttons if row is not None and row.chat_id == incoming.chat_id else []
        if row is None or not number.isdecimal() or int(number) >= len(kept):
            return await self._toast(incoming, say("expired", language), alert=True)
        if row.user_id != incoming.user_id:
            return await self._toast(incoming, say("not_yours", language), alert=True)
        button = kept[int(number)]
        if event := button.get("event"):
            await self._toast(incoming)
            document = calendar_file(
                event, edition=self._edition.slug, now=datetime.now(timezone.utc)
            )
            params = {**place.params(), "document": document}
            return Reply((Outgoing(incoming.chat_id, "sendDocument", params),))
        intent = intent_of(button["payload"])
        # Cut short after it was answered, it is not put back: the answer is taken as it stands.
        if not await self.answered(claimed, speaker) and not await to_thread.run_sync(
            self._put_back, speaker, row.state or {}, intent
        ):
            return await self._toast(incoming, say("closed", language), alert=True)
        await self._toast(incoming)
        edit = incoming.message_id if intent in PAGING and row.is_list else None
        reply = await ask(Asked(payload=button["payload"], shown=button["title"], edit=edit))
        return reply + without_judging(place, key, kept) if intent == JUDGING else reply

    def _put_back(self, speaker: Speaker, state: dict[str, Any], intent: str) -> bool:
        """Bring the conversation back to where the button was shown, an old list to its page.

        A yes or no is good only while its own question waits: False when it no longer does. A
        judgement goes back nowhere: who was asked whether it helped went on meanwhile.
        """
        if intent == JUDGING:
            return True
        now = self._conversations.state(conversation=speaker.conversation) or {}
        if intent in _ANSWERS:
            return bool(now.get("pending")) and now["pending"] == state.get("pending")
        if state:
            present_tense = ("pending", "language", "script")
            kept = {key: value for key, value in now.items() if key in present_tense}
            back = {key: value for key, value in state.items() if key not in present_tense}
            with contextlib.suppress(KeyError):  # deleted meanwhile: there is nothing to go back to
                self._conversations.save_state(
                    conversation=speaker.conversation, state={**back, **kept}
                )
        return True

    async def _resume(
        self, place: Place, language: str, ask: Callable[[Asked], Awaitable[Reply]]
    ) -> Reply:
        incoming = place.incoming
        if incoming.file_size > MOST_BYTES:
            return plain(place, say("resume_too_large", language))
        try:
            content = await self._api.download(incoming.file_id, most=MOST_BYTES)
        except ValueError:
            return plain(place, say("resume_too_large", language))
        text = await read_resume(content)
        if text is None:
            return plain(place, say("resume_not_read", language))
        said = payload("match_profile", profile=text)
        return await ask(Asked(payload=said, shown=f"📄 {incoming.file_name}".strip()))

    async def _ask(self, claimed: Claimed, place: Place, speaker: Speaker, asked: Asked) -> Reply:
        """One turn; what it answers, its buttons remembering where it was."""
        turn = Turn(
            conversation=speaker.conversation,
            person=speaker.person,
            channel="telegram",
            text=asked.text,
            payload=asked.payload,
            language=place.incoming.language,
        )
        task = self._turns.take(turn, shown=asked.shown, client_id=_client_id(claimed))
        messages: list[Message] = await asyncio.shield(task)
        state = await self._state(speaker)
        script = (state or {}).get("script")
        reply = Reply()
        for message in messages:
            reply += present(place, message, script=script, edit=asked.edit)
        types = {(each.get("custom") or {}).get("type") for each in messages}
        if state is None and types == {"privacy"}:
            return Reply(reply.outgoing, reply.keyboards, forget=True)
        return reply.under(state)

    async def answered(self, claimed: Claimed, speaker: Speaker) -> bool:
        """Whether an earlier attempt got as far as an answer."""
        if claimed.before is None:
            return False
        read = partial(
            self._conversations.answered,
            conversation=speaker.conversation,
            client_id=_client_id(claimed),
        )
        return bool(await to_thread.run_sync(read))

    async def _state(self, speaker: Speaker) -> dict[str, Any] | None:
        read = partial(self._conversations.state, conversation=speaker.conversation)
        return await to_thread.run_sync(read)

    async def language(self, incoming: Incoming, speaker: Speaker) -> str:
        """The conversation's with its script, or what the app is set to."""
        state = await self._state(speaker) or {}
        known = state.get("language")
        return written(known, state.get("script")) if known in LANGUAGES else incoming.language

    async def _too_fast(self, place: Place, speaker: Speaker) -> Reply:
        """Said once in a while; the rest of a flood is not answered."""
        incoming = place.incoming
        if incoming.sort is Sort.BUTTON:
            return await self._toast(incoming, say("too_fast", incoming.language))
        if incoming.sort is Sort.INLINE or await self._told.wait(f"{incoming.user_id}"):
            return Reply()
        return plain(place, say("too_fast", await self.language(incoming, speaker)))

    async def _toast(self, incoming: Incoming, text: str = "", *, alert: bool = False) -> Reply:
        """End the button's spinner, with a word if there is one. It is good at once or never."""
        params: dict[str, Any] = {"callback_query_id": incoming.query_id}
        if text:
            params |= {"text": text, "show_alert": alert}
        with contextlib.suppress(TelegramError):
            await self._api.call("answerCallbackQuery", params, seconds=5)
        return Reply()

    @contextlib.asynccontextmanager
    async def _typing(self, incoming: Incoming) -> AsyncIterator[None]:
        """Show that an answer is being written, when it takes a moment."""

        async def show() -> None:
            params: dict[str, Any] = {"chat_id": incoming.chat_id, "action": "typing"}
            if incoming.thread_id is not None:
                params["message_thread_id"] = incoming.thread_id
            await asyncio.sleep(_TYPING_AFTER)
            while True:
                with contextlib.suppress(TelegramError):
                    await self._api.call("sendChatAction", params, seconds=5)
                await asyncio.sleep(_TYPING_EVERY)

        task = asyncio.create_task(show())
        try:
            yield
        finally:
            task.cancel()


def _client_id(claimed: Claimed) -> str:
    return f"telegram-{claimed.update_id}"
