"""A search in words."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.presenting import describe, ids_in, names_of
from actions.presenting.describing import noun_of
from conference.query import KEYS_OF_KIND, Frame, Kind, Query
from tests.actions.presenting.records import ENGINEER, POWER

JOBS, PROGRAMS, INSTITUTIONS = Kind.JOBS, Kind.PROGRAMS, Kind.INSTITUTIONS
INTENTIONS, EVENTS = Kind.INTENTIONS, Kind.EVENTS


@pytest.mark.parametrize(
    ("kind", "query", "english", "chinese"),
    [
        (JOBS, {}, "jobs", "职位"),
        (JOBS, {"industry": ("energy",), "city": ("shenzhen",), "sort": "salary"},
         "jobs in energy in Shenzhen, highest salary first", "深圳能源行业的职位，薪资从高到低"),
        (JOBS, {"remote": True, "industry": ("it",), "degree": "phd", "salary_min": 30000,
                "excluded": Query(city=("shenzhen",))},
         "remote jobs in new-generation information technology, open to holders of a PhD, "
         "paying CNY 30,000 or more a month, not in Shenzhen",
         "新一代信息技术行业、博士学历可应聘、月薪3万元起、不在深圳的远程职位"),
        (JOBS, {"city": ("hong-kong",), "country": ("US", "DE")},
         "jobs in Hong Kong, the United States or Germany", "香港、美国或德国的职位"),
        (JOBS, {"employment": "internship", "experience_max": 0},
         "internships asking for no experience", "不要求工作经验的实习职位"),
        (JOBS, {"employer_country": ("DE",), "institution_type": ("university",),
                "employment": "part-time"},
         "part-time jobs at universities from Germany", "高校招聘、雇主来自德国的兼职职位"),
        (JOBS, {"institution": ("inst-0001",)},
         "jobs at Nanshan Clean Power Co., Ltd.", "南山清洁能源有限公司招聘的职位"),
        (JOBS, {"institution": ("inst-9999",)}, "jobs at one institution", "指定机构招聘的职位"),
        (JOBS, {"similar_to": "job-00001"},
         "jobs similar to “Wind turbine engineer”", "与“风电机组工程师”类似的职位"),
        (JOBS, {"excluded": Query(remote=True, employment="contract", degree="phd",
                                  industry=("finance",), text="sales")},
         "jobs not matching “sales”, leaving out remote ones, leaving out contract ones, "
         "not asking for a PhD, not in finance",
         "与“sales”无关、非远程、非合同制、不要求博士学历、不含金融行业的职位"),
        (PROGRAMS, {"country": ("RU",), "text": "hydrogen", "sort": "salary"},
         "programmes on “hydrogen” from Russia", "俄罗斯、与“hydrogen”相关的合作项目"),
        (INSTITUTIONS, {"institution_type": ("university", "institute"), "city": ("shenzhen",),
                        "country": ("RU",)},
         "universities or research institutes in Shenzhen or from Russia",
         "深圳或俄罗斯的高校或科研院所"),
        (INTENTIONS, {"direction": "seek", "industry": ("science",)},
         "cooperation requests in science and research", "科学研究领域的需求类合作意向"),
        (INTENTIONS, {"direction": "offer", "region": ("southeast-asia",)},
         "cooperation offers from Southeast Asia", "东南亚的供给类合作意向"),
        (EVENTS, {"day": "2020-09-09", "period": "afternoon", "event_type": ("forum",)},
         "forums on the afternoon of Wed 9 Sep", "9月9日（星期三）下午的论坛"),
        (EVENTS, {"day": "2020-09-08", "until": "2020-09-12"},
         "events from Tue 8 Sep to Sat 12 Sep", "9月8日（星期二）至9月12日（星期六）的活动"),
        (EVENTS, {"period": "now"}, "events on right now", "正在进行的活动"),
        (EVENTS, {"city": ("shenzhen",), "country": ("RU",)},
         "events in Shenzhen or linked to Russia", "深圳或与俄罗斯有关的活动"),
        (EVENTS, {"excluded": Query(event_type=("fair",), day="2020-09-10")},
         "events not on Thu 10 Sep, leaving out fairs", "不在9月10日（星期四）、不含招聘会的活动"),
    ],
)  # fmt: skip
def test_a_search_in_words(kind: Kind, query: dict[str, Any], english: str, chinese: str) -> None:
    frame = Frame(kind, Query(**query))
    for language, expected in (("en", english), ("zh", chinese)):
        names = names_of([POWER, ENGINEER], language)
        assert describe(frame, language, names=names) == expected


def test_one_of_them() -> None:
    frame = Frame(JOBS, Query(city=("shenzhen",)))
    assert describe(frame, "en", one=True) == "job in Shenzhen"
    assert noun_of(PROGRAMS, "en", one=True) == "programme"


def test_the_ids_that_want_names() -> None:
    query = Query(
        institution=("inst-0001",),
        similar_to="job-00001",
        excluded=Query(institution=("inst-0002",)),
    )
    assert ids_in(query) == ["inst-0001", "job-00001", "inst-0002"]


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "industry": st.sampled_from([("energy",), ("it", "finance")]),
    "city": st.sampled_from([("shenzhen",), ("beijing", "macao")]),
    "region": st.sampled_from([("greater-bay-area",), ("europe", "guangdong")]),
    "country": st.sampled_from([("RU",), ("GB", "DE")]),
    "institution": st.just(("inst-0001",)),
    "employer_country": st.just(("DE",)),
    "institution_type": st.sampled_from([("university",), ("agency", "institute")]),
    "event_type": st.sampled_from([("forum",), ("fair", "talk")]),
    "degree": st.sampled_from(["associate", "bachelor", "master", "phd"]),
    "employment": st.sampled_from(["full-time", "part-time", "internship", "contract"]),
    "remote": st.just(True),
    "experience_max": st.sampled_from([0, 1, 3]),
    "salary_min": st.just(20000),
    "salary_max": st.just(40000),
    "day": st.just("2020-09-08"),
    "until": st.just("2020-09-10"),
    "period": st.sampled_from(["morning", "evening", "now", "next"]),
    "direction": st.sampled_from(["seek", "offer"]),
    "sort": st.sampled_from(["salary", "newest", "soonest"]),
    "text": st.just("nurse"),
    "similar_to": st.just("job-00001"),
}


@st.composite
def queries(draw: st.DrawFn, kind: Kind) -> Query:
    keys = [each.name for each in fields(Query) if each.name in KEYS_OF_KIND[kind] & set(VALUES)]
    chosen = draw(st.lists(st.sampled_from(keys), unique=True))
    return Query(**{key: draw(VALUES[key]) for key in chosen})


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_query_can_be_said_and_every_criterion_is(kind: Kind, data: st.DataObject) -> None:
    query = data.draw(queries(kind))
    excluded = data.draw(queries(kind))
    for language in ("en", "zh"):
        whole = describe(Frame(kind, replace(query, excluded=excluded or None)), language)
        assert "  " not in whole
        assert "、、" not in whole
        assert "的的" not in whole
        assert "{" not in whole
        for key in query.to_json():
            # `until` says nothing that a single day does not, and an order may not be the kind's
            if key == "sort" or (key == "until" and query.until == query.day):
                continue
            without = replace(query, **{key: getattr(Query(), key)})
            assert describe(Frame(kind, without), language) != describe(
                Frame(kind, query), language
            )
