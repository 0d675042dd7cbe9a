"""The demo page: a site in both languages, marked as a sample, with the widget on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AXE, Sites, Visitor

Visit = Callable[..., Visitor]
_AXE = """async () => (await axe.run(document)).violations
  .map(({id, nodes}) => [id, ...nodes.map((node) => node.html)])"""


def test_it_is_marked_as_a_sample_and_changes_its_language_with_the_chat(
    visit: Visit, sites: Sites
) -> None:
    page = visit(url=sites.chat.url).page
    note = page.get_by_role("note")
    expect(note).to_contain_text("Sample data.")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "18th Conference on International Exchange of Professionals"
    )
    expect(page.get_by_role("contentinfo")).to_contain_text("not the conference's own website")
    page.get_by_text("中文", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("第十八届中国国际人才交流大会")
    expect(page.locator(".launcher")).to_have_attribute("aria-label", "打开聊天")
    expect(page.get_by_role("contentinfo")).to_contain_text("并非大会官方网站")


@pytest.mark.parametrize(
    ("language", "question"), [("en", "Forums this week"), ("zh", "有哪些高校参加？")]
)
def test_its_buttons_ask_the_assistant(
    visit: Visit, sites: Sites, language: str, question: str
) -> None:
    visitor = visit(url=sites.chat.url)
    if language == "zh":
        visitor.page.get_by_text("中文", exact=True).click()
    visitor.page.get_by_role("button", name=question).click()
    expect(visitor.page.locator(".row.user")).to_contain_text(question)
    expect(visitor.last.locator(".bubble")).to_be_visible()


@pytest.mark.parametrize("label", ["English", "中文"])
def test_the_line_to_paste_works_as_it_stands(visit: Visit, sites: Sites, label: str) -> None:
    page = visit(url=sites.chat.url).page
    page.get_by_text(label, exact=True).click()
    name = "The line to paste" if label == "English" else "要粘贴的代码"
    line = page.get_by_role("group", name=name).inner_text()
    address = f"//localhost:{sites.chat.port}/chat/widget.js"
    assert line == f'<script async src="{address}"></script>'
    with page.expect_response(f"http:{address}") as script:
        page.goto(sites.host)
    assert script.value.ok


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: `npm ci` in widget/")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("label", ["English", "中文"])
def test_axe_finds_nothing_on_it(visit: Visit, sites: Sites, label: str, scheme: str) -> None:
    page = visit(url=sites.chat.url, color_scheme=scheme, bypass_csp=True).page
    page.get_by_text(label, exact=True).click()
    page.evaluate(AXE.read_text())
    assert page.evaluate(_AXE) == []


def test_it_fits_320_px(visit: Visit, sites: Sites) -> None:
    page = visit(url=sites.chat.url, viewport={"width": 320, "height": 640}).page
    assert page.evaluate("document.documentElement.scrollWidth") == 320
