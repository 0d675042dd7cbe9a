"""Putting events on the personal agenda."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.action_details import choose
from actions.own_lists import show_agenda
from actions.picking import chosen, in_hand
from conference.models import Event


class ActionPlan(Act):
    """add_to_agenda. Clashes with what is there already are pointed out in the list."""

    def answer(self, turn: Turn) -> Answer:
        found, settled = chosen(turn)
        if not settled:
            return choose(turn, found)
        events = [record for record in found if isinstance(record, Event)]
        if not events:
            return show_agenda(turn, note="not_event", about=found[0])
        new = [turn.services.people.plan(person=turn.person, event_id=event.id) for event in events]
        answer = show_agenda(turn, note="added" if any(new) else "already", about=events[0])
        return in_hand(answer, events)
