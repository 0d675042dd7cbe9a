"""Facts about the conference, each with its source."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.presenting import present_answer


class ActionAnswer(Act):
    """ask_<topic>."""

    def answer(self, turn: Turn) -> Answer:
        topic = turn.reading.intent.removeprefix("ask_")
        message = present_answer(topic, language=turn.language, sample=turn.services.sample)
        return Answer(message, turn.conversation)
