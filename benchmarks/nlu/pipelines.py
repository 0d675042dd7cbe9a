"""The pipelines under test, as Rasa configurations."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from benchmarks.nlu.sets import Dataset

_GENERAL = frozenset(
    {
        "BilingualTokenizer",
        "SentenceEncoderFeaturizer",
        "NgramFeaturizer",
        "DenseIntentClassifier",
    }
)
"""This assistant's components that know nothing of conferences."""

_LEFT_OUT = "ResponseSelector"  # the sets have no retrieval intents, for which alone it is


@dataclass(frozen=True)
class Pipeline:
    """A Rasa configuration and the files beside it on which its results depend."""

    name: str
    config: dict[str, Any]
    sources: tuple[str, ...] = ()
    processor: str = "rasa"
    """Whose message processor parses: Rasa's own, or this assistant's `brain`."""


def stock(language: str, *, epochs: int) -> Pipeline:
    """What `rasa init` sets up, read from the installed Rasa; with Jieba where there is Chinese."""
    jieba = language != "en"
    files = resources.files("rasa.engine.recipes.config_files")
    config: dict[str, Any] = yaml.safe_load(files.joinpath("default_config.yml").read_text("utf-8"))
    parts = [part for part in config["pipeline"] if part["name"] != _LEFT_OUT]
    parts[0] = {"name": "JiebaTokenizer" if jieba else "WhitespaceTokenizer"}
    for part in parts:
        if "epochs" in part:
            part["epochs"] = epochs
    return Pipeline(
        "stock-jieba" if jieba else "stock",
        {
            "recipe": "default.v1",
            "assistant_id": "stock",
            "language": "zh" if jieba else "en",
            "pipeline": parts,
        },
    )


def ours(root: Path, dataset: Dataset) -> Pipeline:
    """This assistant's: `config.yml` whole for its own examples.

    For others only what is general in it, and an extractor that learns any entity in place of the
    gazetteer and the subjects.
    """
    config: dict[str, Any] = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))
    parts = config["pipeline"]
    if not dataset.name.startswith("own-"):
        parts = [part for part in parts if part["name"].rpartition(".")[2] in _GENERAL]
        if any(example.entities for example in dataset.train):
            parts.append({"name": "benchmarks.nlu.entities.SpanExtractor"})
    return Pipeline(
        "ours",
        {key: config[key] for key in ("recipe", "assistant_id", "language")} | {"pipeline": parts},
        (
            "bot/brain/nlu",
            "bot/brain/processor.py",
            "benchmarks/nlu/entities.py",
            "conference",
            "nlu_data",
        ),
        processor="brain",
    )
