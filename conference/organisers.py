"""Who may see the organisers' page: names, and links that sign in once. No passwords are kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine

from conference.moments import iso_utc
from conference.organiser_tables import organisers
from conference.store import insert_if_new

LINK_KEPT = timedelta(hours=24)
"""How long a link may be used."""

NAME = 80  # characters of a name


class Organisers:
    """All organisers; one object serves all threads. Times are in UTC."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def add(self, name: str) -> str:
        """The secret of a link that signs `name` in once; one not used yet ends with it."""
        secret = secrets.token_urlsafe(32)
        now = self._clock()
        link = {"link": _hash(secret), "link_until": iso_utc(now + LINK_KEPT)}
        with self._engine.begin() as connection:
            row = {"name": name, "added_at": iso_utc(now), **link}
            if not insert_if_new(connection, organisers, row):
                connection.execute(
                    update(organisers).where(organisers.c.name == name).values(**link)
                )
        return secret

    def remove(self, name: str) -> bool:
        """Take a name out, and end its sessions; whether it was there."""
        with self._engine.begin() as connection:
            gone = connection.execute(delete(organisers).where(organisers.c.name == name))
            return bool(gone.rowcount)

    def names(self) -> list[tuple[str, str]]:
        """Each name and since when it is there."""
        statement = select(organisers.c.name, organisers.c.added_at).order_by(organisers.c.name)
        with self._engine.connect() as connection:
            return [(row.name, row.added_at) for row in connection.execute(statement)]

    def use(self, secret: str) -> tuple[str, str] | None:
        """Whose link it is, and since when they are there; None for a used, old or false one."""
        table = organisers.c
        right = (table.link == _hash(secret), table.link_until > iso_utc(self._clock()))
        with self._engine.begin() as connection:
            row = connection.execute(select(table.name, table.added_at).where(*right)).first()
            if row is None:
                return None
            # of two who use it at once, one changes the row
            used = connection.execute(
                update(organisers).where(table.name == row.name, *right).values(link=None)
            )
            return (row.name, row.added_at) if used.rowcount else None

    def knows(self, name: str, added_at: str) -> bool:
        """Whether a session of `name` is still good."""
        mine = (organisers.c.name == name, organisers.c.added_at == added_at)
        with self._engine.connect() as connection:
            return connection.execute(select(organisers.c.name).where(*mine)).first() is not None


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash
    return hashlib.sha256(secret.encode()).hexdigest()
