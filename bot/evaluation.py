"""How well the assistant understands: held-out messages and dialogues against what they expect.

An answer is right when every key of the expectation is: `type`, `kind`, `topic`, `by`, `pending`,
`language` and the whole `query`. Lists compare as sets, `text` without regard to case, and `"*"`
stands for any id.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.progress import track
from rich.table import Table

from actions.services import open_services
from bot.brain.brain import Brain, Said, open_brain
from bot.brain.server import configure_logging
from bot.settings import ROOT, read_settings

HELD_OUT = ROOT / "tests" / "held_out"
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Outcome:
    """One answered message: what was expected, what came, and in what it differs."""

    language: str
    text: str
    expected: Mapping[str, Any]
    got: Mapping[str, Any]
    wrong: tuple[str, ...]
    tags: tuple[str, ...] = ()
    dialogue: str | None = None
    seconds: float = 0.0

    @property
    def right(self) -> bool:
        return not self.wrong


@dataclass
class Report:
    """All outcomes of one run."""

    outcomes: list[Outcome] = field(default_factory=list)

    def accuracy(self, *, language: str, dialogues: bool) -> float:
        """The share of messages (or of dialogue turns) that are right in every respect."""
        chosen = [
            each
            for each in self.outcomes
            if each.language == language and bool(each.dialogue) == dialogues
        ]
        return sum(each.right for each in chosen) / len(chosen) if chosen else 0.0

    def intent_accuracy(self, *, language: str) -> float:
        """The share of single messages whose type, kind and topic are right, whatever the query."""
        chosen = [each for each in self.outcomes if each.language == language and not each.dialogue]
        right = [each for each in chosen if not {"type", "kind", "topic"} & set(each.wrong)]
        return len(right) / len(chosen) if chosen else 0.0


def compare(expected: Mapping[str, Any], got: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of what is wrong: `type`, `kind`, `topic`, ..., or `query.<key>`."""
    wrong = [
        key
        for key in ("type", "kind", "topic", "by", "pending", "language")
        if key in expected and expected[key] != got.get(key)
    ]
    if "query" in expected:
        wrong.extend(_query_differences(expected["query"] or {}, got.get("query") or {}))
    return tuple(wrong)


