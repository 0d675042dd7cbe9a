"""Putting events on the personal agenda."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.action_details import choose
from actions.own_lists import show_agenda
from actions.picking import in_hand, listed, meant
from conference.models import Event


class ActionPlan(Act):
    """add_to_agenda. Clashes with what is there already are pointed out in the list."""

    def answer(self, turn: Turn) -> Answer:
        found = meant(turn, by_name=True)
        several = len(turn.reading.places) + len(turn.reading.records) > 1
        if not found or (len(found) > 1 and not several):
            return choose(turn, found or listed(turn))
        events = [record for record in found if isinstance(record, Event)]
        if not events:
            return show_agenda(turn, note="not_event", about=found[0])
        new = [turn.services.people.plan(person=turn.person, event_id=event.id) for event in events]
        answer = show_agenda(turn, note="added" if any(new) else "already", about=events[0])
        return in_hand(answer, events)
