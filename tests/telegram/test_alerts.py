"""What is new for an alert, pushed: once, in private, and to nobody who wants it no more."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.gateway.telegram.limits import Limits
from conference.people import People
from conference.people_tables import alerts, messages
from conference.query import Frame, Kind, Query
from conference.telegram_tables import telegram_outbox
from tests.loads import loaded
from tests.telegram.conftest import Bot
from tests.telegram.emulator import BOT, Emulator, refused

ENERGY = Frame(Kind.JOBS, Query(industry=("energy",)))
LOOKS = 0.3  # seconds in which the tests' bots look for alerts some times


async def subscribed(bot: Bot, *, chat: int = 7, code: str = "en") -> int:
    """A person who has talked with the bot and has an alert; its id."""
    bot.emulator.say("hi", chat=chat, code=code)
    await bot.emulator.answers(1, chat=chat)
    if chat == 7:
        loaded(bot.engine, 1)
    people = People(bot.engine)
    return people.subscribe(person=bot.brain.turns[-1]["person"], frame=ENERGY, language=code).id


async def looked(bot: Bot, alert: int, load: int) -> None:
    """Wait until the alert has heard of a load."""

    def heard() -> bool:
        with bot.engine.connect() as connection:
            row = connection.execute(select(alerts.c.heard).where(alerts.c.id == alert))
            return bool(row.scalar() == load)

    await bot.emulator.until(heard)


async def with_news_waiting(open_bot: Any, emulator: Emulator) -> tuple[Bot, int]:
    """A bot with an alert's news in the outbox, because the chat rests after an answer."""
    bot: Bot = await open_bot(limits=Limits(chat_gap=0.5, margin=0.0))
    alert = await subscribed(bot)
    emulator.say("a")
    await emulator.answers(2)
    loaded(bot.engine, 2)
    await looked(bot, alert, 2)
    return bot, alert


def counted(bot: Bot, outcome: str) -> float:
    return float(bot.gateway.metrics.alerts.labels("telegram", outcome)._value.get())


async def test_news_come_as_a_list_that_can_be_opened_turned_and_stopped(bot: Bot) -> None:
    emulator = bot.emulator
    alert = await subscribed(bot)
    loaded(bot.engine, 2)
    _, news = await emulator.answers(2)
    assert news.text.startswith("12 new jobs:")
    titles = [each["text"] for each in news.buttons]
    assert titles == ["1", "2", "3", "4", "5", "More", "Stop this alert"]
    emulator.press(news, "1")
    assert "All about it." in (await emulator.answers(3))[-1].text
    emulator.press(news, "More")
    (turned,) = await emulator.until(lambda: emulator.made("editMessageText"))
    assert turned.params["message_id"] == news.message_id
    assert "Job 6" in turned.text
    emulator.press(news, "Stop this alert")
    stopped = (await emulator.answers(4))[-1].text
    assert stopped == f'Pressed: /stop_alerts{{"alert": "{alert}"}}'
    assert counted(bot, "told") == 1


async def test_it_stands_in_the_conversation_and_is_told_once(bot: Bot) -> None:
    alert = await subscribed(bot)
    loaded(bot.engine, 2)
    await bot.emulator.answers(2)
    for load in (3, 4):  # on the same day
        loaded(bot.engine, load)
        await asyncio.sleep(LOOKS)
    assert len(bot.emulator.sent()) == 2
    with bot.engine.connect() as connection:
        kept = connection.execute(select(messages.c.author, messages.c.seq)).all()
    assert kept == [("user", 1), ("bot", 2), ("bot", 3)]
    a_day_ago = update(alerts).values(told_at="2020-09-08T00:00:00+00:00")
    with bot.engine.begin() as connection:
        connection.execute(a_day_ago)
    await looked(bot, alert, 4)
    assert len(await bot.emulator.answers(3)) == 3


async def test_nothing_new_is_not_talked_about(bot: Bot) -> None:
    alert = await subscribed(bot)
    bot.brain.quiet = True
    loaded(bot.engine, 2)
    await looked(bot, alert, 2)
    assert bot.emulator.sent() == ["You said: hi"]
    assert (counted(bot, "told"), counted(bot, "quiet")) == (0, 1)


@pytest.mark.parametrize(
    ("code", "language"), [("en", "en"), ("zh-CN", "zh"), ("zh-TW", "zh-Hant")]
)
async def test_it_is_asked_for_in_the_language_of_the_alert(
    bot: Bot, code: str, language: str
) -> None:
    bot.emulator.say("hi", code=code)
    await bot.emulator.answers(1)
    loaded(bot.engine, 1)
    person = bot.brain.turns[-1]["person"]
    People(bot.engine).subscribe(person=person, frame=ENERGY, language=language)
    loaded(bot.engine, 2)
    await bot.emulator.answers(2)
    first, asked = bot.brain.turns
    assert asked["language"] == language
    assert asked["person"] == person
    assert asked["conversation"] == first["conversation"]


async def test_a_group_is_told_nothing(bot: Bot) -> None:
    group = -100_200_300
    emulator = bot.emulator
    emulator.push(message=emulator.message(chat=group, user=8, text="@ciep_test_bot hi"))
    await emulator.answers(1, chat=group)
    in_group = bot.brain.turns[-1]["person"]
    alert = await subscribed(bot)
    People(bot.engine).subscribe(person=in_group, frame=ENERGY, language="en")
    loaded(bot.engine, 2)
    await looked(bot, alert, 2)
    await emulator.answers(2)
    await asyncio.sleep(LOOKS)
    assert len(emulator.sent(group)) == 1
    assert emulator.sent(8) == []


