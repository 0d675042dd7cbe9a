"""A second edition, made up: other days, another clock, another guest of honour, other zones."""

from __future__ import annotations

import shutil
from pathlib import Path

FORUM = Path(__file__).with_name("forum-31")


def changed_forum(folder: Path, *changes: tuple[str, str], file: str = "conference.yml") -> Path:
    """A copy of it with texts of one file replaced; each must be there."""
    copy = shutil.copytree(FORUM, folder / "edition")
    path = copy / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return copy
