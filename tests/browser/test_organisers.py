"""The organisers' page in a real browser: signing in, figures, cases, both languages, WCAG."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.brains import free_port
from bot.gateway.organisers.routes import OrganisersPage
from bot.settings import Settings
from conference.database import migrate, open_database
from conference.moments import utc_now
from conference.organisers import Organisers
from tests.browser.conftest import AXE, Visitor
from tests.browser.site import Served
from tests.visits import MANY, visits

Visit = Callable[..., Visitor]
BOTH = pytest.mark.parametrize("language", ["en", "zh"])
PHONE: dict[str, Any] = {"viewport": {"width": 375, "height": 667}, "is_mobile": True}
_AXE = """
async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const {violations} = await axe.run(document, {runOnly: tags});
  return violations.map(({id, nodes}) => [id, ...nodes.map((node) => node.html)]);
}
"""
WORDS = {
    "en": {
        "in": "Sign in",
        "out": "Sign out",
        "cases": "Contacts and tickets",
        "table": "Figures",
        "energy": "Energy",
        "fees": "Fees",
        "answered": "Answered",
        "save": "Save",
        "log": "Log",
        "csv": "Download CSV: Industries",
    },
    "zh": {
        "in": "登录",
        "out": "退出",
        "cases": "联系与工单",
        "table": "数据表",
        "energy": "能源",
        "fees": "费用",
        "answered": "已答复",
        "save": "保存",
        "log": "操作记录",
        "csv": "下载 CSV：行业",
    },
}


@dataclass
class Desk:
    """The page's server and its data."""

    url: str
    organisers: Organisers

    def link(self, name: str = "Li Hua") -> str:
        return f"{self.url}link?key={self.organisers.add(name)}"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path}/desk.db")
    migrate(engine)
    visits(engine, datetime.now(timezone.utc))
    yield engine
    engine.dispose()


@pytest.fixture
def desk(tmp_path: Path, engine: Engine) -> Iterator[Desk]:
    settings = Settings(root=tmp_path, secret="made up here", database_url="")  # noqa: S106
    page = OrganisersPage(settings, engine, is_sample=lambda: False)
    port = free_port()
    served = Served(Starlette(routes=page.routes()), port)
    yield Desk(f"http://localhost:{port}/organisers/", Organisers(engine, clock=utc_now))
    served.stop()


@pytest.fixture
def enter(visit: Visit, desk: Desk) -> Callable[..., Page]:
    """Open the page, signed in by a fresh link."""

    def go(language: str, **options: Any) -> Page:
        page = visit(language, url=desk.link(), **options).page
        page.get_by_role("button", name=WORDS[language]["in"], exact=True).click()
        expect(page.locator(".columns")).to_be_visible()
        return page

    return go


@BOTH
def test_figures_are_seen_and_downloaded(enter: Callable[..., Page], language: str) -> None:
    page, words = enter(language), WORDS[language]
    for picture in page.locator("picture img").all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("async (each) => { await each.decode(); return each.naturalWidth }")
    card = page.locator("section", has=page.locator("#industries"))
    card.get_by_text(words["table"], exact=True).click()
    row = card.get_by_role("row", name=words["energy"])
    expect(row.get_by_role("cell")).to_have_text([str(MANY), str(MANY), "0", "0"])
    expect(page.locator("body")).not_to_contain_text("Zhang Wei")
    with page.expect_download() as started:
        card.get_by_role("link", name=words["csv"]).click()
    text = Path(started.value.path()).read_text("utf-8-sig")
    assert text.splitlines()[:2] == ["industry,searches,people,empty,records", "energy,7,7,0,0"]


@BOTH
def test_what_helped_is_seen_and_who_it_did_not_help_is_hidden(
    enter: Callable[..., Page], language: str
) -> None:
    page, words = enter(language), WORDS[language]
    card = page.locator("section", has=page.locator("#feedback"))
    picture = card.locator("img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("async (each) => { await each.decode(); return each.naturalWidth }")
    address = page.url.split("/organisers/")[0] + (picture.get_attribute("src") or "")
    headers = {"Accept-Language": language}
    assert words["fees"] in page.request.get(address, headers=headers).text()
    card.get_by_text(words["table"], exact=True).click()
    row = card.get_by_role("row", name=words["fees"])
    expect(row.get_by_role("cell")).to_have_text([str(MANY - 1), "<5"])


@BOTH
def test_a_case_is_handled_and_logged(enter: Callable[..., Page], language: str) -> None:
    page, words = enter(language), WORDS[language]
    page.get_by_role("link", name=words["cases"], exact=True).click()
    page.locator("select[name=kind]").select_option("ticket")
    page.locator("form.filter button").click()
    page.get_by_role("link", name="ticket-00001").click()
    expect(page.locator("blockquote")).to_contain_text("<b>bold</b>")  # shown, not obeyed
    page.locator("select[name=state]").select_option("answered")
    page.locator("textarea").fill("By phone / 已电话答复")
    page.get_by_role("button", name=words["save"]).click()
    done = page.locator(".history li")
    expect(done).to_contain_text("Li Hua")
    expect(done).to_contain_text(words["answered"])
    expect(done).to_contain_text("By phone / 已电话答复")
    page.get_by_role("link", name=words["log"], exact=True).click()
    expect(page.locator("tbody tr", has_text="By phone")).to_contain_text("ticket-00001")


@BOTH
def test_signing_out_ends_it(enter: Callable[..., Page], desk: Desk, language: str) -> None:
    page = enter(language)
    page.get_by_role("button", name=WORDS[language]["out"]).click()
    expect(page.locator("nav")).to_have_count(0)
    page.goto(f"{desk.url}cases")
    expect(page.locator("table")).to_have_count(0)


def test_the_language_is_switched_and_kept(enter: Callable[..., Page]) -> None:
    page = enter("en")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("大家在问什么")
    page.get_by_role("link", name="联系与工单", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("联系与工单")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts and tickets")


@BOTH
def test_on_a_phone_nothing_is_cut_off(enter: Callable[..., Page], language: str) -> None:
    page = enter(language, **PHONE)
    for path in ("", "cases", "cases/contact-00001", "log"):
        page.goto(f"{page.url.split('/organisers/')[0]}/organisers/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["viewport"]["width"], path


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: `npm ci` in widget/")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@BOTH
def test_axe_finds_nothing(enter: Callable[..., Page], language: str, scheme: str) -> None:
    page = enter(language, color_scheme=scheme, bypass_csp=True)
    for path in ("", "cases", "cases/contact-00001", "log", "cases/ticket-00099"):
        page.goto(f"{page.url.split('/organisers/')[0]}/organisers/{path}")
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        page.evaluate(AXE.read_text())
        assert page.evaluate(_AXE) == [], path
