"""Trains the model from `config.yml`, `domain.yml` and `nlu_data/`: `python -m bot.brain.training`."""

from __future__ import annotations

import sys

from rasa.model_training import train

from bot.settings import Settings, read_settings

_KEPT = 2  # the model in use by a running brain, and the new one


def train_model(settings: Settings) -> str:
    """Train and keep the newest models; the path of the new one."""
    result = train(
        domain=str(settings.root / "domain.yml"),
        config=str(settings.root / "config.yml"),
        training_files=[str(settings.root / "nlu_data")],
        output=str(settings.models),
    )
    if result.code or result.model is None:
        raise SystemExit(result.code or 1)
    models = sorted(settings.models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for old in models[:-_KEPT]:
        old.unlink()
    return str(result.model)


if __name__ == "__main__":
    print(train_model(read_settings()), file=sys.stdout)  # noqa: T201
