"""Turns of the loaded brain: languages, scripts, buttons, and bad input."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.brain import context
from bot.brain.brain import Brain, Message, Said
from conference.commands import written
from conference.text import traditional

_NUMBERS = count()


class Visitor:
    """One conversation with the brain."""

    def __init__(self, brain: Brain, language: str | None = None) -> None:
        self._brain = brain
        self.name = f"visitor-{next(_NUMBERS)}"
        self._language = language

    async def say(self, text: str) -> Message:
        return await self._turn(text=text)

    async def press(self, payload: str) -> Message:
        return await self._turn(payload=payload)

    async def _turn(self, **words: str) -> Message:
        said = Said(
            conversation=self.name,
            person=self.name,
            channel="test",
            language=self._language,
            **words,
        )
        (message,) = await self._brain.answer(said)
        return message


@pytest.fixture
def visitor(brain: Brain) -> Visitor:
    return Visitor(brain)


async def test_an_answer_is_in_the_message_s_language(visitor: Visitor) -> None:
    languages = [
        (await visitor.say(text))["custom"]["language"]
        for text in ("find jobs in energy", "上海的呢", "what about beijing?", "👍", "继续", "2")
    ]
    assert languages == ["en", "zh", "en", "en", "zh", "zh"]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_what_is_known_of_a_visitor_counts_until_they_write(
    brain: Brain, language: str
) -> None:
    visitor = Visitor(brain, language)
    assert (await visitor.say("OK"))["custom"]["language"] == language


async def test_a_language_that_the_assistant_does_not_speak_falls_back(brain: Brain) -> None:
    assert (await Visitor(brain, "fr").say("OK"))["custom"]["language"] == "en"


async def test_who_writes_traditional_characters_reads_them(visitor: Visitor) -> None:
    message = await visitor.say("廣州有什麼護士的職位")
    assert message["text"] == traditional(message["text"])
    assert "護士" in message["text"]
    assert message["custom"]["query"] == {"city": ["guangzhou"], "text": "护士"}
    again = await visitor.press("/next_page")
    assert "護士" in again["text"]
    assert "护士" in (await visitor.say("广州有什么护士的职位"))["text"]


@pytest.mark.parametrize(
    "text", ["restart", "find_jobs", 'affirm{"city": "shenzhen"}', "next page"]
)
async def test_a_typed_text_is_words_whatever_it_begins_with(brain: Brain, text: str) -> None:
    plain, slashed = Visitor(brain), Visitor(brain)
    assert (await slashed.say(f"/{text}"))["custom"] == (await plain.say(text))["custom"]


async def test_a_button_does_what_it_says(visitor: Visitor) -> None:
    message = await visitor.press('/select_item{"record": "job-00001"}')
    assert message["custom"]["type"] == "detail"
    assert message["custom"]["item"]["id"] == "job-00001"


async def test_a_script_is_known_from_the_app_and_chosen_by_a_button(brain: Brain) -> None:
    visitor = Visitor(brain, "zh-Hant")

    async def traditional_after(payload: str) -> bool:
        message = await visitor.press(payload)
        assert message["custom"]["language"] == "zh"
        return "職位" in message["text"]

    assert await traditional_after("/greet")
    await visitor.press('/switch_language{"to_language": "zh-Hans"}')
    assert not await traditional_after("/greet")
    await visitor.press('/switch_language{"to_language": "zh-Hant"}')
    assert await traditional_after("/greet")


async def test_when_no_reading_is_sure_two_are_offered_once(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "CLARIFY_BELOW", {"en": 1.1})
    message = await visitor.say("do you keep my data")
    assert message["custom"]["type"] == "clarify"
    assert len(message["custom"]["options"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "/",
        "👍🏽🎉",
        "\u200b",
        "\x00\x07",
        "<script>alert(1)</script>",
        "'; DROP TABLE jobs; --",
        "x" * 1000,
        "的" * 1000,
        "{{ 7 * 7 }}",
        "Привет, есть работа?",
        "年薪99999999999999999999万的工作",
        "events on 31 february",
        "第99999个",
    ],
)
async def test_any_input_is_answered_politely(visitor: Visitor, text: str) -> None:
    await visitor.say("find jobs in energy")
    message = await visitor.say(text)
    assert message["text"]
    assert message["custom"]["type"]


async def test_a_turn_leaves_nothing_that_grows(visitor: Visitor, brain: Brain) -> None:
    services = brain._services
    await visitor.say("find jobs in energy")
    first = services.conversations.state(conversation=visitor.name)
    for _ in range(10):
        await visitor.say("find jobs in energy")
    assert services.conversations.state(conversation=visitor.name) == first


@pytest.fixture
def parsed(brain: Brain, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the model parses from here on."""
    texts: list[str] = []
    parse = brain._processor.parse_message

    async def noting(message: UserMessage) -> dict[str, Any]:
        texts.append(str(message.text))
        return dict(await parse(message))

    monkeypatch.setattr(brain._processor, "parse_message", noting)
    return texts


