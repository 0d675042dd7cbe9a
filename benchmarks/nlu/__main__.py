"""`python -m benchmarks.nlu`: trains the pipelines on the same sets; prints, writes the figures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from benchmarks.nlu.measuring import measure
from benchmarks.nlu.pipelines import Pipeline, ours, stock
from benchmarks.nlu.report import markdown, table, written
from benchmarks.nlu.scores import score
from benchmarks.nlu.sets import LARGE, OWN, PUBLIC, Dataset, read_own, read_public

ROOT = Path(__file__).resolve().parents[2]
PIPELINES = ("ours", "stock", "stock-jieba")


def cells(sets: tuple[str, ...], pipelines: tuple[str, ...]) -> list[tuple[str, str]]:
    """Sets with pipelines: Jieba's where there is Chinese, the default one where English is."""
    unfit = {"stock": ("own-zh", "xsid-zhn"), "stock-jieba": ("own-en", "xsid-en")}
    english = {name for name in (*PUBLIC, *LARGE) if not name.startswith("xsid")}
    return [
        (name, pipeline)
        for name in sets
        for pipeline in pipelines
        if name not in unfit.get(pipeline, ())
        and not (pipeline == "stock-jieba" and name in english)
    ]


def _pipeline(name: str, dataset: Dataset, epochs: int) -> Pipeline:
    if name == "ours":
        return ours(ROOT, dataset)
    tokenizer = "JiebaTokenizer" if name == "stock-jieba" else "WhitespaceTokenizer"
    return stock(tokenizer=tokenizer, epochs=epochs)


@click.command()
@click.option(
    "--data",
    envvar="BENCH_NLU_DATA",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the public sets (BENCH_NLU_DATA).",
)
@click.option("--set", "sets", type=click.Choice([*PUBLIC, *OWN, *LARGE]), multiple=True)
@click.option("--pipeline", "pipelines", type=click.Choice(PIPELINES), multiple=True)
@click.option("--epochs", type=click.IntRange(1), default=100, show_default=True, help="Stock's.")
@click.option("--large", is_flag=True, help="The large public sets too: stock trains for hours.")
@click.option("--anew", is_flag=True, help="Parse again with the models kept: times of one run.")
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
    epochs: int,
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
    wanted = cells(sets or PUBLIC + OWN + (LARGE if large else ()), pipelines or PIPELINES)
    for name, pipeline_name in wanted:
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
        pipeline = _pipeline(pipeline_name, dataset, epochs)
        try:
            with console.status(f"{name}: {pipeline_name} ..."):
                measured = measure(pipeline, dataset, root=ROOT, work=work, anew=anew)
                figures = score(dataset, measured)
        except RuntimeError as error:
            console.print(f"{name}: {pipeline_name}: {error}")
            continue
        if pipeline_name != "ours":
            figures["epochs"] = epochs
        results.setdefault(name, {})[pipeline_name] = figures
        output.write_text(json.dumps(results, indent=2) + "\n")  # kept when a later cell ends badly
        console.print(f"{name}: {pipeline_name}: {figures['intent_accuracy']:.1%} of the intents")
    if results:
        console.print(table(results), f"Written to {output}")
        if page is not None:
            text = written(page.read_text(encoding="utf-8"), markdown(results))
            page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
