"""The one database: SQLite in a file by default, PostgreSQL at scale, one code for both."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, inspect, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from conference.errors import DatabaseError
from conference.store import insert_or_update, migrated_to

HEAD = "0007"
"""The newest revision under `migrations/versions`; a test holds the two together."""

_DIALECTS = {"sqlite", "postgresql"}
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers do not wait for the writer
    "PRAGMA synchronous=NORMAL",  # safe with WAL; only a power cut can lose the last commit
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",  # milliseconds that a second writer waits
    "PRAGMA cache_size=-32768",  # 32 MiB a connection: the filter indexes fit
    "PRAGMA mmap_size=268435456",
)

__all__ = ["HEAD", "insert_or_update", "migrate", "open_database"]


def open_database(url: str) -> Engine:
    """An engine on `url`, checked to answer; safe to share between threads.

    A SQLite file's folder is made if it is missing. Raises DatabaseError.
    """
    try:
        parsed = make_url(url)
        dialect = parsed.get_backend_name()
    except ArgumentError as error:
        raise DatabaseError(
            f"{url!r} is not a database address; write sqlite:///var/ciep.db "
            "or postgresql://user:password@host/name"
        ) from error
    shown = parsed.render_as_string(hide_password=True)
    if dialect not in _DIALECTS:
        raise DatabaseError(f"{shown}: only sqlite and postgresql databases are supported")
    try:
        engine = (
            _sqlite(url)
            if dialect == "sqlite"
            else create_engine(
                url,
                future=True,
                pool_pre_ping=True,
                pool_size=10,
                executemany_mode="values_plus_batch",  # a load's updates in pages, not one by one
            )
        )
        with engine.connect() as connection:
            connection.execute(select(1))
    except (SQLAlchemyError, NoSuchModuleError, ImportError, OSError) as error:
        raise DatabaseError(f"{shown}: {_reason(error, dialect)}") from error
    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables up to date. Costs one SELECT when they are. Raises DatabaseError."""
    with engine.connect() as connection:
        current = _revision(connection)
    if current == HEAD:
        return
    # Alembic takes half a second to import, and most starts have nothing for it to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (CommandError, SQLAlchemyError) as error:
        shown = engine.url.render_as_string(hide_password=True)
        raise DatabaseError(
            f"{shown}: its tables (revision {current}) cannot be brought to revision {HEAD}: "
            f"{_first_line(error)}; if a newer version made them, run that one"
        ) from error


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(migrated_to.name):
        return None
    revision: str | None = connection.execute(select(migrated_to.c.version_num)).scalar()
    return revision


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    in_memory = path in {None, "", ":memory:"}
    if not in_memory:
        Path(str(path)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        future=True,
        poolclass=StaticPool if in_memory else QueuePool,
        # IMMEDIATE: a transaction takes the write lock when it begins to write, so two writers
        # queue up behind each other and neither fails half way.
        connect_args={"check_same_thread": False, "isolation_level": "IMMEDIATE"},
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(_SQLITE_PRAGMAS[3])  # the switch to WAL must wait for others too
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _reason(error: Exception, dialect: str) -> str:
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, sqlite3.DatabaseError) and "not a database" in str(cause):
        return "the file is not a SQLite database; move it away or name another one"
    if dialect == "sqlite":
        return f"{_first_line(cause)}; check that the file and its folder can be written"
    return f"{_first_line(cause)}; check that the server runs and the address is right"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
