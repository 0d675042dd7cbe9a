"""Openings and programmes for a profile said in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from conference.catalogue import Catalogue
from conference.matching import match
from conference.query import Kind, Query


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
