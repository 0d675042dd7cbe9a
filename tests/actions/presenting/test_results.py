"""A page of what was found, in words and as data."""

from __future__ import annotations

import pytest

from actions.presenting import present_choose, present_clarify, present_count, present_results
from actions.presenting.choices import Reading
from conference.catalogue import Page
from conference.query import Frame, Kind, Query
from tests.actions.presenting.records import (
    CANCELLED,
    CASHIER,
    ENGINEER,
    FORUM,
    HYDROGEN,
    OWNERS,
    RECYCLING,
    RESEARCHER,
    VOLGA,
)

ENERGY = Frame(Kind.JOBS, Query(industry=("energy",), city=("shenzhen",), sort="salary"), 5)


def page(*items: object, total: int, frame: Frame = ENERGY, relaxed: tuple[str, ...] = ()) -> Page:
    return Page(items, total, frame.offset, relaxed, frame)  # type: ignore[arg-type]


def test_a_page_in_english() -> None:
    message = present_results(
        page(ENGINEER, RESEARCHER, CASHIER, total=812), ENERGY, language="en", institutions=OWNERS
    )
    assert message["text"] == (
        "812 jobs in energy in Shenzhen, highest salary first:\n\n"
        "1. Wind turbine engineer\n"
        "Nanshan Clean Power Co., Ltd. · Shenzhen · CNY 15,000–25,000 a month · "
        "Bachelor's degree\n\n"
        "2. Hydrogen researcher\n"
        "Volga Institute · Kazan · Remote · CNY 8,000–12,000 a month · PhD\n\n"
        "3. 出纳 (in Chinese)\n"
        "Singapore\n\n"
        "6–8 of 812"
    )
    assert message["buttons"] == [
        {"title": "1", "payload": '/select_item{"record": "job-00001"}'},
        {"title": "2", "payload": '/select_item{"record": "job-00002"}'},
        {"title": "3", "payload": '/select_item{"record": "job-00003"}'},
        {"title": "More", "payload": "/next_page"},
        {"title": "Previous page", "payload": "/previous_page"},
    ]


def test_a_page_in_chinese() -> None:
    message = present_results(
        page(ENGINEER, RESEARCHER, total=812), ENERGY, language="zh", institutions=OWNERS
    )
    assert message["text"] == (
        "深圳能源行业的职位共有812个，薪资从高到低：\n\n"
        "1. 风电机组工程师\n"
        "南山清洁能源有限公司 · 深圳 · 月薪1.5万–2.5万元 · 本科\n\n"
        "2. Hydrogen researcher（英文原文）\n"
        "Volga Institute（英文原文） · 喀山 · 远程 · 月薪8000–12000元 · 博士\n\n"
        "第6–7个，共812个"
    )


def test_what_programs_read() -> None:
    custom = present_results(page(ENGINEER, total=6), ENERGY, language="en")["custom"]
    assert custom == {
        "type": "results",
        "language": "en",
        "kind": "jobs",
        "query": {"industry": ["energy"], "city": ["shenzhen"], "sort": "salary"},
        "total": 6,
        "offset": 5,
        "items": [
            {
                "id": "job-00001",
                "title": "Wind turbine engineer",
                "subtitle": "Shenzhen · CNY 15,000–25,000 a month · Bachelor's degree",
                "url": "https://power.example/1",
            }
        ],
    }


@pytest.mark.parametrize(
    ("record", "english", "chinese"),
    [
        (HYDROGEN, "Volga Institute · Russia · Pilot stage",
         "Volga Institute（英文原文） · 俄罗斯 · 中试阶段"),
        (RECYCLING, "Seeking · Nanshan Clean Power Co., Ltd. · China · until 31 Dec 2020",
         "寻求 · 南山清洁能源有限公司 · 中国 · 有效期至2020年12月31日"),
        (FORUM, "Tue 8 Sep, 14:00–15:30 · Guest of honour · Room 3",
         "9月8日 星期二 14:00–15:30 · 主宾国 · 3号会议室"),
        (CANCELLED, "Cancelled · Tue 8 Sep, 15:00–16:00 · Guest of honour · Room 3",
         "已取消 · 9月8日 星期二 15:00–16:00 · 主宾国 · 3号会议室"),
        (VOLGA, "Research institute · Kazan, Russia", "科研院所 · 俄罗斯喀山"),
    ],
)  # fmt: skip
def test_the_line_under_a_title(record: object, english: str, chinese: str) -> None:
    for language, expected in (("en", english), ("zh", chinese)):
        message = present_results(
            page(record, total=1), ENERGY, language=language, institutions=OWNERS
        )
        assert message["custom"]["items"][0]["subtitle"] == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "There are no remote jobs in energy in Shenzhen, paying CNY 90,000 or more a month. "
         "That was too narrow, so I left this out: minimum salary and remote work. "
         "That finds 300 jobs in energy in Shenzhen:"),
        ("zh", "没有找到深圳能源行业、月薪9万元起的远程职位，条件太窄了。"
         "去掉最低月薪和远程办公的条件后，深圳能源行业的职位共有300个："),
    ],
)  # fmt: skip
def test_a_wider_search_says_what_it_gave_up(language: str, expected: str) -> None:
    wider = Frame(Kind.JOBS, Query(industry=("energy",), city=("shenzhen",)))
    asked = Frame(
        Kind.JOBS,
        Query(industry=("energy",), city=("shenzhen",), remote=True, salary_min=90000),
    )
    found = page(ENGINEER, total=300, frame=wider, relaxed=("salary_min", "remote"))
    message = present_results(found, asked, language=language)
    assert message["text"].split("\n")[0] == expected
    assert message["custom"]["relaxed"] == ["salary_min", "remote"]
    assert message["custom"]["query"] == asked.query.to_json()


