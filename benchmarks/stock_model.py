"""Trains stock Rasa: the pipeline and policies of `rasa init`, on this assistant's own examples."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from benchmarks.processes import clean_environment

EPOCHS = 5
"""`rasa init` has 100, which on these examples take an hour on two cores. What a parse costs does
not depend on it, and after five the intents of nine examples in ten are right."""

_INPUTS = ("domain.yml", "nlu_data")


@dataclass(frozen=True)
class StockModel:
    """A trained model and how it was trained."""

    path: Path
    epochs: int
    training_seconds: float


def stock_model(root: Path, *, work: Path, epochs: int = EPOCHS) -> StockModel:
    """The model; trained now unless one of the same examples, pipeline and Rasa is in `work`.

    Raises RuntimeError when training fails.
    """
    config = stock_config(epochs)
    key = _fingerprint(root, config)
    path, note = work / f"stock-{key}.tar.gz", work / f"stock-{key}.json"
    if not (path.is_file() and note.is_file()):
        seconds = _train(root, work, config, path)
        note.write_text(json.dumps({"epochs": epochs, "training_seconds": round(seconds)}))
    return StockModel(path, **json.loads(note.read_text()))


def stock_config(epochs: int) -> dict[str, Any]:
    """What `rasa init`'s configuration, which names no pipeline and no policies, stands for."""
    files = resources.files("rasa.engine.recipes.config_files")
    config: dict[str, Any] = yaml.safe_load(files.joinpath("default_config.yml").read_text("utf-8"))
    config["assistant_id"] = "stock"
    for part in (*config["pipeline"], *config["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    return config


def _fingerprint(root: Path, config: dict[str, Any]) -> str:
    digest = hashlib.sha256(f"{version('rasa')} {json.dumps(config)}".encode())
    for name in _INPUTS:
        path = root / name
        for file in sorted(path.rglob("*.yml")) if path.is_dir() else [path]:
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _train(root: Path, work: Path, config: dict[str, Any], path: Path) -> float:
    """Train into `path`; the seconds it took."""
    began = time.monotonic()
    configuration, log = work / "stock-config.yml", work / "stock-training.log"
    configuration.write_text(yaml.safe_dump(config, sort_keys=False))
    command = [sys.executable, "-m", "rasa", "train", "--config", str(configuration)]
    command += ["--domain", "domain.yml", "--data", "nlu_data", "--out", str(work)]
    command += ["--fixed-model-name", path.name.removesuffix(".tar.gz")]
    with log.open("wb") as output:
        environ = clean_environment(TF_CPP_MIN_LOG_LEVEL="3")
        done = subprocess.run(
            command, cwd=root, env=environ, stdout=output, stderr=output, check=False
        )
    if done.returncode or not path.is_file():
        raise RuntimeError(f"Stock Rasa could not be trained; see {log}")
    return time.monotonic() - began
