"""The command `ciep`.

A command imports what it needs when it runs (hence each PLC0415): `ciep --help` answers at once.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any, NoReturn

import click
from rich.console import Console

from bot.commands_check import check
from bot.commands_data import export, import_files
from bot.commands_learning import evaluate, learn
from bot.commands_organisers import organiser, stats
from bot.errors import BotError
from bot.settings import read_settings
from bot.terminal import LANGUAGE
from conference.errors import ConferenceError


class _Plainly(click.Group):
    """Mistakes that a person can mend end any command with one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BotError as error:
            _end(str(error), code=error.exit_code)
        except ConferenceError as error:
            _end(str(error), code=2)
        except KeyboardInterrupt:
            _end("", code=130)


@click.group(
    cls=_Plainly,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def cli() -> None:
    """The bilingual assistant of the Conference on International Exchange of Professionals.

    Begin with `ciep run`. Settings are read from the environment; the README lists them.
    """


def _end(line: str, *, code: int) -> NoReturn:
    if line:
        click.echo(f"ciep: {line}", err=True)
    sys.exit(code)


@cli.command()
def run() -> None:
    """Start the assistant and its web page.

    What is missing is made first: the sample catalogue for an empty database, the model when it
    is older than what it is trained from. Ctrl-C stops everything.
    """
    from bot.run import run as serve  # noqa: PLC0415

    serve(read_settings(), Console())


@cli.command()
def train() -> None:
    """Train the model, whether it needs it or not."""
    from bot import preparation  # noqa: PLC0415

    asyncio.run(preparation.train(read_settings(), Console()))


@cli.command()
@click.option("--language", type=LANGUAGE, help="The language to begin in.")
def chat(language: str | None) -> None:
    """Talk with the assistant in the terminal, in English or Chinese."""
    from bot.chat import chat as talk  # noqa: PLC0415

    asyncio.run(talk(read_settings(), Console(), language=language))


@cli.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print the messages as a JSON array.")
@click.option("--language", type=LANGUAGE, help="For a text that is in no language, like an emoji.")
def ask(text: str, as_json: bool, language: str | None) -> None:
    """Ask one question, TEXT, and print the answer."""
    from bot.chat import ask as ask_once  # noqa: PLC0415

    if not text.strip():
        raise click.BadParameter("it is empty.", param_hint="TEXT")
    messages = asyncio.run(ask_once(read_settings(), Console(stderr=True), text, language=language))
    if as_json:
        import json  # noqa: PLC0415

        click.echo(json.dumps(messages, ensure_ascii=False, indent=2))
        return
    for message in messages:
        click.echo(message.get("text", ""))
        for button in message.get("buttons", ()):
            click.echo(f"  [{button['title']}]")


@cli.command()
@click.option("--seed", type=int, help="Another sample than the usual one.")
@click.option("--force", is_flag=True, help="Replace the data that is in the database.")
def sample(seed: int | None, force: bool) -> None:
    """Load the sample catalogue.

    Its organisations, openings, programmes and events are invented.
    """
    from bot.sample import load_with_bar  # noqa: PLC0415

    if not load_with_bar(read_settings(), Console(), seed=seed, force=force):
        _end("The database has data already; add --force to replace it.", code=1)


@cli.command()
def version() -> None:
    """Print the program's version."""
    from importlib.metadata import version as version_of  # noqa: PLC0415

    click.echo(version_of("ciep-assistant"))


for command in (check, import_files, export, evaluate, learn, stats, organiser):
    cli.add_command(command)


def main() -> None:
    """The entry point of the `ciep` script."""
    cli(prog_name="ciep")
