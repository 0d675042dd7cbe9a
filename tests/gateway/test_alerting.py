"""What is new for a visitor's alert stands in the history, once, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.gateway.alerting import Alerting, WebReach
from bot.settings import Settings
from conference.alerts import Alerts
from conference.commands import read
from conference.people import People
from conference.people_tables import conversations
from conference.query import Frame, Kind, Query
from tests.conference.conftest import DATABASES, _engine
from tests.gateway.conftest import Site
from tests.loads import loaded
from tests.waiting import until

ENERGY = Frame(Kind.JOBS, Query(industry=("energy",)))


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from _engine(request.param, tmp_path)


@pytest.fixture
def settings(settings: Settings, engine: Engine) -> Settings:
    return replace(settings, database_url=engine.url.render_as_string(hide_password=False))


class Visitor:
    """Somebody with a token and an alert, set after the first load."""

    def __init__(self, site: Site, engine: Engine) -> None:
        self.site = site
        self.people = People(engine)

    async def come(self, *, language: str = "en") -> Visitor:
        self.token = await self.site.token(language)
        await self.site.say(self.token, "hi")
        self.person = self.site.brain.turns[-1]["person"]
        self.people.subscribe(person=self.person, frame=ENERGY, language=language)
        return self

    async def news(self) -> list[dict[str, Any]]:
        return await self.site.history(self.token, after=2)


@pytest.fixture
async def visitor(site: Site, engine: Engine) -> Visitor:
    loaded(engine, 1)
    return await Visitor(site, engine).come()


@pytest.fixture
def teller(engine: Engine) -> Callable[[Site], Alerting]:
    def make(site: Site) -> Alerting:
        return site.gateway.alerting(Alerts(engine))(WebReach())

    return make


def asked(site: Site) -> list[dict[str, Any]]:
    """What the brain was asked to tell the news of."""
    payloads = [each.get("payload") or "" for each in site.brain.turns]
    commands = [read(each) for each in payloads]
    return [entities["news"] for intent, entities in commands if intent == "show_alerts"]


async def test_news_come_with_their_number_after_what_was_said(
    site: Site, visitor: Visitor, engine: Engine, teller: Any
) -> None:
    await teller(site).look()
    assert await visitor.news() == []
    loaded(engine, 2)
    await teller(site).look()
    (told,) = await visitor.news()
    assert (told["seq"], told["author"]) == (3, "bot")
    (news,) = asked(site)
    assert (news["after"], news["upto"]) == (1, 2)
    await teller(site).look()
    assert len(await visitor.news()) == 1
    metrics = await site.http.get("/metrics")
    assert 'ciep_alerts_total{channel="web",outcome="told"} 1.0' in metrics.text


async def test_it_is_said_in_the_visitors_conversation_and_language(
    site: Site, visitor: Visitor, engine: Engine, teller: Any
) -> None:
    other = await Visitor(site, engine).come(language="zh-Hant")
    loaded(engine, 2)
    await teller(site).look()
    first, second = site.brain.turns[-2:]
    assert (first["language"], second["language"]) == ("en", "zh-Hant")
    assert (first["person"], second["person"]) == (visitor.person, other.person)
    assert {each["channel"] for each in (first, second)} == {"web"}
    assert [len(await each.news()) for each in (visitor, other)] == [1, 1]


async def test_gateways_that_look_at_once_tell_once(
    open_site: Callable[..., Site], engine: Engine, teller: Any
) -> None:
    loaded(engine, 1)
    site, other = open_site(), open_site()
    visitors = [await Visitor(site, engine).come() for _ in range(5)]
    loaded(engine, 2)
    await asyncio.gather(teller(site).look(), teller(other).look())
    assert [len(await each.news()) for each in visitors] == [1] * 5


async def test_it_waits_for_the_turn_before_it(
    site: Site, visitor: Visitor, engine: Engine, teller: Any
) -> None:
    site.brain.gate = asyncio.Event()
    turn = asyncio.create_task(site.say(visitor.token, "hi again"))
    await until(lambda: len(site.brain.turns) == 2)
    loaded(engine, 2)
    looking = asyncio.create_task(teller(site).look())
    await site.waiting(2)
    assert asked(site) == []
    site.brain.gate.set()
    await asyncio.gather(turn, looking)
    texts = [each["text"][:15] for each in await visitor.news()]
    assert texts == ["hi again", "You said: hi ag", "You said: /show"]


async def test_a_visitor_who_deletes_everything_meanwhile_hears_nothing(
    site: Site, visitor: Visitor, engine: Engine, teller: Any
) -> None:
    loaded(engine, 2)
    alerts = Alerts(engine)
    (due,) = alerts.due(WebReach().reached(), but=())
    site.brain.gate = asyncio.Event()
    looking = asyncio.create_task(teller(site).look())
    await until(lambda: asked(site))
    visitor.people.forget(person=visitor.person)
    site.brain.gate.set()
    await looking
    assert await visitor.news() == []
    assert not alerts.is_due(due)


async def test_news_keep_no_conversation_that_is_over(
    site: Site, visitor: Visitor, engine: Engine, teller: Any
) -> None:
    def ends() -> list[str]:
        with engine.connect() as connection:
            return list(connection.execute(select(conversations.c.expires_at)).scalars())

    before = ends()
    loaded(engine, 2)
    await teller(site).look()
    assert len(await visitor.news()) == 1
    assert ends() == before


async def test_without_a_brain_nothing_is_lost(
    site: Site, visitor: Visitor, engine: Engine, teller: Any
) -> None:
    loaded(engine, 2)
    for trouble in ("down", "broken"):
        setattr(site.brain, trouble, True)
        await teller(site).look()
        assert await visitor.news() == []
        setattr(site.brain, trouble, False)
    await teller(site).look()
    assert len(await visitor.news()) == 1


async def test_an_alert_that_no_brain_can_answer_rests(
    site: Site, visitor: Visitor, engine: Engine, teller: Any
) -> None:
    loaded(engine, 2)
    patient = teller(site)
    site.brain.broken = True
    await patient.look()
    site.brain.broken = False
    await patient.look()
    assert await visitor.news() == []  # ten minutes later it is tried again
    patient._ticks = lambda: float("inf")
    await patient.look()
    assert len(await visitor.news()) == 1
