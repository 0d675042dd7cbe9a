"""Who gets to see the organisers' page, and what its answers let nobody do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest
import yaml
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.gateway.limits import RateLimits
from bot.gateway.organisers.routes import OrganisersPage
from bot.gateway.organisers.sessions import COOKIE
from bot.settings import ROOT, Settings
from conference.cases import Cases
from conference.database import migrate, open_database
from conference.filters import MODELS
from conference.models import Institution, Job
from conference.moments import utc_now
from conference.organisers import Organisers
from conference.vocabulary.terms import LANGUAGES
from tests.gateway.conftest import ORIGIN, Site
from tests.visits import visits

BOTH = pytest.mark.parametrize("language", ["en", "zh"])
TABLES = [each.__tablename__ for each in MODELS.values()]  # of records
PATHS = ("", "tables/days.csv", "plots/days.svg", "cases", "cases/ticket-00001", "log")


@pytest.fixture
def engine(settings: Settings) -> Engine:
    engine = open_database(settings.database_url)
    migrate(engine)
    visits(engine, datetime.now(timezone.utc))
    return engine


@pytest.fixture
def organisers(engine: Engine) -> Organisers:
    return Organisers(engine, clock=utc_now)


@pytest.fixture
async def http(
    open_site: Callable[..., Site], settings: Settings, engine: Engine
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a session, at the whole gateway."""
    limits = RateLimits(settings, now=lambda: 0.0)
    page = OrganisersPage(settings, engine, is_sample=lambda: False, limits=limits)
    app = open_site().gateway.app(page.routes())
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=f"{ORIGIN}/organisers/") as http:
        yield http


@pytest.fixture
async def desk(http: httpx.AsyncClient, organisers: Organisers) -> httpx.AsyncClient:
    """The same, signed in."""
    link = f"link?key={organisers.add('Li Hua')}"
    assert (await http.get(link)).status_code == 200  # looking uses no link up
    answer = await http.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/organisers/")
    return http


