"""Notices the messages that the assistant may learn from.

They were declined, asked back about, put right, or answered with what was judged to be no help.
Which of them are kept is for the person to say (`conference.lessons`). A message is judged by what
comes after it, so the last one of each conversation is remembered here, in memory alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.presenting import judged
from bot.brain.context import UNSURE
from conference.lessons import Lesson, Lessons, Reason

_CONVERSATIONS = 1000  # whose last message is remembered; who paused longer is not followed up

_DECLINED = frozenset({"out_of_scope", "not_understood"})
"""Reasons of a `fallback`; "nothing opened yet" was understood."""


@dataclass(frozen=True)
class _Last:
    """The last message; `wanting` if the answer to it left something to learn.

    `of` is what that answer can be judged as.
    """

    lesson: Lesson
    wanting: bool
    offered: tuple[str, ...]
    of: Mapping[str, Any] | None


class Noticing:
    """Follows the turns of all conversations of a brain."""

    def __init__(self, lessons: Lessons) -> None:
        self._lessons = lessons
        self._last: OrderedDict[str, _Last] = OrderedDict()

    def forget(self, conversation: str) -> None:
        """The conversation is cleared."""
        self._last.pop(conversation, None)

    def wrote(
        self,
        parse: Mapping[str, Any],
        answers: Sequence[Mapping[str, Any]],
        *,
        conversation: str,
        person: str,
    ) -> None:
        """A typed message was answered; `parse` is how it was read, in context."""
        before = self._last.pop(conversation, None)
        if before is not None and _corrects(parse):
            reason = before.lesson.reason if before.wanting else Reason.CORRECTED
            put_right = replace(before.lesson, reason=reason, correction=parse["text"])
            self._lessons.keep(put_right, person=person)
        last = _last_of(parse, answers)
        if last is None:
            return
        if last.wanting:
            self._lessons.keep(last.lesson, person=person)
        self._last[conversation] = last
        if len(self._last) > _CONVERSATIONS:
            self._last.popitem(last=False)

    def pressed(self, parse: Mapping[str, Any], *, conversation: str, person: str) -> None:
        """A button was pressed: one of the readings offered, or the consent to this very thing."""
        before = self._last.pop(conversation, None)
        if before is None or not before.wanting:
            return
        intent = parse["intent"]["name"]
        if any(each["entity"] == "consent" for each in parse["entities"]):
            self._lessons.keep(before.lesson, person=person)
        elif intent in before.offered:
            self._lessons.keep(replace(before.lesson, meant=intent), person=person)

    def judged(self, custom: Mapping[str, Any], *, conversation: str, person: str) -> None:
        """An answer was judged, which ends nothing: what comes then is about the same message."""
        last = self._last.get(conversation)
        if last is None or last.of != custom["of"]:  # an older answer, or one to a button
            return
        lesson = replace(last.lesson, reason=Reason.UNHELPFUL)
        self._last[conversation] = replace(last, lesson=lesson, wanting=not custom["useful"])
        if not custom["useful"]:
            self._lessons.keep(lesson, person=person)


def _last_of(parse: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> _Last | None:
    """None for what the model did not read: another language, keys hit at random."""
    if not answers or len(parse["intent_ranking"]) < 2:
        return None
    custom = answers[-1].get("custom") or {}
    unsure = parse["intent"]["name"] == UNSURE and custom.get("type") == "clarify"
    declined = custom.get("type") == "fallback" and custom.get("reason") in _DECLINED
    ranking = parse["intent_ranking"]
    lesson = Lesson(
        text=parse["text"],
        language=custom.get("language", ""),
        reason=Reason.CLARIFY if unsure else Reason.DECLINED,
        intent=ranking[0]["name"],
        confidence=ranking[0]["confidence"],
    )
    offered = tuple(parse.get("alternatives", ())) if unsure else ()
    of = judged(custom) if custom else None
    return _Last(lesson, wanting=unsure or declined, offered=offered, of=of)


def _corrects(parse: Mapping[str, Any]) -> bool:
    """ "No, I meant Germany": the message before was not taken as it was meant, or not well put."""
    return any(each["entity"] == "cue" and each["value"] == "correct" for each in parse["entities"])
