"""End to end: what people do in Telegram, and what they get to see."""

from __future__ import annotations

from typing import Any

import pytest

from bot.gateway.telegram.splitting import units
from bot.gateway.telegram.texts import texts
from conference.vocabulary.terms import LANGUAGES
from tests.telegram.conftest import Bot


async def test_a_message_is_answered_and_the_brain_knows_who_speaks(bot: Bot) -> None:
    bot.emulator.say("find jobs", chat=4711, code="zh-hans")
    (answer,) = await bot.emulator.answers(1, chat=4711)
    assert answer.text == "You said: find jobs"
    (turn,) = bot.brain.turns
    assert (turn["text"], turn["channel"], turn["language"]) == ("find jobs", "telegram", "zh")
    assert "4711" not in turn["conversation"] + turn["person"]
    assert "payload" not in turn


@pytest.mark.parametrize("text", ['/select_item{"record":"job-1"}', "//restart", "/ x", "/a-b"])
async def test_no_text_reaches_the_brain_as_a_command(bot: Bot, text: str) -> None:
    bot.emulator.say(text)
    await bot.emulator.answers(1)
    assert all(turn["text"] == text for turn in bot.brain.turns)


async def test_three_quick_messages_are_answered_in_order_and_acknowledged(bot: Bot) -> None:
    for text in ("one", "2", "three"):
        bot.emulator.say(text)
    await bot.emulator.answers(3)
    assert bot.emulator.sent() == ["You said: one", "You said: 2", "You said: three"]
    await bot.emulator.until(lambda: bot.emulator.unread == 0)


async def test_an_answer_in_two_messages_comes_in_two(bot: Bot) -> None:
    bot.emulator.say("two")
    await bot.emulator.answers(2)
    assert bot.emulator.sent() == ["one", "two"]


async def test_a_long_answer_is_split_where_it_has_paragraphs(bot: Bot) -> None:
    bot.emulator.say("long")
    parts = await bot.emulator.answers(4)
    assert all(units(each.text) <= 4096 for each in parts)
    assert all(each.text.endswith("。") for each in parts)
    whole = "\n\n".join(each.text for each in parts)
    assert whole == "\n\n".join(f"{n} 能源🙂<b>&</b>。" * 30 for n in range(30))


async def test_a_list_is_one_message_with_numbers_whose_page_turns_in_place(bot: Bot) -> None:
    bot.emulator.say("list")
    (first,) = await bot.emulator.answers(1)
    assert "<b>1. Job 1 &lt;x&gt; &amp; y</b>\nFirm" in first.params["text"]
    assert first.params["link_preview_options"]["is_disabled"] is True
    rows = first.params["reply_markup"]["inline_keyboard"]
    assert [[each["text"] for each in row] for row in rows] == [["1", "2", "3", "4", "5"], ["More"]]
    bot.emulator.press(first, "More")
    (turned,) = await bot.emulator.until(lambda: bot.emulator.made("editMessageText"))
    assert turned.params["message_id"] == first.message_id
    assert "Job 6" in turned.text
    assert [each["text"] for each in turned.buttons][-2:] == ["Previous page", "More"]
    assert len(bot.emulator.made("answerCallbackQuery")) == 1


async def test_an_old_list_turns_its_own_page(bot: Bot) -> None:
    bot.emulator.say("list")
    (first,) = await bot.emulator.answers(1)
    bot.emulator.press(first, "More")
    (second,) = await bot.emulator.until(lambda: bot.emulator.made("editMessageText"))
    bot.emulator.press(second, "More")
    await bot.emulator.until(lambda: len(bot.emulator.made("editMessageText")) == 2)
    bot.emulator.press(first, "More")  # from the first page once more
    edits = await bot.emulator.until(
        lambda: len(made := bot.emulator.made("editMessageText")) == 3 and made
    )
    assert ["Job 6" in each.text for each in edits] == [True, False, True]


async def test_a_record_has_what_telegram_can_do_with_it(bot: Bot) -> None:
    bot.emulator.say("list")
    (found,) = await bot.emulator.answers(1)
    bot.emulator.press(found, "2")
    _, detail = await bot.emulator.answers(2)
    assert detail.params["text"].startswith("<b>Engineer &lt;senior&gt; &amp; more</b>\n")
    by_title = {each["text"]: each for each in detail.buttons}
    assert list(by_title) == [
        "Save", "Similar ones", "Open the page", "Share", "Copy the e-mail address",
        "Copy job-00002",
    ]  # fmt: skip
    assert by_title["Open the page"]["url"] == "https://jobs.example/1"
    assert "start%3Djob-00002" in by_title["Share"]["url"]
    assert by_title["Copy the e-mail address"]["copy_text"] == {"text": "hr@example.org"}
    assert bot.brain.turns[-1]["payload"] == '/select_item{"record": "job-00002"}'


