"""Keeping records in the saved list."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.action_details import choose
from actions.own_lists import show_saved
from actions.picking import chosen, in_hand


class ActionSave(Act):
    """save_item. Several places in the list ("save the first two") save several records."""

    def answer(self, turn: Turn) -> Answer:
        found, settled = chosen(turn)
        if not settled:
            return choose(turn, found)
        new = [
            turn.services.people.save(person=turn.person, record_id=record.id) for record in found
        ]
        answer = show_saved(turn, note="added" if any(new) else "already", about=found[0])
        return in_hand(answer, found)
