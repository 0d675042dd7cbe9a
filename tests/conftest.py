"""What tests of the whole assistant share: the sample catalogue and the model, made once and kept.

Both stand in var/test, each under a hash of what it is made from, so that they are made again
when that changes and at no other time. A model that `make run` has trained is not trained again.

The brain is imported where it is needed: Rasa takes seconds, which other tests need not wait for.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.model import fingerprint, is_fresh
from bot.settings import NAMES, ROOT
from conference.database import migrate, open_database

if TYPE_CHECKING:
    from actions.services import Services
    from bot.brain.brain import Brain

CACHE = ROOT / "var" / "test"
_KEPT = 2  # of each sort, for going back and forth between two states of the source


@pytest.fixture(scope="session")
def trained_models() -> Path:
    """A folder with a model trained from the source as it stands."""
    trained_from = fingerprint(ROOT)

    def make(folder: Path) -> None:
        folder.mkdir()
        if is_fresh(ROOT, ROOT / "models"):
            newest = max((ROOT / "models").glob("*.tar.gz"), key=lambda each: each.stat().st_mtime)
            shutil.copy(newest, folder)
        else:
            from bot.brain.training import train_model

            train_model(ROOT, folder)

    return _made(f"model-{trained_from[:16]}", make)


@pytest.fixture(scope="session")
def sample_database() -> Path:
    """An SQLite file with the whole sample catalogue. Shared: copy it before writing to it."""

    def make(file: Path) -> None:
        from bot.sample import SEED, load_sample

        engine = open_database(f"sqlite:///{file}")
        migrate(engine)
        load_sample(engine, seed=SEED, progress=lambda *_: None)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")  # one file, easily copied
        engine.dispose()

    return _made(f"sample-{_catalogue_hash()}.db", make)


@pytest.fixture(scope="session")
def services(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The acts' services over the sample catalogue, with lists and conversations of their own."""
    from actions.services import open_services

    database = tmp_path_factory.mktemp("sample") / "ciep.db"
    shutil.copy(sample_database, database)
    open_services.cache_clear()
    with _settings(f"sqlite:///{database}"):
        opened = open_services()
    yield opened
    open_services.cache_clear()


@pytest.fixture(scope="session")
def brain(trained_models: Path, services: Services) -> Brain:
    """The trained model with its acts, over the sample catalogue."""
    from bot.brain.brain import open_brain
    from bot.brain.server import configure_logging

    configure_logging()
    with _settings(str(services.catalogue.engine.url)):
        return open_brain(trained_models, services)


@contextmanager
def _settings(database_url: str) -> Iterator[None]:
    """The environment of a fresh installation with this database."""
    with pytest.MonkeyPatch.context() as environment:
        for name in NAMES:
            environment.delenv(name, raising=False)
        environment.setenv("CIEP_DATABASE_URL", database_url)
        yield


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of the test's own."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    url = f"redis://127.0.0.1:{port}/0"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tmp_path) as server:  # noqa: S603  ours
        try:
            _wait_for(port)
            yield url
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(500):
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.02)  # a server that starts has nothing to wait for but its port
    raise TimeoutError("redis-server did not start")


def _made(name: str, make: Callable[[Path], None]) -> Path:
    """The file or folder `name` in the cache, made if it is not there; old ones of its sort go."""
    CACHE.mkdir(parents=True, exist_ok=True)
    kept = CACHE / name
    if not kept.exists():
        unfinished = CACHE / f"{os.getpid()}-{name}"
        try:
            make(unfinished)
            if not kept.exists():  # another run may have been quicker
                unfinished.rename(kept)
        finally:
            _remove(unfinished)
    os.utime(kept)
    same_sort = sorted(
        CACHE.glob(f"{name.partition('-')[0]}-*"), key=lambda each: each.stat().st_mtime
    )
    for old in same_sort[:-_KEPT]:
        _remove(old)
    return kept


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _catalogue_hash() -> str:
    """Of all that a loaded catalogue depends on; importers and exporters have no part in it."""
    digest = hashlib.sha256()
    folder = ROOT / "conference"
    for path in sorted(folder.rglob("*")):
        apart = {"importing", "exporting", "__pycache__"} & set(path.relative_to(folder).parts)
        if path.is_file() and not apart:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
