"""Asks the assistant every held-out message and keeps what came."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.progress import track

from bot.brain.brain import Brain, Said
from bot.errors import HeldOutError
from bot.evaluation.outcomes import Outcome, Report, compare
from bot.settings import ROOT
from conference.vocabulary.terms import LANGUAGES

HELD_OUT = ROOT / "tests" / "held_out"
_ANY_LANGUAGE = ("fallback", "language")  # declined in whichever language; switched to another


async def evaluate(brain: Brain, folder: Path = HELD_OUT, *, progress: bool = True) -> Report:
    """Answer every held-out message in a conversation of its own, every dialogue in one.

    Raises HeldOutError.
    """
    report = Report()
    for language in LANGUAGES:
        messages = _items(folder / f"messages.{language}.yml", needed=("text", "expect"))
        dialogues = _items(folder / f"dialogues.{language}.yml", needed=("name", "turns"))
        for number, item in enumerate(_tracked(messages, f"{language} messages", progress)):
            said = _said(f"{language}{number}", item["text"])
            await brain.clear(said.conversation)
            report.outcomes.append(
                await _answered(brain, said, item["expect"], language, tags=item.get("tags", ()))
            )
        for number, item in enumerate(_tracked(dialogues, f"{language} dialogues", progress)):
            await brain.clear(_said(f"dialogue-{language}{number}").conversation)
            for turn, each in enumerate(item["turns"], start=1):
                said = _said(f"dialogue-{language}{number}", each["user"])
                report.outcomes.append(
                    await _answered(
                        brain, said, each["expect"], language, dialogue=item["name"], turn=turn
                    )
                )
    return report


def _said(name: str, text: str = "") -> Said:
    conversation = f"evaluation:{name}"
    return Said(
        conversation=conversation, person=conversation, channel="evaluation", text=str(text)
    )


async def _answered(
    brain: Brain, said: Said, expected: Mapping[str, Any], language: str, **about: Any
) -> Outcome:
    ranking = (await brain.understand(said))["intent_ranking"]
    began = time.perf_counter()
    messages = await brain.answer(said)
    seconds = time.perf_counter() - began
    got = messages[0]["custom"] if messages else {}
    spoken = {} if expected["type"] in _ANY_LANGUAGE else {"language": language}
    return Outcome(
        language=language,
        text=said.text or "",
        expected=expected,
        got=got,
        wrong=compare({**spoken, **expected}, got),
        intent=ranking[0]["name"] if ranking else "",
        confidence=ranking[0]["confidence"] if ranking else 0.0,
        seconds=seconds,
        **{**about, "tags": tuple(about.get("tags", ()))},
    )


def _items(path: Path, *, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    """What a file of the set holds. Raises HeldOutError, naming the file and the item."""
    try:
        items = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise HeldOutError(path, "is not there", "name a folder that has it") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = str(error).splitlines()[-1].strip()
        raise HeldOutError(path, f"is not YAML ({line})", "mend it there") from None
    if not isinstance(items, list):
        raise HeldOutError(path, "is not a list", "begin each item with '- '")
    for number, item in enumerate(items, start=1):
        turns = item.get("turns", [item]) if isinstance(item, dict) else []
        expected = [each.get("expect") for each in turns if isinstance(each, dict)]
        whole = all(isinstance(each, dict) and "type" in each for each in expected)
        if not expected or not whole or any(name not in item for name in needed):
            raise HeldOutError(
                path, f"item {number} is not whole", f"give it {' and '.join(needed)} with a type"
            )
    return items


def _tracked(items: Sequence[Any], title: str, progress: bool) -> Iterable[Any]:
    return track(items, title, console=Console(stderr=True)) if progress else items
