"""An empty catalogue to import into, and files to import."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.engine import Engine

from conference.catalogue import Catalogue, open_catalogue
from conference.filters import MODELS
from conference.importing import Report, Request, import_file
from conference.query import Kind

Bring = Callable[..., Report]


@pytest.fixture
def store(engine: Engine) -> Catalogue:
    # time flies here: what was imported a second ago is what the catalogue shows
    return open_catalogue(engine, ticks=count(step=2).__next__)


@pytest.fixture
def bring(store: Catalogue, tmp_path: Path) -> Bring:
    """Import a file of the given name and content: text (UTF-8) or bytes."""

    def run(name: str, content: str | bytes, **options: Any) -> Report:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_file(store, path, Request(**options))

    return run


@pytest.fixture
def rows_of(store: Catalogue) -> Callable[[Kind], list[dict[str, Any]]]:
    """What is stored of a kind, by id, without what is empty."""

    def read(kind: Kind) -> list[dict[str, Any]]:
        rows = inspect(MODELS[kind]).local_table
        with store.engine.connect() as connection:
            found = connection.execute(select(rows).order_by(rows.c.id)).mappings().all()
        return [
            {name: each for name, each in row.items() if each not in (None, [], False)}
            for row in found
        ]

    return read
