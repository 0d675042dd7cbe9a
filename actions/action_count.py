"""How many there are, alone or by group."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.listing import names_in
from actions.narrowing import next_search
from actions.presenting import names_of, present_count
from actions.presenting.counts import KEPT
from conference.query import Frame


def count(frame: Frame, turn: Turn, *, by: str | None = None) -> Answer:
    """The number of matches of `frame`, which becomes the search in hand."""
    catalogue, now = turn.services.catalogue, turn.services.now()
    buckets: list[tuple[str, int]] = []
    names = names_in(frame, turn)
    if by is not None:
        try:
            buckets = catalogue.group(frame, by=by, now=now)
        except ValueError:
            by = None  # this kind has no such key: the plain number is still true
    if by == "region":
        provinces = {city.province for city in catalogue.vocabulary.cities.values()}
        buckets = [each for each in buckets if each[0] in provinces]
    if by == "institution":
        codes = [code for code, _ in buckets[:KEPT]]
        names |= names_of(catalogue.get_many(codes), turn.language)
    message = present_count(
        frame,
        catalogue.count(frame, now=now),
        language=turn.language,
        by=by,
        buckets=buckets,
        names=names,
    )
    conversation = replace(turn.conversation, search=frame, counted=True, grouped=by)
    return Answer(message, conversation)


def count_again(frame: Frame, turn: Turn) -> Answer:
    """The same, after a change to what was counted, and still by group.

    One value of the key that it was grouped by leaves nothing to compare.
    """
    by = turn.conversation.grouped
    asked = frame.query.to_json().get(by) if by else None
    several = isinstance(asked, list) and len(asked) > 1
    return count(frame, turn, by=by if several or not asked else None)


class ActionCount(Act):
    """count."""

    def answer(self, turn: Turn) -> Answer:
        frame = next_search(
            turn.reading, turn.conversation.search, institution=None, now=turn.services.now()
        )
        return count(frame, turn, by=turn.reading.group)
