"""`ciep evaluate`: how well the assistant understands. `ciep learn`: what it could learn."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bot.terminal import LANGUAGE, terminal_language

if TYPE_CHECKING:
    from bot.brain.brain import Brain
    from bot.settings import Settings

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--held-out", type=_FOLDER, metavar="FOLDER", help="Another set than tests/held_out/."
)
@click.option(
    "--html",
    "page",
    type=_FILE,
    metavar="FILE",
    help="Where the page with plots goes; var/evaluation.html, if not said.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures alone, as JSON.")
@click.option("--language", type=LANGUAGE, default=terminal_language, help="The report's language.")
def evaluate(*, held_out: Path | None, page: Path | None, as_json: bool, language: str) -> None:
    """Measure the assistant on messages and dialogues that it was not trained on.

    The whole answer counts: its type, its kind and every key of its query. Prints tables and the
    messages that went wrong, and writes the same as one page with plots.
    """
    import asyncio  # noqa: PLC0415
    import json  # noqa: PLC0415
    from datetime import datetime  # noqa: PLC0415

    from bot.settings import read_settings  # noqa: PLC0415

    settings = read_settings()
    brain = _brain(settings)
    from bot import evaluation  # noqa: PLC0415
    from bot.evaluation.asking import HELD_OUT  # noqa: PLC0415

    report = asyncio.run(evaluation.evaluate(brain, held_out or HELD_OUT))
    if as_json:
        click.echo(json.dumps(evaluation.figures(report), indent=2))
    else:
        evaluation.print_report(report, Console(), language=language)
    page = page or settings.var / "evaluation.html"
    try:
        evaluation.write_page(
            report, page, language=language, day=datetime.now().astimezone().date()
        )
    except OSError as error:
        raise click.BadParameter(f"{page}: {error.strerror}.", param_hint="--html") from error
    click.echo(f"→ {page}", err=as_json)


@click.command()
@click.option("--dry-run", is_flag=True, help="Show the groups and change nothing.")
@click.option(
    "--examples",
    type=_FOLDER,
    metavar="FOLDER",
    help="Where the confirmed ones go; nlu_data/, if not said.",
)
@click.option(
    "--language", type=LANGUAGE, default=terminal_language, help="The language to be asked in."
)
def learn(*, dry_run: bool, examples: Path | None, language: str) -> None:
    """Turn messages that were declined, put right or answered badly into training examples.

    They are kept only of people who agreed to it, and without names. Those alike are shown
    together with what they may mean; what you confirm is added to nlu_data/. Outside a terminal,
    the groups are only shown.
    """
    import asyncio  # noqa: PLC0415

    from bot.preparation import open_data  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415
    from conference.lessons import Lessons  # noqa: PLC0415

    settings = read_settings()
    engine = open_data(settings)
    waiting = Lessons(engine).waiting()
    engine.dispose()
    if not waiting:
        from bot.learning.wording import told  # noqa: PLC0415

        click.echo(told("none", language))
        return
    brain = _brain(settings)
    from actions.services import open_services  # noqa: PLC0415
    from bot.evaluation.asking import HELD_OUT  # noqa: PLC0415
    from bot.learning.deciding import Desk, decide, show_all  # noqa: PLC0415
    from bot.learning.examples import Examples, held_out  # noqa: PLC0415
    from bot.learning.grouping import grouped  # noqa: PLC0415
    from conference.embeddings import default_encoder  # noqa: PLC0415

    desk = Desk(
        brain=brain,
        services=open_services(),
        examples=Examples(examples or settings.root / "nlu_data"),
        held_out=held_out(HELD_OUT),
        console=Console(),
        language=language,
    )
    groups = grouped(waiting, default_encoder())
    shown = dry_run or not _is_terminal()
    asyncio.run((show_all if shown else decide)(desk, groups))


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _brain(settings: Settings) -> Brain:
    """The assistant in this process, what it needs made first. Raises PreparationError."""
    import asyncio  # noqa: PLC0415

    from bot import child  # noqa: PLC0415
    from bot.brains import QUIET  # noqa: PLC0415
    from bot.preparation import open_data, prepare  # noqa: PLC0415

    engine = open_data(settings)
    try:
        asyncio.run(prepare(settings, engine, Console(stderr=True)))
    finally:
        engine.dispose()
    os.environ.update(QUIET)
    child.hush()
    from actions.services import open_services  # noqa: PLC0415
    from bot.brain.brain import open_brain  # noqa: PLC0415
    from bot.brain.server import configure_logging  # noqa: PLC0415

    configure_logging()
    return open_brain(settings.models, open_services(), actions_url=settings.actions_url)
