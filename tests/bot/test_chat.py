from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot import child
from bot.chat import ask, chat, show
from bot.errors import BrainsError
from bot.model import fingerprint, mark_fresh
from bot.settings import ROOT, Settings
from conference.database import insert_or_update, migrate, open_database
from conference.store import meta

FAKE = child.command("tests.fake_brain")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A project whose data and model are there already."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "model.tar.gz").touch()
    mark_fresh(tmp_path / "models", fingerprint(tmp_path))
    url = f"sqlite:///{tmp_path}/chat.db"
    engine = open_database(url)
    migrate(engine)
    with engine.begin() as connection:
        insert_or_update(connection, meta, [{"key": "data_version", "value": "1"}])
    engine.dispose()
    return Settings(root=tmp_path, secret="made up", database_url=url)  # noqa: S106  made up


@pytest.fixture
def console() -> Console:
    return Console(record=True, width=80, force_terminal=False)


async def test_one_question_gets_the_turns_messages(settings: Settings, console: Console) -> None:
    messages = await ask(settings, console, " 找工作\0", language="zh", brain_command=FAKE)
    assert [each["text"] for each in messages] == ["You said: 找工作"]


async def test_a_conversation_with_a_button_pressed_by_its_number(
    settings: Settings, console: Console
) -> None:
    with closing(create_pipe_input()) as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("buttons\r2\r3\r\r" + "a" * 1001 + "\r\x04")
        await chat(settings, console, brain_command=FAKE)
    shown = console.export_text()
    assert "  1  More\n  2  深圳\n" in shown
    assert 'You said: /refine{"city":"shenzhen"}' in shown
    assert "You said: 3" in shown  # no such button any more: it is a text
    assert "1,000" in shown
    assert "aaaa" not in shown


async def test_a_brain_that_does_not_start_ends_it(settings: Settings, console: Console) -> None:
    with pytest.raises(BrainsError):
        await ask(settings, console, "hi", brain_command=["false"])


def test_square_brackets_are_shown_as_they_are(console: Console) -> None:
    messages = [{"text": "[bold]x[/]", "buttons": [{"title": "[red]y", "payload": "/z"}]}]
    assert show(messages, console) == messages[0]["buttons"]
    assert "[bold]x[/]" in console.export_text(clear=False)
    assert "[red]y" in console.export_text()
