"""One record, whole, and questions about it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from actions.presenting import present_detail
from actions.presenting.attributes import ATTRIBUTES
from conference.commands import read
from conference.models import Record
from tests.actions.presenting.records import (
    CANCELLED,
    CASHIER,
    ENGINEER,
    EVERY,
    FORUM,
    HYDROGEN,
    OWNERS,
    POWER,
    RECYCLING,
    RESEARCHER,
)

detail = partial(present_detail, zone=ZoneInfo("Asia/Shanghai"))


def test_a_job_in_english() -> None:
    message = detail(ENGINEER, POWER, language="en")
    assert message["text"] == (
        "Wind turbine engineer\n"
        "Employer: Nanshan Clean Power Co., Ltd.\n"
        "Place: Shenzhen, China\n"
        "Salary: CNY 15,000–25,000 a month\n"
        "Employment: Full-time\n"
        "Degree: Bachelor's degree\n"
        "Experience: At least 3 years\n"
        "Skills: SCADA, welding\n"
        "Openings: 3\n"
        "Industry: Energy\n"
        "Contact: hr@power.example\n"
        "Posted: 1 Sep 2020\n"
        "Open until: 15 Oct 2020\n"
        "Link: https://power.example/1\n\n"
        "You look after turbines."
    )


def test_a_job_in_chinese_with_its_english_texts_marked() -> None:
    message = detail(RESEARCHER, OWNERS[RESEARCHER.id], language="zh")
    assert message["text"] == (
        "Hydrogen researcher（英文原文）\n"
        "招聘单位：Volga Institute（英文原文）\n"
        "地点：俄罗斯喀山\n"
        "远程办公：可以\n"
        "薪资：年薪1.2万–1.8万欧元（约合月薪8000–12000元）\n"
        "学历：博士\n"
        "工作经验：不限\n"
        "技能：electrolysis（英文原文）\n"
        "招聘人数：1\n"
        "行业：科学研究\n\n"
        "You study hydrogen.（英文原文）"
    )
    assert message["custom"]["item"]["untranslated"] == [
        "title",
        "description",
        "skills",
        "hiringOrganization",
    ]


def test_a_job_as_data() -> None:
    item = detail(ENGINEER, POWER, language="zh")["custom"]["item"]
    assert item == {
        "id": "job-00001",
        "title": "风电机组工程师",
        "description": "负责风机运维。",
        "skills": ["SCADA", "焊接"],
        "hiringOrganization": {"id": "inst-0001", "name": "南山清洁能源有限公司"},
        "contact": "hr@power.example",
        "jobLocation": {
            "city": "深圳",
            "country": "中国",
            "cityCode": "shenzhen",
            "countryCode": "CN",
        },
        "remote": False,
        "employmentType": "full-time",
        "industry": "energy",
        "occupationalCategory": None,
        "baseSalary": {"min": 15000, "max": 25000, "currency": "CNY", "unit": "MONTH"},
        "educationRequirements": "bachelor",
        "experienceRequirements": 3,
        "totalJobOpenings": 3,
        "datePosted": "2020-09-01",
        "validThrough": "2020-10-15",
        "url": "https://power.example/1",
        "labels": {"industry": "能源", "employmentType": "全职", "educationRequirements": "本科"},
        "sample": False,
    }


def test_an_event_as_data() -> None:
    item = detail(FORUM, OWNERS[FORUM.id], language="en")["custom"]["item"]
    assert item["name"] == "Forum on hydrogen"
    assert (item["startDate"], item["endDate"]) == (FORUM.starts_at, FORUM.ends_at)
    assert item["location"] == "Room 3"
    assert item["speakers"] == [{"name": "Anna Orlova", "role": "Dean"}]
    assert item["organizer"] == {"id": "inst-0002", "name": "Volga Institute"}


@pytest.mark.parametrize(
    ("record", "attribute", "english", "chinese"),
    [
        (ENGINEER, "salary", "It pays CNY 15,000–25,000 a month.", "薪资：月薪1.5万–2.5万元。"),
        (ENGINEER, "remote", "No, remote work isn't offered.", "这个职位不能远程办公。"),
        (RESEARCHER, "remote", "Yes, it can be done remotely.", "可以远程办公。"),
        (ENGINEER, "degree", "It asks for a bachelor's degree at least.", "至少要求本科学历。"),
        (RESEARCHER, "degree", "It asks for a PhD.", "要求博士学历。"),
        (CASHIER, "degree", "It doesn't ask for a degree.", "这个职位不限学历。"),
        (ENGINEER, "experience", "It asks for at least 3 years of experience.",
         "要求3年以上工作经验。"),
        (RESEARCHER, "experience", "No, it asks for no experience.", "不要求工作经验。"),
        (CASHIER, "experience", "The listing doesn't say what experience is asked for.",
         "资料里没有写工作经验要求。"),
        (CASHIER, "salary", "The listing doesn't give a salary.", "资料里没有写薪资。"),
        (ENGINEER, "deadline", "It's open until 15 Oct 2020.", "有效期至2020年10月15日。"),
        (ENGINEER, "time", "The listing doesn't give a time.", "资料里没有写时间。"),
        (HYDROGEN, "stage", "Where it stands: pilot stage.", "目前处于：中试阶段。"),
        (HYDROGEN, "language", "The language is English and Russian.", "使用的语言是英语和俄语。"),
        (RECYCLING, "industry", "The listing doesn't say which industry it belongs to.",
         "资料里没有写所属行业。"),
        (FORUM, "time", "It's on Tue 8 Sep, 14:00–15:30 (UTC+8).",
         "时间是9月8日 星期二 14:00–15:30（北京时间）。"),
        (FORUM, "place", "It's held online: Room 3.", "这场活动在线上举行：3号会议室。"),
        (FORUM, "speakers", "Speaking: Anna Orlova (Dean).", "演讲嘉宾：安娜·奥尔洛娃（院长）。"),
        (CANCELLED, "time",
         "It was planned for Tue 8 Sep, 15:00–16:00 (UTC+8), but it has been cancelled.",
         "原定9月8日 星期二 15:00–16:00（北京时间）举行，现已取消。"),
        (CANCELLED, "remote", "No, it's held in Shenzhen. Note that it has been cancelled.",
         "不是，这场活动在深圳现场举行。请注意，这场活动已取消。"),
        (POWER, "contact", "The contact address is hr@power.example.",
         "联系邮箱是 hr@power.example。"),
    ],
)  # fmt: skip
def test_a_question_is_answered_first(
    record: Record, attribute: str, english: str, chinese: str
) -> None:
    for language, expected in (("en", english), ("zh", chinese)):
        message = detail(record, OWNERS.get(record.id), language=language, attribute=attribute)
        assert message["text"].split("\n\n")[0] == expected
        assert message["custom"]["attribute"] == attribute


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_question_about_every_record_has_an_answer(attribute: str, language: str) -> None:
    for record in EVERY:
        owner = OWNERS.get(record.id)
        plain = detail(record, owner, language=language)["text"]
        asked = detail(record, owner, language=language, attribute=attribute)["text"]
        if attribute == "description" and record.description_en:
            assert asked == plain  # the description itself is the answer
        else:
            assert asked.endswith(plain)
            assert len(asked) > len(plain)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Also known as: NCP\n"), ("zh", "别名：NCP、南山电力\n")],
)
def test_chinese_aliases_are_for_chinese_answers(language: str, expected: str) -> None:
    named = replace(POWER, alternate_names=["NCP", "南山电力"])
    assert expected in detail(named, named, language=language)["text"]


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Language: Chinese and Russian"), ("zh", "语言：中文和俄语")]
)
def test_a_spoken_language_has_no_script(language: str, expected: str) -> None:
    forum = replace(FORUM, languages=["zh-Hans", "zh-Hant", "ru"])
    assert expected in detail(forum, None, language=language)["text"]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Remove from saved items", "Remove from my agenda"]),
        ("zh", ["取消收藏", "移出日程"]),
    ],
)
def test_of_a_record_that_is_kept_the_buttons_take_it_out(language: str, titles: list[str]) -> None:
    for event in (FORUM, CANCELLED):
        message = detail(event, None, language=language, kept=("saved", "agenda"))
        assert [each["title"] for each in message["buttons"][:2]] == titles
        assert [each["payload"] for each in message["buttons"][:2]] == [
            f'/remove_item{{"record": "{event.id}", "own_list": "{own_list}"}}'
            for own_list in ("saved", "agenda")
        ]


def test_buttons() -> None:
    def intents(record: Record, *, in_list: bool = False) -> list[str]:
        message = detail(record, OWNERS.get(record.id), language="en", in_list=in_list)
        return [read(each["payload"])[0] for each in message["buttons"]]

    assert intents(ENGINEER, in_list=True) == [
        "save_item",
        "ask_institution",
        "contact_item",
        "find_similar",
        "previous_page",
    ]
    assert "add_to_agenda" in intents(FORUM)
    assert "add_to_agenda" not in intents(CANCELLED)
    assert "ask_institution" not in intents(CASHIER)
    assert intents(POWER)[1:3] == ["find_jobs", "find_programs"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_open_record_is_not_told_again(language: str) -> None:
    owner = OWNERS.get(RESEARCHER.id)
    whole = detail(RESEARCHER, owner, language=language, attribute="degree")
    brief = detail(RESEARCHER, owner, language=language, attribute="degree", open_already=True)
    assert len(brief["text"]) < len(whole["text"]) / 2
    assert whole["text"].startswith(brief["text"].split("\n")[0])
    assert brief["custom"] == whole["custom"]
