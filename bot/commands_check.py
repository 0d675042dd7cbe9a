"""The command `ciep check`."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bot.terminal import LANGUAGE, terminal_language

if TYPE_CHECKING:
    from conference.edition.findings import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option(
    "--language", type=LANGUAGE, default=terminal_language, help="The findings' language."
)
def check(*, as_json: bool, language: str) -> None:
    """Look the edition over: its files, its facts, the records in the database.

    Finds what is missing, untranslated, contradictory or past its date. Ends with 1 when there is
    an error.
    """
    from bot.settings import edition_folder, read_settings  # noqa: PLC0415
    from conference.edition import read_edition  # noqa: PLC0415

    folder = edition_folder(os.environ)
    edition, found = read_edition(folder)
    name = str(folder)
    if edition is not None:
        from bot.preparation import is_sample, open_data  # noqa: PLC0415
        from bot.settings import clock_of  # noqa: PLC0415
        from conference.checking import check_files, check_records  # noqa: PLC0415

        settings = read_settings()
        engine = open_data(settings)
        today = clock_of(settings, sample=is_sample(engine))().date()
        found += check_files(edition, today=today)
        found += check_records(engine, edition, today=today)
        name = edition.name.get(language) or next(iter(edition.name.values()))
    if as_json:
        listed = [
            {
                "level": each.level,
                **asdict(each),
                "says": each.says(language),
                "mend": each.mend(language),
            }
            for each in found
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        _show(found, name, language, read=edition is not None)
    if any(each.level == "error" for each in found):
        raise SystemExit(1)


def _show(found: Sequence[Finding], name: str, language: str, *, read: bool) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from conference.checking import wording  # noqa: PLC0415
    from conference.edition.findings import LEVELS  # noqa: PLC0415
    from conference.query import Kind  # noqa: PLC0415
    from conference.vocabulary import load_vocabulary  # noqa: PLC0415

    words, console = wording(language), Console()
    kinds = {each.value for each in Kind}
    for level in LEVELS:
        of_level = [each for each in found if each.level == level]
        if not of_level:
            continue
        table = Table(title=Text(words[level]), title_justify="left", title_style="bold")
        for column in words["columns"]:
            table.add_column(column, overflow="fold")
        for each in of_level:
            place = each.place or words["records"]
            if place in kinds:
                place = load_vocabulary().label("kind", place, language)
            # Text, not markup: what stands in a file may have square brackets
            cells = (place, f"{each.count:,}", each.says(language), each.mend(language))
            table.add_row(*map(Text, cells))
        console.print(table)
    counts = {level: sum(each.level == level for each in found) for level in LEVELS}
    if not read:
        console.print(Text(words["unread"]))
    line = words["found"] if found else words["clean"]
    console.print(Text(line.format(name=name, errors=counts["error"], warnings=counts["warning"])))
