"""What the model makes of each of its own examples when it has not learnt from it.

Cross-validation in stratified folds: each has the same share of every intent, and examples that
say nearly the same stay together, or the model would have learnt a twin of what it is tested on.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from benchmarks.nlu.measuring import key, write_inputs
from benchmarks.nlu.pipelines import ours
from benchmarks.nlu.sets import Dataset, Example, read_own
from bot.brain.language import is_foreign
from bot.brain.nlu.spelling import english_words, name_speller
from conference.embeddings import default_encoder, encode

_TWINS = 0.85
"""From this cosine on, two examples are one in other words: some 13 of 100 have such a twin."""


@dataclass(frozen=True)
class Case:
    """An example and its parse data; `foreign`: declined before the model sees it."""

    example: Example
    parse: dict[str, Any]
    foreign: bool


def read_cases(*, root: Path, folds: int) -> list[Case]:
    """Every example of both languages, parsed by a model trained without its fold.

    Kept under `var/` until the examples, the configuration or the code change.
    """
    own = read_own("own-both", root / "nlu_data")
    whole = Dataset("own-both", "both", own.train + own.test, ())
    work = root / "var" / "thresholds"
    kept = work / f"{folds}-{key(ours(root, whole), whole, root=root)}.json"
    if kept.is_file():
        parses = json.loads(kept.read_text(encoding="utf-8"))
    else:
        parses = _parsed(whole.train, root=root, folds=folds)
        work.mkdir(parents=True, exist_ok=True)
        for old in work.glob(f"{folds}-*.json"):
            old.unlink()
        kept.write_text(json.dumps(parses, ensure_ascii=False), encoding="utf-8")
    english, near = english_words(), name_speller().knows
    return [
        Case(example, parse, is_foreign(example.text, english=english, near=near))
        for example, parse in zip(whole.train, parses, strict=True)
    ]


def _parsed(examples: Sequence[Example], *, root: Path, folds: int) -> list[dict[str, Any]]:
    parses: list[dict[str, Any]] = [{}] * len(examples)
    for trained, tested in _split(examples, folds):
        fold = Dataset(
            "fold", "both", tuple(examples[n] for n in trained), tuple(examples[n] for n in tested)
        )
        with tempfile.TemporaryDirectory() as folder:
            found = asyncio.run(_train_and_parse(fold, Path(folder), root))
        for number, parse in zip(tested, found, strict=True):
            parses[number] = parse
    return parses


def _split(examples: Sequence[Example], folds: int) -> Iterator[tuple[Any, Any]]:
    """Numbers to train on and to test on, for each fold."""
    vectors = encode(default_encoder(), [each.text for each in examples])
    _, twins = connected_components(vectors @ vectors.T > _TWINS, directed=False)
    labels = [f"{each.language} {each.intent}" for each in examples]
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    yield from splitter.split(np.zeros(len(examples)), labels, twins)


async def _train_and_parse(fold: Dataset, folder: Path, root: Path) -> list[dict[str, Any]]:
    from rasa.core.agent import Agent  # noqa: PLC0415 - TensorFlow, for kept figures not needed
    from rasa.model_training import train_nlu  # noqa: PLC0415

    write_inputs(folder, ours(root, fold), fold)
    model = await asyncio.to_thread(
        train_nlu, str(folder / "config.yml"), str(folder / "train.json"), str(folder)
    )
    agent = Agent.load(model)
    found = []
    for example in fold.test:
        parse = await agent.parse_message(example.text)
        found.append({name: parse[name] for name in ("text", "entities", "intent_ranking")})
    return found
