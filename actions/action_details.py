"""A question about the record in hand, or about one that is picked."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.own_lists import lists_with
from actions.picking import meant
from actions.presenting import present_choose, present_detail, present_fallback
from actions.presenting.attributes import ATTRIBUTES

_OF_THE_CONFERENCE = {
    "time": "dates",
    "place": "place",
    "speakers": "speakers",
    "language": "languages",
    "contact": "contact",
    "description": "about",
}
"""With no record in hand, "when does it start?" can only be about the conference."""


def detail(turn: Turn, record_id: str, *, attribute: str | None = None) -> Answer:
    """The record, which becomes the one in hand."""
    record = turn.services.catalogue.get(record_id)
    if record is None:
        return Answer(present_fallback("gone", language=turn.language), turn.conversation)
    shown = turn.conversation.shown
    message = present_detail(
        record,
        turn.services.catalogue.institution_of(record),
        language=turn.language,
        attribute=attribute if attribute in ATTRIBUTES else None,
        in_list=bool(shown and shown.ids),
        open_already=turn.conversation.record == record.id,
        kept=lists_with(turn, record),
    )
    return Answer(message, replace(turn.conversation, record=record.id, counted=False))


def choose(turn: Turn, found: list) -> Answer:  # type: ignore[type-arg]
    """Which of several is meant? Without any, or any of those named by id, says what is missing."""
    named = turn.reading.records
    if named and not any(each.id in named for each in found):
        return Answer(present_fallback("gone", language=turn.language), turn.conversation)
    if not found:
        return Answer(
            present_fallback("nothing_in_hand", language=turn.language), turn.conversation
        )
    message = present_choose(found, language=turn.language, institutions=turn.institutions(found))
    return Answer(message, turn.conversation)


class ActionDetails(Act):
    """ask_details."""

    def answer(self, turn: Turn) -> Answer:
        found = meant(turn)
        topic = _OF_THE_CONFERENCE.get(turn.reading.attribute or "")
        shown = turn.conversation.shown
        if len(found) == 1:
            return detail(turn, found[0].id, attribute=turn.reading.attribute)
        if not found and topic and not (shown and shown.ids):
            message = turn.fact(topic)
            return Answer(message, turn.conversation)
        if not found and shown and shown.ids and not turn.reading.places:
            found = turn.services.catalogue.get_many(shown.ids)
        return choose(turn, found)
