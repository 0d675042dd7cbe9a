"""The assistant in a terminal: a conversation (`ciep chat`) or one question (`ciep ask`)."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import secrets
from collections.abc import AsyncIterator, Sequence
from functools import partial

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import HTML
from rich.console import Console
from rich.text import Text

from bot.brains import BRAIN_COMMAND, Brains
from bot.errors import BrainError
from bot.gateway.brain_client import BrainClient, Message, Turn
from bot.gateway.requests import MAX_TEXT, clean
from bot.preparation import open_data, prepare
from bot.settings import Settings

_WORDS = {
    "starting": "Starting the assistant · 正在启动智能助手",
    "hello": "Ask in English or Chinese. A number presses a button; Ctrl-D ends.\n"
    "中英文均可提问。输入数字选择按钮，按 Ctrl-D 退出。",
    "long": f"Please keep it under {MAX_TEXT:,} characters. 请不要超过 {MAX_TEXT} 个字符。",
    "thinking": "… ",
    "away": "The assistant did not answer; please try again. 智能助手没有回应，请再试一次。",
}


async def ask(
    settings: Settings,
    console: Console,
    text: str,
    *,
    language: str | None = None,
    brain_command: Sequence[str] = BRAIN_COMMAND,
) -> list[Message]:
    """The messages that answer one question, asked by nobody known; progress goes to `console`."""
    async with _brain(settings, console, brain_command) as client:
        turn = _new_turn(language, person=f"terminal:{secrets.token_hex(8)}")
        try:
            return await client.turn(turn(text=clean(text)))
        finally:
            await client.clear(turn.keywords["conversation"], turn.keywords["person"])


async def chat(
    settings: Settings,
    console: Console,
    *,
    language: str | None = None,
    brain_command: Sequence[str] = BRAIN_COMMAND,
) -> None:
    """Talk until Ctrl-D. Saved items and the agenda are kept for the next time."""
    turn = _new_turn(language, person=f"terminal:{getpass.getuser()}")
    lines: PromptSession[str] = PromptSession()
    buttons: list[dict[str, str]] = []
    async with _brain(settings, console, brain_command) as client:
        console.print(Text(_WORDS["hello"], style="dim"))
        while True:
            try:
                typed = clean(await lines.prompt_async(HTML("<ansicyan><b>› </b></ansicyan>")))
            except (EOFError, KeyboardInterrupt):
                return
            if not typed:
                continue
            if len(typed) > MAX_TEXT:
                console.print(Text(_WORDS["long"], style="yellow"))
                continue
            said = turn(text=typed)
            if typed.isdecimal() and 1 <= int(typed) <= len(buttons):
                said = turn(payload=buttons[int(typed) - 1]["payload"])
            try:
                with console.status(_WORDS["thinking"]):
                    messages = await client.turn(said)
            except BrainError:
                console.print(Text(_WORDS["away"], style="yellow"))
                continue
            buttons = show(messages, console)


def show(messages: Sequence[Message], console: Console) -> list[dict[str, str]]:
    """Print messages, their buttons numbered; the buttons in that order."""
    buttons: list[dict[str, str]] = []
    for message in messages:
        console.print()
        # Text, not markup: square brackets in a title are square brackets
        console.print(Text(message.get("text", "")))
        for button in message.get("buttons", ()):
            buttons.append(button)
            number = Text(f"  {len(buttons)}  ", style="bold cyan")
            console.print(number + Text(button["title"], style="cyan"))
    console.print()
    return buttons


def _new_turn(language: str | None, *, person: str) -> partial[Turn]:
    return partial(
        Turn,
        conversation=f"terminal:{secrets.token_hex(12)}",
        person=person,
        channel="terminal",
        language=language,
    )


@contextlib.asynccontextmanager
async def _brain(
    settings: Settings, console: Console, command: Sequence[str]
) -> AsyncIterator[BrainClient]:
    """A brain of our own, ready to answer; it ends with the block. Raises BrainsError."""
    engine = open_data(settings)
    try:
        await prepare(settings, engine, console)
    finally:
        engine.dispose()
    secret = secrets.token_urlsafe(32)
    brains = Brains(count=1, secret=secret, root=settings.root, command=command)
    client = BrainClient(brains.urls, secret)
    ready = asyncio.Event()
    keeping = asyncio.create_task(brains.keep(client, ready=ready.set))
    waiting = asyncio.create_task(ready.wait())
    try:
        with console.status(_WORDS["starting"]):
            await asyncio.wait({keeping, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if keeping.done():
            keeping.result()  # raises what stopped it
        yield client
    finally:
        keeping.cancel()
        waiting.cancel()
        await asyncio.gather(keeping, waiting, return_exceptions=True)
        await client.close()
