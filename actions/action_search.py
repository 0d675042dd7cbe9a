"""Looking for something: a new search, or the one in hand narrowed, widened or switched."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.action_count import count_again
from actions.action_details import detail
from actions.listing import show
from actions.narrowing import next_search
from actions.presenting import present_fallback
from conference.query import Kind
from conference.record_ids import kind_of


def institution_in_hand(turn: Turn) -> str | None:
    """The institution that "they" are: the record in hand's, or the one that the search names."""
    conversation = turn.conversation
    if conversation.record:
        record = turn.services.catalogue.get(conversation.record)
        owner = turn.services.catalogue.institution_of(record) if record else None
        return owner.id if owner else None
    named = conversation.search.query.institution if conversation.search else ()
    return named[0] if len(named) == 1 else None


class ActionSearch(Act):
    """find_*, refine, show_results."""

    def answer(self, turn: Turn) -> Answer:
        reading, in_hand = turn.reading, turn.conversation.search
        institution = institution_in_hand(turn)
        theirs = reading.intent == "refine" and reading.of_institution and institution
        if not (reading.kind or reading.changes or theirs):
            if in_hand is None:
                return Answer(
                    present_fallback("not_understood", language=turn.language), turn.conversation
                )
            return show(in_hand, turn)
        record = turn.conversation.record or ""
        if reading.continues and not reading.changes and kind_of(record) is Kind.INSTITUTIONS:
            reading = replace(reading, of_institution=True)  # "and its jobs?", less clearly said
        frame = next_search(
            reading,
            in_hand,
            institution=institution,
            now=turn.services.now(),
        )
        joins = reading.kind is None or reading.continues
        listed = reading.intent == "show_results" or reading.lists  # "list the medical ones"
        if turn.conversation.counted and joins and not listed:
            return count_again(frame, turn)  # after a count, "and in Beijing?" counts again
        if frame.kind is Kind.INSTITUTIONS and len(frame.query.institution) == 1:
            alone = replace(frame.query, institution=(), text=None, institution_type=())
            if not alone:  # "tell me about X": the record, not a list of one
                return detail(turn, frame.query.institution[0])
        return show(frame, turn)
