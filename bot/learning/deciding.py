"""Shows the groups to somebody, who decides on each, and adds the confirmed ones to `nlu_data/`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from actions.services import Services
from actions.texts import say
from bot.brain.brain import Brain
from bot.learning import proposing
from bot.learning.examples import Examples, letters, plain, safe
from bot.learning.grouping import Said
from bot.learning.wording import told
from conference.lessons import KeptLesson, Outcome

_EDITED = re.compile(r"^(\w+):\s*(\S.*)$")


@dataclass(frozen=True)
class Desk:
    """What deciding works with; `language` is that of the person who decides."""

    brain: Brain
    services: Services
    examples: Examples
    held_out: frozenset[str]
    console: Console
    language: str

    def say(self, key: str, **values: Any) -> str:
        return told(key, self.language, **values)

    def tell(self, key: str, *, style: str = "", **values: Any) -> None:
        self.console.print(Text(self.say(key, **values), style=style))


@dataclass(frozen=True)
class _Group:
    """A group, what it is proposed to mean, and its examples as (language, line)."""

    title: str
    said: tuple[Said, ...]
    intents: list[tuple[str, float]]
    lines: tuple[tuple[str, str], ...]


async def show_all(desk: Desk, groups: Sequence[tuple[Said, ...]]) -> None:
    """Print the groups with what is proposed, and change nothing."""
    new, _ = _new(desk, groups)
    async for group in _proposed(desk, new):
        await _show(desk, group, group.intents[0][0])
    desk.tell("only_shown")


async def decide(desk: Desk, groups: Sequence[tuple[Said, ...]]) -> None:
    """Ask about one group after the other until the last, or until the person quits."""
    new, known = _new(desk, groups)
    desk.services.lessons.decide(known, Outcome.DROPPED)
    added: Counter[Path] = Counter()
    desk.tell("look", style="yellow")
    async for group in _proposed(desk, new):
        choice = await _choose(desk, group)
        if choice is None:
            break
        intent, lines, outcome = choice
        if outcome is Outcome.LEARNT:
            added += _write(desk, intent, lines)
        if outcome is not None:
            desk.services.lessons.decide(_ids(group.said), outcome)
    for path, count in added.items():
        desk.tell("added", path=path, count=count, style="green")
    desk.tell("next" if added else "nothing")


def _new(
    desk: Desk, groups: Sequence[tuple[Said, ...]]
) -> tuple[list[tuple[Said, ...]], list[int]]:
    """The groups without what is known already, and the numbers of the lessons that say it."""
    known = {each for group in groups for each in group if _known(desk, each.text)}
    left = [tuple(each for each in group if each not in known) for group in groups]
    return [each for each in left if each], _ids(known)


async def _proposed(desk: Desk, groups: Sequence[tuple[Said, ...]]) -> AsyncIterator[_Group]:
    for number, said in enumerate(groups, start=1):
        count = desk.say("messages", count=len(_ids(said)))
        title = desk.say("group", number=number, groups=len(groups), messages=count)
        intents = await proposing.proposals(desk.brain, said)
        mark = desk.examples.annotates(intents[0][0])
        lines = [(each.language, await _line(desk, each.text, mark=mark)) for each in said]
        yield _Group(title, said, intents, tuple(lines))


def _ids(said: Iterable[Said]) -> list[int]:
    return [lesson.id for each in said for lesson in each.lessons]


def _known(desk: Desk, text: str) -> bool:
    """Whether a text may not be learnt or need not be: told in a line."""
    if letters(text) in desk.held_out:
        desk.tell("held_out", text=text, style="dim")
        return True
    intent = desk.examples.intent_of(text)
    if intent:
        desk.tell("twice", text=text, intent=intent, style="dim")
    return intent is not None


async def _line(desk: Desk, text: str, *, mark: bool) -> str:
    return await proposing.annotated(desk.brain, safe(text)) if mark else safe(text)


async def _choose(
    desk: Desk, group: _Group
) -> tuple[str, Sequence[tuple[str, str]], Outcome | None] | None:
    """The intent, the lines and what becomes of the group; None to quit."""
    intent = group.intents[0][0]
    await _show(desk, group, intent)
    while True:
        answer = _asked(desk.say("prompt", intent=intent))
        if answer in ("", "d", "s", "q"):
            outcome = {"": Outcome.LEARNT, "d": Outcome.DROPPED}.get(answer)
            return None if answer == "q" else (intent, group.lines, outcome)
        if answer == "e":
            group = replace(group, lines=_edited(desk, group.lines))
        else:
            named = _named(desk, group, answer)
            if named is None:
                continue
            intent = named
            mark = desk.examples.annotates(intent)
            lines = [
                (language, await _line(desk, plain(line), mark=mark))
                for language, line in group.lines
            ]
            group = replace(group, lines=tuple(lines))
        await _show(desk, group, intent)


def _asked(question: str) -> str:
    """What was typed; Ctrl-D and Ctrl-C quit."""
    try:
        return str(click.prompt(question, default="", show_default=False)).strip()
    except click.Abort:
        click.echo()
        return "q"


def _named(desk: Desk, group: _Group, answer: str) -> str | None:
    """The intent that a number or a name stands for."""
    if answer.isdecimal() and 1 <= int(answer) <= len(group.intents):
        return group.intents[int(answer) - 1][0]
    intents = desk.examples.intents()
    if answer in intents:
        return answer
    desk.tell("unknown", given=answer, intents=", ".join(intents), style="yellow")
    return None


def _edited(desk: Desk, lines: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The lines as they come back from the person's editor."""
    text = "\n".join(f"{language}: {line}" for language, line in lines)
    try:
        written = click.edit(f"# {desk.say('lines')}\n{text}\n", extension=".txt")
    except click.ClickException as error:
        desk.tell("no_editor", reason=error.message, style="yellow")
        return lines
    languages = {language for language, _ in lines}
    found = [_EDITED.match(line.strip()) for line in (written or "").splitlines()]
    kept = tuple((each[1], each[2].strip()) for each in found if each and each[1] in languages)
    if written is None or not kept:
        desk.tell("untouched", style="yellow")
        return lines
    return kept


