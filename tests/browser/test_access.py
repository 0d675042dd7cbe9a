"""For everyone: WCAG 2.2 AA by axe in every state, the keyboard alone, screen readers, zoom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AXE, Sites, Visitor

Visit = Callable[..., Visitor]
BOTH = pytest.mark.parametrize("language", ["en", "zh"])
_AXE = """
async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const {violations, passes} = await axe.run(document.querySelector('ciep-chat'),
    {runOnly: tags, rules: {'target-size': {enabled: true}}});
  if (!passes.some(({id}) => id === 'button-name')) return ['nothing was looked at'];
  return violations.map(({id, nodes}) => [id, ...nodes.map((node) => node.html)]);
}
"""
PHONE: dict[str, Any] = {
    "viewport": {"width": 375, "height": 667},
    "is_mobile": True,
    "has_touch": True,
}


def _check(page: Page) -> None:
    assert page.evaluate(_AXE) == []


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: `npm ci` in widget/")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@BOTH
def test_axe_finds_nothing_in_any_state(
    visit: Visit, sites: Sites, language: str, scheme: str
) -> None:
    visitor = visit(language, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page = visitor.page
    page.evaluate(AXE.read_text())
    _check(page)  # closed
    visitor.open()
    _check(page)  # welcome
    questions = {
        "en": ["jobs", "what fits me", "how many", "what's on", "this conference", "something"],
        "zh": ["职位", "我适合什么", "多少", "活动", "大会", "模糊"],
    }[language]
    for question in questions:
        visitor.say(question)
        page.evaluate(
            "document.querySelector('ciep-chat').shadowRoot"
            ".querySelectorAll('details').forEach((each) => { each.open = true })"
        )
    _check(page)  # cards, reasons, chart, sources, quick replies
    page.locator(".card .title").first.click()
    page.locator(".keep").first.click()
    expect(page.locator(".folded")).to_be_visible()
    page.locator(".folded summary").click()
    visitor.field.fill("a" * 1001)
    page.locator(".tool").nth(1).click()
    _check(page)  # a record, one's own list, a text too long, the question before clearing
    visitor.field.fill("")
    sites.chat.brain.broken = True
    visitor.say("fails", wait=False)
    expect(page.locator(".note")).to_be_visible()
    _check(page)


@BOTH
def test_the_keyboard_alone_does_everything(visit: Visit, language: str) -> None:
    visitor = visit(language)
    page = visitor.page
    page.locator("#asker").focus()
    page.keyboard.press("Tab")
    expect(visitor.launcher).to_be_focused()
    page.keyboard.press("Enter")
    expect(visitor.field).to_be_focused()
    page.keyboard.type("jobs" if language == "en" else "职位")
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(3)
    expect(visitor.field).to_be_focused()
    names = []
    for _ in range(7):  # back through the pager, the cards, the log, the header
        page.keyboard.press("Shift+Tab")
        names.append(
            page.evaluate("document.querySelector('ciep-chat').shadowRoot.activeElement.className")
        )
    assert names == ["chip", "title", "title", "title", "log", "tool", "tool"]
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the pager's More, and it stays where it is
    more = page.locator(".pager .chip").last
    expect(page.locator(".pager .chip")).to_have_count(2)
    expect(more).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # the last card
    expect(page.locator(".record")).to_be_visible()
    expect(visitor.last.locator("h3")).to_be_focused()
    page.keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()
    expect(visitor.launcher).to_be_focused()


def test_each_message_is_in_its_own_language_and_the_labels_are_in_the_newest(
    visit: Visit,
) -> None:
    visitor = visit("en").open()
    chinese = visitor.say("职位").element_handle()
    assert chinese is not None
    expect(visitor.page.locator(".root")).to_have_attribute("lang", "zh-Hans")
    expect(visitor.field).to_have_attribute("placeholder", "中英文提问均可")
    expect(visitor.last).to_have_attribute("lang", "zh-Hans")
    expect(visitor.page.locator(".row.user [lang]").last).to_have_attribute("lang", "zh-Hans")
    assert visitor.last.locator(".hidden").first.inner_text() == "助手："
    visitor.say("jobs")
    expect(visitor.last).to_have_attribute("lang", "en")
    expect(visitor.page.locator(".root")).to_have_attribute("lang", "en")
    assert chinese.get_attribute("lang") == "zh-Hans"


@BOTH
def test_at_400_percent_the_greeting_is_read_from_its_beginning(
    visit: Visit, language: str
) -> None:
    visitor = visit(language, viewport={"width": 320, "height": 256}).open()
    assert visitor.page.locator(".log").evaluate("log => log.scrollTop") == 0
    expect(visitor.page.locator(".bubble")).to_be_in_viewport()


@pytest.mark.parametrize("size", [(320, 640), (320, 256), (375, 667)])
def test_small_screens_and_400_percent_zoom_show_everything(
    visit: Visit, size: tuple[int, int]
) -> None:
    # 1280 by 1024 at 400 % is 320 by 256
    visitor = visit(viewport={"width": size[0], "height": size[1]}).open()
    visitor.say("what fits me")
    visitor.page.locator(".card .title").first.click()
    expect(visitor.page.locator(".record")).to_be_visible()
    box = visitor.panel.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *size)
    wide = visitor.page.evaluate(
        "[...document.querySelector('ciep-chat').shadowRoot"
        ".querySelectorAll('.log, dialog, .card')]"
        ".filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.className)"
    )
    assert wide == []
    field, log = visitor.field.bounding_box(), visitor.page.locator(".log").bounding_box()
    assert field is not None
    assert log is not None
    assert field["y"] + field["height"] <= size[1]
    assert log["height"] >= 100


def test_targets_are_44_px(visit: Visit) -> None:
    visitor = visit().open()
    visitor.say("what fits me")
    visitor.page.locator(".card .title").first.click()
    expect(visitor.page.locator(".record")).to_be_visible()
    visitor.page.locator(".tool").nth(1).click()
    small = visitor.page.evaluate(
        """() => [...document.querySelector('ciep-chat').shadowRoot
          .querySelectorAll('button:not(.title), textarea, summary')]
          .map((each) => [each.className || each.tagName, each.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.height < 44 || box.width < 44))
          .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""
    )
    assert small == []  # a card's title covers the whole card


