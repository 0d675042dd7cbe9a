"""`python -m benchmarks.nlu`: trains the pipelines on the same sets; prints, writes the figures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from benchmarks.nlu.measuring import measure
from benchmarks.nlu.pipelines import ours, stock
from benchmarks.nlu.report import markdown, table, written
from benchmarks.nlu.scores import score
from benchmarks.nlu.sets import LARGE, OWN, PUBLIC, read_own, read_public

ROOT = Path(__file__).resolve().parents[2]
PIPELINES = ("ours", "stock")
EPOCHS = 100
"""What Rasa's own configuration says."""


def _epochs(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> dict[str, int]:
    """By set; those of all others under ""."""
    try:
        return {"": EPOCHS} | {
            name: int(number) for name, _, number in (each.rpartition("=") for each in values)
        }
    except ValueError:
        raise click.BadParameter("a number, or SET=NUMBER") from None


@click.command()
@click.option(
    "--data",
    envvar="BENCH_NLU_DATA",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the public sets (BENCH_NLU_DATA).",
)
@click.option("--set", "sets", type=click.Choice([*PUBLIC, *OWN, *LARGE]), multiple=True)
@click.option("--pipeline", "pipelines", type=click.Choice(PIPELINES), multiple=True)
@click.option(
    "--epochs",
    multiple=True,
    callback=_epochs,
    help=f"Stock's, {EPOCHS} unless said: 20 for every set, own-both=20 for one.",
)
@click.option("--large", is_flag=True, help="The large public sets too: stock trains for hours.")
@click.option(
    "--anew",
    is_flag=True,
    help="Parse again with the models kept, and with no others: times of one run.",
)
@click.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write the figures into this page, docs/nlu-benchmark.md.",
)
@click.option("--fresh", is_flag=True, help="Measure again what is known.")
def main(
    *,
    data: Path | None,
    sets: tuple[str, ...],
    pipelines: tuple[str, ...],
    epochs: dict[str, int],
    large: bool,
    anew: bool,
    page: Path | None,
    fresh: bool,
) -> None:
    """Compare this assistant's understanding with stock Rasa's on the same messages."""
    console = Console()
    work, output = ROOT / "var" / "bench-nlu", ROOT / "var" / "bench-nlu.json"
    if fresh and work.is_dir():
        shutil.rmtree(work)
    work.mkdir(parents=True, exist_ok=True)
    results: dict[str, dict[str, Any]] = {}
    for name in sets or PUBLIC + OWN + (LARGE if large else ()):
        if not name.startswith("own-") and data is None:
            console.print(f"{name}: skipped; --data or BENCH_NLU_DATA names no folder of it.")
            continue
        try:
            dataset = (
                read_own(name, ROOT / "nlu_data")
                if name.startswith("own-")
                else read_public(name, data or Path())
            )
        except OSError as error:
            console.print(f"{name}: skipped; {error.filename} cannot be read.")
            continue
        passes = epochs.get(name, epochs[""])
        for pipeline in (
            ours(ROOT, dataset) if each == "ours" else stock(dataset.language, epochs=passes)
            for each in pipelines or PIPELINES
        ):
            try:
                with console.status(f"{name}: {pipeline.name} ..."):
                    measured = measure(pipeline, dataset, root=ROOT, work=work, anew=anew)
                    figures = score(dataset, measured)
            except RuntimeError as error:
                console.print(f"{name}: {pipeline.name}: {error}")
                continue
            if pipeline.name != "ours":
                figures["epochs"] = passes
            results.setdefault(name, {})[pipeline.name] = figures
            output.write_text(json.dumps(results, indent=2) + "\n")  # kept if a later cell fails
            console.print(f"{name}: {pipeline.name}: {figures['intent_accuracy']:.1%} of intents")
    if results:
        console.print(table(results), f"Written to {output}")
        if page is not None:
            text = written(page.read_text(encoding="utf-8"), markdown(results))
            page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
