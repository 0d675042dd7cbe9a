"""A fresh database for each test, and a small bilingual catalogue to search."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine, make_url

from conference.catalogue import Catalogue, open_catalogue
from conference.database import migrate, open_database
from tests.conference.data import RECORDS

POSTGRESQL = os.environ.get("CIEP_TEST_POSTGRESQL_URL")
DATABASES = ["sqlite", *(["postgresql"] if POSTGRESQL else [])]


@pytest.fixture
def now() -> datetime:
    return datetime.fromisoformat("2020-09-08T10:00:00+08:00")


def _engine(dialect: str, folder: Path) -> Iterator[Engine]:
    if dialect == "sqlite":
        engine = open_database(f"sqlite:///{folder / 'ciep.db'}")
    else:
        assert POSTGRESQL
        schema = f"ciep_{os.getpid()}_{abs(hash(folder))}"
        admin = open_database(POSTGRESQL)
        with admin.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        url = make_url(POSTGRESQL).update_query_dict({"options": f"-csearch_path={schema}"})
        engine = open_database(url.render_as_string(hide_password=False))
    migrate(engine)
    yield engine
    engine.dispose()
    if dialect == "postgresql":
        with admin.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        admin.dispose()


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated database of each kind."""
    yield from _engine(request.param, tmp_path)


@pytest.fixture(scope="module", params=DATABASES)
def catalogue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    """The small catalogue; tests that use it only read."""
    for engine in _engine(request.param, tmp_path_factory.mktemp("catalogue")):
        opened = open_catalogue(engine)
        opened.load(RECORDS)
        yield opened
