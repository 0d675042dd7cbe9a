"""The supervisor, `ciep run`: prepares what is missing, then keeps brains and gateway up.

socket bound → database → gateway answers (503) ─┬─ sample ─┬─ brains → ready, address printed
                                                 └─ model ──┘
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import secrets
import signal
import socket
from collections.abc import Iterator, Sequence
from functools import partial

import uvicorn
import uvloop
from anyio import to_thread
from rich.console import Console
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.brains import BRAIN_COMMAND, Brains
from bot.errors import SettingError
from bot.gateway.alerting import WebReach
from bot.gateway.app import Gateway
from bot.gateway.brain_client import BrainClient
from bot.gateway.errors import log_bug
from bot.gateway.limits import RateLimits
from bot.gateway.locks import RedisLocks
from bot.gateway.organisers.routes import OrganisersPage
from bot.preparation import is_sample, open_data, prepare
from bot.settings import Settings
from conference.alerts import Alerts
from conference.conversations import Conversations
from conference.lessons import Lessons

_STARTING = "Starting the assistant ..."
_TIDY_SECONDS = 6 * 3600
_STOP_SECONDS = 3  # for the turns and requests under way when we are told to end


def run(
    settings: Settings, console: Console, *, brain_command: Sequence[str] = BRAIN_COMMAND
) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Raises SettingError, PreparationError or BrainsError, each with one line.
    """
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    # what it warns of, requests that are no HTTP, is a stranger's mistake and not the operator's
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    with listening_socket(settings) as server:
        engine = open_data(settings)
        try:
            uvloop.install()
            asyncio.run(_serve(settings, console, engine, server, brain_command))
        finally:
            engine.dispose()


def listening_socket(settings: Settings) -> socket.socket:
    """The gateway's socket, bound before anything slow is done; raises SettingError."""
    host, port = settings.host, settings.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            mend = "write 127.0.0.1, or 0.0.0.0 for every network"
            raise SettingError("CIEP_HOST", f"{host!r} is no address here", mend) from error
        raise SettingError(
            "CIEP_PORT",
            f"{port} cannot be had ({os.strerror(error.errno or 0)})",
            "stop the program that has it, or set another port",
        ) from error
    # asyncio sets this only on sockets that it made; without it an answer waits 40 ms for its end
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def _serve(
    settings: Settings,
    console: Console,
    engine: Engine,
    listening: socket.socket,
    brain_command: Sequence[str],
) -> None:
    locks = RedisLocks(settings.redis_url) if settings.redis_url else None
    if locks:
        await locks.check()
    limits = RateLimits(settings)
    secret = secrets.token_urlsafe(32)
    brains = Brains(count=settings.brains, secret=secret, root=settings.root, command=brain_command)
    client = BrainClient(brains.urls, secret)
    conversations = Conversations(engine)
    gateway = Gateway(
        settings,
        conversations=conversations,
        brain=client,
        is_sample=partial(is_sample, engine),
        locks=locks,
        limits=limits,
    )
    alerting = gateway.alerting(Alerts(engine))
    telegram = None
    if settings.telegram_token:
        from bot.gateway.telegram.channel import Channel  # noqa: PLC0415  only who uses it pays

        telegram = Channel(
            settings,
            engine,
            turns=gateway.turns,
            brain=client,
            conversations=conversations,
            alerting=alerting,
            announce=lambda address: console.print(f"Telegram: [bold]{address}[/]"),
            rates=limits,
        )
    organisers = OrganisersPage(
        settings, engine, is_sample=partial(is_sample, engine), limits=limits
    )
    server = _Server(
        uvicorn.Config(
            gateway.app([*organisers.routes(), *(telegram.routes() if telegram else ())]),
            log_config=None,
            access_log=False,  # its lines would be the only trace of who spoke when
            server_header=False,
            lifespan="off",
            ws="none",  # not used, and uvicorn does not load with the websockets that Rasa pins
            proxy_headers=settings.trusted_proxies is not None,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
    )

    async def work() -> None:
        await prepare(settings, engine, console)
        if not console.is_terminal:
            console.print(_STARTING)
        with console.status(_STARTING) as status:

            def announce() -> None:
                status.stop()
                console.print(f"CIEP Assistant is ready: [bold]{settings.page_url}[/]")
                console.print("Ctrl-C stops it.")

            await brains.keep(client, ready=announce)

    with _signals() as told_to_stop:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        working = asyncio.create_task(work())
        stopping = asyncio.create_task(told_to_stop.wait())
        beside = [
            asyncio.create_task(_forget_expired(conversations, Lessons(engine))),
            asyncio.create_task(alerting(WebReach()).run()),
        ]
        if telegram:
            beside.append(asyncio.create_task(telegram.run()))
        try:
            await asyncio.wait({serving, working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stopping.done():
                console.print("Stopping ...")
                await gateway.turns.finish(_STOP_SECONDS)
        finally:
            server.should_exit = True
            working.cancel()
            stopping.cancel()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            ended = await asyncio.gather(serving, working, return_exceptions=True)
            await asyncio.gather(
                client.close(), limits.close(), *([locks.close()] if locks else [])
            )
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def _forget_expired(conversations: Conversations, lessons: Lessons) -> None:
    """Delete what has been kept long enough, now and every few hours."""
    while True:
        try:
            await to_thread.run_sync(conversations.forget_expired)
            await to_thread.run_sync(lessons.forget_expired)
        except SQLAlchemyError as error:
            log_bug("deleting expired conversations", error)  # the next round does it
        await asyncio.sleep(_TIDY_SECONDS)


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the supervisor has to end more than a server."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.contextmanager
def _signals() -> Iterator[asyncio.Event]:
    """An event that Ctrl-C, SIGTERM and a closed terminal set; a second Ctrl-C does no more."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means to go on
        numbers.append(signal.SIGHUP)
    for number in numbers:
        loop.add_signal_handler(number, told.set)
    try:
        yield told
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
