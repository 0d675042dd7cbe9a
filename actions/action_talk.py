"""Greetings, goodbyes, help and the choice of language."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.presenting import (
    present_goodbye,
    present_greeting,
    present_help,
    present_language,
)


class ActionTalk(Act):
    """greet, goodbye, thanks, help, switch_language. None of them touches the search."""

    def answer(self, turn: Turn) -> Answer:
        language, edition = turn.language, turn.services.edition
        intent = turn.reading.intent
        if intent == "greet":
            message = present_greeting(edition=edition, language=language)
        elif intent == "help":
            sample = turn.services.sample
            message = present_help(edition=edition, language=language, sample=sample)
        elif intent == "switch_language":
            message = present_language(language=language)
        else:
            message = present_goodbye(language=language, thanks=intent == "thanks")
        return Answer(message, turn.conversation)
