from __future__ import annotations

import pytest

from bot.brain.nlu import phrases
from bot.brain.nlu.spelling import english_words
from bot.brain.pinyin import Pinyin


@pytest.fixture(scope="module")
def pinyin() -> Pinyin:
    known = [*phrases.vocabulary_phrases(), *phrases.language_phrases()]
    return Pinyin((each.text for each in known), english=english_words())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zhao gongzuo", "找工作"),
        ("shenzhen youshenme gongzuo", "深圳有什么工作"),
        ("wo xiang zhao gong zuo", "我想找工作"),
        ("nengyuan hangye de gongzuo", "能源行业的工作"),
        ("nihao", "你好"),
        ("dahui na tian kaishi", "大会哪天开始"),
        ("shenzhen zhaopin huli", "深圳招聘护理"),
        ("woxiangzhao nengyuan gongzuo", "我想找能源工作"),
        ("法国 jiaoyu xiangmu", "法国 教育 项目"),
    ],
)
def test_pinyin_becomes_the_words_that_sound_so(pinyin: Pinyin, typed: str, meant: str) -> None:
    assert pinyin.to_han(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "find jobs in energy",
        "jobs in shenzhen",
        "shenzhen",
        "hangzhou nanjing",
        "hello",
        "can you help me",
        "深圳 shanghai manager",
        "women in energy",
        "change my plan",
        "da lang man she",
        "找工作",
        "zhao a job please",
        "",
        "42",
    ],
)
def test_what_is_no_pinyin_stays(pinyin: Pinyin, text: str) -> None:
    assert pinyin.to_han(text) is None
