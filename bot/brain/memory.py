"""What Rasa remembers of a conversation: its slots, and nothing that grows.

A stock tracker keeps every event and replays them all at each turn, which makes message 1,800 seven
times as slow as message 9. The rules look at the last message only, so slots are enough.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from conference.conversations import Conversations


class SlotStore(TrackerStore):
    """Keeps the slots that are set as the conversation's state in our own database."""

    def __init__(self, domain: Domain, conversations: Conversations) -> None:
        super().__init__(domain)
        self._conversations = conversations
        self._begun: dict[str, dict[str, Any]] = {}

    def begin(self, conversation: str, state: dict[str, Any]) -> None:
        """Let the next turn begin with `state`, which its end saves; it has been read already."""
        self._begun[conversation] = state

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A tracker that waits for a message, with the slots as they were left."""
        state = self._begun.pop(sender_id, None)
        if state is None:
            state = self._conversations.state(conversation=sender_id) or {}
        tracker = self.init_tracker(sender_id)
        tracker.update_with_events(
            [
                ActionExecuted(ACTION_LISTEN_NAME),
                *(SlotSet(name, value) for name, value in state.items() if name in tracker.slots),
            ],
            self.domain,
        )
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        state = {
            name: slot.value
            for name, slot in tracker.slots.items()
            if slot.value is not None and not name.startswith("session_started")
        }
        with contextlib.suppress(KeyError):  # the person had it deleted in this very turn
            self._conversations.save_state(conversation=tracker.sender_id, state=state)

    async def keys(self) -> Iterable[Any]:
        return []  # nobody lists conversations through Rasa
