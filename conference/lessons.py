"""What the assistant may learn from: messages that it declined or answered badly.

They are kept only of people who agreed, without names (`conference.nameless`), and for `KEPT`.
`ciep learn` shows them to somebody who decides what becomes of each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection, Engine

from conference.moments import iso_utc, utc_now
from conference.nameless import without_names
from conference.people_tables import LESSON, learning_consents, lessons
from conference.store import insert_if_new, insert_or_update

KEPT = timedelta(days=90)
"""As long as conversations; who has agreed is asked again after it."""


class Reason(str, Enum):
    """Why a message is kept: declined, two readings offered, put right, its answer no help."""

    DECLINED = "declined"
    CLARIFY = "clarify"
    CORRECTED = "corrected"
    UNHELPFUL = "unhelpful"


class Outcome(str, Enum):
    """What was decided: it is an example now, or it is of no use."""

    LEARNT = "learnt"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Lesson:
    """A message to learn from, and the `intent` that it was taken for.

    `meant` is the intent that the person chose of those offered, `correction` what they said next.
    """

    text: str
    language: str
    reason: Reason
    intent: str
    confidence: float
    meant: str | None = None
    correction: str | None = None


@dataclass(frozen=True)
class KeptLesson(Lesson):
    """One that is kept, under its number."""

    id: int = 0


class Lessons:
    """All lessons and consents; one object serves all threads. Times are ISO 8601 in UTC."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock

    def agreed(self, *, person: str) -> bool:
        """Whether the person agreed, and has not taken it back."""
        with self._engine.connect() as connection:
            return _agreed(connection, person)

    def ask(self, *, person: str) -> bool:
        """Note that the person is asked now; False if they have been asked before."""
        mine = learning_consents.c.person == person
        with self._engine.connect() as connection:  # reading comes first: it waits for no writer
            if connection.execute(select(learning_consents.c.person).where(mine)).first():
                return False
        row = {"person": person, "agreed": None, "at": iso_utc(self._clock())}
        with self._engine.begin() as connection:
            return insert_if_new(connection, learning_consents, row)

    def agree(self, *, person: str, agreed: bool) -> None:
        """Note the person's answer. A no deletes what was kept of theirs."""
        row = {"person": person, "agreed": agreed, "at": iso_utc(self._clock())}
        with self._engine.begin() as connection:
            insert_or_update(connection, learning_consents, [row])
            if not agreed:
                connection.execute(delete(lessons).where(lessons.c.person == person))

    def keep(self, lesson: Lesson, *, person: str) -> bool:
        """Keep a message of one who agreed; False for any other, and for one that is not fit.

        The same message again adds what is newly known of it: what was meant, the correction.
        """
        text = without_names(lesson.text)
        correction = without_names(lesson.correction or "")[:LESSON] or None
        if len(text) > LESSON or not any(map(str.isalpha, text)) or not self.agreed(person=person):
            return False
        row = {
            "person": person,
            "text": text,
            "language": lesson.language,
            "reason": lesson.reason.value,
            "intent": lesson.intent,
            "confidence": lesson.confidence,
            "meant": lesson.meant,
            "correction": correction,
            "created_at": iso_utc(self._clock()),
        }
        told = {key: row[key] for key in ("meant", "correction") if row[key]}
        same = (lessons.c.person == person, lessons.c.text == text)
        with self._engine.begin() as connection:
            if not insert_if_new(connection, lessons, row) and told:
                connection.execute(update(lessons).where(*same).values(**told))
            if not _agreed(connection, person):  # taken back meanwhile, in another conversation
                connection.execute(delete(lessons).where(lessons.c.person == person))
                return False
        return True

    def waiting(self) -> list[KeptLesson]:
        """Those that nobody has decided on, the oldest first; texts decided on are left out."""
        decided = select(lessons.c.text).where(lessons.c.outcome.isnot(None))
        statement = (
            select(lessons)
            .where(lessons.c.outcome.is_(None), lessons.c.text.notin_(decided))
            .order_by(lessons.c.id)
        )
        with self._engine.connect() as connection:
            return [
                KeptLesson(
                    id=row.id,
                    text=row.text,
                    language=row.language,
                    reason=Reason(row.reason),
                    intent=row.intent,
                    confidence=row.confidence,
                    meant=row.meant,
                    correction=row.correction,
                )
                for row in connection.execute(statement)
            ]

    def decide(self, ids: Collection[int], outcome: Outcome) -> None:
        """Note what became of them, so that they are not shown again."""
        with self._engine.begin() as connection:
            for each in ids:
                connection.execute(
                    update(lessons).where(lessons.c.id == each).values(outcome=outcome.value)
                )

    def forget_expired(self) -> int:
        """Delete the lessons and consents whose time is over; how many lessons."""
        before = iso_utc(self._clock() - KEPT)
        with self._engine.begin() as connection:
            connection.execute(delete(learning_consents).where(learning_consents.c.at <= before))
            old = delete(lessons).where(lessons.c.created_at <= before)
            return int(connection.execute(old).rowcount)


def _agreed(connection: Connection, person: str) -> bool:
    mine = learning_consents.c.person == person
    return bool(connection.execute(select(learning_consents.c.agreed).where(mine)).scalar())
