"""The commands `ciep import` and `ciep export`."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.terminal import LANGUAGE, terminal_language

KINDS = click.Choice(["jobs", "programs", "institutions", "intentions", "events"])
_FORMATS = click.Choice(["csv", "json", "jsonl", "jsonld", "ics"])


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--kind", type=KINDS, help="What the records are, when the headings do not say.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FILE|HEADING=FIELD",
    help="A mapping of columns: a file, written on the first use, or one column.",
)
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="How 09/08/2020 is meant.")
@click.option("--source", default="", metavar="NAME", help="Keeps ids apart from other sources'.")
@click.option("--dry-run", is_flag=True, help="Read and compare, but store nothing.")
@click.option("--strict", is_flag=True, help="Refuse rows with warnings too.")
@click.option(
    "--retire-missing", is_flag=True, help="Take out records that the file no longer has."
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.xlsx",
    help="Write all problems to a spreadsheet.",
)
@click.option("--language", type=LANGUAGE, default=terminal_language, help="The report's language.")
def import_files(
    *,
    files: tuple[Path, ...],
    kind: str | None,
    maps: tuple[str, ...],
    dates: str | None,
    source: str,
    dry_run: bool,
    strict: bool,
    retire_missing: bool,
    report: Path | None,
    language: str,
) -> None:
    """Bring data in: CSV, Excel, JSON, linked data, calendars.

    Each FILE is one transaction; a bad row is left out and reported, and stops no other. The same
    file again changes nothing. Ends with 1 when any row was refused.
    """
    from bot.preparation import open_data  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415
    from conference import importing  # noqa: PLC0415
    from conference.catalogue import open_catalogue  # noqa: PLC0415
    from conference.query import Kind  # noqa: PLC0415

    wishes, kept = _wishes(maps)
    if kind:
        wishes = replace(wishes, kind=Kind(kind))
    if report is not None and report.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{report} must end in .xlsx.", param_hint="--report")
    if source and not (
        source.isascii() and source.isalnum() and source.islower() and len(source) <= 12
    ):
        raise click.BadParameter(
            "use up to 12 lower-case letters and digits.", param_hint="--source"
        )
    request = importing.Request(
        wishes=wishes,
        source=source,
        dates=dates,
        strict=strict,
        retire_missing=retire_missing,
        dry_run=dry_run,
    )
    settings = read_settings()
    catalogue = open_catalogue(open_data(settings), edition=settings.edition)
    reports = []
    for path in sorted(files, key=_owners_first):
        started = time.monotonic()
        try:
            reports.append(_with_bar(catalogue, path, request))
        except ValueError as error:  # a wish for a field that there is not
            raise click.BadParameter(str(error), param_hint="--map") from error
        for line in importing.report_lines(
            reports[-1], language=language, seconds=time.monotonic() - started, dry_run=dry_run
        ):
            click.echo(line)
    for line in importing.unmet_wishes(reports, wishes, language=language):
        click.echo(line)
    try:
        if kept is not None:
            mappings = [each for one in reports for each in one.mappings]
            importing.write_mapping(kept, mappings, wishes)
            click.echo(f"→ {kept}")
        if report is not None:
            importing.write_spreadsheet(report, reports, language=language)
            click.echo(f"→ {report}")
    except OSError as error:
        raise click.ClickException(
            f"{error.filename} cannot be written: {error.strerror}. The import itself is done."
        ) from error
    if any(each.refused or each.problems.count("error") for each in reports):
        raise SystemExit(1)


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "file_format",
    type=_FORMATS,
    default="csv",
    show_default=True,
    help="csv makes a folder, the others one file.",
)
@click.option("--kind", "kinds", type=KINDS, multiple=True, help="Only these kinds.")
def export(*, target: Path | None, file_format: str, kinds: tuple[str, ...]) -> None:
    """Write everything out, so that `ciep import` brings it back without loss.

    TARGET is a folder for csv (`export`, if none is given) and a file for the others.
    """
    from bot.preparation import open_data  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415
    from conference.exporting import export as write  # noqa: PLC0415
    from conference.query import Kind  # noqa: PLC0415

    chosen = [Kind(each) for each in kinds] or list(Kind)
    place = target or Path("export" if file_format == "csv" else f"export.{file_format}")
    engine = open_data(read_settings())
    with _bar() as bar:
        task = bar.add_task("", total=None)
        done = write(
            engine,
            place,
            file_format=file_format,
            kinds=chosen,
            progress=lambda count, total: bar.update(task, completed=count, total=total),
        )
    for path in done.files:
        click.echo(f"→ {path}")
    for kind, count in done.counts.items():
        click.echo(f"  {kind.value}: {count:,}")


def _wishes(maps: tuple[str, ...]) -> tuple[Any, Path | None]:
    """What was wished, and the mapping file that is to be written because it is not there yet."""
    from conference.importing import Wishes, read_wishes, with_column  # noqa: PLC0415

    wishes, kept = Wishes(), None
    for text in maps:
        if text.endswith((".yml", ".yaml")):
            path = Path(text)
            if path.exists():
                read = read_wishes(path)
                wishes = replace(read, columns={**read.columns, **wishes.columns})
            else:
                kept = path
        else:
            wishes = with_column(wishes, text)
    return wishes, kept


def _owners_first(path: Path) -> int:
    """Cities and institutions before what refers to them."""
    from conference.importing.headings import kind_named  # noqa: PLC0415
    from conference.query import Kind  # noqa: PLC0415

    if path.stem == "cities":
        return 0
    return 1 if kind_named(path.stem) is Kind.INSTITUTIONS else 2


def _with_bar(catalogue: Any, path: Path, request: Any) -> Any:
    """Import a file under a progress bar that says how long it will take."""
    from conference.importing import import_file  # noqa: PLC0415

    with _bar() as bar:
        task = bar.add_task(path.name, total=1.0)

        def tell(_step: str, fraction: float, rows: int) -> None:
            bar.update(task, completed=fraction, description=f"{path.name} {rows:,}")

        return import_file(catalogue, path, request, progress=tell)


def _bar() -> Any:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
