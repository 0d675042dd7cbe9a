# /// script
# requires-python = ">=3.12"  # tg-auto-test's own
# dependencies = [
#     "tg-auto-test==1.3.24",  # bridged here as this version is made
#     "starlette>=1",
#     "uvicorn>=0.30",
#     "python-multipart>=0.0.20",  # with which starlette reads forms
# ]
# ///
"""Telegram by other hands: what tg-auto-test takes it to be, over loopback HTTP.

tg-auto-test has a Bot API and a client like Telethon's, both made for a bot in their own process.
Here that bot is a bridge: updates that the client makes wait for `getUpdates`, and calls that come
in are handed to its Bot API as they are. It needs a newer Python than Rasa runs on, so this runs
apart from everything else: `make second-telegram` gets both, at the versions in
`second_telegram.txt`, whose head says how it is made.

`python second_telegram.py PORT`. The client's side is `/say`, `/press` and `/send`.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import InputFile, Update
from telegram.ext import Application, ApplicationBuilder, TypeHandler
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter
from telethon.tl.types import MessageEntityBold
from telethon.utils import get_inner_text
from tg_auto_test.test_utils.models import ServerlessMessage
from tg_auto_test.test_utils.serverless_telegram_client import ServerlessTelegramClient

_PATIENCE = 20  # seconds for an answer
_SHOWN = {"sendMessage", "sendDocument", "editMessageText"}


class SecondTelegram:
    """One person's chat with the bot."""

    def __init__(self) -> None:
        self._updates: list[dict[str, Any]] = []
        self._new = asyncio.Event()
        self._shown = asyncio.Semaphore(0)  # messages that nobody has waited for
        self._messages: dict[int, ServerlessMessage] = {}
        self._client = ServerlessTelegramClient(self._bridge, bot_username="ciep_test_bot")

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/bot{token}/getUpdates", self._get_updates, methods=["POST"]),
                Route("/bot{token}/deleteWebhook", _yes, methods=["POST"]),
                Route("/bot{token}/{method}", self._call, methods=["POST"]),
                Route("/file/bot{token}/{path:path}", self._call),
                Route("/say", self._doing(self._say), methods=["POST"]),
                Route("/press", self._doing(self._press), methods=["POST"]),
                Route("/send", self._doing(self._send), methods=["POST"]),
            ],
            lifespan=self._open,
        )

    @contextlib.asynccontextmanager
    async def _open(self, _: Starlette) -> AsyncIterator[None]:
        await self._client.connect()
        async with self._client.conversation("ciep_test_bot", timeout=_PATIENCE) as conversation:
            self._conversation = conversation
            yield

    # ---- the bot's side

    def _bridge(self, builder: ApplicationBuilder) -> Application:
        application = builder.updater(None).build()
        application.add_handler(TypeHandler(Update, self._hand_over))
        self._api = application.bot.request
        return application

    async def _hand_over(self, update: Update, _: object) -> None:
        """Let the update be fetched, and wait until something was answered."""
        self._updates.append(update.to_dict())
        self._new.set()
        async with asyncio.timeout(_PATIENCE):
            await self._shown.acquire()

    async def _get_updates(self, request: Request) -> Response:
        form = await request.form()
        self._updates = [
            each for each in self._updates if each["update_id"] >= int(form.get("offset", 0))
        ]
        if not self._updates:
            self._new.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._new.wait(), int(form["timeout"]))
        return JSONResponse({"ok": True, "result": self._updates})

    async def _call(self, request: Request) -> Response:
        """Any other call, or a file that is fetched."""
        form = await request.form()
        parameters = [
            RequestParameter(name, *await _value_and_files(value)) for name, value in form.items()
        ]
        try:
            status, answer = await self._api.do_request(
                str(request.url), request.method, RequestData(parameters)
            )
        except AssertionError as error:  # it knows no such method: the profile's texts
            said = {"ok": False, "error_code": 404, "description": str(error)}
            return JSONResponse(said, 404)
        if request.path_params.get("method") in _SHOWN:
            self._shown.release()
        return Response(answer, status)

    # ---- the person's side

    def _doing(
        self, act: Callable[[dict[str, Any]], Awaitable[Any]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def do(request: Request) -> Response:
            assert self._shown.locked(), "more was sent than was waited for"
            what = await request.json()
            await act(what)
            wait = self._conversation.get_edit if what["edits"] else self._conversation.get_response
            message = await wait()
            self._messages[message.id] = message
            return JSONResponse(await _seen(message))

        return do

    async def _say(self, what: dict[str, Any]) -> None:
        await self._conversation.send_message(what["text"], parse_mode=None)

    async def _press(self, what: dict[str, Any]) -> None:
        await self._messages[what["message"]].click(text=what["title"])

    async def _send(self, what: dict[str, Any]) -> None:
        await self._conversation.send_file(Path(what["path"]), force_document=True)


async def _yes(_: Request) -> Response:
    return JSONResponse({"ok": True, "result": True})


async def _value_and_files(value: str | UploadFile) -> tuple[str | None, list[InputFile]]:
    if isinstance(value, str):
        return value, []
    return None, [InputFile(await value.read(), filename=value.filename)]


async def _seen(message: ServerlessMessage) -> dict[str, Any]:
    """What the person gets to see of a message."""
    bold = [each for each in message.entities if isinstance(each, MessageEntityBold)]
    file = message.file
    return {
        "id": message.id,
        "text": message.text,
        "bold": get_inner_text(message.text, bold),
        "buttons": [button.text for row in message.buttons or [] for button in row],
        "file": file and [file.name, file.mime_type, (await message.download_media()).decode()],
    }


if __name__ == "__main__":
    uvicorn.run(SecondTelegram().app(), port=int(sys.argv[1]), log_level="warning", ws="none")
