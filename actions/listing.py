"""Showing the search in hand as a list: the one way that results reach a person."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Answer, Turn
from actions.conversation import Shown
from actions.presenting import ids_in, names_of, present_results
from actions.presenting.paging import Edge
from conference.query import Frame

PAGE = 5


def names_in(frame: Frame, turn: Turn) -> dict[str, str]:
    """The names of the records that a query speaks of by id."""
    ids = ids_in(frame.query)
    return names_of(turn.services.catalogue.get_many(ids), turn.language) if ids else {}


def show(frame: Frame, turn: Turn, *, edge: Edge | None = None) -> Answer:
    """The page of `frame`; it becomes the search in hand and its page the list shown.

    When a wider query is shown instead, paging goes on through that one, while refinements still
    start from what was asked.
    """
    catalogue, now = turn.services.catalogue, turn.services.now()
    page = catalogue.search(frame, limit=PAGE, now=now)
    if page.relaxed and frame.offset:
        further = catalogue.search(replace(page.shown, offset=frame.offset), limit=PAGE, now=now)
        page = replace(further, relaxed=page.relaxed)
    message = present_results(
        page,
        frame,
        language=turn.language,
        institutions=turn.institutions(page.items),
        names=names_in(frame, turn),
        edge=edge,
    )
    shown = Shown(
        "results",
        frame.kind,
        tuple(record.id for record in page.items),
        offset=page.offset,
        asked=page.shown if page.relaxed else None,
    )
    # "what programmes do they have?" "None." "Save it": what was open is still in hand
    record = None if page.items else turn.conversation.record
    conversation = replace(
        turn.conversation, search=frame, shown=shown, record=record, counted=False
    )
    return Answer(message, conversation)
