"""Openings and programmes for a profile said in words."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.engine import Engine

from conference.catalogue import Catalogue, open_catalogue
from conference.matching import match
from conference.models import Job
from conference.query import Kind, Query
from tests.conference.data import INSTITUTIONS


@pytest.mark.parametrize(
    "profile",
    [
        "I have worked with machine learning and Python for six years",
        "我做了六年机器学习，熟悉Python",
    ],
)
def test_a_profile_finds_its_opening_in_either_language(
    catalogue: Catalogue, now: datetime, profile: str
) -> None:
    total, matches = match(catalogue, profile, Query(), Kind.JOBS, now=now)
    assert matches[0].record.id == "job-00003"
    assert total >= 2
    reasons = dict(matches[0].reasons)
    assert "Python" in reasons["skills"]
    assert "meaning" in reasons


def test_stated_criteria_filter_and_are_reasons(catalogue: Catalogue, now: datetime) -> None:
    query = Query(degree="phd", industry=("energy",), city=("munich",))
    profile = "I have a PhD and did research on hydrogen"
    total, matches = match(catalogue, profile, query, Kind.JOBS, now=now)
    assert (total, [each.record.id for each in matches]) == (1, ["job-00005"])
    reasons = dict(matches[0].reasons)
    assert (reasons["degree"], reasons["industry"], reasons["city"]) == ("phd", "energy", "munich")


def test_criteria_alone_match_all_that_meet_them(catalogue: Catalogue, now: datetime) -> None:
    total, matches = match(catalogue, "zzqx", Query(city=("shenzhen",)), Kind.JOBS, now=now)
    assert total == 2
    assert all(each.reasons == (("city", "shenzhen"),) for each in matches)


def test_nothing_said_that_fits_matches_nothing(catalogue: Catalogue, now: datetime) -> None:
    assert match(catalogue, "zzqx", Query(), Kind.JOBS, now=now) == (0, [])


def test_a_skill_is_named_only_as_a_whole_word(catalogue: Catalogue, now: datetime) -> None:
    _, matches = match(catalogue, "I like pythonesque humour", Query(), Kind.JOBS, now=now)
    assert all("skills" not in dict(each.reasons) for each in matches)


def test_programmes_match_too_and_come_in_pages(catalogue: Catalogue, now: datetime) -> None:
    profile = "We store hydrogen and ship goods in the Arctic"
    total, every = match(catalogue, profile, Query(), Kind.PROGRAMS, now=now)
    assert {each.record.id for each in every} == {"prog-0001", "prog-0002"}
    assert match(catalogue, profile, Query(), Kind.PROGRAMS, limit=1, offset=1, now=now) == (
        total,
        every[1:2],
    )


@pytest.fixture
def trades(engine: Engine) -> Catalogue:
    """Openings for which languages are needed, each with a trade of its own."""
    opened = open_catalogue(engine)
    opened.load(
        [
            *INSTITUTIONS,
            _job(1, "Chemist", "化学研究员", {"catalysts": "催化剂", "Russian": "俄语"}),
            _job(2, "Chemist", "化学研究员", {"polymers": "高分子材料"}),
            _job(3, "Russian Teacher", "俄语教师", {"Russian": "俄语"}),
            _job(4, "Freight Coordinator", "货运协调员", {"Russian or English": "俄语或英语"}),
            _job(5, "Java Developer", "Java开发工程师", {"Java": "Java", "Go": "Go"}),
            _job(6, "Mobile Developer", "移动端开发工程师", {}),
        ]
    )
    return opened


def _job(number: int, title_en: str, title_zh: str, skills: dict[str, str]) -> Job:
    return Job(
        id=f"job-{number:05}",
        title_en=title_en,
        title_zh=title_zh,
        institution_id="inst-0001",
        industry="manufacturing",
        skills_en=list(skills),
        skills_zh=list(skills.values()),
        date_posted="2020-09-01",
    )


@pytest.mark.parametrize(
    "profile",
    [
        "PhD in chemistry, five years of research.\nLanguages: Russian (native), English (C1)",
        "化学博士，从事化学研究五年。\n语言能力：俄语（母语），英语流利",
    ],
)
def test_languages_rank_what_fits_and_find_nothing_by_themselves(
    trades: Catalogue, now: datetime, profile: str
) -> None:
    total, matches = match(trades, profile, Query(), Kind.JOBS, now=now)
    assert [each.record.id for each in matches] == ["job-00001", "job-00002"]
    assert total == 2
    assert dict(matches[0].reasons)["skills"][0] in ("Russian", "俄语")


@pytest.mark.parametrize("profile", ["Teacher of Russian, ten years", "俄语教师，教龄十年"])
def test_a_language_that_is_the_trade_itself_is_found(
    trades: Catalogue, now: datetime, profile: str
) -> None:
    _, matches = match(trades, profile, Query(), Kind.JOBS, now=now)
    assert matches[0].record.id == "job-00003"


def test_a_skill_that_both_languages_write_alike_is_named_once(
    trades: Catalogue, now: datetime
) -> None:
    _, matches = match(trades, "Java developer; Go", Query(), Kind.JOBS, now=now)
    assert dict(matches[0].reasons)["skills"] == ["Java", "Go"]


def test_what_is_much_further_off_than_the_best_does_not_fit(
    trades: Catalogue, now: datetime
) -> None:
    total, _ = match(trades, "Java developer", Query(), Kind.JOBS, now=now)
    assert total == 1
    total, _ = match(trades, "developer", Query(), Kind.JOBS, now=now)
    assert total == 2
