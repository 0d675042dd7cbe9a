"""A command, which is what a button stands for: `/intent{"entity": "value"}`."""

from __future__ import annotations

import json
from typing import Any


def written(intent: str, /, **entities: Any) -> str:
    """The command of an intent and its entities."""
    return f"/{intent}" + (json.dumps(entities, ensure_ascii=False) if entities else "")


def read(command: str) -> tuple[str, dict[str, Any]]:
    """The intent and the entities of a command that we wrote."""
    intent, brace, entities = command.removeprefix("/").partition("{")
    return intent, json.loads(brace + entities) if brace else {}
