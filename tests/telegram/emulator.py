"""A Bot API server on loopback: strict about what it is sent, and broken on demand.

Every call is checked against the schema; `wrong` gathers what is not right. Faults are functions of
a call: what they return is answered instead, before or after the call has had its effect.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.brains import free_port
from tests.telegram.schema import problems, shown

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105  the documentation's example
BOT = {"id": 110201543, "is_bot": True, "first_name": "CIEP", "username": "ciep_test_bot"}
_QUIET = {"getMe", "getUpdates", "deleteWebhook", "setWebhook", "getFile"}


@dataclass
class Call:
    """A call that was made, when (seconds, monotonic) and what it made."""

    method: str
    params: dict[str, Any]
    at: float
    files: dict[str, bytes] = field(default_factory=dict)
    message_id: int | None = None
    delivered: bool = False

    @property
    def text(self) -> str:
        """What is shown of the text."""
        return shown(self.params["text"])[0]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        rows = self.params.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass
class Fault:
    """An answer instead of the right one; `after` the effect, `silent` means no answer at all."""

    code: int = 500
    body: dict[str, Any] = field(default_factory=dict)
    after: bool = False
    silent: bool = False


def retry_after(seconds: int) -> Fault:
    body = {"description": f"Too Many Requests: retry after {seconds}"}
    return Fault(429, {**body, "parameters": {"retry_after": seconds}})


def refused(description: str, code: int = 400, **parameters: Any) -> Fault:
    body: dict[str, Any] = {"description": description}
    return Fault(code, {**body, "parameters": parameters} if parameters else body)


class Emulator:
    """The server; use as an async context. `webhook` is set by the bot."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.calls: list[Call] = []
        self.wrong: list[str] = []
        self.faults: list[Callable[[Call], Fault | None]] = []
        self.files: dict[str, bytes] = {}
        self.kept: dict[str, Any] = {}
        self.webhook: dict[str, Any] | None = None
        self.polls = 0
        self.counts: Counter[str] = Counter()
        self.longest_poll = 60.0
        self._updates: list[dict[str, Any]] = []
        self._next_update = 700_000_000
        self._next_message = 1000
        self._new = asyncio.Event()
        self._closing = asyncio.Event()
        self._heard = asyncio.Event()

    async def __aenter__(self) -> Emulator:
        app = Starlette(
            routes=[
                Route(f"/bot{TOKEN}/{{method}}", self._call, methods=["POST"]),
                Route(f"/file/bot{TOKEN}/{{path}}", self._file),
                Route("/{rest:path}", self._unknown, methods=["GET", "POST"]),
            ]
        )
        config = uvicorn.Config(
            app, port=self.port, log_level="critical", ws="none", lifespan="off",
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0.01)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        self._new.set()
        for listening in self._server.servers:
            listening.close()
        self._serving.cancel()  # its own way to end looks ten times a second whether to
        await asyncio.gather(self._serving, return_exceptions=True)

    # ---- what people do

    def push(self, **content: Any) -> int:
        """An update of any content; its number. Delivered by poll, or by `deliver`."""
        self._next_update += 1
        self._updates.append({"update_id": self._next_update, **content})
        self._new.set()
        return self._next_update

    def say(self, text: str, *, chat: int = 7, code: str = "en", **more: Any) -> int:
        """A text in a private chat; its update's number."""
        return self.push(message=self.message(chat=chat, code=code, text=text, **more))

    def message(
        self, *, chat: int = 7, user: int | None = None, code: str = "en", **more: Any
    ) -> dict[str, Any]:
        """A message as Telegram would send it; commands and mentions are marked."""
        self._next_message += 1
        who = {"id": user or chat, "is_bot": False, "first_name": "A", "language_code": code}
        kind = {"type": "private", "first_name": "A"}
        if chat < 0:
            kind = {"type": "supergroup", "title": "G"}
        message = {
            "message_id": self._next_message,
            "date": 1_599_530_000,
            "chat": {"id": chat, **kind},
            "from": who,
            **more,
        }
        text = more.get("text", "")
        at = text.find("@")
        if at >= 0 and not text.startswith("/"):
            length = len(text[at:].split()[0].rstrip(",:"))
            message["entities"] = [{"type": "mention", "offset": at, "length": length}]
        return message

    def press(self, call: Call, title: str, *, user: int | None = None) -> int:
        """A press of the button with this title, under a message of the bot's."""
        (button,) = [each for each in call.buttons if each["text"] == title]
        return self.press_data(call, button["callback_data"], user=user)

    def press_data(self, call: Call, data: str, *, user: int | None = None) -> int:
        chat = call.params["chat_id"]
        message = self.message(chat=chat, user=user, text="x")
        who = message.pop("from")
        message["message_id"] = call.message_id or call.params["message_id"]
        query = {"id": f"q{self._next_update}", "from": who, "chat_instance": "1"}
        return self.push(callback_query={**query, "message": message, "data": data})

    def inline(self, query: str, *, user: int = 7, offset: str = "", code: str = "en") -> int:
        who = {"id": user, "is_bot": False, "first_name": "A", "language_code": code}
        asked = {"id": f"i{self._next_update}", "from": who, "query": query, "offset": offset}
        return self.push(inline_query=asked)

    async def deliver(self, **headers: str) -> list[int]:
        """Bring every waiting update to the webhook once; the answers' codes."""
        assert self.webhook
        given = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"], **headers}
        codes = []
        async with httpx.AsyncClient(trust_env=False) as http:
            for update in list(self._updates):
                answer = await http.post(self.webhook["url"], json=update, headers=given)
                codes.append(answer.status_code)
                if answer.status_code == 200:
                    self._updates.remove(update)
        return codes

    # ---- what the bot did

    def made(self, method: str | None = None, *, chat: int | None = None) -> list[Call]:
        """The calls that had an effect, in order; those that only ask are left out."""
        return [
            each
            for each in self.calls
            if each.delivered
            and (each.method == method if method else each.method not in _QUIET)
            and (chat is None or each.params.get("chat_id") == chat)
        ]

    def sent(self, chat: int = 7) -> list[str]:
        """The texts that a chat was sent."""
        return [each.text for each in self.made("sendMessage", chat=chat)]

    async def until(self, true: Callable[[], Any], *, seconds: float = 20) -> Any:
        """Wait until something is so, looking at each call; what it is."""
        end = time.monotonic() + seconds
        while not (found := true()):
            left = end - time.monotonic()
            assert left > 0, f"not in time; {[(c.method, c.params) for c in self.calls[-5:]]}"
            self._heard.clear()
            try:
                await asyncio.wait_for(self._heard.wait(), min(left, 0.1))
            except asyncio.TimeoutError:
                continue
        return found

    async def answers(self, count: int, *, chat: int = 7, seconds: float = 20) -> list[Call]:
        """The messages sent to a chat, once there are so many."""
        return list(
            await self.until(
                lambda: (
                    (made := self.made("sendMessage", chat=chat)) and len(made) >= count and made
                ),
                seconds=seconds,
            )
        )

    @property
    def unread(self) -> int:
        """How many updates the bot has not acknowledged."""
        return len(self._updates)

    # ---- the server

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        fields, files = _form(request.headers.get("content-type", ""), await request.body())
        params = {name: _json(method, name, value) for name, value in fields.items()}
        call = Call(method, params, time.monotonic(), files)
        self.wrong += problems(method, params, frozenset(files))
        self.calls.append(call)
        fault = next((found for each in self.faults if (found := each(call))), None)
        if fault is None and (said := self._cannot(call)):
            fault = refused(said)
        if fault is None or fault.after:
            result = await self._effect(call)
        self._heard.set()
        if fault is None:
            return JSONResponse({"ok": True, "result": result})
        if fault.silent:
            await self._closing.wait()
        return JSONResponse(
            {"ok": False, "error_code": fault.code, **fault.body}, status_code=fault.code
        )

    def _cannot(self, call: Call) -> str | None:
        """Why a message cannot have its buttons changed, as Telegram says it."""
        if call.method != "editMessageReplyMarkup":
            return None
        for each in self.calls:
            here = each.params.get("chat_id") == call.params["chat_id"]
            if here and each.message_id == call.params["message_id"]:
                same = each.params.get("reply_markup") == call.params.get("reply_markup")
                return "Bad Request: message is not modified" if same else None
        return "Bad Request: message to edit not found"

    async def _effect(self, call: Call) -> Any:
        call.delivered = True
        self.counts[call.method] += 1
        if call.method == "getMe":
            return BOT
        if call.method == "getUpdates":
            return await self._waiting(call.params)
        if call.method == "setWebhook":
            self.webhook = call.params
        elif call.method == "deleteWebhook":
            self.webhook = None
        elif call.method.startswith(("setMy", "getMy")):
            return self._profile(call)
        elif call.method in ("sendMessage", "sendDocument"):
            self._next_message += 1
            call.message_id = self._next_message
            chat = {"id": call.params["chat_id"], "type": "private"}
            return {"message_id": call.message_id, "date": 1_599_530_000, "chat": chat}
        elif call.method == "getFile":
            name = call.params["file_id"]
            return {
                "file_id": name,
                "file_unique_id": name,
                "file_size": len(self.files[name]),
                "file_path": name,
            }
        return True

    async def _waiting(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        self.polls += 1
        offset = params.get("offset", 0)
        self._updates = [each for each in self._updates if each["update_id"] >= offset]
        if not self._updates:
            self._new.clear()
            try:
                await asyncio.wait_for(self._new.wait(), min(params["timeout"], self.longest_poll))
            except asyncio.TimeoutError:
                return []
        return self._updates[: params.get("limit", 100)]

    def _profile(self, call: Call) -> Any:
        what = call.method[5:]
        scope = (call.params.get("scope") or {}).get("type", "default")
        key = f"{what} {scope} {call.params.get('language_code', '')}"
        if call.method.startswith("set"):
            names: Iterable[str] = ("commands", "description", "short_description")
            (self.kept[key],) = [call.params[name] for name in names if name in call.params]
            return True
        if what == "Commands":
            return self.kept.get(key, [])
        name = "description" if what == "Description" else "short_description"
        return {name: self.kept.get(key, "")}

    async def _file(self, request: Request) -> Response:
        return Response(self.files[request.path_params["path"]])

    async def _unknown(self, _: Request) -> Response:
        return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)


_TEXT = {"text", "parse_mode", "callback_query_id", "url", "secret_token", "file_id", "action",
         "description", "short_description", "language_code", "inline_query_id", "next_offset",
         "method", "offset"}  # fmt: skip


def _json(method: str, name: str, value: str) -> Any:
    """A form's field as the value it stands for: all but strings are JSON."""
    if name in _TEXT and not (name == "offset" and method == "getUpdates"):
        return value
    return json.loads(value)


def _form(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    """A form's fields and files, however it is packed."""
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    fields, files = {}, {}
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    for part in message.get_payload():
        name = part.get_param("name", header="content-disposition")
        if part.get_filename() is None:
            fields[name] = part.get_payload(decode=True).decode()
        else:
            files[name] = part.get_payload(decode=True)
    # an uploaded file stands behind a reference, as `attach://...`, or under its own name
    for name, value in list(fields.items()):
        if value.startswith("attach://"):
            files[name] = files.pop(value.removeprefix("attach://"))
            del fields[name]
    return fields, files
