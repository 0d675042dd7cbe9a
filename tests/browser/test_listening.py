"""What a blind visitor hears: what is announced, and where the focus is after a press."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Sites, Visitor

Visit = Callable[..., Visitor]
BOTH = pytest.mark.parametrize("language", ["en", "zh"])


def _pick(language: str, en: str, zh: str) -> str:
    return zh if language == "zh" else en


def _heard(visitor: Visitor) -> Locator:
    """What is announced in the panel, the newest last."""
    return visitor.panel.get_by_role("status").first.locator("p")


@BOTH
def test_what_is_new_is_announced_and_a_list_is_summed_up(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    visitor.say(_pick(language, "jobs", "职位"))
    said = _heard(visitor).last
    expect(said).to_have_text(
        _pick(
            language,
            "7 jobs in energy in Shenzhen:\n1–3 of 7",
            "深圳能源行业的职位共有7个：\n第1–3个，共7个",
        )
    )
    expect(said).to_have_attribute("lang", _pick(language, "en", "zh-Hans"))
    assert visitor.panel.get_by_role("log").get_attribute("aria-live") == "off"  # not twice
    # what was announced before is not said again with it
    status = visitor.panel.get_by_role("status").first
    expect(status).to_have_attribute("aria-atomic", "false")


@BOTH
def test_the_choices_and_the_longest_bars_are_announced(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    visitor.say(_pick(language, "something", "模糊"))
    choices = visitor.last.locator(".chip").all_inner_texts()
    assert len(choices) == 3
    expect(_heard(visitor).last).to_have_text(re.compile("\n".join(map(re.escape, choices)) + "$"))
    visitor.say(_pick(language, "how many", "多少"))
    bars = _pick(
        language, "Shenzhen: 812\nBeijing: 300\nHong Kong: 122", "深圳: 812\n北京: 300\n香港: 122"
    )
    expect(_heard(visitor).last).to_have_text(re.compile(f"^[^\n]+\n{bars}$"))


@BOTH
def test_a_save_button_keeps_the_focus_in_sight_and_tells_what_it_became(
    visit: Visit, language: str
) -> None:
    visitor = visit(language).open()
    page = visitor.page
    visitor.say(_pick(language, "jobs", "职位"))
    title = _pick(language, "Wind turbine engineer", "风电机组工程师")
    visitor.press(title)
    save = page.locator(".keep")
    for word, said in (
        (
            _pick(language, "Saved", "已收藏"),
            _pick(language, f"Saved: {title}.", f"已收藏：{title}。"),
        ),
        (_pick(language, "Save", "收藏"), _pick(language, "Removed", "已取消收藏")),
    ):
        save.focus()
        page.keyboard.press("Enter")
        expect(save).to_have_accessible_name(word)
        expect(_heard(visitor).last).to_contain_text(said)
        expect(save).to_be_focused()
        expect(save).to_be_in_viewport(ratio=1)


@BOTH
def test_a_button_that_goes_with_its_press_leads_to_the_answer(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    page = visitor.page
    page.locator(".starters .chip").nth(3).focus()  # what is this conference?
    page.keyboard.press("Enter")
    expect(visitor.last.locator(".sources")).to_be_visible()
    expect(visitor.last.locator("h3")).to_be_focused()
    visitor.say(_pick(language, "something", "模糊"))
    visitor.last.locator(".chip").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(3)
    expect(visitor.last.locator("h3")).to_be_focused()
    expect(visitor.last.locator("h3")).to_have_text(_pick(language, "Assistant:", "助手："))


@BOTH
def test_the_last_page_is_read_from_its_beginning(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    visitor.say(_pick(language, "jobs", "职位"))
    more = visitor.page.locator(".pager .chip").last
    more.focus()
    visitor.page.keyboard.press("Enter")
    expect(_heard(visitor).last).to_contain_text("4–6")
    expect(more).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(".pager .chip")).to_have_count(1)  # there is no further page
    expect(visitor.last.locator("h3")).to_be_focused()


def test_who_has_gone_elsewhere_is_not_called_back(visit: Visit, sites: Sites) -> None:
    visitor = visit().open()
    visitor.say("jobs")
    sites.chat.brain.delay = 1.5
    visitor.page.locator(".card .title").first.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(".typing")).to_be_visible()
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator(".record")).to_be_visible()
    expect(visitor.page.locator(".card .title").nth(1)).to_be_focused()


def test_a_second_try_leads_to_its_answer(visit: Visit, sites: Sites) -> None:
    visitor = visit().open()
    sites.chat.brain.broken = True
    visitor.say("jobs", wait=False)
    again = visitor.page.get_by_role("button", name="Try again")
    again.focus()
    sites.chat.brain.broken = False
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(".card")).to_have_count(3)
    expect(visitor.last.locator("h3")).to_be_focused()


@BOTH
def test_the_question_before_clearing_is_heard_and_escape_says_no(
    visit: Visit, language: str
) -> None:
    visitor = visit(language).open()
    page = visitor.page
    visitor.say(_pick(language, "thanks", "谢谢"))
    clear = page.locator(".head .tool").nth(1)
    clear.focus()
    page.keyboard.press("Enter")
    no = page.get_by_role("button", name=_pick(language, "Keep it", "保留"))
    expect(no).to_be_focused()
    question = _pick(language, "Clear this chat?", "要清空聊天记录吗？")
    expect(page.get_by_role("group", name=question)).to_be_visible()
    page.keyboard.press("Escape")
    expect(no).to_have_count(0)
    expect(clear).to_be_focused()
    expect(visitor.panel).to_be_visible()


@BOTH
def test_an_answer_while_the_panel_is_closed_is_announced(
    visit: Visit, sites: Sites, language: str
) -> None:
    visitor = visit(language).open()
    sites.chat.brain.delay = 0.4
    visitor.say(_pick(language, "hello", "你好"), wait=False)
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator(".root > [role=status]")).to_have_text(
        _pick(language, "Open the chat, 1 new message", "打开聊天，1条新消息")
    )
    visitor.open()
    expect(visitor.page.locator(".root > [role=status]")).to_have_text("")


@BOTH
def test_each_speaker_has_a_heading_to_go_to(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    visitor.say(_pick(language, "jobs", "职位"))
    visitor.page.locator(".card .title").first.click()
    expect(visitor.page.locator(".record")).to_be_visible()
    headings = visitor.panel.get_by_role("heading")
    expect(headings).to_have_text(
        ["CIEP Assistant", *["You:", "Assistant:"] * 2, "Wind turbine engineer"]
        if language == "en"
        else ["大会智能助手", *["您：", "助手："] * 2, "风电机组工程师"]
    )
