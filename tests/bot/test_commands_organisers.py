"""`ciep stats` and `ciep organiser` in the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from conference.database import migrate, open_database
from tests.visits import visits

Run = Callable[..., Result]


@pytest.fixture
def ciep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on a database of its own, in which people have talked."""
    url = f"sqlite:///{tmp_path}/ciep.db"
    monkeypatch.setenv("CIEP_DATABASE_URL", url)
    monkeypatch.setenv("CIEP_SECRET", "a secret of the tests")
    engine = open_database(url)
    migrate(engine)
    visits(engine, datetime.now(timezone.utc))
    engine.dispose()
    return lambda *words: CliRunner().invoke(cli, list(words))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Industries", "Energy", "On offer"]), ("zh", ["行业", "能源", "现有条目"])],
)
def test_the_tables_are_shown(ciep: Run, language: str, words: list[str]) -> None:
    shown = ciep("stats", "--language", language)
    assert shown.exit_code == 0
    assert [each for each in words if each not in shown.output] == []


def test_json_and_csv_have_the_same_figures(ciep: Run, tmp_path: Path) -> None:
    tables = json.loads(ciep("stats", "--json", "--days", "2").stdout)["tables"]
    assert {"channel": "telegram", "messages": "<5", "people": "<5"} in tables["channels"]
    assert len(tables["days"]) == 2
    assert ciep("stats", "--csv", str(tmp_path / "out")).exit_code == 0
    assert {each.stem for each in (tmp_path / "out").iterdir()} == set(tables)
    assert "web,49,7" in (tmp_path / "out" / "channels.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["stats", "--days", "91"], "1<=x<=90"),
        (["stats", "--csv", "/dev/null/x"], "--csv"),
        (["organiser", "add", " "], "1 to 80 characters"),
        (["organiser", "add", "Li Hua", "--address", "chat.example.org"], "https://"),
        (["organiser", "remove", "Nobody"], "ciep organiser list"),
    ],
)
def test_mistakes_are_told_in_a_line(ciep: Run, words: list[str], told: str) -> None:
    done = ciep(*words)
    assert done.exit_code == 2
    assert told in done.output
    assert "Traceback" not in done.output


def test_organisers_come_and_go(ciep: Run) -> None:
    link = ciep("organiser", "add", "李华", "--address", "https://chat.example.org/").output
    assert link.startswith("https://chat.example.org/organisers/link?key=")
    assert "李华" in ciep("organiser", "list").output
    assert ciep("organiser", "remove", "李华").exit_code == 0
    assert ciep("organiser", "list").output == ""