def _query_differences(expected: Mapping[str, Any], got: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted({*expected, *got}):
        if not _same(key, expected.get(key), got.get(key)):
            yield f"query.{key}"


def _same(key: str, expected: Any, got: Any) -> bool:
    if key == "not":
        return not list(_query_differences(expected or {}, got or {}))
    if expected in ("*", ["*"]):
        return bool(got)
    if isinstance(expected, list) and isinstance(got, list):
        return set(expected) == set(got)
    if key == "text" and isinstance(expected, str) and isinstance(got, str):
        return expected.casefold() == got.casefold()
    return bool(expected == got)


async def evaluate(brain: Brain, folder: Path = HELD_OUT, *, progress: bool = True) -> Report:
    """Answer every held-out message in a conversation of its own, every dialogue in one."""
    report = Report()
    for language in LANGUAGES:
        messages = yaml.safe_load((folder / f"messages.{language}.yml").read_text(encoding="utf-8"))
        dialogues = yaml.safe_load(
            (folder / f"dialogues.{language}.yml").read_text(encoding="utf-8")
        )
        for number, item in enumerate(_tracked(messages, f"{language} messages", progress)):
            report.outcomes.append(
                await _asked(
                    brain, item, f"evaluation:{language}{number}", language=language, fresh=True
                )
            )
        for number, item in enumerate(_tracked(dialogues, f"{language} dialogues", progress)):
            for place, turn in enumerate(item["turns"]):
                report.outcomes.append(
                    await _asked(
                        brain,
                        {"text": turn["user"], "expect": turn["expect"]},
                        f"evaluation:dialogue-{language}{number}",
                        language=language,
                        fresh=place == 0,
                        dialogue=item["name"],
                    )
                )
    return report


async def _asked(
    brain: Brain,
    item: Mapping[str, Any],
    conversation: str,
    *,
    language: str,
    fresh: bool,
    dialogue: str | None = None,
) -> Outcome:
    if fresh:
        await brain.clear(conversation)
    expected = {"language": language, **item["expect"]}
    if expected["type"] in ("fallback", "language"):
        expected = dict(item["expect"])  # declined in whatever language; switched to another
    began = time.perf_counter()
    messages = await brain.answer(
        Said(
            conversation=conversation, person=conversation, channel="evaluation", text=item["text"]
        )
    )
    seconds = time.perf_counter() - began
    got = messages[0]["custom"] if messages else {}
    return Outcome(
        language=language,
        text=item["text"],
        expected=item["expect"],
        got=got,
        wrong=compare(expected, got),
        tags=tuple(item.get("tags", ())),
        dialogue=dialogue,
        seconds=seconds,
    )


def _tracked(items: Sequence[Any], title: str, progress: bool) -> Iterable[Any]:
    return track(items, title, console=Console(stderr=True)) if progress else items


def print_report(report: Report, console: Console) -> None:
    """Tables per language, kind, key and tag, and the failing messages."""
    table = Table(title="Understanding")
    for column in ("language", "messages right", "type, kind, topic right", "dialogue turns right"):
        table.add_column(column)
    for language in LANGUAGES:
        table.add_row(
            language,
            f"{report.accuracy(language=language, dialogues=False):.1%}",
            f"{report.intent_accuracy(language=language):.1%}",
            f"{report.accuracy(language=language, dialogues=True):.1%}",
        )
    console.print(table)
    console.print(_shares("By expected answer", report, lambda each: [_sort_of(each.expected)]))
    console.print(_shares("By tag", report, lambda each: list(each.tags)))
    failing = Table(title="Failing", show_lines=False)
    for column in ("", "message", "wrong", "expected", "got"):
        failing.add_column(column, overflow="fold")
    for each in report.outcomes:
        if not each.right:
            failing.add_row(
                each.language + (" d" if each.dialogue else ""),
                each.text,
                " ".join(each.wrong),
                json.dumps(dict(each.expected), ensure_ascii=False),
                json.dumps(_brief(each.got), ensure_ascii=False),
            )
    console.print(failing)


def _sort_of(expected: Mapping[str, Any]) -> str:
    return str(expected.get("kind") or expected.get("type"))


def _brief(got: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("type", "kind", "query", "topic", "by", "pending")
    return {key: got[key] for key in keys if key in got}


def _shares(title: str, report: Report, groups: Any) -> Table:
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for each in report.outcomes:
        for group in groups(each):
            total[group] += 1
            right[group] += each.right
    table = Table(title=title)
    for column in ("", "messages", "right"):
        table.add_column(column)
    for group, count in sorted(total.items()):
        table.add_row(group, str(count), f"{right[group] / count:.1%}")
    return table


def main(arguments: Sequence[str] = ()) -> int:
    """`ciep evaluate [--held-out FOLDER] [--json]`; 0 when it could be measured."""
    parser = argparse.ArgumentParser(prog="ciep evaluate", description=__doc__)
    parser.add_argument("--held-out", type=Path, default=HELD_OUT, help="folder of the set")
    parser.add_argument("--json", action="store_true", help="the figures alone, as JSON")
    options = parser.parse_args(list(arguments))
    configure_logging()
    settings = read_settings()
    brain = open_brain(settings.models, open_services())
    report = asyncio.run(evaluate(brain, options.held_out))
    if options.json:
        json.dump(figures(report), sys.stdout, indent=2)
    else:
        print_report(report, Console(width=200))
    return 0


def figures(report: Report) -> dict[str, dict[str, float]]:
    """The three shares per language."""
    return {
        language: {
            "messages": report.accuracy(language=language, dialogues=False),
            "intents": report.intent_accuracy(language=language),
            "dialogue_turns": report.accuracy(language=language, dialogues=True),
        }
        for language in LANGUAGES
    }
