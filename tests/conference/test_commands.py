"""The one form of a command."""

from __future__ import annotations

from typing import Any

import pytest

from conference.commands import read, written


@pytest.mark.parametrize(
    ("intent", "entities", "command"),
    [
        ("next_page", {}, "/next_page"),
        ("find_jobs", {"industry": "energy"}, '/find_jobs{"industry": "energy"}'),
        ("match_profile", {"profile": "护士/{\n}"}, '/match_profile{"profile": "护士/{\\n}"}'),
        ("give_feedback", {"useful": True, "of": {"type": "answer"}},
         '/give_feedback{"useful": true, "of": {"type": "answer"}}'),
    ],
)  # fmt: skip
def test_what_is_written_is_read(intent: str, entities: dict[str, Any], command: str) -> None:
    assert written(intent, **entities) == command
    assert read(command) == (intent, entities)


def test_nothing_is_no_intent() -> None:
    assert read("") == ("", {})