def kicked() -> dict[str, Any]:
    """The update that tells us that somebody has stopped the bot."""
    member = {"user": BOT, "status": "kicked", "until_date": 0}
    return {
        "chat": {"id": 7, "type": "private", "first_name": "A"},
        "from": {"id": 7, "is_bot": False, "first_name": "A"},
        "date": 1,
        "old_chat_member": {**member, "status": "member"},
        "new_chat_member": member,
    }


async def test_who_has_blocked_us_is_sent_nothing_until_they_come_back(bot: Bot) -> None:
    emulator = bot.emulator
    await subscribed(bot)
    emulator.push(my_chat_member=kicked())
    await emulator.until(lambda: emulator.unread == 0 and bot.channel.inbox.waiting() == 0)
    loaded(bot.engine, 2)
    await asyncio.sleep(LOOKS)
    assert emulator.sent() == ["You said: hi"]
    emulator.say("hi again")
    assert {each.text[:10] for each in (await emulator.answers(3))[1:]} == {
        "You said: ",
        "12 new job",
    }


async def test_whom_telegram_no_longer_reaches_is_left_alone(bot: Bot) -> None:
    emulator = bot.emulator
    alert = await subscribed(bot)
    gone = refused("Forbidden: bot was blocked by the user", 403)
    emulator.faults.append(lambda call: gone if "new jobs" in call.params.get("text", "") else None)
    loaded(bot.engine, 2)
    await looked(bot, alert, 2)
    await emulator.until(lambda: bot.channel.outbox.size() == 0)
    loaded(bot.engine, 3)
    with bot.engine.begin() as connection:
        connection.execute(update(alerts).values(told_at=None))
    await asyncio.sleep(LOOKS)
    assert sum("new jobs" in each.params.get("text", "") for each in emulator.calls) == 1


@pytest.mark.parametrize("how", ["/stop", "/forget"])
async def test_what_waits_is_not_sent_after_the_alert_was_stopped(
    open_bot: Any, emulator: Emulator, how: str
) -> None:
    bot, _ = await with_news_waiting(open_bot, emulator)
    people, person = People(bot.engine), bot.brain.turns[0]["person"]
    assert bot.channel.outbox.size() == 1
    # what the brain does at either command
    if how == "/stop":
        people.stop_alerts(person=person)
    else:
        people.forget(person=person)
    assert bot.channel.outbox.size() == 0
    emulator.say("b")
    await emulator.answers(3)
    await asyncio.sleep(LOOKS)
    assert emulator.sent() == ["You said: hi", "You said: a", "You said: b"]


async def test_answers_go_before_news(open_bot: Any, emulator: Emulator) -> None:
    await with_news_waiting(open_bot, emulator)
    emulator.say("b")
    texts = [each.text[:11] for each in await emulator.answers(4)]
    assert texts == ["You said: h", "You said: a", "You said: b", "12 new jobs"]


async def test_without_a_brain_it_waits_and_one_that_fails_holds_up_nobody(bot: Bot) -> None:
    emulator = bot.emulator
    await subscribed(bot)
    await subscribed(bot, chat=8)
    bot.brain.down = True
    loaded(bot.engine, 2)
    await asyncio.sleep(LOOKS)
    assert emulator.sent() == ["You said: hi"]
    assert counted(bot, "failed") == 0
    bot.brain.failing = bot.brain.turns[0]["conversation"]
    bot.brain.down = False
    assert len(await emulator.answers(2, chat=8)) == 2
    assert emulator.sent() == ["You said: hi"]
    assert counted(bot, "failed") == 1


async def test_two_gateways_on_one_database_tell_once(open_bot: Any, emulator: Emulator) -> None:
    bot, other = await open_bot(), await open_bot()
    for chat in range(7, 17):
        emulator.say("hi", chat=chat)
        await emulator.answers(1, chat=chat)
    loaded(bot.engine, 1)
    for person in {each["person"] for each in (*bot.brain.turns, *other.brain.turns)}:
        People(bot.engine).subscribe(person=person, frame=ENERGY, language="en")
    loaded(bot.engine, 2)
    for chat in range(7, 17):
        await emulator.answers(2, chat=chat)
    await asyncio.sleep(LOOKS)
    assert [len(emulator.sent(chat)) for chat in range(7, 17)] == [2] * 10
    assert counted(bot, "told") + counted(other, "told") == 10


async def test_no_log_says_whose_news_they_are(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await subscribed(bot, chat=987_654_321)
        loaded(bot.engine, 1)
        with bot.engine.begin() as connection:
            connection.execute(update(alerts).values(heard=0))
        bot.brain.failing = bot.brain.turns[0]["conversation"]
        await bot.emulator.until(lambda: counted(bot, "failed"))
        bot.brain.failing = None
    assert "telling an alert's news failed" in caplog.text
    for private in ("987654321", bot.brain.turns[0]["person"], "energy", "Job 1"):
        assert private not in caplog.text


async def test_the_outbox_knows_whose_news_it_holds(open_bot: Any, emulator: Emulator) -> None:
    bot, alert = await with_news_waiting(open_bot, emulator)
    with bot.engine.connect() as connection:
        columns = (telegram_outbox.c.alert_id, telegram_outbox.c.priority)
        assert connection.execute(select(*columns)).all() == [(alert, 1)]
