"""Who may do what: buttons, groups, floods, secrets; and what nobody gets to see."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from tests.telegram.conftest import Bot
from tests.telegram.emulator import BOT, TOKEN, refused

GROUP = -100_200_300


async def test_a_button_is_good_for_its_own_person_and_chat_alone(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.say("list", chat=7)
    (shown,) = await emulator.answers(1)
    data = shown.buttons[0]["callback_data"]
    assert "job" not in data
    assert len(data) <= 16
    said = len(bot.brain.turns)
    for number, (chat, user, pressed, part) in enumerate(
        [
            (7, 8, data, "belong to someone else"),
            (9, 9, data, "no longer good"),
            (7, 7, "forged.0", "no longer good"),
            (7, 7, data.split(".")[0] + ".99", "no longer good"),
            (7, 7, "/affirm", "no longer good"),
        ],
        start=1,
    ):
        shown.params["chat_id"] = chat
        emulator.press_data(shown, pressed, user=user)
        toasts = await emulator.until(
            lambda n=number: len(made := emulator.made("answerCallbackQuery")) == n and made
        )
        assert part in toasts[-1].params["text"]
        assert toasts[-1].params["show_alert"] is True
    assert len(bot.brain.turns) == said


async def test_buttons_expire(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.say("list")
    (shown,) = await emulator.answers(1)
    with bot.engine.begin() as connection:
        connection.execute(text("UPDATE telegram_keyboards SET created_at = created_at - 2600000"))
    emulator.press(shown, "1")
    (toast,) = await emulator.until(lambda: emulator.made("answerCallbackQuery"))
    assert "search again" in toast.params["text"]
    bot.channel.inbox.tidy()
    with bot.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM telegram_keyboards")).scalar() == 0


async def test_an_old_yes_confirms_nothing(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.say("/forget")
    (asked,) = await emulator.answers(1)
    emulator.press(asked, "No")
    await emulator.answers(2)
    emulator.press(asked, "Yes")
    toasts = await emulator.until(
        lambda: len(made := emulator.made("answerCallbackQuery")) == 2 and made
    )
    assert "Nothing has changed" in toasts[-1].params["text"]
    assert [turn["payload"] for turn in bot.brain.turns] == ["/delete_data", "/deny"]


async def test_a_yes_in_time_confirms(bot: Bot) -> None:
    bot.emulator.say("/forget")
    (asked,) = await bot.emulator.answers(1)
    bot.emulator.press(asked, "Yes")
    *_, answer = await bot.emulator.answers(2)
    assert answer.text == "Pressed: /affirm"


async def test_in_a_group_only_what_is_meant_for_us_is_answered(bot: Bot) -> None:
    emulator = bot.emulator

    def say(text: str, **more: object) -> None:
        emulator.push(message=emulator.message(chat=GROUP, user=7, text=text, **more))

    ours = emulator.message(chat=GROUP, text="earlier")
    ours["from"] = BOT
    say("nice weather")
    say("@somebody_else energy jobs")
    say("/jobs@another_bot")
    say("/unheard_of")
    say("@ciep_test_bot energy jobs")
    say("energy, @CIEP_test_bot please")
    say("more of these", reply_to_message=ours)
    say("/jobs@ciep_test_bot")
    emulator.push(message=emulator.message(chat=GROUP, user=7, text="hello all"))
    answers = await emulator.answers(4, chat=GROUP)
    assert [each.text for each in answers][:3] == [
        "You said: energy jobs",
        "You said: energy,   please",
        "You said: more of these",
    ]
    assert "12 jobs" in answers[3].text
    assert all(each.params["reply_parameters"]["message_id"] for each in answers)
    assert len(bot.brain.turns) == 4


async def test_nothing_personal_comes_up_in_a_group(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.say("hello", chat=7)
    await emulator.answers(1, chat=7)
    for text_ in ("/saved", "@ciep_test_bot saved", "/start job-00001@"):
        emulator.push(message=emulator.message(chat=GROUP, user=7, text=text_))
    first, second, _ = await emulator.answers(3, chat=GROUP)
    for answer, start in ((first, "saved"), (second, "start")):
        assert "personal" in answer.text
        assert "secret" not in answer.text
        (button,) = answer.buttons
        assert button["url"] == f"https://t.me/ciep_test_bot?start={start}"
    private, *group = bot.brain.turns
    assert private["person"] not in {turn["person"] for turn in group}
    emulator.push(message=emulator.message(chat=GROUP, user=7, text="@ciep_test_bot list"))
    *_, listed = await emulator.answers(4, chat=GROUP)
    emulator.press(listed, "1", user=7)
    *_, detail = await emulator.answers(5, chat=GROUP)
    assert "Save" not in [each["text"] for each in detail.buttons]


async def test_a_group_is_not_asked_whether_an_answer_helped(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.push(message=emulator.message(chat=GROUP, user=7, text="@ciep_test_bot fact"))
    (fact,) = await emulator.answers(1, chat=GROUP)
    assert [each["text"] for each in fact.buttons] == ["The online platform"]


async def test_a_group_that_moves_is_answered_at_its_new_number(bot: Bot) -> None:
    emulator = bot.emulator
    new = GROUP - 1

    def moved(call: object) -> object:
        old = call.method == "sendMessage" and call.params["chat_id"] == GROUP  # type: ignore[attr-defined]
        return refused("group migrated", migrate_to_chat_id=new) if old else None

    emulator.faults.append(moved)  # type: ignore[arg-type]
    emulator.push(message=emulator.message(chat=GROUP, user=7, text="@ciep_test_bot hi"))
    (answer,) = await emulator.answers(1, chat=new)
    assert answer.text == "You said: hi"


async def test_a_flood_is_answered_once_and_then_no_more(bot: Bot) -> None:
    emulator = bot.emulator
    for number in range(60):
        emulator.say(str(number))
    emulator.say("other", chat=8)
    await emulator.until(lambda: emulator.unread == 0 and bot.channel.inbox.waiting() == 0)
    await emulator.until(lambda: bot.channel.outbox.size() == 0)
    texts = emulator.sent()
    assert 30 <= sum(each.startswith("You said") for each in texts) <= 40
    assert sum("faster than I can follow" in each for each in texts) == 1
    assert emulator.sent(8) == ["You said: other"]


async def test_inline_results_come_from_the_search(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.inline("list")
    (first,) = await emulator.until(lambda: emulator.made("answerInlineQuery"))
    article = first.params["results"][0]
    assert (article["id"], article["title"]) == ("job-00001", "Job 1 <x> & y")
    assert article["input_message_content"]["message_text"].startswith("<b>Job 1 &lt;x&gt;")
    (button,) = article["reply_markup"]["inline_keyboard"][0]
    assert button["url"] == "https://t.me/ciep_test_bot?start=job-00001"
    assert first.params["next_offset"] == "1"
    emulator.inline("list", offset="1")
    _, second = await emulator.until(
        lambda: len(made := emulator.made("answerInlineQuery")) == 2 and made
    )
    assert second.params["results"][0]["id"] == "job-00006"
    emulator.inline("weather", code="zh")
    *_, none = await emulator.until(
        lambda: len(made := emulator.made("answerInlineQuery")) == 3 and made
    )
    assert none.params["results"] == []
    assert none.params["button"]["text"] == "没有找到，去聊天里问问"
    assert not emulator.made("sendMessage")


@pytest.mark.parametrize("level", [logging.DEBUG])
async def test_the_token_ids_and_words_are_in_no_log(
    bot: Bot, caplog: pytest.LogCaptureFixture, level: int
) -> None:
    emulator = bot.emulator
    with caplog.at_level(level):
        emulator.faults.append(
            lambda call: (
                refused("Bad Request: something new")
                if call.method == "sendMessage" and "refuse" in call.params["text"]
                else None
            )
        )
        emulator.say("my secret words", chat=987_654_321)
        emulator.say("refuse me", chat=987_654_321)
        emulator.push(message={"chat": "nonsense"})
        bot.brain.broken = False
        emulator.say("end", chat=987_654_321)
        await emulator.until(lambda: "You said: end" in emulator.sent(987_654_321))
        logging.getLogger("x").debug("%r %s", bot.channel._api, bot.channel._api)
    assert "Telegram refused sendMessage" in caplog.text
    for private in (TOKEN, TOKEN.split(":")[1], "secret words", "987654321"):
        assert private not in caplog.text


async def test_what_was_said_is_not_kept_in_the_inbox(bot: Bot) -> None:
    bot.emulator.say("my secret words")
    await bot.emulator.answers(1)
    await bot.emulator.until(lambda: bot.channel.outbox.size() == 0)
    with bot.engine.connect() as connection:
        (body,) = connection.execute(text("SELECT body FROM telegram_updates")).scalars()
    assert body == ""


# ---- the webhook


async def test_the_webhook_takes_updates_with_its_secret_only(open_bot: object) -> None:
    bot: Bot = await open_bot(webhook=True)  # type: ignore[operator]
    emulator = bot.emulator
    assert emulator.webhook
    assert emulator.polls == 0
    assert set(emulator.webhook["allowed_updates"]) == {
        "message", "edited_message", "callback_query", "inline_query", "my_chat_member",
    }  # fmt: skip
    emulator.say("hi")
    name = "X-Telegram-Bot-Api-Secret-Token"
    assert await emulator.deliver(**{name: "wrong"}) == [401]
    assert await emulator.deliver() == [200]
    await emulator.answers(1)
    url, good = emulator.webhook["url"], {name: emulator.webhook["secret_token"]}
    async with httpx.AsyncClient(trust_env=False) as http:
        for content, headers, code in (
            (b"{", good, 400),
            (b"[]", good, 400),
            (b"{}", good, 400),
            (b" " * 300_000, good, 413),
            (b"{}", {}, 401),
        ):
            answer = await http.post(url, content=content, headers=headers)
            assert answer.status_code == code
        assert (await http.get(url)).status_code == 405
    assert emulator.sent() == ["You said: hi"]


async def test_an_update_brought_twice_is_answered_once(open_bot: object) -> None:
    bot: Bot = await open_bot(webhook=True)  # type: ignore[operator]
    emulator = bot.emulator
    emulator.say("hi")
    (waiting,) = emulator._updates
    for _ in range(3):
        emulator._updates = [waiting]
        assert await emulator.deliver() == [200]
    emulator.say("end")
    await emulator.deliver()
    await emulator.answers(2)
    assert emulator.sent() == ["You said: hi", "You said: end"]


def test_no_source_holds_a_token() -> None:
    root = Path(__file__).parents[2] / "bot"
    for path in root.rglob("*.py"):
        assert not re.search(r"\b\d{8,10}:[\w-]{35}\b", path.read_text()), path
