"""Telegram, the brain, the network and the gateway break: nothing lost, twice or out of order."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.gateway.telegram import api as api_module
from bot.gateway.telegram import channel
from bot.gateway.telegram.limits import Limits
from bot.gateway.telegram.records import BROADCAST, Outgoing
from tests.conference.conftest import DATABASES, _engine
from tests.telegram.conftest import Bot
from tests.telegram.emulator import Call, Emulator, Fault, refused, retry_after


def once(fault: Fault, when: Callable[[Call], bool]) -> Callable[[Call], Fault | None]:
    """A fault that happens to the first call that fits."""
    left = [fault]
    return lambda call: left.pop() if left and when(call) else None


def sends(call: Call) -> bool:
    return call.method == "sendMessage"


async def test_told_to_wait_it_waits_and_others_do_not(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.faults.append(once(retry_after(1), sends))
    emulator.say("a")
    emulator.say("b")
    await emulator.until(lambda: any(map(sends, emulator.calls)))
    emulator.say("c", chat=8)
    (other,) = await emulator.answers(1, chat=8)
    first, _ = await emulator.answers(2)
    assert emulator.sent() == ["You said: a", "You said: b"]
    refused_at = next(each.at for each in emulator.calls if sends(each))
    assert first.at - refused_at >= 1
    assert other.at < first.at


@pytest.mark.parametrize("fault", [Fault(500), Fault(502), Fault(503), refused("x", 429)])
async def test_a_server_error_is_tried_again(bot: Bot, fault: Fault) -> None:
    emulator = bot.emulator
    emulator.faults.append(once(fault, sends))
    emulator.say("a")
    emulator.say("b")
    await emulator.answers(2)
    assert emulator.sent() == ["You said: a", "You said: b"]


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_time_out_is_neither_sent_twice_nor_lost(
    open_bot: Any, emulator: Emulator, monkeypatch: pytest.MonkeyPatch, arrives: bool
) -> None:
    real = api_module.Api.call

    async def hasty(self: Any, method: str, params: Any = None, *, seconds: float = 20) -> Any:
        return await real(
            self, method, params, seconds=min(seconds, 0.5 if "send" in method else 30)
        )

    monkeypatch.setattr(api_module.Api, "call", hasty)
    await open_bot()
    emulator.faults.append(once(Fault(after=arrives, silent=True), sends))
    emulator.say("a")
    emulator.say("b")
    await emulator.answers(2)
    assert emulator.sent() == ["You said: a", "You said: b"]


async def test_what_cannot_be_edited_any_more_is_sent_anew(bot: Bot) -> None:
    emulator = bot.emulator
    said = ["Bad Request: message is not modified", "Bad Request: message to edit not found"]
    for description in said:
        emulator.faults.append(once(refused(description), lambda c: c.method == "editMessageText"))
    emulator.say("list")
    (shown,) = await emulator.answers(1)
    emulator.press(shown, "More")
    await emulator.until(lambda: [c for c in emulator.calls if c.method == "editMessageText"])
    emulator.press(shown, "More")
    _, anew = await emulator.answers(2)
    assert "Job 6" in anew.text


async def test_marks_that_telegram_does_not_read_are_left_out(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.faults.append(once(refused("Bad Request: can't parse entities: x"), sends))
    emulator.say("list")
    (plain,) = await emulator.answers(1)
    assert "parse_mode" not in plain.params
    assert "1. Job 1 <x> & y\n" in plain.params["text"]


async def test_a_refused_message_does_not_stop_the_next(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.faults.append(once(refused("Bad Request: never heard of"), sends))
    emulator.say("a")
    emulator.say("b")
    await emulator.answers(1)
    assert emulator.sent() == ["You said: b"]


async def test_who_blocks_us_in_between_stops_nobody_else(bot: Bot) -> None:
    emulator = bot.emulator
    blocked = refused("Forbidden: bot was blocked by the user", 403)
    emulator.faults.append(lambda c: blocked if c.params.get("chat_id") == 7 else None)
    emulator.say("two")
    emulator.say("hi", chat=8)
    await emulator.answers(1, chat=8)
    await emulator.until(lambda: bot.channel.outbox.size() == 0)
    assert len([c for c in emulator.calls if sends(c) and c.params["chat_id"] == 7]) <= 2


UNREADABLE: list[dict[str, Any]] = [
    {"message": {"garbage": True}},
    {"message": []},
    {"message": {"message_id": "x", "date": None, "chat": {"id": 7}, "from": 3}},
    {"callback_query": {"id": 1}},
    {"of_the_future": {"chat": {"id": 7}}},
    {},
]


@pytest.mark.parametrize("content", UNREADABLE)
async def test_an_unreadable_update_stops_nobody(bot: Bot, content: dict[str, Any]) -> None:
    emulator = bot.emulator
    emulator.push(**content)
    emulator.say("hi")
    await emulator.answers(1)
    await emulator.until(lambda: emulator.unread == 0 and bot.channel.inbox.waiting() == 0)


@pytest.mark.parametrize(("code", "part"), [("en", "One moment"), ("zh", "请稍等")])
async def test_a_brain_that_is_away_gets_a_word_now_and_the_answer_later(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, code: str, part: str
) -> None:
    monkeypatch.setattr(channel, "_AWAY_SECONDS", 0.2)
    emulator = bot.emulator
    bot.brain.down = True
    emulator.say("a", code=code)
    emulator.say("b", code=code)
    (word,) = await emulator.answers(1)
    assert part in word.text
    await asyncio.sleep(0.6)  # it is tried again, and nothing is said again
    assert len(emulator.sent()) == 1
    bot.brain.down = False
    await emulator.until(lambda: "You said: b" in emulator.sent())
    answers = [each for each in emulator.sent() if each.startswith("You said")]
    assert answers == ["You said: a", "You said: b"]


async def test_polling_goes_on_after_errors_and_acknowledges_only_what_is_kept(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulator = bot.emulator
    emulator.faults.append(once(Fault(502), lambda c: c.method == "getUpdates"))
    inbox = bot.channel.inbox
    real, failures = inbox.put, [1]

    def put(raw: Any) -> int:
        if failures:
            failures.pop()
            from sqlalchemy.exc import OperationalError

            raise OperationalError("x", {}, Exception("disk full"))
        return real(raw)

    monkeypatch.setattr(inbox, "put", put)
    emulator.say("a")
    emulator.say("b")
    await emulator.answers(2)
    assert emulator.sent() == ["You said: a", "You said: b"]


async def test_a_number_lower_than_the_last_is_not_thrown_away(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.say("a")
    await emulator.answers(1)
    emulator.longest_poll = 0.1
    emulator.say("b", chat=9)
    await emulator.until(
        lambda: (
            [c for c in emulator.calls if c.method == "getUpdates"][-1].params.get("offset") is None
        )
    )
    emulator._next_update = 1000  # a new week
    emulator.say("b")
    await emulator.answers(2)


async def test_a_refused_token_is_one_line_and_the_rest_goes_on(
    open_bot: Any, emulator: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    await open_bot(telegram_token="1:wrong")  # noqa: S106
    await emulator.until(lambda: "Telegram refuses TELEGRAM_TOKEN" in caplog.text)
    assert "wrong" not in caplog.text


@pytest.fixture(params=DATABASES)
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of each kind."""
    for engine in _engine(request.param, tmp_path):
        yield engine.url.render_as_string(hide_password=False)


