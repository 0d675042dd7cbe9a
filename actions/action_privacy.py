"""What is kept about a person, deleting it, and whether their messages may be learnt from."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.presenting import present_learning, present_privacy


class ActionPrivacy(Act):
    """privacy, delete_data. Deleting waits for a yes."""

    def answer(self, turn: Turn) -> Answer:
        lessons = turn.services.lessons
        if turn.reading.consent:
            agreed = turn.reading.consent == "yes"
            lessons.agree(person=turn.person, agreed=agreed)
            return Answer(present_learning(agreed, language=turn.language), turn.conversation)
        if turn.reading.intent == "delete_data":
            message = present_privacy(language=turn.language, pending=True)
            return Answer(message, replace(turn.conversation, pending={"act": "delete_data"}))
        learning = lessons.agreed(person=turn.person)
        message = present_privacy(language=turn.language, learning=learning)
        return Answer(message, turn.conversation)
