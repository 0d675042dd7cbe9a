"""A yes or a no, to whatever was waiting for one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.act import Act, Answer, Turn
from actions.conversation import Conversation
from actions.own_lists import show_contacts
from actions.presenting import (
    present_declined,
    present_fallback,
    present_goodbye,
    present_privacy,
)


class ActionConfirm(Act):
    """affirm, deny. Only a yes carries out what waits."""

    def answer(self, turn: Turn) -> Answer:
        yes = turn.reading.intent == "affirm"
        if turn.pending is None:
            if yes:
                message = present_fallback("nothing_pending", language=turn.language)
            else:
                message = present_goodbye(language=turn.language)
            return Answer(message, turn.conversation)
        if turn.pending["act"] == "delete_data":
            return (
                _delete(turn)
                if yes
                else Answer(present_declined(language=turn.language), turn.conversation)
            )
        return _contact(turn, turn.pending, yes=yes)


def _delete(turn: Turn) -> Answer:
    turn.services.people.forget(person=turn.person)
    return Answer(present_privacy(language=turn.language, deleted=True), Conversation())


def _contact(turn: Turn, pending: dict[str, Any], *, yes: bool) -> Answer:
    record = turn.services.catalogue.get(pending["record"])
    if record is None or not yes:
        return show_contacts(turn, note="declined", about=record)
    owner = turn.services.catalogue.institution_of(record)
    new = turn.services.people.request_contact(
        person=turn.person,
        record_id=record.id,
        institution_id=owner.id if owner else None,
    )
    answer = show_contacts(turn, note="sent" if new else "already", about=record)
    return replace(answer, conversation=replace(answer.conversation, record=record.id))