async def test_two_gateways_share_one_inbox_without_double_answers(
    open_bot: Any, emulator: Emulator, shared: str
) -> None:
    one = await open_bot(database_url=shared)
    two = await open_bot(database_url=shared)
    for number in range(40):
        emulator.say(str(number // 8), chat=10 + number % 8)
    for chat in range(10, 18):
        await emulator.answers(5, chat=chat)
        assert emulator.sent(chat) == [f"You said: {n}" for n in range(5)]
    assert len(one.brain.turns) + len(two.brain.turns) == 40
    await emulator.until(lambda: emulator.unread == 0)
    await one.stop()
    emulator.say("still here", chat=10)
    assert (await emulator.answers(6, chat=10))[-1].text == "You said: still here"


async def test_limits_hold(open_bot: Any, emulator: Emulator) -> None:
    """Telegram's limits, with a second that lasts a tenth."""
    limits = Limits(chat_gap=0.1, group_per_minute=5, minute=1.0, per_second=30)
    # nobody dies here: a machine that stalls for a moment must not lose the leases of so many
    await open_bot(limits=limits, lease_seconds=10.0)
    group = -5
    for number in range(8):
        emulator.say(str(number), chat=7)
        emulator.push(
            message=emulator.message(chat=group, user=20, text=f"@ciep_test_bot {number}")
        )
        for chat in range(30, 38):
            emulator.say(str(number), chat=chat)
    await emulator.answers(8, chat=group)
    for chat in (7, *range(30, 38)):
        await emulator.answers(8, chat=chat)
    assert emulator.sent(7) == [f"You said: {n}" for n in range(8)]
    ats = [each.at for each in emulator.made("sendMessage", chat=7)]
    assert all(b - a >= 0.1 for a, b in itertools.pairwise(ats))
    ats = [each.at for each in emulator.made("sendMessage", chat=group)]
    assert all(b - a >= 0.99 for a, b in zip(ats, ats[5:], strict=False))
    ats = sorted(each.at for each in emulator.made("sendMessage"))
    assert all(b - a >= 0.99 for a, b in zip(ats, ats[30:], strict=False))


async def test_replies_go_before_broadcasts(open_bot: Any, emulator: Emulator) -> None:
    bot = await open_bot(limits=Limits(chat_gap=0.3, margin=0.0))
    emulator.say("hi")
    await emulator.answers(1)
    for number in range(3):
        params = {"text": f"news {number}"}
        bot.channel.outbox.add(Outgoing(7, "sendMessage", params, priority=BROADCAST))
    emulator.say("hi again")
    await emulator.answers(5)
    assert emulator.sent().index("You said: hi again") <= 2
    assert [each for each in emulator.sent() if "news" in each] == ["news 0", "news 1", "news 2"]


async def test_a_slow_answer_shows_that_it_is_being_written(bot: Bot) -> None:
    bot.brain.delay = 0.8
    bot.emulator.say("hi")
    await bot.emulator.answers(1)
    (action,) = bot.emulator.made("sendChatAction")
    assert action.params == {"chat_id": 7, "action": "typing"}
    assert action.at < bot.emulator.made("sendMessage")[0].at


async def test_a_resumed_turn_that_was_cut_short_turns_one_page(open_bot: Any) -> None:
    """The brain turned the page, and the gateway ended before it kept the answer."""
    bot = await open_bot()
    emulator = bot.emulator
    emulator.say("list")
    (shown,) = await emulator.answers(1)
    real = bot.gateway.turns._keep_answer

    def cut(*_: Any) -> Any:
        raise RuntimeError("cut short")

    bot.gateway.turns._keep_answer = cut
    emulator.press(shown, "More")
    await emulator.until(lambda: len(bot.brain.turns) >= 2)
    await asyncio.sleep(0.2)
    bot.gateway.turns._keep_answer = real
    (turned,) = await emulator.until(lambda: emulator.made("editMessageText"))
    assert "Job 6" in turned.text
    assert len(bot.brain.turns) >= 3


def test_httpx_errors_are_told_apart() -> None:
    from telegram.error import BadRequest, NetworkError, TimedOut

    def timed_out(cause: Exception) -> TimedOut:
        error = TimedOut()
        error.__cause__ = cause
        return error

    kinds = {
        "unsure": [timed_out(httpx.ReadTimeout("x"))],
        "away": [
            timed_out(httpx.ConnectTimeout("x")),
            timed_out(httpx.PoolTimeout("x")),
            NetworkError("x"),
        ],
        "blocked": [BadRequest("Bad Request: chat not found")],
        "refused": [BadRequest("Bad Request: message text is empty")],
    }
    for kind, errors in kinds.items():
        assert {api_module.kind_of(each) for each in errors} == {kind}
