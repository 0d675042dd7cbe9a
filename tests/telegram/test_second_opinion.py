"""The real channel and the real brain in a Telegram that is not ours: see `second_telegram`.

The emulator knows Telegram as we do, and so could share a mistake with the channel. Here what
updates look like, what a call means and what a person gets to see of it is tg-auto-test's.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.engine import Engine

from actions.services import Services
from bot.brain import server
from bot.brain.brain import Brain
from bot.brain.server import BrainServer
from bot.brains import free_port
from bot.settings import ROOT
from conference.models import Job
from conference.telegram_tables import telegram_updates
from conference.vocabulary.terms import LANGUAGES
from tests.fake_brain import SECRET

PYTHON = ROOT / ".cache" / "second-telegram" / "bin" / "python"
PROGRAM = Path(__file__).with_name("second_telegram.py")
NUMBERS = ["1", "2", "3", "4", "5"]

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(), reason="no Python 3.12 with tg-auto-test: `make second-telegram` gets it"
)


@dataclass
class Seen:
    """A message as a person sees it; `file` is its name, type and text."""

    id: int
    text: str
    bold: list[str]
    buttons: list[str]
    file: list[str] | None

    @property
    def first_line(self) -> str:
        return self.text.partition("\n")[0]


class Person:
    """Somebody who writes to the bot with tg-auto-test's client, and waits for each answer."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def say(self, text: str) -> Seen:
        return await self._do("say", text=text)

    async def send(self, file: Path) -> Seen:
        return await self._do("send", path=str(file))

    async def press(self, message: Seen, title: str, *, edits: bool = False) -> Seen:
        return await self._do("press", message=message.id, title=title, edits=edits)

    async def _do(self, act: str, *, edits: bool = False, **what: Any) -> Seen:
        answer = await self._http.post(f"/{act}", json={**what, "edits": edits})
        answer.raise_for_status()
        return Seen(**answer.json())


@pytest.fixture
async def telegram() -> AsyncIterator[str]:
    """The second Telegram's address."""
    port = free_port()
    with subprocess.Popen([PYTHON, PROGRAM, str(port)]) as process:  # noqa: S603  our own program
        try:
            while not await listens(port):
                assert process.poll() is None
                await asyncio.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return False
    writer.close()
    return True


@pytest.fixture
async def person(
    telegram: str,
    services: Services,
    brain: Brain,
    open_bot: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Person]:
    engine: Engine = services.catalogue.engine
    with engine.begin() as connection:
        connection.execute(telegram_updates.delete())  # it numbers its updates from 1 each time
    monkeypatch.setattr(server, "_load", lambda: brain)
    brain_server = BrainServer(SECRET)
    await brain_server.load()
    await open_bot(brain=brain_server, telegram_api_url=telegram, database_url=f"{engine.url}")
    async with httpx.AsyncClient(base_url=telegram, trust_env=False, timeout=30) as http:
        yield Person(http)


