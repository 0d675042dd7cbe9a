"""Takes `conversation.png`: the real chat page with real answers, in English and Chinese.

make run                                       # with the sample catalogue, in another terminal
.venv/bin/python docs/pictures/capture.py [ADDRESS] [CHROMIUM]
"""

from __future__ import annotations

import base64
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

CONVERSATIONS = {
    "en": ("How many energy jobs are there in Shenzhen?", "only remote ones", "show them"),
    "zh-Hans": ("主宾国是哪个国家？", "俄罗斯有哪些医疗项目？"),
}
SIZE: ViewportSize = {"width": 460, "height": 940}
GAP = 24  # pixels between and around the two
PICTURE = Path(__file__).with_name("conversation.png")


def converse(page: Page, address: str, language: str, questions: tuple[str, ...]) -> bytes:
    """Ask the questions one after the other; a picture of what a visitor then sees."""
    page.goto(address)
    page.locator(f"label[lang={language}]").click()
    if not page.locator("dialog[open]").count():
        page.locator(".launcher").click()
    answers = page.locator(".row.bot:not(:has(.starters))")
    for question in questions:
        before = answers.count()
        page.locator("textarea").fill(question)
        page.locator("textarea").press("Enter")
        expect(answers.nth(before)).to_be_visible(timeout=30_000)
    page.wait_for_timeout(600)  # the log scrolls smoothly to the last answer
    page.locator(".row.user").first.evaluate(
        "row => { row.style.scrollMarginTop = '16px'; row.scrollIntoView({block: 'start'}) }"
    )
    page.wait_for_timeout(600)
    return page.screenshot(animations="disabled")


def side_by_side(browser: Browser, pictures: list[bytes]) -> bytes:
    """The pictures in one row."""
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(each).decode()}" width={SIZE["width"]}>'
        for each in pictures
    )
    style = f"margin:0;padding:{GAP}px;display:flex;gap:{GAP}px;background:#e8ebf0"
    width = len(pictures) * (SIZE["width"] + GAP) + GAP
    page = browser.new_page(
        viewport={"width": width, "height": SIZE["height"] + 2 * GAP}, device_scale_factor=2
    )
    page.set_content(f'<body style="{style}">{images}</body>')
    return page.screenshot()


def main(address: str = "http://localhost:5005/chat/", chromium: str | None = None) -> None:
    """Write the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium or shutil.which("chromium"), args=["--no-sandbox"]
        )
        pictures = []
        for language, questions in CONVERSATIONS.items():
            context = browser.new_context(
                locale="en-GB" if language == "en" else "zh-CN",
                timezone_id="Asia/Shanghai",
                viewport=SIZE,
                device_scale_factor=2,
            )
            pictures.append(converse(context.new_page(), address, language, questions))
            context.close()
        PICTURE.write_bytes(side_by_side(browser, pictures))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
