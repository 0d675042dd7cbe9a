"""Taking records out of the saved list or the agenda."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.action_details import choose
from actions.own_lists import show_agenda, show_saved
from actions.picking import meant


class ActionRemove(Act):
    """remove_item. Where no list is named, an event leaves the agenda before the saved items."""

    def answer(self, turn: Turn) -> Answer:
        people, person = turn.services.people, turn.person
        found = meant(turn, by_name=True)
        if len(found) != 1:
            return choose(turn, found) if found or turn.reading.places else _which(turn)
        record = found[0]
        lists = _lists(turn)
        for own_list in lists:
            if own_list == "agenda" and people.unplan(person=person, event_id=record.id):
                return show_agenda(turn, note="removed", about=record)
            if own_list == "saved" and people.unsave(person=person, record_id=record.id):
                return show_saved(turn, note="removed", about=record)
        if lists == ("agenda",):
            return show_agenda(turn, note="absent", about=record)
        return show_saved(turn, note="absent", about=record)


def _which(turn: Turn) -> Answer:
    """Which of those that are kept; where none is, that is what there is to say."""
    people = turn.services.people
    ids = people.saved(person=turn.person) or people.agenda(person=turn.person)
    if not ids:
        return replace(show_saved(turn), conversation=turn.conversation)
    return choose(turn, turn.services.catalogue.get_many(ids))


def _lists(turn: Turn) -> tuple[str, ...]:
    """The lists to look in: the one that is named or shown comes first."""
    if turn.reading.own_list:
        return (turn.reading.own_list,)
    shown = turn.conversation.shown
    return ("saved", "agenda") if shown and shown.type == "saved" else ("agenda", "saved")