WORDS = {
    "en": {
        "own": "English",
        "other": "简体中文",
        "greeting": "Hello! I'm the assistant of the 18th Conference",
        "other_greeting": "您好！我是第十八届",
        "search": "energy jobs in Shenzhen",
        "found": "jobs in energy in Shenzhen:",
        "more": "More",
        "back": "Previous page",
        "around": {"Save", "Similar ones", "Open the page", "Share"},
        "save": "Save",
        "saved": "Saved: {}.",
        "calendar": "Add to calendar",
        "alert": "alert me about new energy jobs in Shenzhen",
        "alerts": ["1. Jobs in energy in Shenzhen"],
        "stopped": "Your alerts are switched off.",
        "no_alerts": "You have no alerts.",
        "resume": "Welder. I have welded pipes and plates in a shipyard for ten years.",
        "fits": "jobs fit what you told me",
        "trade": "Welder",
        "yes": "Yes, delete everything",
        "deleted": "Done. Everything I kept about you has been deleted.",
    },
    "zh": {
        "own": "简体中文",
        "other": "English",
        "greeting": "您好！我是第十八届",
        "other_greeting": "Hello! I'm the assistant of the 18th Conference",
        "search": "深圳能源行业的职位",
        "found": "深圳能源行业的职位共有",
        "more": "下一页",
        "back": "上一页",
        "around": {"收藏", "看类似的", "打开网页", "分享"},
        "save": "收藏",
        "saved": "已收藏：{}。",
        "calendar": "添加到系统日历",
        "alert": "深圳有新的能源职位请通知我",
        "alerts": ["1. 深圳能源行业的职位"],
        "stopped": "已关闭您的提醒。",
        "no_alerts": "您还没有订阅提醒。",
        "resume": "焊工，造船厂工作十年，会焊管道和钢板。",
        "fits": "根据您的情况，找到",
        "trade": "焊工",
        "yes": "确定，全部删除",
        "deleted": "已经删除了我保存的关于您的全部内容。",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_whole_conversation(
    language: str, person: Person, services: Services, tmp_path: Path
) -> None:
    words: dict[str, Any] = WORDS[language]
    asked = await person.say("/language")
    assert asked.buttons == ["English", "简体中文", "繁體中文"]
    await person.press(asked, words["own"])
    assert (await person.say("/start")).text.startswith(words["greeting"])

    listed = await person.say(words["search"])
    assert words["found"] in listed.first_line
    assert listed.buttons == [*NUMBERS, words["more"]]
    assert len(listed.bold) == len(NUMBERS)
    assert listed.bold == numbered(listed.text)
    turned = await person.press(listed, words["more"], edits=True)
    assert turned.id == listed.id
    assert turned.buttons == [*NUMBERS, words["back"], words["more"]]
    assert turned.bold == numbered(turned.text) != listed.bold

    detail = await person.press(turned, "2")
    title = turned.bold[1].removeprefix("2. ")
    assert detail.bold == [detail.first_line] == [title]
    assert set(detail.buttons) > words["around"]
    saved = await person.press(detail, words["save"])
    assert saved.first_line == words["saved"].format(title)
    assert (await person.say("/saved")).bold == [f"1. {title}"]

    linked = await person.say(f"/start {with_ampersand(services)}")
    assert linked.bold == [linked.first_line]
    if language == "en":
        assert "R&D" in linked.first_line

    event = await person.press(await person.say("/events"), "1")
    sent = await person.press(event, words["calendar"])
    assert sent.file
    name, type_, text = sent.file
    assert (name.partition("-")[0], name[-4:], type_) == ("event", ".ics", "text/calendar")
    (entry,) = Calendar.from_ical(text).walk("VEVENT")
    assert entry["SUMMARY"] == event.first_line

    assert (await person.say(words["alert"])).bold == words["alerts"]
    assert (await person.say("/stop")).text == words["stopped"]
    assert (await person.say("/alerts")).text.startswith(words["no_alerts"])

    resume = tmp_path / "resume.txt"
    resume.write_text(words["resume"], encoding="utf-8")
    matches = await person.send(resume)
    assert words["fits"] in matches.first_line
    assert words["trade"] in matches.bold[0]

    await person.press(await person.say("/language"), words["other"])
    assert (await person.say("/start")).text.startswith(words["other_greeting"])
    await person.press(await person.say("/language"), words["own"])
    forgotten = await person.press(await person.say("/forget"), words["yes"])
    assert forgotten.text == words["deleted"]


def numbered(text: str) -> list[str]:
    """The titles in a list's text."""
    return [line for line in text.split("\n") if line[:3] in {f"{each}. " for each in NUMBERS}]


def with_ampersand(services: Services) -> str:
    """A job whose title has a character that HTML must have written otherwise."""
    chosen = select(Job.id).where(Job.title_en.contains("R&D")).limit(1)
    with services.catalogue.engine.connect() as connection:
        return str(connection.execute(chosen).scalar_one())
