"""What the organisers' page answers. Every action of an organiser is logged with their name."""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from anyio import to_thread
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.gateway.limits import RateLimits
from bot.gateway.organisers.rendering import LANGUAGE_COOKIE, Pages, language_of
from bot.gateway.organisers.sessions import PATH, OrganiserSessions, SignedIn
from bot.settings import Settings, clock_of
from conference.cases import KINDS, NOTE, PAGE, STATES, Case, Cases
from conference.filters import MODELS
from conference.insight import DAYS_KEPT, Table, heading, insight, title, written
from conference.languages import title_of
from conference.moments import utc_now
from conference.organisers import Organisers
from conference.record_ids import kind_of
from conference.vocabulary.terms import LANGUAGES

SPANS = (7, 30, DAYS_KEPT)  # days to look at
PLOTTED = ("days", "industries", "cities", "countries", "feedback", "funnel")
_FORM = 16 * 1024  # bytes of a form
_FRESH = 60  # seconds for which figures are shown again
_SIGN_INS = 5 / 60  # a second from one address; a link has 256 random bits besides

_Page = Callable[[Request, SignedIn], Awaitable[Response]]


class OrganisersPage:
    """Handlers of the routes. Nobody is told of the page while there is no organiser."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        *,
        is_sample: Callable[[], bool],
        limits: RateLimits | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._now = now
        self._is_sample = is_sample
        self._organisers = Organisers(engine, clock=now)
        self._cases = Cases(engine, clock=now)
        self._sessions = OrganiserSessions(settings.secret, self._organisers)
        self._sign_ins = (limits or RateLimits(settings)).limit("sign-ins", _SIGN_INS)
        self._pages = Pages(zone=settings.edition.zone)
        self._figures: dict[int, tuple[float, dict[str, Table]]] = {}
        self._counting = threading.Lock()  # a figure is counted once, however many ask

    def routes(self) -> list[Route]:
        signed_in = self._signed_in
        return [
            Route(f"{PATH}/", signed_in(self._insight)),
            Route(f"{PATH}/style.css", self._style),
            Route(f"{PATH}/language", self._language),
            Route(f"{PATH}/link", self._link, methods=["GET", "POST"]),
            Route(f"{PATH}/sign-out", signed_in(self._sign_out), methods=["POST"]),
            Route(f"{PATH}/tables/{{name}}.csv", signed_in(self._table)),
            Route(f"{PATH}/plots/{{name}}.svg", signed_in(self._plot)),
            Route(f"{PATH}/cases", signed_in(self._listed)),
            Route(f"{PATH}/cases/{{case}}", signed_in(self._case), methods=["GET", "POST"]),
            Route(f"{PATH}/log", signed_in(self._log)),
        ]

    def _signed_in(self, page: _Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            who = await to_thread.run_sync(self._sessions.read, request)
            if who is None:
                if not await to_thread.run_sync(self._organisers.names):
                    raise HTTPException(404)
                return self._pages.show("signed_out", request, status=401, problem="sign_in.how")
            return await page(request, who)

        return answer

    async def _style(self, _: Request) -> Response:
        headers = {"Cache-Control": "no-cache"}
        return FileResponse(Path(__file__).with_name("style.css"), headers=headers)

    async def _language(self, request: Request) -> Response:
        """Keep the language chosen, and go back to where it was chosen."""
        wanted = request.query_params.get("to", "")
        back = request.query_params.get("back", "")
        if wanted not in LANGUAGES:
            raise HTTPException(400)
        inside = back.startswith(f"{PATH}/") and "\\" not in back
        answer = RedirectResponse(back if inside else f"{PATH}/", 303)
        answer.set_cookie(LANGUAGE_COOKIE, wanted, path=PATH, httponly=True, samesite="strict")
        return answer

    async def _link(self, request: Request) -> Response:
        """A link shows a button first: what looks links up before people do uses none up."""
        show = partial(self._pages.show, "signed_out", request)
        if request.method == "GET":
            return show(problem=None)
        if await self._sign_ins.wait(request.client.host if request.client else ""):
            return show(problem="sign_in.wait", status=429)
        _from_here(request)
        secret = request.query_params.get("key", "")
        used = await to_thread.run_sync(self._organisers.use, secret)
        if used is None:
            return show(problem="sign_in.used", status=401)
        await self._note(used[0], "signed-in")
        answer = RedirectResponse(f"{PATH}/", 303)
        self._sessions.start(answer, request, *used)
        return answer

    async def _sign_out(self, request: Request, who: SignedIn) -> Response:
        await _form(request, who)
        await self._note(who.name, "signed-out")
        answer = self._pages.show("signed_out", request, problem="sign_in.out")
        self._sessions.end(answer)
        return answer

    async def _insight(self, request: Request, who: SignedIn) -> Response:
        days = _days(request)
        tables = await to_thread.run_sync(self._tables, days)
        waiting = await to_thread.run_sync(self._cases.open_count)
        language = language_of(request)
        return self._pages.show(
            "insight",
            request,
            signed_in=who,
            days=days,
            spans=SPANS,
            tables=tables.values(),
            plotted=PLOTTED,
            waiting=waiting,
            title=partial(title, language=language),
            heading=partial(heading, language=language),
            written=partial(written, language=language),
        )

    async def _table(self, request: Request, who: SignedIn) -> Response:
        table = await self._named(request)
        await self._note(who.name, "downloaded", table.name)
        name = f"{table.name}-{_days(request)}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(table.to_csv(), headers=headers, media_type="text/csv")

    async def _plot(self, request: Request, _: SignedIn) -> Response:
        table = await self._named(request)
        if table.name not in PLOTTED:
            raise HTTPException(404)
        dark = "dark" in request.query_params
        drawn = partial(_draw, table, language=language_of(request), dark=dark)
        return Response(await to_thread.run_sync(drawn), media_type="image/svg+xml")

    async def _listed(self, request: Request, who: SignedIn) -> Response:
        asked = request.query_params
        kind = asked["kind"] if asked.get("kind") in KINDS else None
        state = asked["state"] if asked.get("state") in STATES else None
        page = _whole(asked.get("page", "1"), least=1)
        read = partial(self._cases.listed, kind=kind, state=state, page=page)
        total, cases = await to_thread.run_sync(read)
        return self._pages.show(
            "cases",
            request,
            signed_in=who,
            cases=cases,
            total=total,
            page=page,
            pages=max(1, -(-total // PAGE)),
            kind=kind,
            state=state,
            kinds=KINDS,
            states=STATES,
        )

    async def _case(self, request: Request, who: SignedIn) -> Response:
        name = request.path_params["case"]
        case = await to_thread.run_sync(self._cases.get, name)
        if case is None:
            return self._pages.show("missing", request, signed_in=who, status=404)
        problem = None
        if request.method == "POST":
            given = await _form(request, who)
            state, note = given.get("state", ""), given.get("note", "").strip()
            if state in STATES and len(note) <= NOTE:
                move = partial(self._cases.move, name, state=state, note=note, organiser=who.name)
                await to_thread.run_sync(move)
                return RedirectResponse(f"{PATH}/cases/{name}", 303)
            problem = "case.wrong"
        else:
            await self._note(who.name, "opened", name)
        actions = await to_thread.run_sync(partial(self._cases.actions, subject=name))
        about = await to_thread.run_sync(self._about, case, language_of(request))
        return self._pages.show(
            "case",
            request,
            status=400 if problem else 200,
            signed_in=who,
            case=case,
            about=about,
            actions=[each for each in actions if each.action == "moved"],
            states=STATES,
            limit=NOTE,
            problem=problem,
        )

    async def _log(self, request: Request, who: SignedIn) -> Response:
        actions = await to_thread.run_sync(self._cases.actions)
        return self._pages.show("log", request, signed_in=who, actions=actions)

    async def _note(self, who: str, action: str, subject: str | None = None) -> None:
        note = partial(self._cases.log, organiser=who, action=action, subject=subject)
        await to_thread.run_sync(note)

    async def _named(self, request: Request) -> Table:
        tables = await to_thread.run_sync(self._tables, _days(request))
        try:
            return tables[request.path_params["name"]]
        except KeyError:
            raise HTTPException(404) from None

    def _tables(self, days: int) -> dict[str, Table]:
        with self._counting:
            kept = self._figures.get(days)
            if kept and time.monotonic() - kept[0] < _FRESH:
                return kept[1]
            shown = clock_of(self._settings, sample=self._is_sample())().date()
            now = self._now().astimezone(self._settings.edition.zone)
            found = insight(self._engine, days=days, now=now, today=shown)
            self._figures[days] = (time.monotonic(), found)
            return found

    def _about(self, case: Case, language: str) -> list[tuple[str, str]]:
        """The ids and names of the records that a case is about, its institution's last."""
        ids = dict.fromkeys(each for each in (case.record_id, case.institution_id) if each)
        with Session(self._engine, future=True) as session:
            return [(each, _name(session, each, language)) for each in ids]


def _name(session: Session, record_id: str, language: str) -> str:
    """What a record is called; nothing if it is gone."""
    kind = kind_of(record_id)
    record: Any = session.get(MODELS[kind], record_id) if kind else None
    return title_of(record, language)[0] if record else ""


def _draw(table: Table, *, language: str, dark: bool) -> bytes:
    from bot.gateway.organisers.plots import draw  # noqa: PLC0415  matplotlib takes 50 MB

    return draw(table, language=language, dark=dark)


async def _form(request: Request, who: SignedIn) -> dict[str, str]:
    """What a form of our own page sends; raises HTTPException for any other."""
    _from_here(request)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _FORM:
            raise HTTPException(413)
    given = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if not OrganiserSessions.right_form(who, given.get("form", "")):
        raise HTTPException(403)
    return given


def _from_here(request: Request) -> None:
    """Refuse what another site's page sends."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403)


def _days(request: Request) -> int:
    days = _whole(request.query_params.get("days", "30"), least=1)
    return days if days in SPANS else 30


def _whole(text: str, *, least: int) -> int:
    right = text.isascii() and text.isdigit() and len(text) < 7
    return max(least, int(text)) if right else least
