"""Which records answer words, and in which order."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.engine import Engine

from conference.catalogue import open_catalogue
from conference.models import Job
from conference.query import Frame, Kind, Query

JOBS = [
    Job(id="job-00001", title_en="Oncologist", title_zh="肿瘤科医生"),
    Job(id="job-00002", title_en="Nurse", description_en="Call the doctor in time."),
    Job(id="job-00003", title_en="Product Manager", skills_zh=["人工智能"]),
    Job(id="job-00004", title_zh="手术室护士"),
    Job(id="job-00005", title_zh="护士"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doctor", ["job-00001", "job-00002"]),  # is one, mentions one
        ("AI", ["job-00003"]),
        ("artificial intelligence", ["job-00003"]),
        ("nurse", ["job-00002", "job-00004", "job-00005"]),  # says it, then what translates it
    ],
)
def test_what_is_meant_comes_before_what_is_mentioned(
    engine: Engine, now: datetime, text: str, expected: list[str]
) -> None:
    catalogue = open_catalogue(engine)
    catalogue.load(JOBS)
    page = catalogue.search(Frame(Kind.JOBS, Query(text=text)), now=now)
    assert [each.id for each in page.items] == expected
