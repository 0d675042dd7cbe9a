"""Alerts that there may be news for, and that they have been told.

Every load of the data has a number, and every record the number of the load that it first came
with (`store.arrivals`). An alert remembers up to which load it has heard; what came later and
matches is its news. It is told one message a day at most, about all that came since.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.engine import Connection, Engine

from conference.moments import iso_utc, utc_now
from conference.people_tables import alerts
from conference.query import News
from conference.store import loads

PAUSE = timedelta(days=1)
"""Between two messages about one alert."""


@dataclass(frozen=True)
class Due:
    """An alert that has not heard of the newest loads yet, and where its person is reached."""

    person: str
    address: Any
    language: str | None
    news: News


class Alerts:
    """Everybody's alerts, for those who tell; one object serves all threads and processes."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock

    def due(self, reached: Any, *, but: Collection[int], limit: int = 100) -> list[Due]:
        """Alerts to look for news of, those in `but` left out.

        `reached` selects the persons that a channel reaches, each with an `address` of its own.
        """
        persons = reached.subquery()
        day_ago = iso_utc(self._clock() - PAUSE)
        columns = (alerts.c.id, alerts.c.person, alerts.c.language, alerts.c.heard)
        with self._engine.connect() as connection:
            newest = loads(connection)
            statement = (
                select(*columns, persons.c.address)
                .join(persons, persons.c.person == alerts.c.person)
                .where(
                    alerts.c.active,
                    alerts.c.heard < newest,
                    or_(alerts.c.told_at.is_(None), alerts.c.told_at <= day_ago),
                    alerts.c.id.not_in(list(but)),
                )
                .order_by(alerts.c.id)
                .limit(limit)
            )
            return [
                Due(row.person, row.address, row.language, News(row.id, row.heard, newest))
                for row in connection.execute(statement)
            ]

    def is_due(self, due: Due) -> bool:
        """Whether it still is: not switched off, deleted or told meanwhile."""
        with self._engine.connect() as connection:
            return connection.execute(select(alerts.c.id).where(*_same(due))).first() is not None

    @contextmanager
    def hearing(self, due: Due, *, told: bool) -> Iterator[Connection | None]:
        """A transaction in which the alert hears of its news; `told` if there is any.

        What is sent belongs into it, so that it is sent once. None when it is due no more.
        """
        heard: dict[str, Any] = {"heard": due.news.upto}
        if told:
            heard["told_at"] = iso_utc(self._clock())
        with self._engine.begin() as connection:
            changed = connection.execute(update(alerts).where(*_same(due)).values(**heard))
            yield connection if changed.rowcount else None


def _same(due: Due) -> tuple[Any, ...]:
    return (alerts.c.id == due.news.alert, alerts.c.active, alerts.c.heard == due.news.after)