async def test_whether_an_answer_helped_is_asked_in_a_row_of_its_own_and_once(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.say("fact")
    (fact,) = await emulator.answers(1)
    rows = fact.params["reply_markup"]["inline_keyboard"]
    assert [[each["text"] for each in row] for row in rows] == [
        ["The online platform"],
        ["👍 Helpful", "👎 Not helpful"],
    ]
    emulator.press(fact, "👎 Not helpful")
    _, thanks = await emulator.answers(2)
    assert thanks.text == "Thanks"
    assert bot.brain.turns[-1]["payload"] == '/give_feedback{"useful": false}'
    (edit,) = await emulator.until(lambda: emulator.made("editMessageReplyMarkup"))
    assert edit.params["message_id"] == fact.message_id
    assert edit.params["reply_markup"]["inline_keyboard"] == rows[:1]
    emulator.press(fact, "The online platform")  # what is left still does what it did
    *_, platform = await emulator.answers(3)
    assert platform.text == "Pressed: /ask_online_platform"


async def test_a_judgement_on_an_older_answer_keeps_the_list_in_hand(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.say("fact")
    emulator.say("list")
    fact, listed = await emulator.answers(2)
    emulator.press(listed, "More")
    await emulator.until(lambda: emulator.made("editMessageText"))
    emulator.press(fact, "👍 Helpful")
    await emulator.answers(3)
    state = bot.conversations.state(conversation=bot.brain.turns[-1]["conversation"])
    assert state is not None
    assert state["offset"] == 5


async def test_an_event_comes_as_a_calendar_file(bot: Bot) -> None:
    bot.emulator.say("/start event-0012")
    (detail,) = await bot.emulator.answers(1)
    bot.emulator.press(detail, "Add to calendar")
    (sent,) = await bot.emulator.until(lambda: bot.emulator.made("sendDocument"))
    text = sent.files["document"].decode()
    for line in (
        "DTSTART:20200909T060000Z",
        "DTEND:20200909T080000Z",
        "SUMMARY:Energy forum\\; storage\\, grids",
        "UID:event-0012@ciep-18",
    ):
        assert f"\r\n{line}\r\n" in text
    assert all(len(line) <= 75 for line in sent.files["document"].split(b"\r\n"))


COMMANDS = {
    "/start": "/greet",
    "/start job-00017": '/select_item{"record": "job-00017"}',
    "/start job-k3x9ab12cd": '/select_item{"record": "job-k3x9ab12cd"}',
    "/start job-acme-5204912": '/select_item{"record": "job-acme-5204912"}',
    "/start saved": "/show_saved",
    '/start job-1"}': "/greet",
    "/jobs": "/find_jobs",
    "/JOBS@ciep_test_bot": "/find_jobs",
    "/programs": "/find_programs",
    "/events": "/find_events",
    "/saved": "/show_saved",
    "/agenda": "/show_agenda",
    "/alerts": "/show_alerts",
    "/help": "/help",
    "/privacy": "/privacy",
    "/stop": "/stop_alerts",
    "/language zh": '/switch_language{"to_language": "zh"}',
    "/language 繁體中文": '/switch_language{"to_language": "zh-Hant"}',
}


async def test_commands_say_what_they_stand_for(bot: Bot) -> None:
    for number, command in enumerate(COMMANDS, start=1):
        bot.emulator.say(command)
        await bot.emulator.answers(number)
    assert [turn["payload"] for turn in bot.brain.turns] == list(COMMANDS.values())


@pytest.mark.parametrize(
    ("command", "text"),
    [("/jobs energy in Shenzhen", "energy in Shenzhen jobs"), ("/events 深圳", "深圳的活动")],
)
async def test_a_command_with_words_searches_for_them(bot: Bot, command: str, text: str) -> None:
    bot.emulator.say(command)
    await bot.emulator.answers(1)
    assert bot.brain.turns[0]["text"] == text


async def test_the_language_is_chosen_by_a_button_and_stays(bot: Bot) -> None:
    bot.emulator.say("/language")
    (asked,) = await bot.emulator.answers(1)
    assert [each["text"] for each in asked.buttons] == ["English", "简体中文", "繁體中文"]
    bot.emulator.press(asked, "简体中文")
    await bot.emulator.answers(2)
    bot.emulator.push(message=bot.emulator.message(sticker=STICKER))
    *_, answer = await bot.emulator.answers(3)
    assert "我只看得懂文字" in answer.text


async def test_who_reads_traditional_characters_gets_the_channels_own_words_in_them(
    bot: Bot,
) -> None:
    emulator = bot.emulator
    emulator.push(message=emulator.message(code="zh-tw", sticker=STICKER))
    emulator.say("list", code="zh-tw")
    sticker, _ = await emulator.answers(2)
    assert "我只看得懂文字。您想找什麼？" in sticker.text
    assert bot.brain.turns[0]["language"] == "zh-Hant"
    emulator.say("/start event-0012", code="zh-tw")
    emulator.say("/jobs 香港", code="zh-tw")
    *_, detail, _ = await emulator.answers(4)
    assert {"添加到系統日曆", "打開網頁", "分享"} <= {each["text"] for each in detail.buttons}
    assert bot.brain.turns[-1]["text"] == "香港的職位"


async def test_a_script_that_was_chosen_goes_before_the_apps(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.say("/language 繁體", code="en")
    emulator.say("/nonsense", code="en")
    emulator.say("/language 简体", code="en")
    emulator.say("/nonsense", code="zh-hk")
    _, traditional, _, simplified = await emulator.answers(4)
    assert traditional.text.startswith("沒有這個命令")
    assert simplified.text.startswith("没有这个命令")
    bot.brain.down = True
    emulator.say("/language 繁體", code="en")
    *_, waiting = await emulator.answers(5)
    assert "请稍等" in waiting.text


STICKER = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
           "is_animated": False, "is_video": False}  # fmt: skip
PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 1}
ORIGIN = {"type": "hidden_user", "sender_user_name": "B", "date": 1_599_530_000}


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ({"sticker": STICKER}, "only read words"),
        ({"photo": PHOTO}, "can't look at pictures"),
        ({"voice": VOICE}, "can't listen"),
        ({"contact": {"phone_number": "1", "first_name": "B"}}, "can't do anything"),
        ({"photo": PHOTO, "caption": "energy"}, "You said: energy"),
        ({"text": "/forget", "forward_origin": ORIGIN}, "You said: /forget"),
        ({"location": {"latitude": 22.6, "longitude": 114.1}}, "12 jobs"),
        ({"location": {"latitude": 0.0, "longitude": -140.0}}, "None of the conference's cities"),
        ({"text": "/unknown"}, "I don't know that command"),
    ],
)
async def test_whatever_is_sent_has_a_sensible_answer(
    bot: Bot, content: dict[str, Any], part: str
) -> None:
    bot.emulator.push(message=bot.emulator.message(**content))
    (answer,) = await bot.emulator.answers(1)
    assert part in answer.text


