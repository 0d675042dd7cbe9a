"""The sets of messages that pipelines are compared on: public ones, and this assistant's own."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int, str]
"""Start, end (exclusive) and type of an entity."""

OWN = ("own-en", "own-zh", "own-both")
PUBLIC = ("xsid-en", "xsid-zhn", "xsid-both", "clinc150-small")
LARGE = ("clinc150", "banking77", "hwu64-fold1", "massive-en")
"""Public sets on which stock Rasa trains for hours."""

_PARTS = {"both": ("en", "zh"), "xsid-both": ("xsid-en", "xsid-zhn")}
_TEST_OF = {"clinc150-small": "clinc150"}  # its small training set has no test file of its own
_CHINESE = frozenset({"own-zh", "xsid-zhn"})
_TESTED = 0.2
"""The share of each intent's own examples that is kept from training."""


@dataclass(frozen=True)
class Example:
    """A message as somebody wrote it, with what it means."""

    text: str
    intent: str
    entities: tuple[Span, ...] = ()
    language: str = "en"


@dataclass(frozen=True)
class Dataset:
    """What to train on and what to test on; `language` is `en`, `zh` or `both`."""

    name: str
    language: str
    train: tuple[Example, ...]
    test: tuple[Example, ...]


def language_of(name: str) -> str:
    """The language of a set, by its name."""
    return "zh" if name in _CHINESE else "both" if name.endswith("-both") else "en"


def read_public(name: str, folder: Path) -> Dataset:
    """A public set from `<name>.train.jsonl.gz` and `<name>.test.jsonl.gz`.

    Raises OSError when a file is missing.
    """
    parts = _PARTS.get(name, (name,))
    train = [each for part in parts for each in _read(folder, part, "train")]
    test = [each for part in parts for each in _read(folder, _TEST_OF.get(part, part), "test")]
    return Dataset(name, language_of(name), tuple(train), tuple(test))


def _read(folder: Path, name: str, part: str) -> list[Example]:
    """Lines of `t` (text), `i` (intent) and `e` (entities).

    Rasa takes an intent with a slash for one of its retrieval intents: the slash is renamed.
    """
    with gzip.open(folder / f"{name}.{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Example(
            row["t"],
            row["i"].replace("/", "__"),
            tuple((start, end, kind) for start, end, kind in row.get("e", ())),
            language_of(name),
        )
        for row in rows
    ]


def read_own(name: str, folder: Path) -> Dataset:
    """This assistant's examples in `nlu_data/`, a fifth of each intent kept for testing.

    The split of a language is the same alone and with the other language.
    """
    language = name.removeprefix("own-")
    train: list[Example] = []
    test: list[Example] = []
    for part in _PARTS.get(language, (language,)):
        kept, tested = split(_read_rasa(folder / part, part))
        train += kept
        test += tested
    return Dataset(name, language, tuple(train), tuple(test))


def _read_rasa(folder: Path, language: str) -> list[Example]:
    from rasa.shared.nlu.training_data.formats import RasaYAMLReader  # noqa: PLC0415 - is slow

    files = [str(each) for each in sorted(folder.glob("*.yml")) if each.name != "vocabulary.yml"]
    return [
        Example(
            message.get("text"),
            message.get("intent"),
            tuple((e["start"], e["end"], e["entity"]) for e in message.get("entities", ())),
            language,
        )
        for file in files
        for message in RasaYAMLReader().read(file).intent_examples
    ]


def split(examples: Iterable[Example], *, seed: int = 0) -> tuple[list[Example], list[Example]]:
    """What to train on and what to test on: of each intent the same share, always the same."""
    by_intent: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_intent[example.intent].append(example)
    train: list[Example] = []
    test: list[Example] = []
    for intent, chosen in sorted(by_intent.items()):
        random.Random(f"{seed} {intent}").shuffle(chosen)
        tested = round(len(chosen) * _TESTED)
        test += chosen[:tested]
        train += chosen[tested:]
    return train, test
