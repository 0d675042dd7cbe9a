"""Asking an institution to get in touch, with the person's consent."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.action_details import choose
from actions.picking import meant
from actions.presenting import present_contact_consent


class ActionContact(Act):
    """contact_item. Nothing is noted before the person says yes."""

    def answer(self, turn: Turn) -> Answer:
        found = meant(turn, by_name=True)
        if len(found) != 1:
            return choose(turn, found)
        record = found[0]
        message = present_contact_consent(
            record, turn.services.catalogue.institution_of(record), language=turn.language
        )
        pending = {"act": "contact", "record": record.id}
        return Answer(message, replace(turn.conversation, record=record.id, pending=pending))
