"""Opening and migrating: what works, and one clear line for what does not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text
from sqlalchemy.engine import Engine

import conference.organiser_tables
import conference.telegram_tables  # noqa: F401 - these tables belong to the metadata too
from conference import migrations
from conference.database import HEAD, migrate, open_database
from conference.errors import DatabaseError
from conference.store import arrivals, metadata, phrases


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "not a database address"),
        ("mysql://localhost/ciep", "only sqlite and postgresql"),
        ("postgresql://nobody:secret@127.0.0.1:1/ciep", "check that the server runs"),
    ],
)
def test_a_wrong_address_is_told_in_one_line(url: str, said: str) -> None:
    with pytest.raises(DatabaseError, match=said) as error:
        open_database(url)
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ciep.db"
    path.write_text("Dear diary, " * 100)
    with pytest.raises(DatabaseError, match="not a SQLite database"):
        open_database(f"sqlite:///{path}")


def test_a_path_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match="can be written"):
        open_database(f"sqlite:///{tmp_path}/file/ciep.db")


def test_the_folder_is_made_and_the_pragmas_hold(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/new/ciep.db")
    with engine.connect() as connection:
        values = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert values == ["wal", 1, 1, 10000]


def test_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    assert _differences(engine) == []


# What databases made by the first commits were like, by what is to be undone in a present one.
_BEFORE_ORGANISERS = (
    "DROP TABLE organisers",
    "DROP TABLE organiser_actions",
    "ALTER TABLE contact_requests DROP COLUMN status",
)
_BEFORE_NEWS = (
    "DROP INDEX ix_telegram_outbox_alert_id",
    "ALTER TABLE telegram_outbox DROP COLUMN alert_id",
    "ALTER TABLE alerts DROP COLUMN heard",
    "ALTER TABLE alerts DROP COLUMN told_at",
    "ALTER TABLE alerts DROP COLUMN language",
    "DROP TABLE arrivals",
)
_BEFORE_CONTACTS = ("ALTER TABLE contact_requests ADD COLUMN message TEXT",)
_AN_INSTITUTION = "INSERT INTO institutions (id, sample) VALUES ('inst-0001', false)"
_BEFORE_LESSONS = ("DROP TABLE lessons", "DROP TABLE learning_consents")
_BEFORE_TELEGRAM = tuple(
    f"DROP TABLE telegram_{name}" for name in ("updates", "outbox", "keyboards", "chats", "leases")
)
_WITHOUT_MARK = "ALTER TABLE telegram_outbox DROP COLUMN mark"
_WITHOUT_LEXICAL = "ALTER TABLE phrases DROP COLUMN lexical"
_NEEDLESS = tuple(
    f"CREATE INDEX ix_jobs_{column} ON jobs ({column})"
    for column in (
        *("city", "country", "date_posted", "degree", "employment", "industry", "occupation"),
        *("salary_max", "salary_min"),
    )
)


@pytest.mark.parametrize(
    ("revision", "undone"),
    [
        ("0003", ()),
        ("0003", (_WITHOUT_MARK,)),
        ("0003", (_WITHOUT_LEXICAL, *_NEEDLESS, _WITHOUT_MARK)),
        ("0002", (*_BEFORE_ORGANISERS, _WITHOUT_MARK)),
        ("0001", (*_BEFORE_ORGANISERS, *_BEFORE_TELEGRAM, _WITHOUT_LEXICAL)),
        ("0001", (*_BEFORE_ORGANISERS, *_BEFORE_TELEGRAM, _WITHOUT_LEXICAL, *_NEEDLESS)),
    ],
    ids=[
        "nothing amiss",
        "no mark",
        "no lexical, no mark",
        "made by 141aa2b",
        "made by cd9c0b5",
        "made by 01a3762",
    ],
)
def test_a_database_of_the_first_days_is_mended_and_keeps_its_rows(
    engine: Engine, revision: str, undone: tuple[str, ...]
) -> None:
    with engine.begin() as connection:
        connection.execute(insert(phrases).values(text="nurse", vector=b"\0" * 1024, lexical=False))
        connection.execute(text(_AN_INSTITUTION))
        for statement in (*_BEFORE_CONTACTS, *_BEFORE_NEWS, *_BEFORE_LESSONS, *undone):
            connection.execute(text(statement))
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
    migrate(engine)
    assert _differences(engine) == []
    with engine.connect() as connection:
        assert connection.execute(select(phrases.c.text, phrases.c.lexical)).all() == [
            ("nurse", False)
        ]
        # what was there before is news to nobody
        known = connection.execute(select(arrivals.c.record_id, arrivals.c.load))
        assert known.all() == [("inst-0001", 0)]


def _differences(engine: Engine) -> list[object]:
    """What the tables in the database have otherwise than the code's."""

    def ours(_object: object, name: str, kind: str, *_rest: object) -> bool:
        others = ("words_", "documents_words", "sqlite_sequence", "alembic_version")
        return not name.startswith(others)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        return list(compare_metadata(context, metadata))


def test_the_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_where_nothing_is_to_be_migrated_alembic_is_not_even_imported(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "alembic", None)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(ImportError):
        migrate(engine)


def test_a_database_from_a_newer_version_is_told(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="newer version"):
        migrate(engine)
