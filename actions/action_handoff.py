"""Passing a question to staff."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.presenting import present_handoff


class ActionHandoff(Act):
    """handoff."""

    def answer(self, turn: Turn) -> Answer:
        ticket = turn.services.people.open_ticket(person=turn.person, text=_question(turn))
        edition = turn.services.edition
        message = present_handoff(ticket, edition=edition, language=turn.language)
        return Answer(message, turn.conversation)


def _question(turn: Turn) -> str:
    """What the person wrote last that did not ask for staff, and then how they ask for staff now.

    A button itself says nothing to staff.
    """
    asked = typed = ""
    for each in turn.services.conversations.history(conversation=turn.said_in):
        if each.author == "user":
            asked = typed or asked
            said = "" if "payload" in each.payload else each.payload["text"]
            typed = said if any(map(str.isalnum, said)) else ""
        elif each.payload.get("custom", {}).get("type") == "handoff":
            typed = ""
    if not typed and not turn.reading.text.startswith("/"):
        typed = turn.reading.text  # the terminal keeps no history
    return "\n".join(filter(None, (asked, typed)))
