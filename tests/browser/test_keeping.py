"""The conversation is kept: over pages, tabs, loss of network, restarts, and an expired token."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from conference.database import open_database
from conference.people import People
from tests.browser.conftest import Sites, Visitor
from tests.browser.site import ChatServer, host_page

Visit = Callable[..., Visitor]


def _texts(visitor: Visitor) -> list[str]:
    return [text.split("\n")[-1] for text in visitor.page.locator(".row.user").all_inner_texts()]


def test_the_conversation_and_the_open_panel_go_along_to_another_page(visit: Visit) -> None:
    visitor = visit().open()
    visitor.say("thanks")
    visitor.page.get_by_text("another page").click()
    visitor.page.wait_for_url("**/other")
    expect(visitor.panel).to_be_visible()
    expect(visitor.rows).to_have_count(2)
    visitor.say("hello")
    expect(visitor.rows).to_have_count(4)


def test_two_tabs_show_the_same_and_each_message_once(visit: Visit, sites: Sites) -> None:
    visitor = visit().open()
    visitor.say("thanks")
    other = Visitor(visitor.page.context.new_page())
    other.page.goto(sites.host)
    other.open()
    expect(other.rows).to_have_count(2)
    sites.chat.brain.delay = 0.3
    visitor.say("hello", wait=False)
    other.say("something", wait=False)
    for each in (visitor, other):
        expect(each.rows).to_have_count(6)
        assert _texts(each) == ["thanks", "hello", "something"]
    assert sum(turn.get("text") == "hello" for turn in sites.chat.brain.turns[-2:]) == 1


def test_offline_messages_wait_and_are_sent_once_in_order(visit: Visit, sites: Sites) -> None:
    visitor = visit().open()
    visitor.say("thanks")
    asked = len(sites.chat.brain.turns)
    visitor.page.context.set_offline(True)
    visitor.say("hello", wait=False)
    visitor.say("something", wait=False)
    expect(visitor.page.locator(".trouble")).to_contain_text("You're offline.")
    expect(visitor.page.locator(".note").last).to_have_text("Waiting to be sent")
    visitor.page.context.set_offline(False)
    expect(visitor.rows).to_have_count(6)
    expect(visitor.page.locator(".trouble")).to_have_count(0)
    assert [turn["text"] for turn in sites.chat.brain.turns[asked:]] == ["hello", "something"]
    assert _texts(visitor) == ["thanks", "hello", "something"]


def test_what_waits_survives_a_reload_without_the_server(visit: Visit, tmp_path: Path) -> None:
    chat = ChatServer(tmp_path)
    with host_page(chat) as url:
        chat.origins = (url,)
        chat.start()
        visitor = visit(url=url).open()
        visitor.say("thanks")
        visitor.page.route("**/chat/messages", lambda route: route.abort())
        visitor.say("hello", wait=False)
        expect(visitor.page.locator(".trouble")).to_contain_text("can't be reached")
        visitor.page.reload()
        expect(visitor.page.locator(".row.user")).to_have_count(2)
        visitor.page.unroute("**/chat/messages")
        expect(visitor.rows).to_have_count(4, timeout=10_000)
        assert _texts(visitor) == ["thanks", "hello"]
        chat.stop()


def test_a_restart_in_mid_answer_loses_and_doubles_nothing(visit: Visit, tmp_path: Path) -> None:
    chat = ChatServer(tmp_path)
    with host_page(chat) as url:
        chat.origins = (url,)
        chat.start()
        visitor = visit(url=url).open()
        visitor.say("thanks")
        chat.brain.delay = 30
        visitor.say("hello", wait=False)
        expect(visitor.page.locator(".typing")).to_be_visible()
        chat.stop()
        expect(visitor.page.locator(".trouble")).to_be_visible()
        chat.brain.delay = 0
        chat.start()
        expect(visitor.rows).to_have_count(4, timeout=15_000)
        visitor.page.reload()
        expect(visitor.rows).to_have_count(4)
        assert _texts(visitor) == ["thanks", "hello"]
        chat.stop()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_expired_token_is_renewed_without_a_word_lost(
    visit: Visit, tmp_path: Path, language: str
) -> None:
    chat = ChatServer(tmp_path)
    with host_page(chat) as url:
        chat.origins = (url,)
        chat.start()
        visitor = visit(language, url=url).open()
        visitor.say("jobs" if language == "en" else "职位")
        before = visitor.stored()["token"]
        chat.stop()
        chat.secret = "another one"  # noqa: S105  all tokens and buttons are void with it
        chat.start()
        visitor.say("thanks" if language == "en" else "谢谢")
        expect(visitor.rows).to_have_count(4)
        assert visitor.stored()["token"] != before
        # a button of the old token's says in words what it would have done
        visitor.page.locator(".card .title").first.click()
        expect(visitor.rows).to_have_count(6)
        assert chat.brain.turns[-1]["text"] == (
            "Wind turbine engineer" if language == "en" else "风电机组工程师"
        )
        visitor.page.reload()
        expect(visitor.rows).to_have_count(6)
        chat.stop()


@pytest.mark.parametrize(
    ("language", "failed", "again"),
    [("en", "Not answered.", "Try again"), ("zh", "没有得到回复。", "重试")],
)
def test_a_failed_answer_is_told_in_sight_and_can_be_asked_for_again(
    visit: Visit, sites: Sites, language: str, failed: str, again: str
) -> None:
    visitor = visit(language).open()
    asked = "jobs" if language == "en" else "职位"
    visitor.say(asked)  # fills the panel
    sites.chat.brain.broken = True
    visitor.say(asked, wait=False)
    expect(visitor.page.locator(".note")).to_contain_text(failed)
    expect(visitor.page.locator(".note")).to_be_in_viewport(ratio=1)
    expect(visitor.page.locator("dialog [role=status]").first).to_contain_text(failed)
    sites.chat.brain.broken = False
    sites.chat.brain.delay = 0.5
    visitor.press(again)
    expect(visitor.page.locator(".typing")).to_be_in_viewport(ratio=1)
    expect(visitor.page.locator(".cards")).to_have_count(2)
    expect(visitor.page.locator(".row.user")).to_have_count(2)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_slow_network_something_moves_at_once(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visitor.page.route("**/chat/session", hold)
    visitor.say("jobs" if language == "en" else "职位", wait=False)
    expect(visitor.page.locator(".typing")).to_be_in_viewport(ratio=1)
    held[0].continue_()
    expect(visitor.page.locator(".card")).to_have_count(3)
    expect(visitor.page.locator(".typing")).to_have_count(0)


def test_a_brain_that_is_away_is_waited_for(visit: Visit, sites: Sites) -> None:
    visitor = visit("zh").open()
    sites.chat.brain.away = True
    visitor.say("你好", wait=False)
    expect(visitor.page.locator(".trouble")).to_have_text("暂时联系不上助手，正在重试……")
    sites.chat.brain.away = False
    expect(visitor.page.locator(".row.bot .bubble")).to_contain_text("您好！", timeout=10_000)
    expect(visitor.rows).to_have_count(2)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_clearing_asks_first_and_forgets_here_and_there(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    visitor.say("thanks" if language == "en" else "谢谢")
    clear = visitor.page.locator(".head .tool").nth(1)
    clear.click()
    visitor.press("Keep it" if language == "en" else "保留")
    expect(visitor.rows).to_have_count(2)
    expect(clear).to_be_focused()
    clear.click()
    visitor.press("Clear" if language == "en" else "清空")
    expect(visitor.page.locator(".starters")).to_be_visible()
    visitor.page.reload()
    expect(visitor.page.locator(".starters")).to_be_visible()
    expect(visitor.page.locator(".row.user")).to_have_count(0)
    visitor.say("hello" if language == "en" else "你好")
    expect(visitor.rows).to_have_count(2)


def test_deleted_data_is_gone_from_the_browser_too(visit: Visit, tmp_path: Path) -> None:
    chat = ChatServer(tmp_path)
    with host_page(chat) as url:
        chat.origins = (url,)
        chat.start()
        people = People(open_database(f"sqlite:///{tmp_path}/chat.db"))
        chat.brain.forget = lambda person: people.forget(person=person)
        visitor = visit(url=url).open()
        visitor.say("a secret of mine, thanks")
        visitor.say("privacy")
        visitor.press("Yes, delete everything")
        expect(visitor.rows).to_have_count(1)
        expect(visitor.last.locator(".bubble")).to_contain_text("has been deleted")
        assert "secret" not in visitor.page.evaluate("JSON.stringify(localStorage)")
        visitor.say("hello")
        expect(visitor.rows).to_have_count(3)
        visitor.page.reload()
        expect(visitor.rows).to_have_count(3)
        chat.stop()


def test_two_hundred_messages_are_shown_and_writing_stays_quick(visit: Visit, sites: Sites) -> None:
    visitor = visit().open()
    visitor.say("jobs")
    visitor.page.evaluate(
        """async ([url, token]) => {
          for (let index = 0; index < 99; index++) {
            const answer = await fetch(url, {method: 'POST',
              body: JSON.stringify({token, text: index % 2 ? 'thanks' : 'jobs'})});
            await answer.json();
          }
        }""",
        [f"{sites.chat.url}messages", visitor.stored()["token"]],
    )
    for _ in range(2):  # from the server, then from what was kept of it here
        visitor.page.reload()
        expect(visitor.rows).to_have_count(200)
    visitor.field.focus()
    took = visitor.page.evaluate(
        """() => {
          const root = document.querySelector('ciep-chat').shadowRoot;
          const field = root.querySelector('textarea');
          const start = performance.now();
          for (const text of ['a', '', 'b', '', 'c', '', 'd', '', 'e', '']) {
            field.value = text; // each changes the send button: all is drawn
            field.dispatchEvent(new Event('input'));
          }
          return (performance.now() - start) / 10;
        }"""
    )
    assert took < 16  # milliseconds a letter: a frame
    before = visitor.page.locator(".log").evaluate(
        "log => log.scrollHeight - log.scrollTop - log.clientHeight"
    )
    assert before < 2  # at the newest
