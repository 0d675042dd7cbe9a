"""Which messages are kept to learn from: with consent, without names, and no others."""

from __future__ import annotations

import json
from itertools import count

import pytest

from bot.brain import context
from bot.brain.brain import Brain, Message, Said
from conference.lessons import KeptLesson, Reason

_NUMBERS = count()
YES = '/privacy{"consent": "yes"}'
NO = '/privacy{"consent": "no"}'
DECLINED = {
    "en": "will it rain on me in Shenzhen on Friday? my name is Li Hua",
    "zh": "我叫李华，星期五深圳会下雨吗",
}
WITHOUT_NAME = {"en": "will it rain on me in Shenzhen on Friday?", "zh": "星期五深圳会下雨吗"}
BOTH = pytest.mark.parametrize("language", ["en", "zh"])


class Visitor:
    """One person in one conversation."""

    def __init__(self, brain: Brain, person: str | None = None) -> None:
        self.brain = brain
        self.name = f"noticed-{next(_NUMBERS)}"
        self.person = person or self.name

    async def say(self, text: str) -> Message:
        return await self._turn(Said(self.name, self.person, "test", text=text))

    async def press(self, payload: str) -> Message:
        return await self._turn(Said(self.name, self.person, "test", payload=payload))

    async def _turn(self, said: Said) -> Message:
        (message,) = await self.brain.answer(said)
        return message

    def kept(self, *texts: str) -> list[KeptLesson]:
        """Those of the lessons that have one of these texts."""
        waiting = self.brain._services.lessons.waiting()
        return [each for each in waiting if each.text in texts]


def payloads(message: Message) -> list[str]:
    return [each["payload"] for each in message.get("buttons", ())]


@pytest.fixture
def visitor(brain: Brain) -> Visitor:
    return Visitor(brain)


@pytest.fixture(autouse=True)
def fresh(brain: Brain) -> None:
    """What other tests had kept is out of the way."""
    from sqlalchemy import delete

    from conference.people_tables import lessons

    with brain._services.catalogue.engine.begin() as connection:
        connection.execute(delete(lessons))


@BOTH
async def test_consent_is_asked_for_once_and_nothing_is_kept_before_it(
    visitor: Visitor, language: str
) -> None:
    declined = await visitor.say(DECLINED[language])
    assert declined["custom"]["type"] == "fallback"
    assert payloads(declined)[-1] == YES
    again = await visitor.say(DECLINED[language])
    assert YES not in payloads(again)
    assert visitor.brain._services.lessons.waiting() == []


@BOTH
async def test_with_consent_this_message_and_later_ones_are_kept_without_names(
    visitor: Visitor, language: str
) -> None:
    await visitor.say(DECLINED[language])
    agreed = await visitor.press(YES)
    assert (agreed["custom"]["type"], agreed["custom"]["language"]) == ("privacy", language)
    assert payloads(agreed) == [NO]
    (lesson,) = visitor.brain._services.lessons.waiting()
    assert lesson.text == WITHOUT_NAME[language]
    assert (lesson.language, lesson.reason) == (language, Reason.DECLINED)
    later = {"en": "who will win the football cup", "zh": "谁会赢得世界杯足球赛"}[language]
    await visitor.say(later)
    assert [each.text for each in visitor.kept(later)] == [later]


@BOTH
async def test_a_refusal_deletes_what_was_kept_and_ends_it(visitor: Visitor, language: str) -> None:
    await visitor.say(DECLINED[language])
    await visitor.press(YES)
    refused = await visitor.press(NO)
    assert refused["custom"]["type"] == "privacy"
    assert payloads(refused) == [YES]
    await visitor.say(DECLINED[language])
    assert visitor.brain._services.lessons.waiting() == []


@pytest.mark.parametrize(
    "words",
    [
        ("what do you store about me", "delete my data", "yes"),
        ("你会保存我的数据吗", "删除我的数据", "是的"),
    ],
)
async def test_the_privacy_answer_has_the_switch_and_deleting_takes_all(
    visitor: Visitor, words: tuple[str, ...]
) -> None:
    asks, deletes, yes = words
    assert payloads(await visitor.say(asks)) == [YES, "/delete_data"]
    await visitor.press(YES)
    assert payloads(await visitor.say(asks)) == [NO, "/delete_data"]
    await visitor.say(DECLINED["en"])
    assert len(visitor.brain._services.lessons.waiting()) == 1
    await visitor.say(deletes)
    assert (await visitor.say(yes))["custom"]["type"] == "privacy"
    assert visitor.brain._services.lessons.waiting() == []
    assert not visitor.brain._services.lessons.agreed(person=visitor.person)


