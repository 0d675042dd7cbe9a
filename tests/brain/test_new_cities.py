"""Cities that come with an import are understood by a running brain, which is not trained anew."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions import act
from actions.services import Services
from bot.brain.brain import Brain, Message, Said, open_brain
from bot.brain.nlu import institutions
from conference import catalogue
from conference.catalogue import open_catalogue
from conference.conversations import Conversations
from conference.database import migrate, open_database
from conference.importing import Request, import_file
from conference.lessons import Lessons
from conference.people import People

NOW = datetime.fromisoformat("2020-09-08T10:00+08:00")
BEFORE = "职位,公司,城市\n会计,甲公司,杭州\n"
AFTER = """职位,公司,城市,省份
店长,甲公司,义乌,浙江
Shop assistant,Yi Trading,Yiwu,浙江省
Tool maker,Neckar Tools,"Reutlingen, Germany",
Ship cook,Canal Boats,"Reading, United Kingdom",
会计,乙公司,神木市,陕西省
"""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    url = f"sqlite:///{tmp_path_factory.mktemp('cities') / 'ciep.db'}"
    engine = open_database(url)
    migrate(engine)
    opened = Services(
        catalogue=open_catalogue(engine),
        people=People(engine),
        conversations=Conversations(engine),
        lessons=Lessons(engine),
        now=lambda: NOW,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CIEP_DATABASE_URL", url)
        patch.setattr(act, "open_services", lambda: opened)
        # what was imported is looked for at once, not some seconds later
        patch.setattr(institutions, "_LOOK_AGAIN_SECONDS", -1.0)
        patch.setattr(catalogue, "_FRESH", 0.0)
        yield opened


@pytest.fixture(scope="module")
def brain(trained_models: Path, services: Services, tmp_path_factory: Any) -> Brain:
    """A brain that was running before the import."""
    folder = tmp_path_factory.mktemp("files")
    bring(services, folder, BEFORE)
    opened = open_brain(trained_models, services)
    query = asyncio.run(ask(opened, "jobs in Yiwu"))["custom"]["query"]
    assert "city" not in query
    bring(services, folder, AFTER)
    return opened


def bring(services: Services, folder: Path, text: str) -> None:
    path = folder / "jobs.csv"
    path.write_text(text, encoding="utf-8")
    report = import_file(services.catalogue, path, Request())
    assert report.refused == 0


async def ask(brain: Brain, text: str) -> Message:
    said = Said(conversation="one", person="one", channel="test", text=text)
    (message,) = await brain.answer(said)
    return message


@pytest.mark.parametrize(
    ("text", "query", "shown", "total"),
    [
        ("jobs in Yiwu", {"city": ["yiwu"]}, "Yiwu", 2),
        ("义乌的职位", {"city": ["yiwu"]}, "义乌", 2),
        ("义乌市有什么工作", {"city": ["yiwu"]}, "义乌", 2),
        ("any jobs in Reutlingen?", {"city": ["reutlingen"]}, "Reutlingen", 1),
        ("Reutlingen的职位", {"city": ["reutlingen"]}, "Reutlingen", 1),
        ("jobs in Reading", {"city": ["reading"]}, "Reading", 1),
        ("神木的职位", {"city": ["shenmu"]}, "神木", 1),
        ("jobs in Germany", {"country": ["DE"]}, "Tool maker", 1),
        ("jobs in Zhejiang", {"region": ["zhejiang"]}, "Yiwu", 3),
        ("长三角的职位", {"region": ["yangtze-river-delta"]}, "义乌", 3),
    ],
)
async def test_after_an_import_a_new_city_is_understood(
    brain: Brain, text: str, query: dict[str, list[str]], shown: str, total: int
) -> None:
    answer = await ask(brain, text)
    assert answer["custom"]["type"] == "results"
    assert answer["custom"]["query"] == query
    assert answer["custom"]["total"] == total
    assert shown in answer["text"]
