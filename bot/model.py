"""Is the trained model as new as what it is trained from?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

SOURCES = (
    "config.yml", "domain.yml", "nlu_data", "bot/brain/nlu", "conference/vocabulary",
    "conference/text.py", "conference/encoder.py", "conference/embeddings.py",
    "conference/record_ids.py",
)  # fmt: skip
_MARK = "trained-from.txt"


def fingerprint(root: Path) -> str:
    """A hash of every source file's name and content, and of Rasa's version."""
    digest = hashlib.sha256(version("rasa").encode())
    for path in sorted(_files(root)):
        digest.update(b"\0" + path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(root: Path, models: Path) -> bool:
    """Whether `models` holds a model that was trained from what is there now."""
    mark = models / _MARK
    trained = any(models.glob("*.tar.gz")) and mark.is_file()
    return trained and mark.read_text().strip() == fingerprint(root)


def mark_fresh(models: Path, trained_from: str) -> None:
    """Note what the newest model was trained from: the fingerprint from before the training."""
    models.mkdir(parents=True, exist_ok=True)
    (models / _MARK).write_text(trained_from + "\n")


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        path = root / source
        found = path.rglob("*") if path.is_dir() else [path]
        yield from (each for each in found if each.is_file() and "__pycache__" not in each.parts)
