"""What is said: `conversations.yml`, the same dialogues in each language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("conversations.yml")


@dataclass(frozen=True)
class Dialogue:
    """What one person says in one conversation."""

    language: str
    turns: tuple[str, ...]


def read_dialogues(file: Path = FILE) -> list[Dialogue]:
    """Every dialogue in every language, the languages in turn.

    Raises ValueError when a dialogue has not as many turns in one language as in another.
    """
    dialogues = []
    for number, versions in enumerate(yaml.safe_load(file.read_text("utf-8"))["dialogues"], 1):
        if len({len(turns) for turns in versions.values()}) != 1:
            raise ValueError(f"{file}: dialogue {number} differs in length between languages")
        dialogues += [Dialogue(language, tuple(turns)) for language, turns in versions.items()]
    return dialogues
