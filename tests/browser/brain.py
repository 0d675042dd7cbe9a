"""A brain at its HTTP edge: fixed answers, made by the real presenting code from a few records.

It knows a short script of questions in both languages; anything else is answered in words.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from actions.presenting import (
    Message,
    Reading,
    present_agenda,
    present_alerts,
    present_answer,
    present_clarify,
    present_contact_consent,
    present_contacts,
    present_count,
    present_detail,
    present_fallback,
    present_feedback,
    present_goodbye,
    present_greeting,
    present_handoff,
    present_help,
    present_language,
    present_matches,
    present_privacy,
    present_results,
    present_saved,
)
from bot.brain.script import in_script
from conference.catalogue import Page
from conference.edition import shipped_edition
from conference.matching import Match
from conference.models import Event, Job, Record
from conference.people import Alert
from conference.query import Frame, Kind, News, Query
from conference.text import script_of
from tests.actions.presenting.records import (
    CANCELLED,
    ENGINEER,
    EVERY,
    FORUM,
    HYDROGEN,
    OWNERS,
    RECYCLING,
    RESEARCHER,
    ROADSHOW,
)
from tests.fake_brain import SECRET, lines_of

EDITION = shipped_edition()

PAGE = 3
JOBS = [
    replace(ENGINEER, id=f"job-{number:05}", title_en=title_en, title_zh=title_zh)
    for number, (title_en, title_zh) in enumerate(
        [
            ("Wind turbine engineer", "风电机组工程师"),
            ("Senior wind farm planner", "风电场高级规划师"),
            ("Battery safety analyst", "电池安全分析师"),
            ("Grid operations manager", "电网运行经理"),
            ("Hydrogen systems technician", "氢能系统技术员"),
            ("Solar project developer", "光伏项目开发经理"),
            ("Energy data scientist", "能源数据科学家"),
        ],
        start=11,
    )
]
RECORDS: dict[str, Record] = {each.id: each for each in (*EVERY, ROADSHOW, *JOBS)}
OWNER_OF = {
    **OWNERS,
    **{job.id: OWNERS["job-00001"] for job in JOBS},
    "event-0003": OWNERS["event-0001"],
}
EVENTS: tuple[Event, ...] = (FORUM, ROADSHOW, CANCELLED)
ENERGY = Frame(kind=Kind.JOBS, query=Query(industry=("energy",), city=("shenzhen",)))
ALERT = Alert(id=1, frame=ENERGY, active=True, created_at="2020-09-08T10:00:00+08:00")

HOSTILE = (
    "<img src=x onerror=\"document.title='run'\"> **bold** *soft* `code` <b>b</b>\n"
    "[good](https://example.org/a) [bad](javascript:alert(1)) [data](data:text/html,x)\n"
    "- one\n- two\nSee https://example.org/x. Write to a@example.org"
)
_QUESTIONS = {  # what is asked, by what is searched in the text
    "jobs": r"\bjobs\b|职位|職位",
    "more": r"^(more|下一页)$",
    "results_of": r"programmes from|俄罗斯",
    "intentions": r"partners|合作意向",
    "institutions": r"institutions|机构",
    "events": r"what's on|活动",
    "count": r"how many|多少",
    "matches": r"what fits|适合",
    "answer": r"conference|大会",
    "help": r"^help$|^帮助$",
    "greeting": r"^(hello|你好)$",
    "goodbye": r"thanks|谢谢",
    "language_zh": r"^(中文|繁體中文)$",
    "language_en": r"^English$",
    "handoff": r"human|人工",
    "clarify": r"something|模糊",
    "privacy": r"privacy|隐私",
    "alerts": r"alert|提醒",
    "contacts": r"requests|请求",
    "agenda": r"agenda|日程",
    "save_second": r"save the second|收藏第二个",
    "saved": r"my saved|收藏",
    "unknown": r"^mystery$",
    "hostile": r"^hostile$",
    "long": r"^long$",
    "picture": r"^picture$",
}


@dataclass
class Person:
    saved: list[str] = field(default_factory=list)
    agenda: list[str] = field(default_factory=list)
    deleting: bool = False
    offset: int = 0
    language: str = "en"
    traditional: bool = False
    news: News | None = None


class ScriptedBrain:
    """`turns` are the bodies received. `delay` is in seconds; `broken` answers 500, `away` 503.

    Each message of a turn after its first waits until `following` is set.
    """

    def __init__(self) -> None:
        self.turns: list[dict[str, Any]] = []
        self.people: dict[str, Person] = {}
        self.delay = 0.0
        self.broken = False
        self.away = False
        self.following = threading.Event()
        self.following.set()
        self.forget: Callable[[str], None] | None = None  # told whose data is to be deleted

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/turn", self._turn, methods=["POST"]),
                Route("/turn/clear", self._clear, methods=["POST"]),
                Route("/health", self._health),
            ]
        )

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"model": "scripted", "data": "a few records"})

    async def _clear(self, request: Request) -> Response:
        assert request.headers["X-CIEP-Secret"] == SECRET
        return JSONResponse({})

    async def _turn(self, request: Request) -> Response:
        assert request.headers["X-CIEP-Secret"] == SECRET
        body = await request.json()
        if self.broken or self.away:
            return Response(status_code=500 if self.broken else 503)
        self.turns.append(body)
        await asyncio.sleep(self.delay)
        person = self.people.setdefault(body["person"], Person(language=body["language"] or "en"))
        if body.get("payload"):
            answer = self._pressed(body["payload"], person)
        else:
            text = body["text"]
            person.language = "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"
            script = script_of(text)
            person.traditional = script == "zh-Hant" or (person.traditional and script is None)
            answer = self._typed(text, person)
        messages = answer if isinstance(answer, list) else [answer]
        if self.forget and messages[0] == present_privacy(language=person.language, deleted=True):
            self.forget(body["person"])
        if person.traditional and person.language == "zh":
            messages = [in_script(each, "zh-Hant") for each in messages]
        return StreamingResponse(self._lines(messages))

    def _lines(self, messages: list[Message]) -> Iterator[str]:
        for place, line in enumerate(lines_of(messages)):
            if place:
                self.following.wait(10)
            yield line

    def _typed(self, text: str, person: Person) -> Message | list[Message]:
        asked = [act for act, words in _QUESTIONS.items() if re.search(words, text)]
        if not asked:
            return present_fallback("not_understood", language=person.language)
        if " and also " in text:  # two questions in one message
            return [self._say(act, person) for act in asked[:2]]
        return self._say(asked[0], person)

    def _pressed(self, payload: str, person: Person) -> Message | list[Message]:
        match = re.fullmatch(r"/(\w+)(\{.*\})?", payload)
        assert match
        intent, values = match[1], json.loads(match[2] or "{}")
        record = RECORDS.get(values.get("record", ""))
        if record is not None and intent == "remove_item":
            return self._remove(values["own_list"], record, person)
        if record is not None:
            return self._about(intent, record, person)
        if intent in ("next_page", "previous_page"):
            return self._turned(PAGE if intent == "next_page" else -PAGE, person)
        if "news" in values:
            person.offset, person.news = 0, News(**values["news"])
            return self._jobs(person)
        if intent == "give_feedback":
            of, useful = values["of"], values["useful"]
            return present_feedback(of, useful=useful, language=person.language, ask=True)
        if "alert" in values:
            return present_alerts([], language=person.language, note="stopped_one", about=ALERT)
        if intent == "switch_language":
            person.language = values["to_language"]
            return present_language(language=person.language)
        if intent == "affirm" and person.deleting:
            person.deleting = False
            return present_privacy(language=person.language, deleted=True)
        if intent == "affirm":
            return self._say("contacts", person)
        acts = {"find_jobs": "jobs", "find_events": "events", "help": "help", "refine": "jobs"}
        return self._say(acts.get(intent, "fallback"), person)

    def _about(self, intent: str, record: Record, person: Person) -> Message:
        language, owners = person.language, OWNER_OF
        if intent == "save_item":
            note = "already" if record.id in person.saved else "added"
            person.saved = list(dict.fromkeys([*person.saved, record.id]))
            return self._saved(person, note=note, about=record)
        if intent == "add_to_agenda":
            person.agenda = list(dict.fromkeys([*person.agenda, record.id]))
            return self._agenda(person, note="added", about=record)
        if intent == "contact_item":
            return present_contact_consent(record, owners.get(record.id), language=language)
        lists = {"saved": person.saved, "agenda": person.agenda}
        kept: Any = [name for name, ids in lists.items() if record.id in ids]
        owner = owners.get(record.id)
        zone = EDITION.zone
        return present_detail(record, owner, language=language, zone=zone, in_list=True, kept=kept)

    def _remove(self, own_list: str, record: Record, person: Person) -> Message:
        if own_list == "agenda":
            person.agenda.remove(record.id)
            return self._agenda(person, note="removed", about=record)
        person.saved.remove(record.id)
        return self._saved(person, note="removed", about=record)

    def _saved(self, person: Person, **more: Any) -> Message:
        kept = [RECORDS[each] for each in person.saved]
        return present_saved(kept, language=person.language, institutions=OWNER_OF, **more)

    def _agenda(self, person: Person, **more: Any) -> Message:
        kept = [each for each in EVENTS if each.id in person.agenda]
        return present_agenda(kept, language=person.language, institutions=OWNER_OF, **more)

    def _turned(self, step: int, person: Person) -> Message:
        wanted = person.offset + step
        edge = "end" if wanted >= len(JOBS) else "start" if wanted < 0 else None
        person.offset = person.offset if edge else wanted
        return self._jobs(person, edge=edge)

    def _jobs(self, person: Person, **more: Any) -> Message:
        items = tuple(JOBS[person.offset : person.offset + PAGE])
        frame = replace(ENERGY, offset=person.offset, news=person.news)
        page = Page(items=items, total=len(JOBS), offset=person.offset, relaxed=(), shown=frame)
        return present_results(page, frame, language=person.language, institutions=OWNER_OF, **more)

    def _list(self, kind: Kind, person: Person, *records: Record) -> Message:
        frame = Frame(kind=kind)
        page = Page(items=records, total=len(records), offset=0, relaxed=(), shown=frame)
        return present_results(page, frame, language=person.language, institutions=OWNER_OF)

    def _say(self, act: str, person: Person) -> Message:
        language = person.language
        if act == "jobs":
            person.offset, person.news = 0, None
            return self._jobs(person)
        if act == "more":
            return self._turned(PAGE, person)
        if act == "results_of":
            return self._list(Kind.PROGRAMS, person, HYDROGEN)
        if act == "intentions":
            return self._list(Kind.INTENTIONS, person, RECYCLING)
        if act == "institutions":
            return self._list(Kind.INSTITUTIONS, person, RECORDS["inst-0001"], RECORDS["inst-0002"])
        if act == "events":
            return self._list(Kind.EVENTS, person, *EVENTS)
        if act == "count":
            return present_count(
                ENERGY,
                1234,
                language=language,
                by="city",
                buckets=[("shenzhen", 812), ("beijing", 300), ("hong-kong", 122)],
            )
        if act == "matches":
            found = [
                Match(JOBS[4], 0.9, (("skills", ["SCADA"]), ("degree", "master"))),
                Match(RESEARCHER, 0.7, (("meaning", None), ("remote", True))),
            ]
            return present_matches(
                found, len(found), Frame(kind=Kind.JOBS), language=language, institutions=OWNER_OF
            )
        if act == "privacy":
            person.deleting = True
        if act == "clarify":
            readings = [Reading("find_jobs"), Reading("find_programs")]
            return present_clarify(readings, language=language)
        if act == "alerts":
            return present_alerts([ALERT], language=language)
        if act == "contacts":
            return present_contacts([], records={}, language=language)
        if act == "agenda":
            return self._agenda(person)
        if act == "saved":
            return self._saved(person)
        if act == "save_second":
            return self._about("save_item", JOBS[1], person)
        if act.startswith("language_"):
            person.language = act[-2:]
            return present_language(language=person.language)
        plain = {
            "answer": lambda: present_answer(
                "about", edition=EDITION, language=language, sample=True
            ),
            "help": lambda: present_help(edition=EDITION, language=language, sample=True),
            "greeting": lambda: present_greeting(edition=EDITION, language=language),
            "goodbye": lambda: present_goodbye(language=language, thanks=True),
            "handoff": lambda: present_handoff("T-1042", edition=EDITION, language=language),
            "privacy": lambda: present_privacy(language=language, pending=True),
            "unknown": lambda: {
                "text": "A new thing.",
                "custom": {"type": "tomorrow", "language": "en"},
            },
            "hostile": lambda: {"text": HOSTILE, "custom": {"type": "fallback", "language": "en"}},
            "long": lambda: {
                "text": "word " * 900,
                "custom": {"type": "fallback", "language": "en"},
            },
            "fallback": lambda: present_fallback("not_understood", language=language),
        }
        return plain[act]()


__all__ = ["EVENTS", "HOSTILE", "JOBS", "Job", "ScriptedBrain"]
