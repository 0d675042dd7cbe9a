"""Golden pictures: light, dark and phone, in both languages.

`UPDATE_PICTURES=1` writes them anew; look at them before they are committed. Fonts differ from
machine to machine, so a picture is compared where the fonts are those that it was made with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from tests.browser.conftest import Sites, Visitor

Visit = Callable[..., Visitor]
GOLDENS = Path(__file__).with_name("goldens")
PHONE: dict[str, Any] = {
    "viewport": {"width": 375, "height": 667},
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 900, "height": 760}}
_DIFFERENT = 0.01  # of all pixels, by a shade or more: antialiasing is not a change


def _fonts() -> str:
    """Which fonts Latin and Chinese text and the thumbs are set in here."""
    if shutil.which("fc-match") is None:
        return ""
    ask = ["fc-match", "-f", "%{family} ", "system-ui"]
    return "".join(
        subprocess.run([*ask[:-1], each], capture_output=True, text=True, check=True).stdout  # noqa: S603
        for each in ("system-ui", "system-ui:lang=zh-cn", "emoji")
    )


def _compare(picture: bytes, name: str) -> None:
    golden = GOLDENS / f"{name}.png"
    shown = Image.open(BytesIO(picture)).convert("RGB")
    if os.environ.get("UPDATE_PICTURES"):
        GOLDENS.mkdir(exist_ok=True)
        shown.quantize(128).save(golden, optimize=True)
        (GOLDENS / "fonts.txt").write_text(_fonts())
    if (GOLDENS / "fonts.txt").read_text() != _fonts():
        pytest.skip("other fonts than the golden pictures'")
    kept = Image.open(golden).convert("RGB")
    assert shown.size == kept.size
    changed = (
        ImageChops.difference(shown, kept).convert("L").point(lambda shade: 255 * (shade > 24))
    )
    share = changed.histogram()[255] / (shown.width * shown.height)
    if share > _DIFFERENT:
        changed.save(Path("/tmp") / f"ciep-{name}-difference.png")  # noqa: S108  to look at
    assert share <= _DIFFERENT, name


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("look", "options"),
    [
        ("light", {**DESKTOP, "color_scheme": "light"}),
        ("dark", {**DESKTOP, "color_scheme": "dark"}),
        ("phone", {**PHONE, "color_scheme": "light"}),
    ],
)
def test_it_looks_as_it_did(
    visit: Visit, sites: Sites, language: str, look: str, options: dict[str, Any]
) -> None:
    visitor = visit(language, reduced_motion="reduce", **options).open()
    page = visitor.page
    zh = language == "zh"

    def picture(state: str) -> None:
        page.mouse.move(1, 1)  # nothing is hovered over
        shot = page.screenshot(caret="hide", animations="disabled")
        _compare(shot, f"{look}-{language}-{state}")

    picture("welcome")
    visitor.say("职位" if zh else "jobs")
    expect(page.locator(".card")).to_have_count(3)
    picture("list")
    page.locator(".card .title").first.click()
    expect(page.locator(".record")).to_be_visible()
    picture("record")
    visitor.say("各地有多少" if zh else "how many in each city")
    expect(page.locator(".chart")).to_be_visible()
    picture("chart")
