"""`ciep check`: a table for people, JSON for scripts, 1 while there is an error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from tests.editions import FORUM, changed_forum


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("CIEP_DATABASE_URL", f"sqlite:///{tmp_path / 'ciep.db'}")
    monkeypatch.setenv("CIEP_CLOCK", "2031-05-01")
    return CliRunner(env={"COLUMNS": "200"})


def checked(run: CliRunner, folder: Path, *options: str) -> Result:
    return run.invoke(cli, ["check", *options], env={"CIEP_EDITION": str(folder)})


@pytest.mark.parametrize(
    ("language", "found", "summed"),
    [
        ("en", "There are no records yet.", "31st Open Forum of Talent: errors 0, warnings 1."),
        ("zh", "还没有任何数据。", "第三十一届开放人才论坛：0 个错误，1 个提醒。"),
    ],
)
def test_warnings_alone_end_with_0(run: CliRunner, language: str, found: str, summed: str) -> None:
    result = checked(run, FORUM, "--language", language)
    assert result.exit_code == 0
    assert found in result.output
    assert summed in result.output


@pytest.mark.parametrize(
    ("language", "found", "unread"),
    [
        ("en", "The last day (2031-05-18) comes before the first", "records were not looked at"),
        ("zh", "最后一天（2031-05-18）早于第一天", "没有检查数据"),
    ],
)
def test_an_edition_that_cannot_be_used_is_told_of_whole(
    run: CliRunner, tmp_path: Path, language: str, found: str, unread: str
) -> None:
    folder = changed_forum(tmp_path, ("last: 2031-05-21", "last: 2031-05-18"), ("BR", "XX"))
    result = checked(run, folder, "--language", language)
    assert result.exit_code == 1
    assert "conference.yml: dates.last" in result.output
    assert "conference.yml: guest_of_honour" in result.output
    assert found in result.output
    assert unread in result.output


def test_json_is_for_scripts(run: CliRunner, tmp_path: Path) -> None:
    folder = changed_forum(tmp_path, ("    zh: 主宾国是巴西。\n", ""), file="facts.yml")
    result = checked(run, folder, "--json", "--language", "en")
    assert result.exit_code == 1
    found = json.loads(result.output)
    assert [(each["level"], each["rule"]) for each in found] == [
        ("error", "untranslated"),
        ("warning", "no_records"),
    ]
    assert found[0]["place"] == "facts.yml: topics.guest_of_honour.zh"


def test_square_brackets_in_a_file_are_shown_as_they_are(run: CliRunner, tmp_path: Path) -> None:
    folder = changed_forum(tmp_path, ("edition: 31", "edition: 31\n'[red]': x"))
    assert "[red]" in checked(run, folder).output


def test_another_command_ends_with_the_one_line(run: CliRunner, tmp_path: Path) -> None:
    folder = changed_forum(tmp_path, ("BR", "XX"))
    result = run.invoke(cli, ["export", "out"], env={"CIEP_EDITION": str(folder)})
    assert result.exit_code == 2
    assert result.output.startswith(f"ciep: {folder}/conference.yml: guest_of_honour “XX” is not")
    assert result.output.count("\n") == 1
