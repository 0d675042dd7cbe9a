"""A brain at its HTTP edge that answers as the contract says, from a hundred made-up openings.

It keeps its page in the conversation's state, as the real one does.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from conference.conversations import Conversations
from tests.fake_brain import lines_of

Message = dict[str, Any]
TOTAL = 12
PAGE = 5

EVENT = {
    "id": "event-0012",
    "name": "Energy forum; storage, grids",
    "description": "Talks <and> more & more",
    "startDate": "2020-09-09T14:00:00+08:00",
    "endDate": "2020-09-09T16:00:00+08:00",
    "location": "Hall 2",
    "url": "https://conference.example/e/12",
    "status": "scheduled",
}


class Brain:
    """`turns` are the bodies received; `down` makes it answer 503, `broken` 500.

    `quiet` says that nothing is new for any alert.
    """

    def __init__(self, conversations: Conversations | None = None, *, delay: float = 0) -> None:
        self.turns: list[dict[str, Any]] = []
        self.down = self.broken = self.quiet = False
        self.failing: str | None = None  # the conversation whose turns it fails at
        self.delay = delay
        self.at_once = self.most_at_once = 0
        self._conversations = conversations

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/turn", self._turn, methods=["POST"]),
                Route("/health", self._health),
            ]
        )

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"model": "m", "data": "d"})

    async def _turn(self, request: Request) -> Response:
        if self.down or self.broken:
            return Response(status_code=503 if self.down else 500)
        body = await request.json()
        if body["conversation"] == self.failing:
            return Response(status_code=500)
        self.turns.append(body)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.delay)
        self.at_once -= 1
        return Response("".join(lines_of(self._answer(body))))

    def _answer(self, body: dict[str, Any]) -> list[Message]:
        text, said = body.get("text"), body.get("payload")
        language = body["language"]
        prior = {"script": language} if language == "zh-Hant" else {}
        state = {**prior, **self._state(body)}
        language = (state.get("language") or language).partition("-")[0]
        if said is not None:
            intent, brace, rest = said.removeprefix("/").partition("{")
            values = json.loads(brace + rest) if brace else {}
            if "news" in values:
                return [] if self.quiet else [self._news(body, state, values["news"], language)]
            return [self._pressed(body, state, intent, values, language)]
        if text == "list":
            return [self._list(body, state, 0, language)]
        if text == "fact":
            return [_fact(language)]
        if text == "long":
            paragraphs = [f"{n} 能源🙂<b>&</b>。" * 30 for n in range(30)]
            return [_said("\n\n".join(paragraphs), language)]
        if text == "two":
            return [_said("one", language), _said("two", language)]
        if text == "saved":
            return [
                {
                    **_said("Your secret list", language),
                    "custom": {"type": "saved", "items": [], "language": language},
                }
            ]
        return [_said(f"You said: {text}", language)]

    def _pressed(
        self, body: dict[str, Any], state: dict[str, Any], intent: str, values: Any, language: str
    ) -> Message:
        if intent in ("next_page", "previous_page"):
            step = PAGE if intent == "next_page" else -PAGE
            return self._list(body, state, state.get("offset", 0) + step, language)
        if intent == "find_jobs":
            return self._list(body, state, 0, language)
        if intent == "select_item" and values["record"].startswith("event"):
            return _detail("events", EVENT, language)
        if intent == "select_item":
            job = {
                "id": values["record"],
                "title": "Engineer <senior> & more",
                "url": "https://jobs.example/1",
                "contact": "hr@example.org",
            }
            return _detail("jobs", job, language)
        if intent == "give_feedback":
            custom = {"type": "feedback", "language": language, **values}
            return {"text": "Thanks", "custom": custom}
        if intent == "delete_data":
            self._save(body, {**state, "pending": {"act": "delete_data"}})
            buttons = [{"title": "Yes", "payload": "/affirm"}, {"title": "No", "payload": "/deny"}]
            custom = {"type": "privacy", "language": language, "pending": True}
            return {"text": "Shall I delete everything?", "buttons": buttons, "custom": custom}
        if intent == "switch_language":
            language, _, script = values["to_language"].partition("-")
            kept = {"script": values["to_language"]} if script else {}
            self._save(body, {**state, "language": language, **kept})
            return _said("switched", language)
        self._save(body, {key: state[key] for key in state if key != "pending"})
        return _said(f"Pressed: {body['payload']}", language)

    def _list(
        self, body: dict[str, Any], state: dict[str, Any], offset: int, language: str
    ) -> Message:
        self._save(body, {**state, "offset": offset, "pending": None})
        numbers = range(offset + 1, min(offset + PAGE, TOTAL) + 1)
        items = [
            {
                "id": f"job-{n:05}",
                "title": f"Job {n} <x> & y",
                "subtitle": "Firm · Shenzhen",
                "url": None,
            }
            for n in numbers
        ]
        lines = [f"{n}. {each['title']}\n{each['subtitle']}" for n, each in enumerate(items, 1)]
        buttons = [
            {"title": str(n), "payload": f'/select_item{{"record": "{each["id"]}"}}'}
            for n, each in enumerate(items, 1)
        ]
        if offset + PAGE < TOTAL:
            buttons.append({"title": "More", "payload": "/next_page"})
        if offset:
            buttons.append({"title": "Previous page", "payload": "/previous_page"})
        custom = {"type": "results", "kind": "jobs", "language": language, "query": {},
                  "total": TOTAL, "offset": offset, "items": items}  # fmt: skip
        return {
            "text": "\n\n".join([f"{TOTAL} jobs:", *lines]),
            "buttons": buttons,
            "custom": custom,
        }

    def _news(
        self, body: dict[str, Any], state: dict[str, Any], news: dict[str, int], language: str
    ) -> Message:
        told = self._list(body, state, 0, language)
        alert = str(news["alert"])
        stop = {"title": "Stop this alert", "payload": f'/stop_alerts{{"alert": "{alert}"}}'}
        return {
            **told,
            "text": told["text"].replace(f"{TOTAL} jobs", f"{TOTAL} new jobs"),
            "buttons": [*told["buttons"], stop],
            "custom": {**told["custom"], "alert": alert},
        }

    def _state(self, body: dict[str, Any]) -> dict[str, Any]:
        if self._conversations is None:
            return {}
        self._conversations.start(
            conversation=body["conversation"],
            person=body["person"],
            channel=body["channel"],
            language=body["language"].partition("-")[0],
        )
        return self._conversations.state(conversation=body["conversation"]) or {}

    def _save(self, body: dict[str, Any], state: dict[str, Any]) -> None:
        if self._conversations is not None:
            self._conversations.save_state(conversation=body["conversation"], state=state)


def _said(text: str, language: str) -> Message:
    return {"text": text, "custom": {"type": "fallback", "language": language}}


def _fact(language: str) -> Message:
    """An answer that asks whether it helped, among longer buttons of its own."""
    judging = [
        {"title": title, "payload": f'/give_feedback{{"useful": {useful}}}'}
        for title, useful in (("👍 Helpful", "true"), ("👎 Not helpful", "false"))
    ]
    own = [{"title": "The online platform", "payload": "/ask_online_platform"}]
    custom = {"type": "answer", "language": language, "topic": "dates", "sources": []}
    return {"text": "On Monday.", "buttons": [*own, *judging], "custom": custom}


def _detail(kind: str, item: dict[str, Any], language: str) -> Message:
    own = f'{{"record": "{item["id"]}"}}'
    buttons = [
        {"title": "Save", "payload": f"/save_item{own}"},
        {"title": "Similar ones", "payload": f"/find_similar{own}"},
        {"title": "Back to the list", "payload": "/previous_page"},
    ]
    name = item.get("title") or item["name"]
    custom = {"type": "detail", "kind": kind, "language": language, "item": item}
    return {"text": f"{name}\n\nAll about it.", "buttons": buttons, "custom": custom}
