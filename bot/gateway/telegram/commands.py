"""The bot's commands: what each says to the brain, and what the menu says of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.gateway.telegram.rendering import payload
from bot.gateway.telegram.texts import say
from conference.record_ids import kind_of
from conference.text import has_han, simplify

INTENTS = {
    "jobs": "find_jobs",
    "programs": "find_programs",
    "events": "find_events",
    "saved": "show_saved",
    "agenda": "show_agenda",
    "alerts": "show_alerts",
    "help": "help",
    "privacy": "privacy",
    "forget": "delete_data",
    "stop": "stop_alerts",
}
PERSONAL = ("saved", "agenda", "alerts", "privacy", "forget", "stop")
MENU = ("jobs", "programs", "events", "saved", "agenda", "alerts",
        "language", "help", "privacy", "forget", "stop")  # fmt: skip
GROUP_MENU = ("jobs", "programs", "events", "help")

CHOICES = {"english": "en", "simplified": "zh-Hans", "traditional": "zh-Hant"}
"""What `/language` offers: the buttons' names, and what each asks the brain for."""

_NAMES = {
    "en": ("en", "english", "英文", "英语"),
    "zh": ("zh", "chinese", "中文", "汉语"),
    "zh-Hans": ("zh-hans", "simplified", "simplified chinese", "简体", "简体中文", "简体字"),
    "zh-Hant": ("zh-hant", "traditional", "traditional chinese", "繁体", "繁体中文", "繁体字"),
}


def spoken(command: str, words: str, language: str) -> tuple[str | None, str | None]:
    """What a command says: a text or a payload, the other None; neither for an unknown one.

    `/jobs energy in Shenzhen` searches; `/start job-00017` is what a shared link sends.
    `language` is the conversation's, with its script: 香港 alone tells of none.
    """
    if command == "start":
        if kind_of(words):
            return None, payload("select_item", record=words)
        name = words if words in PERSONAL else None
        return None, payload(INTENTS[name] if name else "greet")
    if command == "language":
        chosen = _language(words)
        return None, payload("switch_language", to_language=chosen) if chosen else None
    if command not in INTENTS:
        return None, None
    if words and command in ("jobs", "programs", "events"):
        chinese = language if language.startswith("zh") else "zh"
        return say(f"{command}_of", chinese if has_han(words) else "en", words=words), None
    return None, payload(INTENTS[command])


def menu(names: Sequence[str], language: str) -> list[dict[str, str]]:
    """The command list as `setMyCommands` takes it."""
    return [{"command": name, "description": say(f"command_{name}", language)} for name in names]


def _language(words: str) -> str | None:
    said = simplify(words).lower()
    return next((code for code, names in _NAMES.items() if said in names), None)
