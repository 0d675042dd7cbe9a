"""Trains the model from `config.yml`, `domain.yml`, `nlu_data/`: `python -m bot.brain.training`."""

from __future__ import annotations

import sys
from pathlib import Path

from rasa.model_training import train

from bot.settings import read_settings

_KEPT = 2  # the model in use by a running brain, and the new one


def train_model(root: Path, models: Path) -> str:
    """Train from what is in `root` and keep the newest `models`; the path of the new one."""
    result = train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "nlu_data")],
        output=str(models),
    )
    if result.code or result.model is None:
        raise SystemExit(result.code or 1)
    trained = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for old in trained[:-_KEPT]:
        old.unlink()
    return str(result.model)


if __name__ == "__main__":
    settings = read_settings()
    sys.stdout.write(train_model(settings.root, settings.models) + "\n")
