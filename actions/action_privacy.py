"""What is kept about a person, and deleting it."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.presenting import present_privacy


class ActionPrivacy(Act):
    """privacy, delete_data. Deleting waits for a yes."""

    def answer(self, turn: Turn) -> Answer:
        asks = turn.reading.intent == "delete_data"
        message = present_privacy(language=turn.language, pending=asks)
        pending = {"act": "delete_data"} if asks else None
        return Answer(message, replace(turn.conversation, pending=pending))
