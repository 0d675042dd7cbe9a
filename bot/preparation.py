"""What must be there before the assistant can answer: data and a model. Made when missing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from anyio import to_thread
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot import child
from bot.brains import start, stop
from bot.errors import PreparationError, SettingError
from bot.model import fingerprint, is_fresh, mark_fresh
from bot.settings import Settings
from conference.database import migrate, open_database
from conference.errors import DatabaseError
from conference.store import meta
from conference.zones import keep_zone

_STEPS = {
    "rows": "Sample catalogue: storing records",
    "meanings": "Sample catalogue: reading for meaning",
    "words": "Sample catalogue: indexing words",
}
_WRITING = "Sample catalogue: writing it"
_LOADED = "Sample catalogue: ready"
_SHOWN_LINES = 15  # of a failed step's output


def open_data(settings: Settings) -> Engine:
    """The database, its tables up to date; raises SettingError."""
    try:
        engine = open_database(settings.database_url)
        migrate(engine)
        keep_zone(engine, settings.edition.zone)
    except DatabaseError as error:
        problem, _, mend = str(error).partition("; ")
        raise SettingError(
            "CIEP_DATABASE_URL", f"cannot be used: {problem}", mend or "name another one"
        ) from error
    return engine


def is_sample(engine: Engine) -> bool:
    """Whether the data is the sample; an empty database's is not."""
    return _meta(engine, "sample") == "1"


def has_data(engine: Engine) -> bool:
    """Whether anything was ever loaded."""
    return _meta(engine, "data_version") is not None


async def prepare(settings: Settings, engine: Engine, console: Console) -> None:
    """Load the sample into an empty database and train a missing or outdated model, side by side.

    The sample belongs to the shipped edition alone: with another one, a database that is empty or
    has the sample raises PreparationError, as does a step that fails. Cancelled, it leaves no
    process behind.
    """
    empty = not await to_thread.run_sync(has_data, engine)
    await to_thread.run_sync(keep_apart, settings, engine)
    fresh = await to_thread.run_sync(is_fresh, settings.root, settings.models)
    steps = [_load_sample] * empty + [_train] * (not fresh)
    if not steps:
        return
    with _progress(console) as progress:
        tasks = [asyncio.create_task(step(settings, progress)) for step in steps]
        try:
            # not gather, which cancels its tasks and would so cut short their cleaning up below
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error


def keep_apart(settings: Settings, engine: Engine) -> None:
    """Raises PreparationError where a real edition has no data of its own."""
    if settings.edition.sample_now is not None or (has_data(engine) and not is_sample(engine)):
        return
    state = "holds the invented sample" if has_data(engine) else "is empty"
    raise PreparationError(
        f"The database {state}, and the edition in {settings.edition.folder} is a real one; "
        "bring your data in first: ciep import FILE..."
    )


async def train(settings: Settings, console: Console) -> None:
    """Train the model whether it is needed or not; raises PreparationError."""
    with _progress(console) as progress:
        await _train(settings, progress)


@contextmanager
def sample_bar(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar for the loading of a sample: a function to tell (step, done, total)."""
    with _progress(console) as progress:
        bar = _begin(progress, _WRITING)
        yield partial(_show_step, progress, bar)
        _end(progress, bar, _LOADED)


async def _load_sample(settings: Settings, progress: Progress) -> None:
    bar = _begin(progress, _WRITING)

    def tell(line: str) -> None:
        step, _, numbers = line.partition(" ")
        if step in _STEPS:
            _show_step(progress, bar, step, *map(int, numbers.split()))

    await _step("bot.sample", settings, tell)
    _end(progress, bar, _LOADED)


def _show_step(progress: Progress, bar: TaskID, step: str, done: int, total: int) -> None:
    progress.update(bar, description=_STEPS[step], completed=done, total=total)


async def _train(settings: Settings, progress: Progress) -> None:
    bar = _begin(progress, "Training the model")
    trained_from = fingerprint(settings.root)  # from before: a file may change meanwhile
    await _step("bot.brain.training", settings, lambda _: None)
    mark_fresh(settings.models, trained_from)
    _end(progress, bar, "Model: trained")


async def _step(module: str, settings: Settings, tell: Callable[[str], None]) -> None:
    """Run a module as a child to its end, telling each line; what it wrote is kept in var/."""
    log = settings.var / f"{module.rpartition('.')[2]}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    process = await start(
        child.command(module), root=settings.root, environ={}, output=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None  # noqa: S101  we asked for it
    try:
        with log.open("w") as file:
            async for raw in process.stdout:
                line = raw.decode(errors="replace").rstrip()
                file.write(line + "\n")
                tell(line)
        code = await process.wait()
    finally:
        await stop(process)
    if code:
        raise PreparationError(f"{module} failed with exit code {code}:\n{_end_of(log)}")


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text().splitlines()[-_SHOWN_LINES:])


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    """Bars on a terminal; elsewhere (a log file) a line for each step's begin and end."""
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield progress


def _begin(progress: Progress, description: str) -> TaskID:
    if progress.disable:
        progress.console.print(f"{description} ...")
    return progress.add_task(description, total=None)


def _end(progress: Progress, bar: TaskID, description: str) -> None:
    if progress.disable:
        progress.console.print(description)
    progress.update(bar, description=description, total=1, completed=1)


def _meta(engine: Engine, key: str) -> str | None:
    with engine.connect() as connection:
        value: str | None = connection.execute(
            select(meta.c.value).where(meta.c.key == key)
        ).scalar()
    return value