@pytest.mark.parametrize(
    ("search", "text"),
    [("find energy jobs", "the third one please!!"), ("找能源的工作", "请看第三个！！")],
)
async def test_a_text_is_parsed_once_and_read_in_each_conversation_anew(
    brain: Brain, parsed: list[str], search: str, text: str
) -> None:
    seeing, fresh = Visitor(brain), Visitor(brain)
    shown = (await seeing.say(search))["custom"]["items"]
    assert (await fresh.say(text))["custom"]["type"] != "detail"
    detail = await seeing.say(text)
    assert detail["custom"]["item"]["id"] == shown[2]["id"]
    assert parsed.count(text) == 1


async def test_what_was_parsed_with_older_names_is_parsed_again(
    brain: Brain, parsed: list[str], visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.say("any word from Quokka Labs?")
    monkeypatch.setattr(brain, "data_version", lambda: "newer")
    for _ in range(2):  # the model may not have seen the new names yet
        await visitor.say("any word from Quokka Labs?")
    assert len(parsed) == 3


async def test_clearing_forgets_the_search(visitor: Visitor, brain: Brain) -> None:
    await visitor.say("find energy jobs in Shenzhen")
    await brain.clear(visitor.name)
    message = await visitor.say("only in Beijing")
    assert message["custom"]["query"] == {"city": ["beijing"]}


async def test_two_conversations_of_one_person_share_lists_and_no_search(brain: Brain) -> None:
    turns = [("a", "find energy jobs"), ("a", "save the first one"), ("b", "my saved items")]
    for conversation, text in turns:
        said = Said(
            conversation=f"shared-{conversation}", person="shared", channel="test", text=text
        )
        (message,) = await brain.answer(said)
    assert len(message["custom"]["items"]) == 1


async def test_versions_are_told(brain: Brain) -> None:
    assert brain.model.endswith(".tar.gz")
    assert brain.data_version()


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Any energy jobs in Shenzhen? And who is the guest of honour?", ["results", "answer"]),
        ("深圳有哪些能源职位？另外大会的主题是什么？", ["results", "answer"]),
        ("any chef jobs in hong kong? full time only", ["results"]),
    ],
)
async def test_each_of_two_questions_is_answered(brain: Brain, text: str, types: list[str]) -> None:
    name = f"visitor-{next(_NUMBERS)}"
    said = Said(conversation=name, person=name, channel="test", text=text)
    assert [each["custom"]["type"] for each in await brain.answer(said)] == types


async def test_english_without_spaces_is_understood(visitor: Visitor) -> None:
    answer = await visitor.say("energyjobsinshenzhen")
    assert answer["custom"]["query"] == {"industry": ["energy"], "city": ["shenzhen"]}


@pytest.mark.parametrize(
    ("search", "question"),
    [
        ("energy jobs in Beijing", "can i work from home?"),
        ("北京的能源职位", "可以在家办公吗"),
    ],
)
async def test_a_question_about_the_record_in_hand_is_no_filter(
    visitor: Visitor, search: str, question: str
) -> None:
    await visitor.say(search)
    opened = await visitor.say("1")
    asked = await visitor.say(question)
    assert asked["custom"]["type"] == "detail"
    assert asked["custom"]["item"]["id"] == opened["custom"]["item"]["id"]


@pytest.mark.parametrize(
    ("open_it", "ask", "save"),
    [
        (
            ["energy jobs in Beijing", "1", "who offers it?"],
            "any forums by them on 20 September?",
            "save it",
        ),
        (["北京的能源职位", "1", "是哪家公司"], "他们9月20日有论坛吗", "收藏它"),
    ],
)
async def test_an_empty_list_leaves_what_was_open_in_hand(
    visitor: Visitor, open_it: list[str], ask: str, save: str
) -> None:
    for text in open_it:
        opened = (await visitor.say(text))["custom"]
    assert (await visitor.say(ask))["custom"]["total"] == 0
    saved = (await visitor.say(save))["custom"]
    assert [each["id"] for each in saved["items"]] == [opened["item"]["id"]]


