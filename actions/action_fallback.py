"""What to say to a message that is out of scope or not sure to be understood."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.presenting import present_clarify, present_fallback
from actions.presenting.choices import Reading as Option


class ActionFallback(Act):
    """out_of_scope, and nlu_fallback, for which the nearest readings are offered."""

    def answer(self, turn: Turn) -> Answer:
        options = [Option(intent, {}) for intent in turn.reading.alternatives]
        if turn.reading.intent == "out_of_scope":
            message = present_fallback("out_of_scope", language=turn.language)
        elif options:
            message = present_clarify(options, language=turn.language)
        else:
            message = present_fallback("not_understood", language=turn.language)
        return Answer(message, turn.conversation)
