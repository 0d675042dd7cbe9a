"""What tells who wrote a message goes; what tells what they look for stays."""

from __future__ import annotations

import pytest

from conference.nameless import without_names


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my name is Li Hua and I look for jobs", "and I look for jobs"),
        ("My name is Anna Petrova, any nurse jobs?", "any nurse jobs?"),
        ("i'm called bob, any jobs", "any jobs"),
        ("I'm Anna Petrova from Moscow, who seeks partners", "from Moscow, who seeks partners"),
        ("any jobs?\nBest regards,\nAnna", "any jobs?"),
        ("我叫李华想找护士工作", "想找护士工作"),
        ("我叫王小明，有没有能源项目", "有没有能源项目"),
        ("我叫伊万·彼得罗夫，想找合作伙伴", "想找合作伙伴"),
        ("我叫Anna想找工作", "想找工作"),
        ("我的名字是欧阳娜娜，找工作", "找工作"),
        ("write to anna.petrova@mail.example please", "write to please"),
        ("see https://example.org/cv?id=3 and say what fits", "see and say what fits"),
        ("看https://example.org/me有什么适合我", "看 有什么适合我"),
        ("my page is example.com/me", "my page is"),
        ("jobs for @anna_p", "jobs for"),
        ("my wechat is anna_1990, jobs in it", "jobs in it"),
        ("加微信wx123456谈合作", "谈合作"),
        ("call +86 138 0013 8000 about jobs", "call about jobs"),
        ("call 138-0013-8000", "call"),
        ("(212) 555-0123 is mine", "is mine"),
        ("8 (912) 345-67-89, jobs", "jobs"),
        ("电话０７５５-１２３４５６７８找工作", "电话 找工作"),
        ("一三八零零一三八零零零找工作", "找工作"),
        ("护照E12345678，找工作", "护照，找工作"),
        ("lihua@example.com", ""),
    ],
)
def test_it_goes(text: str, left: str) -> None:
    assert without_names(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "I'm Russian, any jobs in Beijing?",
        "I am German.",
        "jobs paying 15,000-20,000 yuan on 2020-09-08",
        "jobs paying 15000-20000",
        "年薪50万到100万的工作",
        "show me job-00017",
        "node.js jobs",
        "WeChat mini program developers",
        "微信小程序开发职位",
        "call me tomorrow",
        "this is great",
        "你叫什么名字？",
        "9月8日下午2点到3点",
    ],
)
def test_it_stays(text: str) -> None:
    assert without_names(text) == text
