"""The page as a person uses it: a real browser, the real server, a fake brain."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from bot.brains import free_port
from bot.gateway.app import Gateway
from bot.gateway.brain_client import BrainClient
from bot.settings import Settings
from conference.conversations import Conversations
from conference.database import migrate, open_database
from tests.fake_brain import SECRET, FakeBrain

CHROMIUM = shutil.which("chromium")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium: `make browser` gets it")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running gateway's page."""
    root: Path = tmp_path_factory.mktemp("page")
    engine = open_database(f"sqlite:///{root}/chat.db")
    migrate(engine)
    settings = Settings(root=root, secret="made up", database_url="")  # noqa: S106  made up
    transport = httpx.ASGITransport(app=FakeBrain().app())
    gateway = Gateway(
        settings,
        conversations=Conversations(engine),
        brain=BrainClient(["http://brain"], SECRET, transport=transport),
        is_sample=lambda: True,
    )
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(gateway.app(), port=port, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://localhost:{port}/chat/"
    server.should_exit = True
    thread.join()
    engine.dispose()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """The page, opened by a new English visitor; a word on its console fails the test."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], chromium_sandbox=False
        )
        page = browser.new_context(locale="en-GB").new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        yield page
        browser.close()
    # the browser's own note on a failed call, which one test makes on purpose
    assert [each for each in complaints if "the server responded with a status" not in each] == []


def say(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.get_by_label("Your message").press("Enter")


def test_a_visitor_asks_presses_a_button_and_finds_it_all_after_a_reload(page: Page) -> None:
    expect(page.get_by_role("note")).to_contain_text("Sample data")
    say(page, "buttons")
    page.get_by_role("button", name="深圳", exact=True).click()
    answer = page.get_by_text('You said: /refine{"city":"shenzhen"}')
    expect(answer).to_be_visible()
    assert answer.get_attribute("lang") == "en"
    page.reload()
    expect(page.locator(".msg")).to_contain_text(
        ["You: buttons", "You said: buttons", "You: 深圳", "You said: /refine"]
    )
    page.get_by_role("button", name="深圳", exact=True).click()
    expect(page.locator(".msg.bot")).to_have_count(3)


def test_starting_over_forgets_what_was_said(page: Page) -> None:
    say(page, "hello there")
    expect(page.get_by_text("You said: hello there")).to_be_visible()
    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_text("hello there")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Hello! Ask me about")).to_be_visible()
    expect(page.get_by_text("hello there")).to_have_count(0)


def test_html_is_shown_and_not_run(page: Page) -> None:
    html = "<img src=x onerror=\"document.title='run'\"><b>bold</b>"
    say(page, html)
    expect(page.get_by_text(f"You said: {html}")).to_be_visible()
    assert page.locator(".msg b, .msg img").count() == 0
    assert page.title() != "run"


def test_the_labels_change_their_language_and_stay_changed(page: Page) -> None:
    page.get_by_role("button", name="中文").click()
    page.reload()
    expect(page.get_by_role("button", name="发送")).to_be_visible()
    expect(page.get_by_text("您好！")).to_be_visible()
    assert page.locator("section.chat").get_attribute("lang") == "zh-Hans"


def test_the_enter_that_ends_a_chinese_word_does_not_send(page: Page) -> None:
    field = page.get_by_label("Your message")
    field.fill("nihao")
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    field.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    field.press("Shift+Enter")
    expect(page.locator(".msg.user")).to_have_count(0)
    field.press("Enter")
    expect(page.locator(".msg.user")).to_have_count(1)


def test_a_text_that_is_too_long_is_kept_for_shortening(page: Page) -> None:
    say(page, "a" * 1001)
    expect(page.get_by_text("Please keep your message under 1,000 characters.")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("a" * 1001)


def test_a_failed_message_can_be_sent_again(page: Page) -> None:
    page.route("**/chat/messages", lambda route: route.fulfill(status=503, body="{}"))
    say(page, "hi")
    expect(page.get_by_text("cannot be reached")).to_be_visible()
    page.unroute("**/chat/messages")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("You said: hi")).to_be_visible()
    expect(page.get_by_text("cannot be reached")).to_have_count(0)
