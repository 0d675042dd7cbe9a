"""One turn: language, parse, context, rules and act, answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from actions.reading import language_named
from actions.services import Services
from bot.brain import questions, thumbs
from bot.brain.context import weigh
from bot.brain.language import is_foreign, language_of
from bot.brain.local_actions import LocalActions
from bot.brain.memory import SlotStore
from bot.brain.nlu import phrases
from bot.brain.nlu.institutions import NAMES_OF
from bot.brain.nlu.spelling import english_words, name_speller
from bot.brain.noticing import Noticing
from bot.brain.pinyin import Pinyin
from bot.brain.processor import BrainProcessor
from bot.brain.resumes import is_resume
from bot.brain.script import in_script
from bot.brain.spacing import Spacing
from conference.commands import read
from conference.recent import Recent
from conference.text import script_of, simplify
from conference.vocabulary.terms import LANGUAGES

Message = dict[str, Any]
_PARSES = 4096  # of some 1 KB each


@dataclass(frozen=True)
class Said:
    """What came from a person: a typed `text`, or the `payload` of a button that we made.

    `language` is what is known of them beforehand (a setting of their app), used until they write.
    """

    conversation: str
    person: str
    channel: str
    text: str | None = None
    payload: str | None = None
    language: str | None = None


class _WholeMessages(CollectingOutputChannel):
    """Keeps each message as the act made it, in one piece."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        keys = ("text", "buttons", "image", "custom")
        self.messages.append({key: message[key] for key in keys if message.get(key)})


