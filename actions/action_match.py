"""Openings or partners that fit a person who describes themself."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.conversation import Shown
from actions.listing import PAGE
from actions.narrowing import next_search
from actions.presenting import present_matches
from actions.presenting.paging import Edge
from conference.matching import match
from conference.query import Frame, Kind


def show_matches(turn: Turn, shown: Shown, *, offset: int, edge: Edge | None = None) -> Answer:
    """One page of the matches for the profile in `shown`; before or past it, it stays."""
    if offset < 0:
        return show_matches(turn, shown, offset=0, edge="start")
    asked = shown.asked or Frame(Kind.JOBS)
    total, found = match(
        turn.services.catalogue,
        shown.profile or "",
        asked.query,
        asked.kind,
        limit=PAGE,
        offset=offset,
        now=turn.services.now(),
    )
    if not found and offset:
        return show_matches(turn, shown, offset=offset - PAGE, edge="end")
    records = [each.record for each in found]
    frame = replace(asked, offset=offset)
    message = present_matches(
        found,
        total,
        frame,
        language=turn.language,
        institutions=turn.institutions(records),
        edge=edge,
    )
    page = replace(shown, ids=tuple(each.id for each in records), offset=offset)
    return Answer(
        message,
        replace(
            turn.conversation,
            search=replace(asked, offset=0),
            shown=page,
            record=None,
            counted=False,
        ),
    )


class ActionMatch(Act):
    """match_profile."""

    def answer(self, turn: Turn) -> Answer:
        reading = replace(turn.reading, kind=turn.reading.kind or Kind.JOBS)
        if reading.kind in (Kind.EVENTS, Kind.INSTITUTIONS):
            reading = replace(reading, kind=Kind.JOBS)
        frame = next_search(reading, None, institution=None, now=turn.services.now())
        shown = Shown("matches", frame.kind, (), profile=reading.text, asked=frame)
        return show_matches(turn, shown, offset=0)
