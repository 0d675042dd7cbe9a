from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from benchmarks.report import compare, table, telegram_table
from benchmarks.stock_model import stock_config


def side(*, per_second: float, cpu: float) -> dict[str, Any]:
    load = {
        "per_second": per_second,
        "cpu_ms_per_message": cpu,
        "p50_ms": 10.0,
        "p95_ms": 20.0,
    }
    return {
        "one": load,
        "twenty": load,
        "fresh": load,
        "throughput": load,
        "message_500_over_5": 1.1,
        "memory_mb": 900,
        "seconds_to_ready": 12.0,
        "epochs": 5,
    }


OURS, STOCK = side(per_second=80, cpu=10), side(per_second=10, cpu=50)


def test_ratios_say_how_many_times_better_this_assistant_is() -> None:
    assert compare({"assistant": OURS, "stock": STOCK}) == {
        "throughput_ratio": 8.0,
        "cpu_ratio": 5.0,
        "p95_ms_20": 20.0,
        "message_500_over_5": 1.1,
        "memory_mb": 900,
    }


def test_one_side_alone_is_compared_with_nothing() -> None:
    assert "throughput_ratio" not in compare({"assistant": OURS})
    assert compare({"stock": STOCK}) == {}


def test_the_table_shows_both_sides() -> None:
    out = io.StringIO()
    Console(file=out, width=120).print(table({"assistant": OURS, "stock": STOCK}))
    row = next(line for line in out.getvalue().splitlines() if "throughput" in line)
    assert [cell.strip() for cell in row.split("│")[2:5]] == ["80.0", "10.0", "0.12"]
    assert "Stock Rasa, trained for 5 epochs" in out.getvalue()


def test_telegram_s_loads_stand_in_a_table_of_their_own() -> None:
    load = {"right": 1000, "per_second": 150.0, "p50_ms": 90, "p95_ms": 190}
    load["cpu_ms_per_message"] = 6.5
    out = io.StringIO()
    Console(file=out, width=120).print(telegram_table({"unlimited": load, "within_limits": load}))
    row = next(line for line in out.getvalue().splitlines() if "without" in line)
    assert [cell.strip() for cell in row.split("│")[2:-1]] == ["1000", "150.0", "90", "190", "6.5"]


def test_stock_rasa_is_what_rasa_init_sets_up() -> None:
    config = stock_config(3)
    assert [part["name"] for part in config["pipeline"]] == [
        "WhitespaceTokenizer",
        "RegexFeaturizer",
        "LexicalSyntacticFeaturizer",
        "CountVectorsFeaturizer",
        "CountVectorsFeaturizer",
        "DIETClassifier",
        "EntitySynonymMapper",
        "ResponseSelector",
        "FallbackClassifier",
    ]
    assert {part.get("epochs") for part in config["pipeline"]} == {None, 3}
    assert "TEDPolicy" in [part["name"] for part in config["policies"]]
