"""Facts about the conference, each with its source."""

from __future__ import annotations

from actions.act import Act, Answer, Turn


class ActionAnswer(Act):
    """ask_<topic>."""

    def answer(self, turn: Turn) -> Answer:
        topic = turn.reading.intent.removeprefix("ask_")
        return Answer(turn.fact(topic), turn.conversation)
