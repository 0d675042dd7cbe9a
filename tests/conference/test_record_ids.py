from __future__ import annotations

import re

import pytest

from conference.importing.ids import given_id, made_id
from conference.query import Kind
from conference.record_ids import LONGEST, PREFIXES, ids_in, kind_of

IDS = {
    "job-00017": Kind.JOBS,
    made_id(Kind.PROGRAMS, ("Baltic Hydrogen",)): Kind.PROGRAMS,
    given_id(Kind.JOBS, "5204912", source="acme"): Kind.JOBS,
    made_id(Kind.INTENTIONS, ("Nurses",), source="partner2020x"): Kind.INTENTIONS,
    given_id(Kind.EVENTS, "Opening_Ceremony"): Kind.EVENTS,
    f"inst-{'7' * (LONGEST - 5)}": Kind.INSTITUTIONS,
}


@pytest.mark.parametrize(("record_id", "kind"), IDS.items())
def test_an_id_tells_its_kind_and_can_stand_in_a_telegram_link(record_id: str, kind: Kind) -> None:
    assert kind_of(record_id) is kind
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", record_id)
    assert given_id(kind, record_id, source="other") == record_id  # ours stay as they are


@pytest.mark.parametrize(
    "text",
    ["", "job", "job-", "job-00017-", "job-a--b", "job-1 2", "JOB-1", "job-1_2", "post-17",
     "job-一", "job-00017\n", f"job-{'7' * LONGEST}"],
)  # fmt: skip
def test_what_is_no_id_is_of_no_kind(text: str) -> None:
    assert kind_of(text) is None


def test_every_kind_has_a_prefix_of_its_own() -> None:
    assert len(set(PREFIXES.values())) == len(Kind) == len(PREFIXES)


@pytest.mark.parametrize(
    ("text", "sure", "unsure"),
    [
        ("open job-00017.", ["job-00017"], []),
        ("打开job-k3x9ab12cd的详情", ["job-k3x9ab12cd"], []),
        ("job-acme-5204912's page, and int-0007", ["job-acme-5204912", "int-0007"], []),
        ("event-driven services for job-seekers", [], ["event-driven", "job-seekers"]),
        ("int-8 models, job-5 years", [], ["int-8", "job-5"]),
        ("an int-elligent non-job-123 job-123_4 thing", [], ["int-elligent"]),
    ],
)
def test_ids_in_a_text(text: str, sure: list[str], unsure: list[str]) -> None:
    assert [match[0] for match in ids_in(text, sure=True)] == sure
    assert [match[0] for match in ids_in(text, sure=False)] == unsure