@pytest.mark.parametrize(
    ("text", "correction"),
    [
        ("programmes from Austria", "no, I meant Australia"),
        ("奥地利有哪些项目", "不对，我说的是澳大利亚"),
    ],
)
async def test_a_message_that_is_put_right_is_kept_with_what_was_said_then(
    visitor: Visitor, text: str, correction: str
) -> None:
    await visitor.press(YES)
    await visitor.say(text)
    assert visitor.brain._services.lessons.waiting() == []
    await visitor.say(correction)
    (lesson,) = visitor.brain._services.lessons.waiting()
    assert (lesson.text, lesson.correction) == (text, correction)
    assert (lesson.reason, lesson.intent) == (Reason.CORRECTED, "find_programs")


@pytest.mark.parametrize("text", ["do you keep my data", "你会留着我的数据吗"])
async def test_of_two_readings_the_one_chosen_is_noted(
    visitor: Visitor, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "CLARIFY_BELOW", {"en": 1.1, "zh": 1.1})
    await visitor.press(YES)
    offered = payloads(await visitor.say(text))
    (lesson,) = visitor.brain._services.lessons.waiting()
    assert (lesson.reason, lesson.meant) == (Reason.CLARIFY, None)
    await visitor.press(offered[1])
    (lesson,) = visitor.brain._services.lessons.waiting()
    assert lesson.meant == offered[1].removeprefix("/")


FACT = {"en": "when does the conference end?", "zh": "大会什么时候结束？"}
THUMB = {"en": "👎", "zh": "👎🏻"}


def judgement(message: Message, *, useful: bool) -> str:
    """The payload of the button that says so."""
    (found,) = [
        each
        for each in payloads(message)
        if each.startswith("/give_feedback") and json.loads(each[14:])["useful"] is useful
    ]
    return found


@BOTH
@pytest.mark.parametrize("typed", [False, True])
async def test_a_message_whose_answer_did_not_help_is_kept(
    visitor: Visitor, language: str, typed: bool
) -> None:
    await visitor.press(YES)
    answer = await visitor.say(FACT[language])
    assert visitor.kept(FACT[language]) == []
    down = judgement(answer, useful=False)
    judged = await (visitor.say(THUMB[language]) if typed else visitor.press(down))
    assert judged["custom"]["useful"] is False
    (lesson,) = visitor.brain._services.lessons.waiting()
    assert (lesson.text, lesson.reason) == (FACT[language], Reason.UNHELPFUL)
    assert (lesson.language, lesson.intent) == (language, "ask_dates")


@BOTH
async def test_without_consent_it_is_asked_for_once_and_then_that_message_is_kept(
    visitor: Visitor, language: str
) -> None:
    down = judgement(await visitor.say(FACT[language]), useful=False)
    judged = await visitor.press(down)
    assert payloads(judged) == ["/handoff", YES]
    assert payloads(await visitor.press(down)) == ["/handoff"]
    assert visitor.brain._services.lessons.waiting() == []
    await visitor.press(YES)
    (lesson,) = visitor.brain._services.lessons.waiting()
    assert (lesson.text, lesson.reason) == (FACT[language], Reason.UNHELPFUL)


async def test_what_is_said_after_a_judgement_may_put_the_message_right(visitor: Visitor) -> None:
    await visitor.press(YES)
    counted = await visitor.say("how many programmes from Austria are there?")
    await visitor.press(judgement(counted, useful=False))
    await visitor.say("no, I meant Australia")
    (lesson,) = visitor.brain._services.lessons.waiting()
    assert (lesson.reason, lesson.correction) == (Reason.UNHELPFUL, "no, I meant Australia")


async def test_what_helped_and_what_nobody_wrote_is_not_kept(visitor: Visitor) -> None:
    await visitor.press(YES)
    answer = await visitor.say(FACT["en"])
    await visitor.press(judgement(answer, useful=True))
    await visitor.say("which country is the guest of honour?")
    await visitor.press(judgement(answer, useful=False))  # of the answer before
    pressed = await visitor.press("/ask_speakers")
    await visitor.press(judgement(pressed, useful=False))
    assert visitor.brain._services.lessons.waiting() == []


@pytest.mark.parametrize("text", ["find energy jobs", "找能源的工作", "Привет, есть работа?", "👍"])
async def test_what_is_answered_or_is_no_message_of_ours_is_not_kept(
    visitor: Visitor, text: str
) -> None:
    await visitor.press(YES)
    await visitor.say(text)
    assert visitor.brain._services.lessons.waiting() == []


async def test_a_cleared_conversation_is_not_followed_up(visitor: Visitor) -> None:
    await visitor.say(DECLINED["en"])
    await visitor.brain.clear(visitor.name)
    await visitor.press(YES)
    assert visitor.brain._services.lessons.waiting() == []


async def test_one_person_s_consent_is_not_another_s(brain: Brain) -> None:
    await Visitor(brain).press(YES)
    other = Visitor(brain)
    await other.say(DECLINED["en"])
    assert brain._services.lessons.waiting() == []


async def test_a_typed_consent_is_words(visitor: Visitor) -> None:
    await visitor.say(YES)
    assert not visitor.brain._services.lessons.agreed(person=visitor.person)
