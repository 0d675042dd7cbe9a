"""Answers look like what they are, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Sites, Visitor

Visit = Callable[..., Visitor]
BOTH = pytest.mark.parametrize("language", ["en", "zh"])
KEPT = re.compile(r"\bkept\b")


def _pick(language: str, en: str, zh: str) -> str:
    return zh if language == "zh" else en


@BOTH
def test_a_list_is_cards_and_its_pages_turn_in_place(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    first = visitor.say(_pick(language, "jobs in energy", "能源职位"))
    expect(first.locator(".card .title")).to_have_text(
        ["Wind turbine engineer", "Senior wind farm planner", "Battery safety analyst"]
        if language == "en"
        else ["风电机组工程师", "风电场高级规划师", "电池安全分析师"]
    )
    expect(first.locator(".card .sub").first).to_have_text(
        _pick(language, "Nanshan Clean Power Co., Ltd.", "南山清洁能源有限公司")
    )
    expect(first.locator(".card").first.locator(".tags li")).to_have_text(
        ["Shenzhen", "CNY 15,000–25,000 a month", "Bachelor's degree"]
        if language == "en"
        else ["深圳", "月薪1.5万–2.5万元", "本科"]
    )
    assert "1. " not in first.locator(".bubble").inner_text()
    more = _pick(language, "More", "下一页")
    visitor.press(more)
    expect(first.locator(".card .title").first).to_have_text(
        _pick(language, "Grid operations manager", "电网运行经理")
    )
    top = first.locator(".bubble").evaluate("bubble => bubble.getBoundingClientRect().top")
    log_top = visitor.page.locator(".log").evaluate("log => log.getBoundingClientRect().top")
    assert 0 <= top - log_top < 40  # a page is read from its beginning
    visitor.press(more)
    expect(first.locator(".card")).to_have_count(1)
    visitor.press(_pick(language, "Previous page", "上一页"))
    expect(first.locator(".card")).to_have_count(3)
    expect(visitor.rows).to_have_count(2)  # the question and its list: nothing was added
    visitor.page.reload()
    expect(visitor.rows).to_have_count(2)  # told again by the history, the same is shown
    expect(visitor.last.locator(".card .title").first).to_have_text(
        _pick(language, "Grid operations manager", "电网运行经理")
    )


@BOTH
def test_a_card_opens_its_record_and_a_save_button_shows_its_state(
    visit: Visit, language: str
) -> None:
    visitor = visit(language).open()
    visitor.say(_pick(language, "jobs in energy", "能源职位"))
    title = _pick(language, "Senior wind farm planner", "风电场高级规划师")
    visitor.press(title)
    record = visitor.page.locator(".record").last
    expect(record.locator("h4")).to_have_text(title)
    expect(visitor.page.locator(".row.user").last).to_contain_text(title)  # not a bare number
    facts = dict(
        zip(
            record.locator("dt").all_inner_texts(),
            record.locator("dd").all_inner_texts(),
            strict=True,
        )
    )
    assert facts[_pick(language, "Salary", "薪资")] == _pick(
        language, "CNY 15,000–25,000 a month", "月薪1.5万–2.5万元"
    )
    assert facts[_pick(language, "Open until", "有效期至")] == _pick(
        language, "15 October 2020", "2020年10月15日"
    )
    assert facts[_pick(language, "Skills", "技能")] == _pick(
        language, "SCADA, welding", "SCADA、焊接"
    )
    save = record.locator(".keep")
    expect(save).not_to_have_class(KEPT)
    save.click()
    expect(save).to_have_class(KEPT)
    expect(save).to_have_text(_pick(language, "Saved", "已收藏"))
    expect(visitor.last.locator(".bubble")).to_contain_text(title)
    assert not visitor.last.locator(".card").first.is_visible()  # the news first, the list folded
    visitor.last.locator("summary").click()
    expect(visitor.last.locator(".card .title")).to_have_text([title])
    visitor.page.reload()
    expect(save).to_have_class(KEPT)
    save.click()  # and back
    expect(save).not_to_have_class(KEPT)
    expect(save).to_have_text(_pick(language, "Save", "收藏"))
    visitor.page.reload()
    expect(save).not_to_have_class(KEPT)
    visitor.say(_pick(language, "save the second", "收藏第二个"))  # in words it is the same
    expect(save).to_have_class(KEPT)
    visitor.press(_pick(language, "Remove from saved items", "取消收藏"))  # under the answer
    expect(save).not_to_have_class(KEPT)


def test_a_save_button_rests_while_its_answer_is_on_the_way(visit: Visit, sites: Sites) -> None:
    visitor = visit().open()
    visitor.say("jobs in energy")
    visitor.press("Wind turbine engineer")
    save = visitor.page.locator(".keep")
    expect(save).to_have_attribute("aria-disabled", "false")
    sites.chat.brain.delay = 0.4
    save.click()
    expect(save).to_have_attribute("aria-disabled", "true")
    save.click(force=True)
    expect(save).to_have_class(KEPT)
    expect(visitor.rows).to_have_count(6)  # pressed twice, said once
    sites.chat.brain.broken = True
    save.click()
    expect(visitor.page.locator(".note")).to_contain_text("Not answered.")
    expect(save).to_have_attribute("aria-disabled", "false")  # it may be pressed once more


def test_after_the_chat_was_cleared_a_record_still_knows_that_it_is_saved(visit: Visit) -> None:
    visitor = visit().open()
    visitor.say("jobs in energy")
    visitor.press("Wind turbine engineer")
    save = visitor.page.locator(".keep")
    save.click()
    expect(save).to_have_class(KEPT)
    visitor.press("Clear this chat")
    visitor.press("Clear")
    expect(visitor.page.locator(".starters")).to_be_visible()
    visitor.say("jobs in energy")
    visitor.press("Wind turbine engineer")
    expect(save).to_have_class(KEPT)
    save.click()
    expect(save).not_to_have_class(KEPT)


@BOTH
def test_an_event_goes_into_the_agenda_and_into_a_calendar(
    visit: Visit, language: str, tmp_path: Path
) -> None:
    visitor = visit(language).open()
    visitor.say(_pick(language, "what's on", "有什么活动"))
    visitor.page.locator(".card .title").first.click()
    record = visitor.page.locator(".record").last
    expect(record.locator("dd").first).to_have_text(
        _pick(language, "Tue 8 Sep, 14:00–15:30 (UTC+8)", "9月8日周二 14:00–15:30（UTC+8）")
    )
    with visitor.page.expect_download() as download:
        record.get_by_role("button", name=_pick(language, "Add to calendar", "添加到日历")).click()
    file = tmp_path / "event.ics"
    download.value.save_as(file)
    lines = file.read_text("utf-8").splitlines()
    assert download.value.suggested_filename == "event-0001.ics"
    assert "DTSTART:20200908T060000Z" in lines
    assert "DTEND:20200908T073000Z" in lines
    assert f"SUMMARY:{_pick(language, 'Forum on hydrogen', '氢能论坛')}" in lines
    agenda = record.locator(".keep").nth(1)
    agenda.click()
    expect(agenda).to_have_class(KEPT)
    expect(agenda).to_have_text(_pick(language, "On your agenda", "已加入日程"))
    agenda.click()
    expect(agenda).to_have_text(_pick(language, "Add to my agenda", "加入日程"))
    expect(record.locator(".keep").first).not_to_have_class(KEPT)


@BOTH
def test_a_count_is_a_chart_that_is_a_table(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    answer = visitor.say(_pick(language, "how many in each city", "各地有多少"))
    rows = answer.get_by_role("row")
    expect(rows).to_have_count(3)
    expect(answer.get_by_role("rowheader")).to_have_text(
        ["Shenzhen", "Beijing", "Hong Kong"] if language == "en" else ["深圳", "北京", "香港"]
    )
    expect(answer.locator(".number")).to_have_text(["812", "300", "122"])
    widths = [
        box["width"]
        for box in (bar.bounding_box() for bar in answer.locator(".track span").all())
        if box
    ]
    assert widths[1] / widths[0] == pytest.approx(300 / 812, abs=0.02)


@BOTH
def test_matches_say_why(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    answer = visitor.say(_pick(language, "what fits me", "我适合什么"))
    why = answer.locator(".why").first
    expect(why.locator("li").first).to_be_hidden()
    why.locator("summary").click()
    expect(why.locator("li").first).to_have_text(
        _pick(language, "you mention SCADA", "您提到了SCADA"), ignore_case=True
    )


@BOTH
def test_a_fact_stands_over_its_sources(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    answer = visitor.say(_pick(language, "what is this conference", "这是什么大会"))
    expect(answer.locator(".sources li")).to_have_text(
        [
            "Press coverage of the conference · Sep 2020",
            "Two or more other public sources · Sep 2020",
        ]
        if language == "en"
        else ["大会新闻报道 · 2020年9月", "两处以上其他公开资料 · 2020年9月"]
    )
    bubble = answer.locator(".bubble .rich").inner_text()
    assert _pick(language, "Press coverage", "新闻报道") not in bubble  # once is enough


@BOTH
def test_a_fact_asks_whether_it_helped(visit: Visit, sites: Sites, language: str) -> None:
    visitor = visit(language).open()
    visitor.say(_pick(language, "what is this conference", "这是什么大会"))
    helped = visitor.page.get_by_role("button", name=_pick(language, "👍 Helpful", "👍 有帮助"))
    expect(helped).to_be_visible()
    visitor.press(_pick(language, "👎 Not helpful", "👎 没帮助"))
    expect(visitor.last).to_contain_text(_pick(language, "in other words", "换个说法"))
    of = {"type": "answer", "topic": "about"}
    said = sites.chat.brain.turns[-1]["payload"].removeprefix("/give_feedback")
    assert json.loads(said) == {"useful": False, "of": of}
    expect(helped).to_have_count(0)  # asked once
    visitor.press(_pick(language, "Talk to staff", "转人工"))
    expect(visitor.page.locator(".row.user")).to_have_count(3)


@pytest.mark.parametrize(
    ("question", "shown", "kind"),
    [
        ("programmes from Russia", "Green hydrogen", "Programme"),
        ("partners", "Battery recycling", "Cooperation intention"),
        ("institutions", "Volga Institute", "Institution"),
        ("what's on", "Roadshow", "Event"),
        ("an alert", "Jobs in energy in Shenzhen", "Job"),
    ],
)
def test_every_kind_has_its_card(visit: Visit, question: str, shown: str, kind: str) -> None:
    visitor = visit().open()
    card = visitor.say(question).locator(".card", has_text=shown).first
    expect(card).to_be_visible()
    expect(card.locator(".badge")).to_have_text(kind)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("mystery", "A new thing."),
        ("a human", "T-1042"),
        ("thanks", "You're welcome!"),
        ("privacy", "Shall I go ahead?"),
        ("hello", "Hello!"),
        ("my saved", "saved"),
    ],
)
def test_what_has_no_form_of_its_own_is_text(visit: Visit, question: str, text: str) -> None:
    visitor = visit().open()
    expect(visitor.say(question).locator(".bubble")).to_contain_text(text)


def test_of_two_answers_the_first_is_there_while_the_second_is_made(
    visit: Visit, sites: Sites
) -> None:
    visitor = visit().open()
    lists = visitor.page.locator(".row.bot .cards")
    sites.chat.brain.following.clear()
    try:
        visitor.say("jobs and also what's on", wait=False)
        expect(lists).to_have_count(1)
        expect(visitor.page.locator(".typing")).to_be_visible()
    finally:
        sites.chat.brain.following.set()
    expect(lists).to_have_count(2)
    expect(visitor.page.locator(".typing")).to_have_count(0)


def test_quick_replies_are_those_of_the_newest_answer(visit: Visit) -> None:
    visitor = visit().open()
    visitor.say("something")
    expect(visitor.page.get_by_role("button", name="Search programmes")).to_be_visible()
    visitor.press("Search jobs")
    expect(visitor.last.locator(".cards")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Search programmes")).to_have_count(0)


def test_text_is_text_and_only_harmless_links_are_links(visit: Visit) -> None:
    visitor = visit().open()
    bubble = visitor.say("hostile").locator(".bubble")
    expect(bubble.locator("strong")).to_have_text("bold")
    expect(bubble.locator("em")).to_have_text("soft")
    expect(bubble.locator("code")).to_have_text("code")
    expect(bubble.locator("li")).to_have_text(["one", "two"])
    assert bubble.locator("b, img").count() == 0
    assert "<b>b</b>" in bubble.inner_text()
    links = [link.get_attribute("href") for link in bubble.locator("a").all()]
    assert links == ["https://example.org/a", "https://example.org/x", "mailto:a@example.org"]
    assert bubble.locator("a").first.get_attribute("rel") == "noreferrer"
    visitor.say("<b>me</b> **too**")
    user = visitor.page.locator(".row.user").last
    expect(user).to_contain_text("<b>me</b> **too**")
    assert user.locator("b, strong").count() == 0
    assert visitor.page.title() == "A host"


@BOTH
def test_a_typing_indicator_stands_until_the_answer_comes(
    visit: Visit, sites: Sites, language: str
) -> None:
    visitor = visit(language).open()
    sites.chat.brain.delay = 0.6
    visitor.say(_pick(language, "hello", "你好"), wait=False)
    expect(visitor.page.locator(".typing")).to_be_visible()
    expect(visitor.page.locator("dialog [role=status]").first).to_contain_text(
        _pick(language, "is writing", "正在输入")
    )
    expect(visitor.last.locator(".bubble")).to_contain_text(re.compile("Hello!|您好！"))
    expect(visitor.page.locator(".typing")).to_have_count(0)
