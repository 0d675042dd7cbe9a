"""Pages that are unkind to what stands on them: the chat stays, or comes back when it is wanted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Sites, Visitor

Visit = Callable[..., Visitor]
BOTH = pytest.mark.parametrize("language", ["en", "zh"])
JOBS = {"en": "jobs", "zh": "职位"}


def _again(visitor: Visitor, script: str) -> None:
    """Load the page anew with a script of the test's before all others."""
    visitor.page.add_init_script(script)
    visitor.page.reload()


@BOTH
@pytest.mark.parametrize(
    "change",
    [
        "document.body.replaceChildren()",
        "document.body.replaceWith(document.createElement('body'))",
    ],
)
def test_a_page_that_replaces_its_body_keeps_the_chat(
    visit: Visit, language: str, change: str
) -> None:
    visitor = visit(language).open()
    visitor.say(JOBS[language])
    visitor.page.evaluate(change)
    expect(visitor.panel).to_be_visible()
    visitor.say("hello" if language == "en" else "你好")
    expect(visitor.rows).to_have_count(4)


@pytest.mark.parametrize("width", [1000, 375])
def test_a_page_that_takes_it_away_gets_it_back_when_it_asks_for_it(
    visit: Visit, width: int
) -> None:
    visitor = visit(viewport={"width": width, "height": 700})
    visitor.page.wait_for_function("window.CIEPChat")
    visitor.page.evaluate("document.querySelector('ciep-chat').remove()")
    expect(visitor.launcher).to_have_count(0)
    visitor.page.evaluate("CIEPChat.ask('jobs')")
    expect(visitor.page.locator(".card")).to_have_count(3)


def test_a_page_written_anew_starts_it_anew(visit: Visit, sites: Sites) -> None:
    visitor = visit(bypass_csp=True).open()
    visitor.say("jobs")
    visitor.page.evaluate(
        "html => { document.write(html); document.close(); }",
        f'<!doctype html><title>Anew</title><script src="{sites.chat.url}widget.js"></script><p>',
    )
    expect(visitor.panel).to_be_visible()
    visitor.say("hello")
    expect(visitor.rows).to_have_count(4)
    assert visitor.page.evaluate("CIEPChat.language()") == "en"


def test_a_second_copy_of_the_script_adds_nothing(visit: Visit, sites: Sites) -> None:
    visitor = visit(bypass_csp=True)
    for copy in ("", "?again"):
        visitor.page.add_script_tag(url=f"{sites.chat.url}widget.js{copy}")
    expect(visitor.page.locator("ciep-chat")).to_have_count(1)
    visitor.open().say("hello")
    expect(visitor.rows).to_have_count(2)


def test_a_body_that_is_moved_about_leaves_it_in_its_corner(visit: Visit) -> None:
    visitor = visit(
        bypass_csp=True, viewport={"width": 1000, "height": 800}, reduced_motion="reduce"
    )
    visitor.page.add_style_tag(
        content="body { transform: scale(.5); filter: blur(1px); opacity: .2; height: 90px }"
    )
    visitor.open()
    assert visitor.panel.bounding_box() == {"x": 580, "y": 66, "width": 400, "height": 640}


@BOTH
@pytest.mark.parametrize(
    "storage",
    [
        # full
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
        # not allowed, and with it the locks, as browsers do for those who block all cookies
        """for (const name of ['localStorage', 'sessionStorage']) {
             Object.defineProperty(window, name, {
               get() { throw new DOMException('', 'SecurityError') }
             });
           }
           navigator.locks.request = async () => { throw new DOMException('', 'SecurityError') }""",
        # somebody else's
        """localStorage['ciep-chat:conversation'] = '{"entries": 5}';
           localStorage['ciep-chat:language'] = '"fr"'""",
    ],
)
def test_it_talks_whatever_the_storage_is(visit: Visit, language: str, storage: str) -> None:
    visitor = visit(language)
    _again(visitor, storage)
    visitor.open()
    visitor.say(JOBS[language])
    visitor.say("hello" if language == "en" else "你好")
    expect(visitor.rows).to_have_count(4)


@BOTH
def test_a_page_that_was_put_aside_takes_up_what_other_pages_did(
    visit: Visit, language: str
) -> None:
    visitor = visit(language).open()
    visitor.say(JOBS[language])
    expect(visitor.page.locator(".typing")).to_have_count(0)  # all of it is kept by now
    # as another page of the site would, of which this one was told nothing
    visitor.page.evaluate("localStorage.removeItem('ciep-chat:conversation')")
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(visitor.page.locator(".starters")).to_be_visible()


def test_properties_that_a_page_gives_to_all_arrays_and_objects_do_no_harm(visit: Visit) -> None:
    visitor = visit()
    _again(visitor, "Array.prototype.first = Object.prototype.own = function () {}")
    visitor.open().say("jobs")
    expect(visitor.page.locator(".card")).to_have_count(3)