def _write(desk: Desk, intent: str, lines: Sequence[tuple[str, str]]) -> Counter[Path]:
    """Add the lines that are new; how many went into which file."""
    added: Counter[Path] = Counter()
    for language, line in lines:
        if not _known(desk, line):  # an edit may have made two the same
            added[desk.examples.add(language, intent, [line])] += 1
    return added


async def _show(desk: Desk, group: _Group, intent: str) -> None:
    """A group's messages, and what they would be with this intent."""
    table = Table(title=group.title, title_justify="left", show_lines=True, expand=True)
    for name, ratio in (("times", 1), ("message", 8), ("why", 5), ("taken", 4), ("frame", 7)):
        table.add_column(desk.say(f"columns.{name}"), ratio=ratio, overflow="fold")
    of = {letters(each.text): each for each in group.said}
    for _, line in group.lines:
        said = of.get(letters(line))
        lessons = said.lessons if said else ()
        frame = await proposing.frame(desk.brain, desk.services, plain(line), intent)
        table.add_row(
            *map(
                Text,  # not markup: square brackets in a message are square brackets
                (
                    str(len(lessons) or ""),
                    line,
                    "\n".join(dict.fromkeys(_why(desk, each) for each in lessons)),
                    "\n".join(dict.fromkeys(f"{e.intent} {e.confidence:.2f}" for e in lessons)),
                    json.dumps(frame, ensure_ascii=False) if frame else "–",
                ),
            )
        )
    desk.console.print(table)
    desk.tell("proposed", intent=intent, name=_name(desk, intent), style="bold")
    listed = [f"{n} {name} {share:.0%}" for n, (name, share) in enumerate(group.intents, start=1)]
    desk.tell("choices", list=" · ".join(listed))


def _why(desk: Desk, lesson: KeptLesson) -> str:
    parts = [desk.say(f"why.{lesson.reason.value}")]
    if lesson.meant:
        parts.append(desk.say("chose", intent=lesson.meant))
    if lesson.correction:
        parts.append(desk.say("then", text=lesson.correction))
    return "\n".join(parts)


def _name(desk: Desk, intent: str) -> str:
    return say(f"intent.{intent}", desk.language)
