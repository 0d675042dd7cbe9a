"""A person's own lists, on request."""

from __future__ import annotations

from collections.abc import Callable

from actions.act import Act, Answer, Turn
from actions.own_lists import show_agenda, show_alerts, show_contacts, show_saved

_LISTS: dict[str, Callable[[Turn], Answer]] = {
    "show_saved": show_saved,
    "show_agenda": show_agenda,
    "show_alerts": show_alerts,
    "show_contacts": show_contacts,
}


class ActionList(Act):
    """show_saved, show_agenda, show_alerts, show_contacts."""

    def answer(self, turn: Turn) -> Answer:
        return _LISTS[turn.reading.intent](turn)
