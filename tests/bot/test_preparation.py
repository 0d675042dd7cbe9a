from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from rich.console import Console
from sqlalchemy.engine import Engine

from bot.errors import PreparationError, SettingError
from bot.model import fingerprint, is_fresh, mark_fresh
from bot.preparation import has_data, is_sample, open_data, prepare
from bot.sample import load_with_bar
from bot.settings import ROOT, Settings
from conference.database import insert_or_update
from conference.edition import open_edition
from conference.store import meta
from tests.editions import FORUM

LOADS = "print('rows 1 2'); print('a line of no step'); print('meanings 2 2')"
TRAINS = """
from pathlib import Path
Path("models").mkdir(exist_ok=True)
Path("models/new.tar.gz").touch()
"""
FAILS = "import sys; print('what happened'); sys.exit('why')"
WAITS = """
import os, time
from pathlib import Path
Path("pid").write_text(str(os.getpid()))
time.sleep(600)
"""
FAILS_WHEN_THE_OTHER_WAITS = """
import time
from pathlib import Path
while not Path("pid").exists() or not Path("pid").read_text():
    time.sleep(0.01)
raise SystemExit("why")
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path}/chat.db"
    return Settings(root=tmp_path, secret="made up", database_url=url)  # noqa: S106  made up


@pytest.fixture
def engine(settings: Settings) -> Engine:
    return open_data(settings)


@pytest.fixture
def console() -> Console:
    return Console(record=True, width=80, force_terminal=False)


def write_steps(root: Path, *, sample: str, training: str) -> None:
    """Put other modules where the children look for the two steps."""
    package = root / "bot"
    (package / "brain").mkdir(parents=True)
    for init in (package, package / "brain"):
        (init / "__init__.py").touch()
    shutil.copy(ROOT / "bot" / "child.py", package)
    (package / "sample.py").write_text(sample)
    (package / "brain" / "training.py").write_text(training)


def set_meta(engine: Engine, **values: str) -> None:
    with engine.begin() as connection:
        rows = [{"key": key, "value": value} for key, value in values.items()]
        insert_or_update(connection, meta, rows)


async def test_what_is_missing_is_made_and_each_step_told(
    settings: Settings, engine: Engine, console: Console
) -> None:
    write_steps(settings.root, sample=LOADS, training=TRAINS)
    await prepare(settings, engine, console)
    assert is_fresh(settings.root, settings.models)
    assert (settings.var / "sample.log").read_text().splitlines()[0] == "rows 1 2"
    shown = console.export_text().splitlines()
    assert sorted(shown) == [
        "Model: trained",
        "Sample catalogue: ready",
        "Sample catalogue: writing it ...",
        "Training the model ...",
    ]


async def test_what_is_there_is_not_made_again(
    settings: Settings, engine: Engine, console: Console
) -> None:
    write_steps(settings.root, sample=FAILS, training=FAILS)
    settings.models.mkdir()
    (settings.models / "old.tar.gz").touch()
    mark_fresh(settings.models, fingerprint(settings.root))
    set_meta(engine, data_version="1")
    await prepare(settings, engine, console)
    assert console.export_text() == ""


async def test_a_step_that_fails_says_what_it_wrote(
    settings: Settings, engine: Engine, console: Console
) -> None:
    write_steps(settings.root, sample=LOADS, training=FAILS)
    line = r"^bot\.brain\.training failed with exit code 1:\nwhat happened\nwhy$"
    with pytest.raises(PreparationError, match=line):
        await prepare(settings, engine, console)
    assert not is_fresh(settings.root, settings.models)


async def test_a_step_that_fails_ends_the_other(
    settings: Settings, engine: Engine, console: Console
) -> None:
    write_steps(settings.root, sample=WAITS, training=FAILS_WHEN_THE_OTHER_WAITS)
    with pytest.raises(PreparationError):
        await prepare(settings, engine, console)
    with contextlib.suppress(psutil.NoSuchProcess):
        other = psutil.Process(int((settings.root / "pid").read_text()))
        assert other.status() == psutil.STATUS_ZOMBIE


def test_the_database_tells_whether_it_has_data_and_whose(engine: Engine) -> None:
    assert not has_data(engine)
    assert not is_sample(engine)
    set_meta(engine, data_version="1", sample="1")
    assert has_data(engine)
    assert is_sample(engine)
    set_meta(engine, sample="0")
    assert not is_sample(engine)


@pytest.mark.parametrize(
    ("stored", "said"), [({}, "is empty"), ({"data_version": "1", "sample": "1"}, "the invented")]
)
async def test_a_real_edition_is_not_served_from_nothing_or_the_sample(
    settings: Settings, engine: Engine, console: Console, stored: dict[str, str], said: str
) -> None:
    write_steps(settings.root, sample=FAILS, training=FAILS)
    if stored:
        set_meta(engine, **stored)
    real = replace(settings, edition=open_edition(FORUM))
    with pytest.raises(PreparationError, match=rf"{said}.* real one; bring your data in .*import"):
        await prepare(real, engine, console)


def test_the_sample_is_not_loaded_for_a_real_edition(settings: Settings, console: Console) -> None:
    real = replace(settings, edition=open_edition(FORUM))
    with pytest.raises(SettingError, match=r"^CIEP_EDITION names a real edition"):
        load_with_bar(real, console, seed=None, force=True)


def test_a_database_that_cannot_be_used_names_its_setting(tmp_path: Path) -> None:
    (tmp_path / "chat.db").write_text("this is no database, and long enough to be sure of it")
    url = f"sqlite:///{tmp_path}/chat.db"
    settings = Settings(root=tmp_path, secret="made up", database_url=url)  # noqa: S106  made up
    with pytest.raises(SettingError, match=r"^CIEP_DATABASE_URL cannot be used: "):
        open_data(settings)
