"""Passing a question to staff."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.presenting import present_handoff


class ActionHandoff(Act):
    """handoff."""

    def answer(self, turn: Turn) -> Answer:
        ticket = turn.services.people.open_ticket(person=turn.person, text=turn.reading.text)
        edition = turn.services.edition
        message = present_handoff(ticket.id, edition=edition, language=turn.language)
        return Answer(message, turn.conversation)
