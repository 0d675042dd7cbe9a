"""Tables beside the records themselves, and the few statements that every table needs.

`meta` says which edition of the data this is, `arrivals` when a record first came. `documents`
gives each record a number under which the full-text index and the vectors know it; `phrases` holds
each distinct text's vector once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from conference.models import tables

metadata: MetaData = tables.metadata

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""`data_version`, `sample` (1 or 0), `loaded_at` (ISO 8601), `edition`."""

arrivals = Table(
    "arrivals",
    metadata,
    Column("record_id", String(32), primary_key=True),
    Column("load", Integer, nullable=False, index=True),
)
"""With which load of the data a record first came. One that goes and comes back is not new."""

documents = Table(
    "documents",
    metadata,
    Column("num", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False, index=True),
    Column("record_id", String(32), nullable=False, unique=True),
    # int32 ids of `phrases`: what the record is called, and what else it is about (skills).
    Column("titles", LargeBinary, nullable=False, default=b""),
    Column("subjects", LargeBinary, nullable=False, default=b""),
    # PostgreSQL's full-text index; on SQLite the words are in FTS5 tables of their own.
    Column("words", Text().with_variant(postgresql.TSVECTOR(), "postgresql")),
)

phrases = Table(
    "phrases",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("text", String(600), nullable=False, unique=True),
    Column("vector", LargeBinary, nullable=False),  # 512 float16, of length 1
    # whether it is a word of titles or skills, to translate questions with
    Column("lexical", Boolean, nullable=False, default=False),
)

# Alembic's own table, named here only to read it without loading Alembic.
migrated_to = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def loads(connection: Connection, *, lock: bool = False) -> int:
    """How often data has been loaded; with `lock` nobody else counts on before this commits."""
    statement = select(meta.c.value).where(meta.c.key == "data_version")
    version = connection.execute(statement.with_for_update() if lock else statement).scalar()
    return int(str(version or "0").partition("-")[0])


def insert_or_update(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert `rows`; one whose primary key is there already replaces the old one's values."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=changed)
        if changed
        else statement.on_conflict_do_nothing(index_elements=keys),
        list(rows),
    )


def insert_if_new(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert `row` unless a unique key has it already; whether it was inserted."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    result = connection.execute(dialect.insert(table).values(**row).on_conflict_do_nothing())
    return bool(result.rowcount)


def among(column: Any, ids: Iterable[str], *, dialect: str) -> Any:
    """The condition that `column` is one of `ids`, of which there may be tens of thousands.

    One bound parameter (a JSON array), because both databases limit how many there may be.
    """
    listed = literal(json.dumps(list(ids)), Text)
    if dialect == "postgresql":
        values = func.json_array_elements_text(cast(listed, JSON)).table_valued("value")
    else:
        values = func.json_each(listed).table_valued("value")
    return column.in_(select(values.c.value))
