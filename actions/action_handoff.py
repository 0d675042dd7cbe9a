"""Passing a question to staff."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.presenting import present_handoff


class ActionHandoff(Act):
    """handoff."""

    def answer(self, turn: Turn) -> Answer:
        ticket = turn.services.people.open_ticket(person=turn.person, text=_question(turn))
        edition = turn.services.edition
        message = present_handoff(ticket.id, edition=edition, language=turn.language)
        return Answer(message, turn.conversation)


def _question(turn: Turn) -> str:
    """What the person wrote; before a button, which itself says nothing to staff."""
    if not turn.reading.text.startswith("/"):
        return turn.reading.text
    said = turn.services.conversations.history(conversation=turn.said_in)
    typed = (
        each.payload["text"]
        for each in reversed(said)
        if each.author == "user" and "payload" not in each.payload
    )
    return next((text for text in typed if any(map(str.isalnum, text))), "")