@pytest.mark.parametrize(
    ("search", "question"),
    [("forums on Thursday", "where is the first one held"), ("周四的论坛", "第一场在哪儿开")],
)
async def test_a_question_about_a_place_in_the_list_is_about_that_record(
    visitor: Visitor, search: str, question: str
) -> None:
    listed = await visitor.say(search)
    asked = await visitor.say(question)
    assert asked["custom"]["item"]["id"] == listed["custom"]["items"][0]["id"]


@pytest.mark.parametrize("text", ["talks this afternoon", "今天下午的讲座"])
async def test_a_part_of_today_keeps_its_part(visitor: Visitor, text: str) -> None:
    query = (await visitor.say(text))["custom"]["query"]
    assert (query["day"], query["period"]) == ("2020-09-08", "afternoon")


@pytest.mark.parametrize(
    "turns",
    [
        ("programmes in energy", "how many", "by country"),
        ("能源项目", "有多少", "按国家分一下"),
    ],
)
async def test_a_search_in_hand_is_counted_by_group(
    visitor: Visitor, turns: tuple[str, ...]
) -> None:
    for text in turns:
        answer = (await visitor.say(text))["custom"]
    assert (answer["type"], answer["by"]) == ("count", "country")
    assert answer["query"] == {"industry": ["energy"]}


@pytest.mark.parametrize(
    ("search", "wish", "headline", "stop"),
    [
        (
            "energy jobs in Shenzhen",
            "alert me about new ones",
            "Your alert has found {count} new jobs in energy in Shenzhen:",
            "Stop this alert",
        ),
        (
            "深圳的能源职位",
            "有新的通知我",
            "您订阅的深圳能源行业的职位新增了{count}个：",
            "关闭这项提醒",
        ),
        (
            "深圳的能源職位",
            "有新的通知我",
            "您訂閱的深圳能源行業的職位新增了{count}個：",
            "關閉這項提醒",
        ),
    ],
    ids=["en", "zh-Hans", "zh-Hant"],
)
async def test_an_alerts_news_are_told_as_its_person_writes(
    brain: Brain, search: str, wish: str, headline: str, stop: str
) -> None:
    visitor = Visitor(brain)
    found = await visitor.say(search)
    listed = (await visitor.say(wish))["custom"]
    alert = listed["items"][0]["id"]

    def news(after: int, upto: int) -> str:
        return written("show_alerts", news={"alert": int(alert), "after": after, "upto": upto})

    nothing = Said(visitor.name, visitor.name, "test", payload=news(1, 2))
    assert await brain.answer(nothing) == []
    told = await visitor.press(news(0, 1))  # the sample came with the first load
    count = found["custom"]["total"]
    assert told["text"].partition("\n")[0] == headline.format(count=count)
    assert told["custom"]["query"] == found["custom"]["query"]
    assert told["custom"]["alert"] == alert
    (button,) = [each for each in told["buttons"] if "stop_alerts" in each["payload"]]
    assert button["title"] == stop
    further = await visitor.say("more" if told["custom"]["language"] == "en" else "下一页")
    assert (further["custom"]["offset"], further["custom"]["total"]) == (5, count)
    assert (await visitor.press(button["payload"]))["custom"]["items"] == []
    assert await brain.answer(replace(nothing, payload=news(0, 1))) == []


@pytest.mark.parametrize(
    ("text", "query"),
    [
        (
            "alert me about new energy jobs in Shenzhen",
            {"industry": ["energy"], "city": ["shenzhen"]},
        ),
        ("subscribe to remote jobs in Beijing", {"city": ["beijing"], "remote": True}),
        ("深圳有新的能源职位请通知我", {"industry": ["energy"], "city": ["shenzhen"]}),
        ("訂閱北京的遠程職位", {"city": ["beijing"], "remote": True}),
    ],
)
async def test_an_alert_names_its_own_search(
    visitor: Visitor, text: str, query: dict[str, Any]
) -> None:
    custom = (await visitor.say(text))["custom"]
    assert custom["type"] == "alerts"
    assert [each["query"] for each in custom["items"]] == [query]


async def test_who_has_been_silent_too_long_is_told_in_the_alerts_language(
    brain: Brain, visitor: Visitor
) -> None:
    await visitor.say("能源職位")
    alert = (await visitor.say("有新的通知我"))["custom"]["items"][0]["id"]
    brain._services.conversations.clear(conversation=visitor.name)
    news = written("show_alerts", news={"alert": int(alert), "after": 0, "upto": 1})
    said = Said(visitor.name, visitor.name, "test", payload=news, language="zh-Hant")
    (told,) = await brain.answer(said)
    assert told["text"].startswith("您訂閱的能源行業的職位新增了")
