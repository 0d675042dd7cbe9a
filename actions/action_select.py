"""Opening one record of the list: "the second one", "the hydrogen one"."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.action_details import choose, detail
from actions.listing import show
from actions.narrowing import next_search
from actions.picking import picked


class ActionSelect(Act):
    """select_item. A name that nothing in the list bears narrows the search instead."""

    def answer(self, turn: Turn) -> Answer:
        found = picked(turn)
        if len(found) == 1:
            return detail(turn, found[0].id, attribute=turn.reading.attribute)
        reading, in_hand = turn.reading, turn.conversation.search
        if not found and reading.changes and not reading.places and in_hand:
            return show(
                next_search(reading, in_hand, institution=None, now=turn.services.now()), turn
            )
        return choose(turn, found)
