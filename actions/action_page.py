"""Turning pages, and going back from a record to its list."""

from __future__ import annotations

from dataclasses import replace

from actions.act import Act, Answer, Turn
from actions.action_match import show_matches
from actions.listing import PAGE, show
from actions.own_lists import SHOW
from actions.presenting import present_fallback


class ActionPage(Act):
    """next_page, previous_page."""

    def answer(self, turn: Turn) -> Answer:
        conversation = turn.conversation
        back = turn.reading.intent == "previous_page"
        shown, frame = conversation.shown, conversation.search
        if shown and shown.type in SHOW and (frame is None or (back and conversation.record)):
            return SHOW[shown.type](turn)  # all of it is on its one page
        if shown and shown.type == "matches":
            step = 0 if back and conversation.record else -PAGE if back else PAGE
            return show_matches(turn, shown, offset=shown.offset + step)
        if frame is None:
            return Answer(present_fallback("nothing_in_hand", language=turn.language), conversation)
        if conversation.counted or (back and conversation.record):
            return show(frame, turn)
        if back:
            if frame.offset == 0:
                return show(frame, turn, edge="start")
            return show(replace(frame, offset=max(frame.offset - PAGE, 0)), turn)
        following = replace(frame, offset=frame.offset + PAGE)
        sought = shown.asked if shown and shown.asked else frame  # the wider one, if that is shown
        total = turn.services.catalogue.count(sought, now=turn.services.now())
        if following.offset >= total:
            return show(frame, turn, edge="end")
        return show(following, turn)
