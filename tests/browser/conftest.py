"""A real browser, the real gateway, a scripted brain."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.site import ChatServer, host_page

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parents[2] / "widget" / "node_modules" / "axe-core" / "axe.min.js"

# what Chromium does by itself over the network is not under test
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        mark = pytest.mark.skip(reason="no chromium: `make browser` gets it")
        for item in items:
            if "tests/browser/" in item.nodeid and "visit" in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


@dataclass
class Sites:
    """The chat's server, and pages of two other origins that carry the widget."""

    chat: ChatServer
    host: str
    hostile: str


@pytest.fixture(scope="package")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    chat = ChatServer(tmp_path_factory.mktemp("chat"))
    with host_page(chat) as host, host_page(chat, hostile=True) as hostile:
        chat.origins = (host, hostile)
        chat.start()
        yield Sites(chat, host, hostile)
        chat.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=_FLAGS, chromium_sandbox=False
        )
        yield browser
        browser.close()


class Visitor:
    """A person at a page: what they do and what they find."""

    def __init__(self, page: Page, *, zh: bool = False) -> None:
        self.page = page
        self.zh = zh

    @property
    def launcher(self) -> Locator:
        return self.page.locator(".launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("dialog")

    @property
    def field(self) -> Locator:
        return self.page.locator("textarea")

    @property
    def rows(self) -> Locator:
        return self.page.locator(".row")

    @property
    def last(self) -> Locator:
        return self.page.locator(".row.bot").last

    def open(self) -> Visitor:
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def say(self, text: str, *, wait: bool = True) -> Locator:
        """Type it, send it, and wait until it is answered and nothing more is being written."""
        answers = self.page.locator(".row.bot:not(:has(.starters))")
        before = answers.count()
        self.field.fill(text)
        self.field.press("Enter")
        if wait:
            expect(answers.nth(before)).to_be_visible()
            expect(self.page.locator(".typing")).to_have_count(0)
        return self.last

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def stored(self, key: str = "conversation") -> Any:
        return self.page.evaluate(
            "key => JSON.parse(localStorage.getItem('ciep-chat:' + key))", key
        )


@pytest.fixture
def visit(browser: Browser, sites: Sites) -> Iterator[Callable[..., Visitor]]:
    """Open a page as a new visitor; a complaint on its console fails the test."""
    complaints: list[str] = []
    contexts = []

    def go(language: str = "en", *, url: str | None = None, **options: Any) -> Visitor:
        sites.chat.brain.delay = 0
        sites.chat.brain.broken = sites.chat.brain.away = False
        locale = {"en": "en-GB", "zh": "zh-CN", "zh-Hant": "zh-TW"}[language]
        context = browser.new_context(locale=locale, timezone_id="Asia/Shanghai", **options)
        # the page's own language comes before the browser's
        context.add_init_script(
            "new MutationObserver((_, watch) => { if (document.documentElement) {"
            f"document.documentElement.lang = '{locale}'; watch.disconnect() }} }})"
            ".observe(document, {childList: true})"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url or sites.host)
        return Visitor(page, zh=language != "en")

    yield go
    for context in contexts:
        context.close()
    # the browser's own notes on failed calls, which some tests make on purpose
    noise = ("Failed to load resource", "net::ERR")
    assert [each for each in complaints if not any(word in each for word in noise)] == []
