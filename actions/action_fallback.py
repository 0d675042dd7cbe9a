"""What to say to a message that is out of scope or not sure to be understood."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.presenting import present_clarify, present_fallback
from actions.presenting.choices import Reading as Option


class ActionFallback(Act):
    """out_of_scope, and nlu_fallback, for which the nearest readings are offered."""

    def answer(self, turn: Turn) -> Answer:
        options = [Option(intent, {}) for intent in turn.reading.alternatives]
        out_of_scope = turn.reading.intent == "out_of_scope"
        if options and not out_of_scope:
            return Answer(present_clarify(options, language=turn.language), turn.conversation)
        message = present_fallback(
            "out_of_scope" if out_of_scope else "not_understood",
            language=turn.language,
            ask=turn.services.lessons.ask(person=turn.person),
        )
        return Answer(message, turn.conversation)
