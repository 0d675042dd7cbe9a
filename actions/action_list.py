"""A person's own lists, on request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.listing import show
from actions.own_lists import own_alert, show_agenda, show_alerts, show_contacts, show_saved
from conference.query import News

_LISTS: dict[str, Callable[[Turn], Answer]] = {
    "show_saved": show_saved,
    "show_agenda": show_agenda,
    "show_alerts": show_alerts,
    "show_contacts": show_contacts,
}


class ActionList(Act):
    """show_saved, show_agenda, show_alerts, show_contacts."""

    def answer(self, turn: Turn) -> Answer:
        if turn.reading.news:
            return _news(turn, turn.reading.news)
        return _LISTS[turn.reading.intent](turn)


def _news(turn: Turn, news: News) -> Answer:
    """What is new for an alert, told unasked: a question that waits for a yes goes on waiting."""
    alert = own_alert(turn, news.alert)
    if alert is not None and alert.active:
        frame = replace(alert.frame, news=news)
        if turn.services.catalogue.count(frame, now=turn.services.now()):
            told = show(frame, turn)
            return replace(told, conversation=replace(told.conversation, pending=turn.pending))
    return Answer(None, replace(turn.conversation, pending=turn.pending))