def test_on_a_phone_the_panel_is_modal_and_leaves_the_keyboard_its_room(visit: Visit) -> None:
    visitor = visit(**PHONE).open()
    page = visitor.page
    assert page.evaluate(
        "document.querySelector('ciep-chat').shadowRoot.querySelector('dialog').matches(':modal')"
    )
    expect(visitor.field).not_to_be_focused()  # it would bring the keyboard up unasked
    page.evaluate(
        """() => {
          Object.defineProperty(visualViewport, 'height', {value: 360});
          visualViewport.dispatchEvent(new Event('resize'));
        }"""
    )
    box = visitor.panel.bounding_box()
    assert box is not None
    assert box["height"] == pytest.approx(360, abs=0.5)
    page.locator(".tool").last.click()
    expect(visitor.panel).to_be_hidden()


def test_motion_is_reduced_and_forced_colours_are_respected(visit: Visit) -> None:
    visitor = visit(reduced_motion="reduce", forced_colors="active").open()
    visitor.say("how many")
    style = """element => {
      const {animationName, borderTopWidth} = getComputedStyle(element);
      return [animationName, borderTopWidth];
    }"""
    assert visitor.panel.evaluate(style) == ["none", "1px"]
    bar = visitor.page.locator(".track span").first
    assert bar.evaluate("bar => getComputedStyle(bar).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_the_enter_that_ends_a_chinese_word_does_not_send(visit: Visit) -> None:
    visitor = visit("zh").open()
    visitor.field.fill("nihao")
    visitor.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    visitor.field.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    visitor.field.press("Shift+Enter")
    expect(visitor.page.locator(".row.user")).to_have_count(0)
    expect(visitor.field).to_have_value("nihao\n")
    visitor.field.press("Enter")
    expect(visitor.page.locator(".row.user")).to_have_count(1)


@BOTH
def test_a_text_too_long_is_kept_for_shortening(visit: Visit, language: str) -> None:
    visitor = visit(language).open()
    visitor.field.fill("字" * 1003)
    visitor.field.press("Enter")
    expect(visitor.page.locator(".left")).to_have_text(
        "3 characters too many" if language == "en" else "超出3个字"
    )
    expect(visitor.page.locator(".row.user")).to_have_count(0)
    visitor.field.fill("字" * 1000)
    visitor.field.press("Enter")
    expect(visitor.page.locator(".row.user")).to_have_count(1)
