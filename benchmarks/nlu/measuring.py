"""Measures one pipeline on one set, each step in its own process, unless it is known already."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from benchmarks.nlu.pipelines import Pipeline
from benchmarks.nlu.sets import Dataset, Example
from benchmarks.processes import clean_environment

_ONE_THREAD = dict.fromkeys(
    (
        "TF_NUM_INTRAOP_THREADS",
        "TF_NUM_INTEROP_THREADS",
        "TF_INTRA_OP_PARALLELISM_THREADS",  # Rasa's own names for the same
        "TF_INTER_OP_PARALLELISM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
    ),
    "1",
)
"""On few cores more threads take more of the machine and little less time."""

_RESULT_OF = {"train": "train-figures.json", "parse": "parsed.json"}
"""What each step of `benchmarks.nlu.cell` leaves when it has gone well."""


def measure(
    pipeline: Pipeline, dataset: Dataset, *, root: Path, work: Path, anew: bool = False
) -> dict[str, Any]:
    """What `train` and `parse` of `benchmarks.nlu.cell` say, and what was parsed.

    The model is kept: `anew` parses again with it, so that all times are of one run, and trains
    none. Raises RuntimeError when a step fails, or when `anew` finds no model.
    """
    folder = work / f"{dataset.name}.{pipeline.name}.{key(pipeline, dataset, root=root)}"
    if anew and not (folder / _RESULT_OF["train"]).is_file():
        raise RuntimeError("skipped; no model of it is kept")
    if not folder.is_dir():
        for old in work.glob(f"{dataset.name}.{pipeline.name}.*"):
            _remove(old)
        folder.mkdir(parents=True)
        write_inputs(folder, pipeline, dataset)
    if anew:
        (folder / _RESULT_OF["parse"]).unlink(missing_ok=True)
    for step, result in _RESULT_OF.items():
        if not (folder / result).is_file():
            _run(step, folder, root, pipeline.processor)
    train, parse = (
        json.loads((folder / result).read_text(encoding="utf-8")) for result in _RESULT_OF.values()
    )
    return {"train": train, **parse}


def key(pipeline: Pipeline, dataset: Dataset, *, root: Path) -> str:
    """Changes with the examples, the configuration, the code that they run and Rasa's version."""
    digest = hashlib.sha256(version("rasa").encode())
    digest.update(json.dumps(pipeline.config, sort_keys=True).encode())
    for example in (*dataset.train, *dataset.test):
        digest.update(repr(example).encode())
    for source in ("benchmarks/nlu/cell.py", *pipeline.sources):
        path = root / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".yml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def write_inputs(folder: Path, pipeline: Pipeline, dataset: Dataset) -> None:
    """What `benchmarks.nlu.cell` reads."""
    (folder / "config.yml").write_text(yaml.safe_dump(pipeline.config, sort_keys=False))
    examples = {"rasa_nlu_data": {"common_examples": [_for_rasa(each) for each in dataset.train]}}
    (folder / "train.json").write_text(json.dumps(examples, ensure_ascii=False), encoding="utf-8")
    texts = [each.text for each in dataset.test]
    (folder / "test.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")


def _for_rasa(example: Example) -> dict[str, Any]:
    text = example.text
    entities = [
        {"start": start, "end": end, "value": text[start:end], "entity": kind}
        for start, end, kind in example.entities
    ]
    return {"text": text, "intent": example.intent, "entities": entities}


def _run(step: str, folder: Path, root: Path, processor: str) -> None:
    log = folder.with_suffix(f".{step}.log")
    environ = clean_environment(
        **_ONE_THREAD,
        TF_CPP_MIN_LOG_LEVEL="3",
        RASA_MAX_CACHE_SIZE="0",  # or a second training would take parts of the first
    )
    command = [sys.executable, "-m", "benchmarks.nlu.cell", step, str(folder), processor]
    with log.open("wb") as output:
        done = subprocess.run(
            command, cwd=root, env=environ, stdout=output, stderr=output, check=False
        )
    if done.returncode:
        raise RuntimeError(f"{step} ended with code {done.returncode}; see {os.path.relpath(log)}")