async def form_of(desk: httpx.AsyncClient) -> str:
    found = re.search(r'name="form" value="([^"]+)"', (await desk.get("cases")).text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", PATHS)
async def test_without_an_organiser_there_is_no_page(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 404


@BOTH
@pytest.mark.parametrize("path", PATHS)
async def test_without_a_session_nothing_is_shown(
    http: httpx.AsyncClient, organisers: Organisers, path: str, language: str
) -> None:
    organisers.add("Li Hua")
    answer = await http.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 401
    assert {"en": "for organisers", "zh": "仅供主办方"}[language] in answer.text
    assert f'lang="{ {"en": "en", "zh": "zh-Hans"}[language] }"' in answer.text
    assert "Li Hua" not in answer.text


async def test_the_cookie_is_for_this_page_alone(
    http: httpx.AsyncClient, organisers: Organisers
) -> None:
    answer = await http.post(f"link?key={organisers.add('Li Hua')}")
    cookie = answer.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/organisers", "max-age=43200"):
        assert part in cookie


@pytest.mark.parametrize("cookie", ["", "made.up.cookie", "WyJMaSIsIngiXQ.aaaa.bbbb"])
async def test_a_forged_cookie_is_nobodys(
    http: httpx.AsyncClient, organisers: Organisers, cookie: str
) -> None:
    organisers.add("Li Hua")
    assert (await http.get("", headers={"Cookie": f"{COOKIE}={cookie}"})).status_code == 401


async def test_a_removed_organiser_is_out_at_once(
    desk: httpx.AsyncClient, organisers: Organisers
) -> None:
    organisers.add("Wang Fang")
    assert (await desk.get("")).status_code == 200
    organisers.remove("Li Hua")
    assert (await desk.get("")).status_code == 401


async def test_guessing_links_is_slowed_down(
    http: httpx.AsyncClient, organisers: Organisers
) -> None:
    organisers.add("Li Hua")
    codes = [(await http.post(f"link?key=guess{each}")).status_code for each in range(7)]
    assert codes == [401] * 5 + [429] * 2


@pytest.mark.parametrize(
    ("form", "origin"),
    [("", ORIGIN), ("false", ORIGIN), (None, "https://elsewhere.example"), (None, "null")],
)
async def test_other_sites_forms_change_nothing(
    desk: httpx.AsyncClient, engine: Engine, form: str | None, origin: str
) -> None:
    given = {"form": await form_of(desk) if form is None else form, "state": "closed"}
    answer = await desk.post("cases/ticket-00001", data=given, headers={"Origin": origin})
    assert answer.status_code == 403
    case = Cases(engine, clock=utc_now).get("ticket-00001")
    assert case is not None
    assert case.state == "open"


async def test_everything_done_is_logged(desk: httpx.AsyncClient, engine: Engine) -> None:
    await desk.get("tables/cities.csv?days=7")
    await desk.get("cases/ticket-00001")
    given = {"form": await form_of(desk), "state": "passed-on", "note": "见邮件"}
    assert (await desk.post("cases/ticket-00001", data=given)).status_code == 303
    await desk.post("sign-out", data=given)
    done = Cases(engine, clock=utc_now).actions()
    assert {each.organiser for each in done} == {"Li Hua"}
    assert [(each.action, each.subject, each.state) for each in reversed(done)] == [
        ("signed-in", None, None),
        ("downloaded", "cities", None),
        ("opened", "ticket-00001", None),
        ("moved", "ticket-00001", "passed-on"),
        ("signed-out", None, None),
    ]


@BOTH
async def test_only_a_ticket_has_words_of_its_person(
    desk: httpx.AsyncClient, language: str
) -> None:
    headers = {"Accept-Language": language}
    wrote = {"en": "What the person wrote", "zh": "用户留言"}[language]
    assert wrote in (await desk.get("cases/ticket-00001", headers=headers)).text
    contact = (await desk.get("cases/contact-00001", headers=headers)).text
    assert wrote not in contact
    assert "<blockquote>" not in contact


@BOTH
async def test_what_a_case_is_about_is_named_in_a_statement_a_record(
    desk: httpx.AsyncClient, engine: Engine, language: str
) -> None:
    with Session(engine, future=True) as session:
        session.add(Institution(id="inst-0001", name_en="Volga Institute"))  # not in Chinese
        session.add(Job(id="job-00001", title_en="Welder", title_zh="焊工"))
        session.commit()
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.extend(each for each in TABLES if f"FROM {each} " in statement)

    event.listen(engine, "before_cursor_execute", note)
    page = await desk.get("cases/contact-00001", headers={"Accept-Language": language})
    title = {"en": "Welder", "zh": "焊工"}[language]
    assert f'{title} <span class="quiet">job-00001</span>' in page.text
    assert 'Volga Institute <span class="quiet">inst-0001</span>' in page.text
    assert asked == ["jobs", "institutions"]


@BOTH
async def test_a_case_about_records_that_are_gone_still_has_their_ids(
    desk: httpx.AsyncClient, language: str
) -> None:
    page = await desk.get("cases/contact-00001", headers={"Accept-Language": language})
    assert ' <span class="quiet">job-00001</span>' in page.text


@BOTH
async def test_a_wrong_state_is_told(desk: httpx.AsyncClient, language: str) -> None:
    given = {"form": await form_of(desk), "state": "gone"}
    headers = {"Accept-Language": language}
    answer = await desk.post("cases/ticket-00001", data=given, headers=headers)
    assert answer.status_code == 400
    assert {"en": "Choose a state", "zh": "请选择状态"}[language] in answer.text


async def test_nothing_runs_or_comes_from_elsewhere(desk: httpx.AsyncClient) -> None:
    for path in PATHS:
        answer = await desk.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        if "html" in answer.headers["content-type"]:
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src" not in policy
            assert "frame-ancestors 'none'" in policy
            assert re.findall(r"<script|style=|(?:src|href)=\"(?:https?:)?//", answer.text) == []


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/chat/"])
async def test_choosing_a_language_leads_nowhere_else(http: httpx.AsyncClient, back: str) -> None:
    answer = await http.get("language", params={"to": "zh", "back": back})
    assert answer.headers["location"] == "/organisers/"


@pytest.mark.parametrize("query", ["days=0", "days=999999999", "days=x", "days=²"])
async def test_odd_spans_are_the_usual_one(desk: httpx.AsyncClient, query: str) -> None:
    answer = await desk.get(f"?{query}")
    assert answer.status_code == 200
    assert '<a href="?days=30" aria-current="true">' in answer.text


@pytest.mark.parametrize(
    "path", ["tables/people.csv", "plots/times.svg", "cases/ticket-99999", "cases/x"]
)
async def test_what_is_not_there_is_not_found(desk: httpx.AsyncClient, path: str) -> None:
    assert (await desk.get(path)).status_code == 404


def test_every_text_is_in_both_languages() -> None:
    folder = ROOT / "bot" / "gateway" / "organisers"
    texts: dict[str, dict[str, Any]] = yaml.safe_load((folder / "texts.yml").read_text("utf-8"))
    for key, each in texts.items():
        assert sorted(each) == sorted(LANGUAGES), key
        assert re.findall(r"{\w+}", each["en"]) == re.findall(r"{\w+}", each["zh"]), key
