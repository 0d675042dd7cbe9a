"""What is new for a visitor's alert comes to the page without a word from them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import expect

from conference.people import People
from tests.browser.brain import ENERGY, PAGE
from tests.browser.conftest import Sites, Visitor
from tests.loads import loaded

Visit = Callable[..., Visitor]

_LOADS = count(2)
HEADLINE = {
    "en": "Your alert has found 7 new jobs in energy in Shenzhen:",
    "zh": "您订阅的深圳能源行业的职位新增了7个：",
    "zh-Hant": "您訂閱的深圳能源行業的職位新增了7個：",
}
STOP = {"en": "Stop this alert", "zh": "关闭这项提醒", "zh-Hant": "關閉這項提醒"}
HELLO = {"en": "thanks", "zh": "谢谢", "zh-Hant": "謝謝"}


def subscribed(visit: Visit, sites: Sites, language: str = "en") -> Visitor:
    visitor = visit(language).open()
    visitor.say(HELLO[language])
    person = sites.chat.brain.turns[-1]["person"]
    loaded(sites.chat.engine, 1)
    People(sites.chat.engine).subscribe(person=person, frame=ENERGY)
    return visitor


def bring_news(sites: Sites) -> None:
    loaded(sites.chat.engine, next(_LOADS))
    sites.chat.tell_alerts()


@pytest.mark.parametrize("language", ["en", "zh", "zh-Hant"])
def test_news_are_counted_at_the_launcher_and_read_when_it_is_opened(
    visit: Visit, sites: Sites, language: str
) -> None:
    visitor = subscribed(visit, sites, language)
    visitor.launcher.click()
    bring_news(sites)
    visitor.page.reload()
    expect(visitor.page.locator(".launcher .count")).to_have_text("1")
    visitor.open()
    expect(visitor.page.locator(".launcher .count")).to_have_count(0)
    expect(visitor.last.locator(".bubble")).to_contain_text(HEADLINE[language])
    expect(visitor.last.locator(".card")).to_have_count(PAGE)
    visitor.press(STOP[language])
    expect(visitor.rows).to_have_count(5)
    visitor.page.reload()
    expect(visitor.rows).to_have_count(5)
    expect(visitor.page.locator(".launcher .count")).to_have_count(0)


def test_news_come_to_an_open_chat_by_themselves_and_can_be_worked_with(
    visit: Visit, sites: Sites
) -> None:
    visitor = subscribed(visit, sites)
    visitor.page.clock.install()
    visitor.page.reload()
    expect(visitor.rows).to_have_count(2)
    bring_news(sites)
    visitor.page.clock.fast_forward(121_000)
    expect(visitor.last.locator(".bubble")).to_contain_text(HEADLINE["en"])
    expect(visitor.page.locator("[role=status] p", has_text="7 new jobs")).to_have_count(1)
    visitor.page.get_by_role("button", name="More", exact=True).last.click()
    expect(visitor.last.locator(".position")).to_contain_text("4–6")
    expect(visitor.last.locator(".bubble")).to_contain_text(HEADLINE["en"])
    visitor.last.locator(".card button").first.click()
    expect(visitor.page.locator(".row.bot")).to_have_count(3)