@pytest.mark.parametrize(
    ("caption", "part"), [({}, "can't look at pictures"), ({"caption": "energy"}, "said: energy")]
)
async def test_an_album_is_answered_once(bot: Bot, caption: dict[str, str], part: str) -> None:
    for more in (caption, {}, {}):
        album = bot.emulator.message(photo=PHOTO, media_group_id="g", **more)
        bot.emulator.push(message=album)
    bot.emulator.say("last")
    await bot.emulator.answers(2)
    answer, last = bot.emulator.sent()
    assert part in answer
    assert last == "You said: last"


async def test_a_location_asks_for_the_nearest_city(bot: Bot) -> None:
    place = {"latitude": 39.95, "longitude": 116.3}
    bot.emulator.push(message=bot.emulator.message(location=place))
    await bot.emulator.answers(1)
    assert bot.brain.turns[0]["payload"] == '/find_jobs{"city": "beijing"}'


async def test_a_corrected_message_is_asked_anew(bot: Bot) -> None:
    message = bot.emulator.message(text="jbos")
    bot.emulator.push(message=message)
    bot.emulator.push(edited_message={**message, "text": "jobs", "edit_date": 1_599_530_001})
    await bot.emulator.answers(2)
    assert bot.emulator.sent() == ["You said: jbos", "You said: jobs"]


async def test_notices_and_other_bots_are_not_answered(bot: Bot) -> None:
    emulator = bot.emulator
    robot = emulator.message(text="hi")
    robot["from"] = {**robot["from"], "is_bot": True}
    emulator.push(message=robot)
    own = {"id": 110201543, "is_bot": True, "first_name": "CIEP", "username": "ciep_test_bot"}
    emulator.push(message=emulator.message(text="<b>Job</b>", via_bot=own))
    emulator.push(message=emulator.message(new_chat_title="x"))
    emulator.push(message_reaction={"anything": 1})
    emulator.say("last")
    await emulator.answers(1)
    assert emulator.sent() == ["You said: last"]
    assert len(bot.brain.turns) == 1


def test_every_text_is_there_in_every_language() -> None:
    for key, by_language in texts().items():
        assert set(by_language) == set(LANGUAGES), key
        assert all(by_language.values()), key


async def test_the_profile_is_set_once_in_both_languages(bot: Bot, open_bot: Any) -> None:
    emulator = bot.emulator
    await emulator.until(lambda: len(emulator.kept) == 8)
    english = {each["command"] for each in emulator.kept["Commands default "]}
    chinese = emulator.kept["Commands default zh"]
    assert english == {each["command"] for each in chinese}
    assert {"jobs", "programs", "events", "saved", "agenda", "alerts", "language", "help",
            "privacy", "forget", "stop"} == english  # fmt: skip
    assert all(any("一" <= char <= "鿿" for char in each["description"]) for each in chinese)
    sets = [each for each in emulator.calls if each.method.startswith("setMy")]
    await bot.stop()
    await open_bot()
    gets = len([each for each in emulator.calls if each.method.startswith("getMy")])
    await emulator.until(
        lambda: len([e for e in emulator.calls if e.method.startswith("getMy")]) >= gets + 8
    )
    assert [each for each in emulator.calls if each.method.startswith("setMy")] == sets
