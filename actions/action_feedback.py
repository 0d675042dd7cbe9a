"""Whether an answer helped."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.presenting import present_fallback, present_feedback


class ActionFeedback(Act):
    """give_feedback: a button under an answer, or a thumb typed after it.

    Nothing is noted here: the answer is kept like every other, and counted from there
    (`conference.insight`).
    """

    def answer(self, turn: Turn) -> Answer:
        of, useful = turn.reading.of, bool(turn.reading.useful)
        if of is None:
            return Answer(
                present_fallback("nothing_in_hand", language=turn.language), turn.conversation
            )
        ask = not useful and turn.services.lessons.ask(person=turn.person)
        message = present_feedback(of, useful=useful, language=turn.language, ask=ask)
        return Answer(message, turn.conversation)
