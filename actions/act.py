"""What every act shares: it reads the turn, asks the catalogue, presents the answer."""

from __future__ import annotations

import abc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation
from actions.presenting import judged, present_answer
from actions.presenting.message import Message
from actions.reading import Reading, read
from actions.services import Services, open_services
from conference.models import Record
from conference.vocabulary import using


@dataclass(frozen=True)
class Turn:
    """One turn: what was said, what the conversation remembers and who is speaking.

    `pending` is the confirmation that was waiting when the turn began; only a yes takes it up, so
    `conversation` no longer holds it. `said_in` is the key under which its messages are kept.
    """

    reading: Reading
    conversation: Conversation
    pending: dict[str, Any] | None
    services: Services
    language: str
    person: str
    script: str | None = None
    said_in: str = ""

    @property
    def written(self) -> str:
        """The language with the script of who reads it: `zh-Hant`, or as it is."""
        return self.script if self.script and self.language == "zh" else self.language

    def fact(self, topic: str) -> Message:
        """The answer to a question about the conference."""
        services = self.services
        return present_answer(
            topic, edition=services.edition, language=self.language, sample=services.sample
        )

    def institutions(self, records: Sequence[Record]) -> dict[str, Any]:
        """The institution of each record, by the record's id."""
        return self.services.catalogue.institutions_of(records)


@dataclass(frozen=True)
class Answer:
    """A message and what the conversation remembers after it; None where nothing is to be said."""

    message: Message | None
    conversation: Conversation


class Act(Action, abc.ABC):
    """A Rasa action whose work is `answer`; its name is the class's in snake case.

    `run` blocks the loop for the few milliseconds of a search: a brain takes one turn after the
    other anyway.
    """

    def name(self) -> str:
        words = "".join(
            f"_{each.lower()}" if each.isupper() else each for each in type(self).__name__
        )
        return words.lstrip("_")

    @abc.abstractmethod
    def answer(self, turn: Turn) -> Answer:
        """The answer to a turn."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        services = open_services()
        said = tracker.latest_message
        before = Conversation.from_slots(tracker.slots)
        turn = Turn(
            reading=read(said, now=services.now(), days=services.edition.days),
            conversation=replace(before, pending=None),
            pending=before.pending,
            services=services,
            # Rasa's own shell and channels send neither
            language=said["metadata"].get("language") or "en",
            person=said["metadata"].get("person") or tracker.sender_id,
            script=tracker.slots.get("script"),
            said_in=tracker.sender_id,
        )
        with using(services.catalogue.vocabulary):
            answer = self.answer(turn)
        after = answer.conversation
        if answer.message is not None:
            after = replace(after, to_judge=judged(answer.message["custom"]))
            dispatcher.utter_message(
                text=answer.message["text"],
                buttons=answer.message.get("buttons"),
                json_message=answer.message["custom"],
            )
        slots = before.to_slots()
        return [
            SlotSet(name, value) for name, value in after.to_slots().items() if value != slots[name]
        ]
