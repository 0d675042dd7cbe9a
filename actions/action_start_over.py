"""Starting over: the search is emptied, the person's lists are not."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.conversation import Conversation
from actions.presenting import present_greeting


class ActionStartOver(Act):
    """start_over."""

    def answer(self, turn: Turn) -> Answer:
        edition = turn.services.edition
        message = present_greeting(edition=edition, language=turn.language, again=True)
        return Answer(message, Conversation())