def test_nothing_found() -> None:
    message = present_results(page(total=0), ENERGY, language="en")
    assert message["text"].startswith("I found no jobs in energy in Shenzhen.\n")
    assert message["custom"]["items"] == []
    assert "relaxed" not in message["custom"]
    assert [each["payload"] for each in message["buttons"]] == ["/start_over", "/help"]


def test_the_ends_of_the_list() -> None:
    last = present_results(page(ENGINEER, total=6), ENERGY, language="en", edge="end")
    assert last["text"].startswith("That's the end of the list: all 6 have been shown.")
    assert "/next_page" not in {each["payload"] for each in last["buttons"]}
    first = present_results(
        page(ENGINEER, total=6, frame=ENERGY.first_page()), ENERGY, language="zh", edge="start"
    )
    assert first["text"].startswith("这已经是第一页了，共6个。")
    assert "/previous_page" not in {each["payload"] for each in first["buttons"]}


def test_a_count() -> None:
    frame = Frame(Kind.JOBS, Query(city=("shenzhen",)))
    message = present_count(
        frame, 702, language="en", by="industry", buckets=[("energy", 700), ("it", 2)]
    )
    assert message["text"] == (
        "There are 702 jobs in Shenzhen.\n\n"
        "By industry:\nEnergy: 700\nNew-generation information technology: 2"
    )
    assert message["custom"] == {
        "type": "count",
        "language": "en",
        "kind": "jobs",
        "query": {"city": ["shenzhen"]},
        "total": 702,
        "by": "industry",
        "buckets": [{"code": "energy", "count": 700}, {"code": "it", "count": 2}],
        "labels": {"energy": "Energy", "it": "New-generation information technology"},
    }
    assert present_count(frame, 1, language="en")["text"] == "There is one job in Shenzhen."
    assert present_count(frame, 0, language="zh")["text"] == "目前没有深圳的职位。"


def test_a_long_count_says_how_many_groups_are_left() -> None:
    buckets = [(f"inst-{number:04}", 30 - number) for number in range(12)]
    message = present_count(
        Frame(Kind.JOBS), 294, language="zh", by="institution", buckets=buckets,
        names={"inst-0000": "甲公司"},
    )  # fmt: skip
    assert "甲公司：30" in message["text"]
    assert message["text"].endswith("另外还有2项")
    assert len(message["custom"]["buckets"]) == 12
    many = [(f"inst-{number:04}", 1) for number in range(4000)]
    message = present_count(Frame(Kind.JOBS), 4000, language="en", by="institution", buckets=many)
    assert message["text"].endswith("and 3,990 more")
    assert len(message["custom"]["buckets"]) == len(message["custom"]["labels"]) == 50


def test_a_count_by_day() -> None:
    message = present_count(
        Frame(Kind.EVENTS), 3, language="zh", by="day", buckets=[("2020-09-08", 3)]
    )
    assert message["text"].endswith("按日期统计：\n9月8日 星期二：3")


def test_two_readings() -> None:
    readings = [Reading("find_jobs", {"industry": "energy"}), Reading("ask_fees")]
    message = present_clarify(readings, language="en")
    options = [
        {"title": "Search jobs", "payload": '/find_jobs{"industry": "energy"}'},
        {"title": "What it costs", "payload": "/ask_fees"},
    ]
    assert message["custom"] == {"type": "clarify", "language": "en", "options": options}
    assert message["buttons"][:2] == options


def test_which_record() -> None:
    message = present_choose([ENGINEER, FORUM], language="zh", institutions=OWNERS)
    assert message["text"].startswith("您说的是哪一个？\n\n1. 风电机组工程师")
    assert message["buttons"][1] == {
        "title": "氢能论坛",
        "payload": '/select_item{"record": "event-0001"}',
    }
