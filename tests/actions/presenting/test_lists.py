"""The user's own lists, and what fits a profile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.presenting import (
    present_agenda,
    present_alerts,
    present_contact_consent,
    present_contacts,
    present_matches,
    present_saved,
)
from conference.matching import Match
from conference.people import Alert, ContactRequest
from conference.query import Frame, Kind, Query
from tests.actions.presenting.records import (
    ENGINEER,
    FORUM,
    HYDROGEN,
    OWNERS,
    POWER,
    RESEARCHER,
    ROADSHOW,
)

ALERT = Alert(3, Frame(Kind.JOBS, Query(industry=("energy",), city=("shenzhen",))), True, "")


def test_saved() -> None:
    message = present_saved(
        [ENGINEER, HYDROGEN], language="en", institutions=OWNERS, note="added", about=HYDROGEN
    )
    assert message["text"].startswith("Saved: Green hydrogen.\n\nYou have 2 saved items:\n\n1. ")
    assert [each["id"] for each in message["custom"]["items"]] == ["job-00001", "prog-0001"]
    assert message["custom"]["type"] == "saved"


@pytest.mark.parametrize(
    ("note", "saved", "planned"),
    [
        ("added", "/remove_item", "/remove_item"),
        ("already", "/remove_item", "/remove_item"),
        ("removed", "/save_item", "/add_to_agenda"),
        (None, "/select_item", "/select_item"),
    ],
)
def test_a_change_can_be_taken_back(note: Any, saved: str, planned: str) -> None:
    answers = (
        (saved, present_saved([FORUM], language="en", note=note, about=FORUM)),
        (planned, present_agenda([FORUM], language="zh", note=note, about=FORUM)),
    )
    for intent, message in answers:
        assert message["buttons"][0]["payload"].startswith(f'{intent}{{"record": "{FORUM.id}"')


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("already", "“绿氢项目”之前已经收藏过了。"),
        ("removed", "已取消收藏：绿氢项目。"),
        ("absent", "收藏夹里没有“绿氢项目”，没有改动。"),
    ],
)
def test_what_was_done_to_the_saved_items(note: str, expected: str) -> None:
    message = present_saved([], language="zh", note=note, about=HYDROGEN)  # type: ignore[arg-type]
    assert message["text"].split("\n\n")[0] == expected
    assert message["custom"]["items"] == []


def test_the_agenda_is_by_time_and_points_out_clashes() -> None:
    later = replace(FORUM, id="event-0009", name_en="Later", starts_at="2020-09-09T09:00:00+08:00",
                    ends_at=None)  # fmt: skip
    message = present_agenda([later, ROADSHOW, FORUM], language="en", institutions=OWNERS)
    items = message["custom"]["items"]
    assert [each["id"] for each in items] == ["event-0001", "event-0003", "event-0009"]
    assert [each["clashes"] for each in items] == [["event-0003"], ["event-0001"], []]
    assert message["text"].endswith("\n\nNote: “Forum on hydrogen” and “Roadshow” overlap.")


def test_only_events_go_on_the_agenda() -> None:
    message = present_agenda([], language="zh", note="not_event", about=ENGINEER)
    assert message["text"].startswith("只有活动才能加入日程，“风电机组工程师”不是活动。")


def test_alerts() -> None:
    message = present_alerts([ALERT], language="en", note="added", about=ALERT)
    assert message["text"] == (
        "Alert saved for: jobs in energy in Shenzhen. "
        "I'll write to you here when something new comes in, once a day at most.\n\n"
        "You have one alert:\n\n1. Jobs in energy in Shenzhen"
    )
    assert message["custom"]["items"] == [
        {
            "id": "3",
            "title": "Jobs in energy in Shenzhen",
            "kind": "jobs",
            "query": {"industry": ["energy"], "city": ["shenzhen"]},
        }
    ]


def test_alerts_that_are_off_are_not_listed() -> None:
    message = present_alerts([replace(ALERT, active=False)], language="zh", note="stopped")
    assert message["text"] == "已关闭您的提醒。"
    assert message["custom"]["items"] == []


def test_contacts() -> None:
    request = ContactRequest(1, "job-00001", "inst-0001", "2020-09-08T02:00:00+00:00")
    gone = replace(request, id=2, record_id="job-99999")
    message = present_contacts(
        [request, gone], records={"job-00001": ENGINEER}, language="zh", institutions=OWNERS,
        note="sent", about=ENGINEER,
    )  # fmt: skip
    assert message["text"] == (
        "已登记您对“风电机组工程师”的联系请求。\n\n"
        "您发过1个联系请求：\n\n"
        "1. 风电机组工程师\n南山清洁能源有限公司 · 2020年9月8日发送"
    )


_CONSENT = {
    "en": (
        "You'd like to get in touch with Nanshan Clean Power Co., Ltd. about “Wind turbine "
        "engineer”. ",
        "You'd like to get in touch with Nanshan Clean Power Co., Ltd. ",
        "May I pass this request on? Nothing that you wrote here goes with it, and nothing is sent "
        "unless you say yes.",
    ),
    "zh": (
        "您想就“风电机组工程师”联系南山清洁能源有限公司。",
        "您想联系南山清洁能源有限公司。",
        "可以把这个请求转给对方吗？您的聊天内容不会一并转达；您同意之前，我不会发送任何内容。",
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_consent_is_asked_to_what_is_passed_on_and_no_more(language: str) -> None:
    about_job, about_owner, question = _CONSENT[language]
    for record, told in ((ENGINEER, about_job), (POWER, about_owner)):
        message = present_contact_consent(record, POWER, language=language)
        assert message["text"] == told + question
        assert message["custom"]["pending"] is True
        assert [each["payload"] for each in message["buttons"]] == ["/affirm", "/deny"]


def test_matches_say_why() -> None:
    reasons = (("skills", ["SCADA", "welding"]), ("meaning", None), ("degree", "master"),
               ("industry", "energy"), ("city", "shenzhen"))  # fmt: skip
    other = (("remote", True), ("employment", "contract"), ("country", "RU"))
    matches = [Match(ENGINEER, 0.9, reasons), Match(RESEARCHER, 0.5, other)]
    found = present_matches(
        matches, 9, Frame(Kind.JOBS, offset=5), language="en", institutions=OWNERS
    )
    assert found["text"].startswith("9 jobs fit what you told me, the best first:\n\n1. Wind ")
    assert found["text"].endswith("\n\n6–7 of 9")
    assert found["custom"]["items"][0]["reasons"] == [
        "you mention SCADA and welding",
        "close to what you describe",
        "a master's degree is enough",
        "it's in energy",
        "it's in Shenzhen",
    ]
    assert found["custom"]["items"][1]["reasons"] == [
        "it can be done remotely",
        "contract work",
        "it's in Russia",
    ]
    assert [each["title"] for each in found["buttons"]] == [
        *("1", "2", "More", "Previous page"),
        *("👍 Helpful", "👎 Not helpful"),
    ]


def test_no_match_asks_for_more() -> None:
    message = present_matches([], 0, Frame(Kind.PROGRAMS), language="zh")
    assert message["text"].startswith("暂时没有找到合适的合作项目。")
    assert message["custom"]["total"] == 0