class Brain:
    """A loaded model with the acts; made by `open_brain`."""

    def __init__(self, processor: BrainProcessor, slots: SlotStore, services: Services) -> None:
        self._processor = processor
        self._slots = slots
        self._services = services
        self._noticing = Noticing(services.lessons)
        self._english = english_words()
        known = [*phrases.vocabulary_phrases(), *phrases.language_phrases()]
        self._speller = name_speller()
        self._pinyin = Pinyin((each.text for each in known), english=self._english)
        self._spacing = Spacing((each.text for each in known), near=self._speller.knows)
        # as JSON: an eighth of the memory, and each turn has its own to change
        self._parses = Recent[str](_PARSES)

    @property
    def model(self) -> str:
        """The model's file name."""
        return str(self._processor.model_filename)

    def warm(self) -> None:
        """Read the data's vectors now rather than at the first search by words."""
        self._services.catalogue.warm()

    def data_version(self) -> str:
        return self._services.catalogue.version()

    async def answer(self, said: Said) -> list[Message]:
        """The messages that answer one turn. Turns of one conversation must not overlap."""
        return [message async for message, _ in self.answers(said)]

    async def answers(self, said: Said) -> AsyncIterator[tuple[Message, bool]]:
        """The same, each message as it is made, with whether more follow."""
        state = self._state(said)
        if said.payload is not None:
            for message in await self._act(said, _pressed(said.payload), state):
                yield message, False
            return
        parses = await self._questions(said, state)
        for number, parse in enumerate(parses, start=1):
            for message in await self._act(said, weigh(parse, state), state):
                yield message, number < len(parses)
            if number < len(parses):  # what the answer before it changed
                state = self._state(said)

    async def _questions(self, said: Said, state: dict[str, Any]) -> list[dict[str, Any]]:
        """The parse data of each question in a typed message: nearly always one."""
        text = said.text or ""
        if thumb := thumbs.read(text, state):
            return [_only(thumb[0], text, **thumb[1])]
        if is_resume(text):
            return [_only("match_profile", text, profile=text)]
        found = questions.parts(text)
        if len(found) > 1:
            parses = [await self._parse(part, said.conversation) for part in found]
            readings = [weigh(parse, state) for parse in parses]
            if questions.are_separate(readings):
                return [each for each in parses if not questions.is_courtesy(each)]
        return [await self._parse(text, said.conversation)]

    async def _act(self, said: Said, parse: dict[str, Any], state: dict[str, Any]) -> list[Message]:
        """Answer one question, or a pressed button."""
        language, script = self._spoken(said, parse, state)
        output = _WholeMessages()
        tracker_message = UserMessage(
            text=said.text if said.payload is None else said.payload,
            output_channel=output,
            sender_id=said.conversation,
            input_channel=said.channel,
            # acts find it in the latest message, which Rasa makes of the parse data
            parse_data={**parse, "metadata": {"language": language, "person": said.person}},
        )
        self._slots.begin(said.conversation, {**state, "language": language, "script": script})
        await self._processor.take_turn(tracker_message)
        whose = {"conversation": said.conversation, "person": said.person}
        custom = output.messages[-1].get("custom", {}) if output.messages else {}
        if custom.get("type") == "feedback":
            self._noticing.judged(custom, **whose)
        elif said.payload is not None:
            self._noticing.pressed(parse, **whose)
        else:
            self._noticing.wrote(parse, output.messages, **whose)
        return [in_script(each, script) for each in output.messages]

    async def understand(self, said: Said) -> dict[str, Any]:
        """What is made of a turn (of its first question) before it is answered, in context."""
        if said.payload is not None:
            return _pressed(said.payload)
        state = self._services.conversations.state(conversation=said.conversation) or {}
        return weigh((await self._questions(said, state))[0], state)

    def _state(self, said: Said) -> dict[str, Any]:
        """What the conversation remembers; one that is new is begun."""
        conversations = self._services.conversations
        state = conversations.state(conversation=said.conversation)
        if state is None:
            conversations.start(
                conversation=said.conversation,
                person=said.person,
                channel=said.channel,
                language=said.language and said.language.partition("-")[0],
            )
        return state or {}

    async def _parse(self, text: str, conversation: str) -> dict[str, Any]:
        """What the model makes of a typed text, which follows from it and the data alone.

        So it is kept: people say "hello", "more", 找工作 over and over.
        """
        kept = self._parses.get(self.data_version(), text)
        if kept is not None:
            parse: dict[str, Any] = json.loads(kept)
            return parse
        parse = await self._parse_anew(text, conversation)
        if NAMES_OF in parse:
            self._parses.put(parse[NAMES_OF], text, json.dumps(parse))
        return parse

    async def _parse_anew(self, text: str, conversation: str) -> dict[str, Any]:
        """A text in another language is out of scope.

        Leading slashes go: a typed text is never an intent command.
        """
        typed = text.strip().lstrip("/").strip()
        typed = self._pinyin.to_han(typed) or self._spacing.spaced(typed)
        if not any(map(str.isalnum, typed)) or is_foreign(
            typed, english=self._english, near=self._speller.knows
        ):
            return _only("out_of_scope", typed)
        message = UserMessage(text=typed, sender_id=conversation)
        parse: dict[str, Any] = await self._processor.parse_message(message)
        if not parse["intent"]["name"]:
            return _only("out_of_scope", typed)
        return parse

    def _spoken(
        self, said: Said, parse: dict[str, Any], state: dict[str, Any]
    ) -> tuple[str, str | None]:
        """The language and script to answer in: the message's, else the conversation's."""
        wished = language_named(parse["entities"], parse["text"] or "")
        script = state.get("script") or (said.language if said.language == "zh-Hant" else None)
        known = state.get("language") or (said.language or LANGUAGES[0]).partition("-")[0]
        written = language_of(parse["text"]) if said.payload is None else None
        if written == "zh" and said.text:
            script = script_of(said.text) or script
        if parse["intent"]["name"] == "switch_language" and wished:
            if said.text and wished == "zh":
                plain = simplify(said.text)
                script = (
                    "zh-Hant"
                    if "繁" in plain or "traditional" in plain.lower()
                    else ("zh-Hans" if "简体" in plain or "simplified" in plain.lower() else script)
                )
            language, _, of_script = wished.partition("-")  # a button's may be zh-Hant
            return language, wished if of_script else script
        return written or (known if known in LANGUAGES else LANGUAGES[0]), script

    async def clear(self, conversation: str) -> None:
        """Forget what the conversation remembers."""
        self._noticing.forget(conversation)
        self._services.conversations.clear(conversation=conversation)


def open_brain(models: Path, services: Services, *, actions_url: str | None = None) -> Brain:
    """Load the newest model in `models`; acts run here unless `actions_url` names a server."""
    slots = SlotStore(Domain.empty(), services.conversations)
    processor = BrainProcessor(
        model_path=models,
        tracker_store=slots,
        lock_store=InMemoryLockStore(),
        generator=TemplatedNaturalLanguageGenerator({}),
        action_endpoint=EndpointConfig(url=actions_url) if actions_url else LocalActions(),
    )
    slots.domain = processor.domain
    return Brain(processor, slots, services)


def _pressed(payload: str) -> dict[str, Any]:
    """Parse data of a button's payload."""
    intent, entities = read(payload)
    return _only(intent, payload, **entities)


def _only(intent: str, text: str, /, **entities: Any) -> dict[str, Any]:
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "intent_ranking": [{"name": intent, "confidence": 1.0}],
        "entities": [
            {"entity": name, "value": value, "start": 0, "end": 0}
            for name, value in entities.items()
        ],
    }
