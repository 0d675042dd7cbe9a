"""Whose the record in hand is."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.action_details import choose, detail
from actions.picking import meant


class ActionInstitution(Act):
    """ask_institution. With nothing in hand, the question is who organises the conference."""

    def answer(self, turn: Turn) -> Answer:
        found = meant(turn)
        if len(found) == 1:
            owner = turn.services.catalogue.institution_of(found[0])
            if owner is not None:
                return detail(turn, owner.id)
        if not found and not turn.conversation.listed_ids:
            return Answer(turn.fact("organisers"), turn.conversation)
        return choose(turn, found)
