"""Thumbs, typed alone and pressed, and what they are not."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from bot.brain import thumbs
from bot.brain.brain import Brain, Message, Said

_NUMBERS = count()
DATES = {"type": "answer", "topic": "dates"}
ASKED = {"to_judge": DATES}
BOTH = pytest.mark.parametrize("language", ["en", "zh"])
WORDS = {
    "en": {
        "list": "science jobs in Wuhan",
        "fact": "when does the conference end?",
        "second": "the second one",
        "thanks": "that was helpful, thanks",
        "contact": "get in touch with them",
    },
    "zh": {
        "list": "武汉的科研职位",
        "fact": "大会什么时候结束？",
        "second": "第二个",
        "thanks": "很有帮助，谢谢",
        "contact": "帮我联系他们",
    },
}


class Visitor:
    """One conversation."""

    def __init__(self, brain: Brain) -> None:
        self.brain = brain
        self.name = f"thumbs-{next(_NUMBERS)}"

    async def turn(self, **words: str) -> Message:
        (message,) = await self.brain.answer(Said(self.name, self.name, "test", **words))
        return message

    async def say(self, text: str) -> dict[str, Any]:
        custom: dict[str, Any] = (await self.turn(text=text))["custom"]
        return custom


@pytest.mark.parametrize(
    ("text", "useful"),
    [
        ("👍", True),
        ("👍🏽", True),
        ("👍👍", True),
        (" 👍! ", True),
        ("👎\ufe0f", False),
        ("👎🏿 👎", False),
    ],
)
def test_a_thumb_alone_judges_the_answer_just_given(text: str, useful: bool) -> None:
    assert thumbs.read(text, ASKED) == ("give_feedback", {"useful": useful, "of": DATES})


@pytest.mark.parametrize(
    "text", ["", "👍👎", "👍 thanks", "👍🎉", "🎉", "🏽", "ok", "谢谢👍", "+1"]
)
def test_with_anything_beside_it_a_thumb_is_read_with_the_rest(text: str) -> None:
    assert thumbs.read(text, ASKED) is None


def test_a_confirmation_that_waits_is_answered_first() -> None:
    waiting = {**ASKED, "pending": {"act": "delete_data"}}
    assert thumbs.read("👍", waiting) == ("affirm", {})
    assert thumbs.read("👎", waiting) == ("deny", {})
    assert thumbs.read("👍", {}) is None


@BOTH
async def test_a_judgement_leaves_the_list_and_the_record_in_hand(
    brain: Brain, language: str
) -> None:
    visitor, words = Visitor(brain), WORDS[language]
    listed = await visitor.say(words["list"])
    answer = await visitor.turn(text=words["fact"])
    down = answer["buttons"][-1]["payload"]
    for custom, useful in (
        (await visitor.say("👍"), True),
        ((await visitor.turn(payload=down))["custom"], False),
        (await visitor.say("👍🏻"), True),  # on second thoughts
    ):
        assert (custom["type"], custom["language"]) == ("feedback", language)
        assert (custom["useful"], custom["of"]) == (useful, DATES)
    opened = await visitor.say(words["second"])
    assert opened["item"]["id"] == listed["items"][1]["id"]


@BOTH
async def test_an_older_answer_is_judged_by_its_own_button(brain: Brain, language: str) -> None:
    visitor, words = Visitor(brain), WORDS[language]
    answer = await visitor.turn(text=words["fact"])
    await visitor.say(words["list"])
    custom = (await visitor.turn(payload=answer["buttons"][-2]["payload"]))["custom"]
    assert (custom["useful"], custom["of"]) == (True, DATES)


@BOTH
async def test_thanks_in_words_stay_thanks(brain: Brain, language: str) -> None:
    visitor, words = Visitor(brain), WORDS[language]
    await visitor.say(words["fact"])
    assert (await visitor.say(words["thanks"]))["type"] == "goodbye"


@BOTH
async def test_where_there_is_nothing_to_judge_a_thumb_is_no_message_of_ours(
    brain: Brain, language: str
) -> None:
    visitor, words = Visitor(brain), WORDS[language]
    assert (await visitor.say("👍"))["type"] == "fallback"
    await visitor.say(words["list"])
    assert (await visitor.say("👎"))["type"] == "fallback"


@BOTH
@pytest.mark.parametrize(("thumb", "sent"), [("👍", 1), ("👎", 0)])
async def test_a_thumb_answers_the_question_whether_to_send(
    brain: Brain, language: str, thumb: str, sent: int
) -> None:
    visitor, words = Visitor(brain), WORDS[language]
    await visitor.say(words["list"])
    await visitor.say(words["second"])
    assert (await visitor.say(words["contact"]))["pending"] is True
    custom = await visitor.say(thumb)
    assert (custom["type"], custom["language"]) == ("contacts", language)
    assert len(custom["items"]) == sent
