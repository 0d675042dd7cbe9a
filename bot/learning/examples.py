"""The training examples in `nlu_data/`: what is there, and adding to it.

A file is changed by the lines that are added and by nothing else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import LearningError

_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]+\)|\{[^}]+\})")


def plain(line: str) -> str:
    """An example as a person would write it, without its annotations."""
    return _ANNOTATION.sub(r"\1", line)


def letters(text: str) -> str:
    """A text without case, punctuation and spaces: by these, two are the same."""
    return re.sub(r"[\W_]+", "", plain(text).casefold())


def safe(text: str) -> str:
    """A message on one line that Rasa does not take for annotated."""
    return re.sub(r"\s+", " ", re.sub(r"[\[\]{}]", " ", text)).strip()


@dataclass(frozen=True)
class _Block:
    """Where an intent's examples stand."""

    path: Path
    texts: tuple[str, ...]


class Examples:
    """The examples under `folder`, one folder in it a language. Raises LearningError."""

    def __init__(self, folder: Path) -> None:
        self._blocks: dict[tuple[str, str], _Block] = {}
        self._intents: dict[str, str] = {}
        for path in sorted(folder.glob("*/*.yml")):
            for intent, node in _blocks(path).items():
                texts = tuple(line.strip().removeprefix("- ") for line in node.value.splitlines())
                self._blocks.setdefault((path.parent.name, intent), _Block(path, texts))
                self._intents.update(dict.fromkeys(map(letters, texts), intent))
        if not self._blocks:
            raise LearningError(folder, "has no examples", "name the folder that nlu_data/ is")

    def intents(self) -> list[str]:
        """Every intent that there are examples of in all languages."""
        languages = {language for language, _ in self._blocks}
        named = {intent for _, intent in self._blocks}
        whole = (each for each in named if all((of, each) in self._blocks for of in languages))
        return sorted(whole)

    def intent_of(self, text: str) -> str | None:
        """The intent that a text is an example of already."""
        return self._intents.get(letters(text))

    def annotates(self, intent: str) -> bool:
        """Whether subjects are marked in this intent's examples."""
        blocks = [block for (_, name), block in self._blocks.items() if name == intent]
        return any("](subject)" in text for block in blocks for text in block.texts)

    def add(self, language: str, intent: str, lines: Sequence[str]) -> Path:
        """Add examples at the end of the intent's own in this language; the file."""
        path = self._blocks[language, intent].path
        node = _blocks(path)[intent]
        written = path.read_text(encoding="utf-8").splitlines(keepends=True)
        first = node.start_mark.line + 1  # the lines of a block scalar begin under its "|"
        indent = written[first][: len(written[first]) - len(written[first].lstrip())]
        end = first + len(node.value.rstrip("\n").splitlines())
        if not written[end - 1].endswith("\n"):
            written[end - 1] += "\n"
        written[end:end] = [f"{indent}- {line}\n" for line in lines]
        unfinished = path.with_suffix(".new")
        unfinished.write_text("".join(written), encoding="utf-8")
        os.replace(unfinished, path)
        self._intents.update(dict.fromkeys(map(letters, lines), intent))
        return path


def held_out(folder: Path) -> frozenset[str]:
    """The letters of every message in a held-out set, none of which may be trained on."""
    found: set[str] = set()
    for path in folder.glob("*.yml"):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            texts = [turn["user"] for turn in item.get("turns", ())] or [item["text"]]
            found.update(map(letters, map(str, texts)))
    return frozenset(found)


def _blocks(path: Path) -> dict[str, yaml.ScalarNode]:
    """The examples of each intent in a file, as they stand there. Raises LearningError."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = str(error).splitlines()[-1].strip()
        raise LearningError(path, f"is not YAML ({line})", "mend it there") from None
    found: dict[str, yaml.ScalarNode] = {}
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        for item in value.value if key.value == "nlu" else ():
            block = {name.value: node for name, node in item.value}
            if "intent" in block and "examples" in block:
                found.setdefault(block["intent"].value, block["examples"])
    return found
