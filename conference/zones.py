"""Events' times in the conference's own time zone: they are compared as texts, so all have one."""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select, update
from sqlalchemy.engine import Engine

from conference.models import Event
from conference.store import insert_or_update, meta


def in_zone(iso: str, zone: tzinfo) -> str:
    """A moment as it is stored; one without an offset is in the zone."""
    moment = datetime.fromisoformat(iso)
    moment = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment.isoformat(timespec="seconds")


def keep_zone(engine: Engine, zone: ZoneInfo) -> None:
    """Give the events' times the edition's zone, if they were stored in another.

    Costs one SELECT when they have it.
    """
    stored = select(meta.c.value).where(meta.c.key == "zone")
    with engine.connect() as connection:
        if connection.execute(stored).scalar() == zone.key:
            return
    rows = inspect(Event).local_table
    with engine.begin() as connection:
        for row in connection.execute(select(rows.c.id, rows.c.starts_at, rows.c.ends_at)).all():
            times = {"starts_at": row.starts_at, "ends_at": row.ends_at}
            moved = {name: each and in_zone(each, zone) for name, each in times.items()}
            if moved != times:
                connection.execute(update(rows).where(rows.c.id == row.id).values(**moved))
        insert_or_update(connection, meta, [{"key": "zone", "value": zone.key}])
