"""More like the record in hand."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.action_details import choose
from actions.listing import show
from actions.picking import meant
from conference.query import Frame, Query
from conference.record_ids import kind_of


class ActionSimilar(Act):
    """find_similar."""

    def answer(self, turn: Turn) -> Answer:
        found = meant(turn)
        kind = kind_of(found[0].id) if len(found) == 1 else None
        if kind is None:
            return choose(turn, found)
        return show(Frame(kind, Query(similar_to=found[0].id)), turn)
