"""The commands for organisers: `ciep stats`, and `ciep organiser` for who may see the page."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bot.terminal import LANGUAGE, terminal_language

if TYPE_CHECKING:
    from conference.cases import Cases
    from conference.insight import Table
    from conference.organisers import Organisers


@click.command()
@click.option(
    "--days",
    type=click.IntRange(1, 90),  # as long as conversations are kept
    default=30,
    show_default=True,
    help="How many days, today's included.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the tables as JSON.")
@click.option(
    "--csv",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write each table as a CSV file.",
)
@click.option("--language", type=LANGUAGE, default=terminal_language, help="The tables' language.")
def stats(*, days: int, as_json: bool, folder: Path | None, language: str) -> None:
    """Show what people ask: messages, searches, what is missing, what helped, response times.

    Without names; what fewer than 5 people did is shown as <5.
    """
    from bot.preparation import is_sample, open_data  # noqa: PLC0415
    from bot.settings import clock_of, read_settings  # noqa: PLC0415
    from conference.insight import insight  # noqa: PLC0415

    settings = read_settings()
    engine = open_data(settings)
    today = clock_of(settings, sample=is_sample(engine))().date()
    now = datetime.now(settings.edition.zone)
    tables = insight(engine, days=days, now=now, today=today)
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, table in tables.items():
                (folder / f"{name}.csv").write_text(table.to_csv(), encoding="utf-8", newline="")
        except OSError as error:
            raise click.BadParameter(
                f"{folder} cannot be written ({error.strerror}).", param_hint="--csv"
            ) from error
        click.echo(f"→ {folder}", err=as_json)
    if as_json:
        content = {name: table.to_json() for name, table in tables.items()}
        click.echo(json.dumps({"days": days, "tables": content}, ensure_ascii=False, indent=2))
    elif folder is None:
        for table in tables.values():
            _show(table, language)


def _show(table: Table, language: str) -> None:
    from rich.table import Table as Shown  # noqa: PLC0415

    from conference.insight import heading, title, written  # noqa: PLC0415

    shown = Shown(title=title(table, language), title_justify="left", min_width=40)
    for place, column in enumerate(table.columns):
        shown.add_column(heading(column, language), justify="right" if place else "left")
    for row in written(table, language):
        if table.name == "days" and not any(row[1:]):
            continue  # quiet days would fill the screen
        shown.add_row(*(f"{each:,}" if isinstance(each, int) else str(each) for each in row))
    Console().print(shown, "")


@click.group()
def organiser() -> None:
    """Say who may see the organisers' page, /organisers/."""


@organiser.command()
@click.argument("name")
@click.option(
    "--address",
    metavar="URL",
    help="Where the assistant is found from outside, like https://chat.example.org.",
)
def add(name: str, address: str | None) -> None:
    """Let NAME in: prints a link that signs in once, within 24 hours.

    For someone who is in already it makes another link.
    """
    from bot.settings import read_settings  # noqa: PLC0415
    from conference.organisers import NAME  # noqa: PLC0415

    name = name.strip()
    if not name or len(name) > NAME or not name.isprintable():
        raise click.BadParameter(f"write 1 to {NAME} characters.", param_hint="NAME")
    if address is not None and not address.startswith(("https://", "http://")):
        raise click.BadParameter("begin it with https://", param_hint="--address")
    organisers, cases = _open()
    secret = organisers.add(name)
    cases.log(organiser=name, action="invited")
    base = address or read_settings().page_url.removesuffix("/chat/")
    click.echo(f"{base.rstrip('/')}/organisers/link?key={secret}")


@organiser.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take NAME out, and end their sessions."""
    organisers, cases = _open()
    if not organisers.remove(name):
        raise click.BadParameter(
            f"there is no {name!r}; see `ciep organiser list`.", param_hint="NAME"
        )
    cases.log(organiser=name, action="removed")


@organiser.command("list")
def list_all() -> None:
    """Show who may see the page."""
    organisers, _ = _open()
    for name, added_at in organisers.names():
        click.echo(f"{added_at[:10]}  {name}")


def _open() -> tuple[Organisers, Cases]:
    from bot.preparation import open_data  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415
    from conference.cases import Cases  # noqa: PLC0415
    from conference.moments import utc_now  # noqa: PLC0415
    from conference.organisers import Organisers  # noqa: PLC0415

    engine = open_data(read_settings())
    return Organisers(engine, clock=utc_now), Cases(engine, clock=utc_now)
