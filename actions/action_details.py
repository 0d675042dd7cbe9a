"""A question about the record in hand, or about one that is picked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.own_lists import lists_with
from actions.picking import listed, meant
from actions.presenting import present_choose, present_detail, present_fallback
from actions.presenting.attributes import ATTRIBUTES
from conference.models import Record

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
    message = present_detail(
        record,
        turn.services.catalogue.institution_of(record),
        language=turn.language,
        zone=turn.services.edition.zone,
        attribute=attribute if attribute in ATTRIBUTES else None,
        in_list=bool(turn.conversation.listed_ids),
        open_already=turn.conversation.record == record.id,
        kept=lists_with(turn, record),
    )
    return Answer(message, replace(turn.conversation, record=record.id, counted=False))


def choose(turn: Turn, found: Sequence[Record]) -> Answer:
    """Which of several is meant? Where nothing is found, of the list shown.

    Where that holds no such place either, or a record that is named by its id is gone, it says so.
    """
    language, named = turn.language, turn.reading.records
    if named and not any(each.id in named for each in found):
        return Answer(present_fallback("gone", language=language), turn.conversation)
    if found := found or listed(turn):
        institutions = turn.institutions(found)
        message = present_choose(found, language=language, institutions=institutions)
    elif count := len(turn.conversation.listed_ids):
        message = present_fallback("beyond_list", language=language, count=count)
    else:
        message = present_fallback("nothing_in_hand", language=language)
    return Answer(message, turn.conversation)


class ActionDetails(Act):
    """ask_details."""

    def answer(self, turn: Turn) -> Answer:
        found = meant(turn)
        topic = _OF_THE_CONFERENCE.get(turn.reading.attribute or "")
        if len(found) == 1:
            return detail(turn, found[0].id, attribute=turn.reading.attribute)
        if not found and topic and not turn.conversation.listed_ids:
            return Answer(turn.fact(topic), turn.conversation)
        return choose(turn, found)
