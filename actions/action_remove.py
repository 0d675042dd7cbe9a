"""Taking records out of the saved list or the agenda."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.action_details import choose
from actions.own_lists import show_agenda, show_saved
from actions.picking import meant
from conference.models import Event


class ActionRemove(Act):
    """remove_item. An event leaves the agenda if it is there, and the saved list otherwise."""

    def answer(self, turn: Turn) -> Answer:
        people, person = turn.services.people, turn.person
        found = meant(turn, by_name=True)
        if len(found) != 1:
            return choose(turn, found or self._kept(turn))
        record = found[0]
        shown = turn.conversation.shown
        planned = isinstance(record, Event) and (shown is None or shown.type != "saved")
        if planned and people.unplan(person=person, event_id=record.id):
            return show_agenda(turn, note="removed", about=record)
        if people.unsave(person=person, record_id=record.id):
            return show_saved(turn, note="removed", about=record)
        if isinstance(record, Event) and people.unplan(person=person, event_id=record.id):
            return show_agenda(turn, note="removed", about=record)
        return show_saved(turn, note="absent", about=record)

    def _kept(self, turn: Turn) -> list:  # type: ignore[type-arg]
        people = turn.services.people
        ids = people.saved(person=turn.person) or people.agenda(person=turn.person)
        return turn.services.catalogue.get_many(ids)
