from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from bot.cli import cli

HEAVY = ("rasa", "tensorflow", "numpy", "spacy", "sqlalchemy", "starlette", "httpx")


def test_the_help_lists_the_commands() -> None:
    shown = CliRunner().invoke(cli, ["--help"])
    assert shown.exit_code == 0
    for name in ("run", "train", "chat", "ask", "sample", "evaluate", "version"):
        assert f"\n  {name} " in shown.output


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_explains_itself(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    command = cli.commands[name]
    assert command.help
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert all(each.help for each in options)


def test_the_help_answers_without_loading_anything_heavy() -> None:
    code = f"import sys, bot.cli; print([m for m in {HEAVY} if m in sys.modules])"
    shown = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert shown.stdout == "[]\n"


def test_an_empty_question_is_a_mistake() -> None:
    shown = CliRunner().invoke(cli, ["ask", " "])
    assert shown.exit_code == 2
    assert "TEXT" in shown.output


def test_a_broken_setting_is_one_line_for_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIEP_PORT", "http")
    for command in (["run"], ["train"], ["chat"], ["ask", "hi"], ["sample"]):
        shown = CliRunner().invoke(cli, command)
        assert shown.exit_code == 2
        assert shown.output.startswith("ciep: CIEP_PORT is 'http'; ")
        assert len(shown.output.splitlines()) == 1
