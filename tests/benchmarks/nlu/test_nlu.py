from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from rich.console import Console

from benchmarks.nlu.__main__ import main
from benchmarks.nlu.entities import labels, spans
from benchmarks.nlu.measuring import key, measure
from benchmarks.nlu.pipelines import ours, stock
from benchmarks.nlu.report import markdown, table, written
from benchmarks.nlu.scores import score
from benchmarks.nlu.sets import Dataset, Example, read_public, split
from bot.settings import ROOT
from tests.brain.nlu.conftest import tokens_of

RAIN = Example("rain in 北京 today", "weather", ((8, 10, "city"), (11, 16, "day")), "en")
SONG = Example("放一首歌", "play", (), "zh")
DATASET = Dataset("xsid-both", "both", (RAIN, SONG), (RAIN, SONG))


def measured(*parsed: dict[str, Any]) -> dict[str, Any]:
    figures = {"seconds": 2.0, "cpu_seconds": 1.0, "peak_mb": 900, "model_mb": 3.0}
    return {"train": figures, "parsed": parsed, "milliseconds": [3.0, 5.0], "peak_mb": 700}


def test_an_entity_is_right_when_its_span_and_type_are() -> None:
    rain = {"intent": "weather", "entities": [[8, 10, "city"], [0, 4, "day"], [0, 4, "kind"]]}
    song = {"intent": "weather", "entities": []}
    figures = score(DATASET, measured(rain, song))
    assert (figures["intent_accuracy"], figures["entity_f1"]) == (0.5, 0.5)
    assert figures["en"]["intent_accuracy"] == 1.0
    assert figures["zh"]["intent_accuracy"] == 0.0
    assert figures["parse_ms_p50"] == 4.0


def test_each_intent_is_split_alike_every_time() -> None:
    examples = [Example(f"{intent} {n}", intent) for intent in ("a", "b") for n in range(10)]
    train, test = split(examples)
    assert [each.intent for each in test] == ["a", "a", "b", "b"]
    assert {*train, *test} == {*examples}
    assert split(examples) == (train, test)


def test_a_public_set_has_no_slashes_in_its_intents(tmp_path: Path) -> None:
    for part in ("train", "test"):
        with gzip.open(tmp_path / f"xsid-en.{part}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.write(json.dumps({"t": "rain?", "i": "weather/find", "e": [[0, 4, "what"]]}))
    assert read_public("xsid-en", tmp_path).train == (
        Example("rain?", "weather__find", ((0, 4, "what"),)),
    )


def test_stock_is_what_rasa_init_sets_up_without_the_response_selector() -> None:
    parts = stock("en", epochs=7).config["pipeline"]
    assert parts[0] == {"name": "WhitespaceTokenizer"}
    assert [part["epochs"] for part in parts if "epochs" in part] == [7]
    assert "ResponseSelector" not in [part["name"] for part in parts]


def test_on_public_sets_our_pipeline_knows_nothing_of_conferences() -> None:
    names = [p["name"].rpartition(".")[2] for p in ours(ROOT, DATASET).config["pipeline"]]
    assert names[0] == "BilingualTokenizer"
    assert names[-1] == "SpanExtractor"
    assert "GazetteerExtractor" not in names


@pytest.mark.parametrize("text", ["rain in Moscow today", "明天莫斯科下雨吗"])
def test_labels_give_their_entities_back(text: str) -> None:
    tokens = tokens_of(text)
    wanted = [(tokens[0].start, tokens[1].end, "a"), (tokens[2].start, tokens[2].end, "a")]
    entities = [{"start": start, "end": end, "entity": kind} for start, end, kind in wanted]
    assert spans(tokens, labels(tokens, entities)) == wanted


def test_what_is_measured_is_known_by_examples_and_configuration() -> None:
    pipeline = stock("both", epochs=5)
    known = key(pipeline, DATASET, root=ROOT)
    assert known == key(pipeline, DATASET, root=ROOT)
    assert known != key(stock("both", epochs=3), DATASET, root=ROOT)
    assert known != key(pipeline, Dataset("xsid-both", "both", (RAIN,), (RAIN,)), root=ROOT)


@pytest.mark.parametrize("language", ["zh", "both"])
def test_chinese_is_compared_with_the_pipeline_made_for_it(language: str) -> None:
    pipeline = stock(language, epochs=5)
    assert pipeline.name == "stock-jieba"
    assert pipeline.config["pipeline"][0] == {"name": "JiebaTokenizer"}


def test_to_parse_anew_trains_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no model of it is kept"):
        measure(stock("both", epochs=5), DATASET, root=ROOT, work=tmp_path, anew=True)
    assert not [*tmp_path.iterdir()]


def test_epochs_are_said_for_all_sets_or_one() -> None:
    result = CliRunner().invoke(main, ["--epochs", "own-en=many"])
    assert "a number, or SET=NUMBER" in result.output
    context = click.Context(main)
    (option,) = (each for each in main.params if each.name == "epochs")
    assert option.process_value(context, ("own-en=20", "7")) == {"own-en": 20, "": 7}
    assert option.process_value(context, ()) == {"": 100}


def test_a_set_without_its_folder_is_skipped_with_a_line() -> None:
    result = CliRunner().invoke(main, ["--set", "xsid-en"], env={"BENCH_NLU_DATA": ""})
    assert result.exit_code == 0, result.output
    assert "xsid-en: skipped; --data or BENCH_NLU_DATA names no folder" in result.output


def test_the_table_has_a_row_for_each_pipeline() -> None:
    parsed = {"intent": "weather", "entities": []}
    out = io.StringIO()
    figures = score(DATASET, measured(parsed, parsed))
    Console(file=out, width=200).print(table({"xsid-both": {"ours": figures, "stock": figures}}))
    row = next(line for line in out.getvalue().splitlines() if "ours" in line)
    assert [cell.strip() for cell in row.split("│")[1:5]] == ["xsid-both", "ours", "50.0", "0.000"]


def test_the_page_has_our_parse_time_as_a_part_of_stocks() -> None:
    figures = {"intent_accuracy": 0.9, "entity_f1": 0.5, "train_cpu_seconds": 7.0}
    figures |= {"train_peak_mb": 900, "parse_peak_mb": 800, "train_model_mb": 2.0}
    page = "a\n<!-- figures: written by the benchmark -->\nold\n<!-- /figures -->\nz\n"
    new = written(
        page,
        markdown(
            {
                "own-en": {
                    "ours": {**figures, "parse_ms_p50": 3.0},
                    "stock": {**figures, "parse_ms_p50": 10.0, "epochs": 20},
                }
            }
        ),
    )
    assert "| own-en | stock, 20 epochs | 90.0 | .500 | 10.0 | 0.30 | 7 |" in new
    assert "old" not in new
    assert written(new, "") == page.replace("old\n", "")
