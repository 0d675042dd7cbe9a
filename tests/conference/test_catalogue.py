"""Searching: order, pages, meaning, relaxing, groups, loading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from conference.catalogue import Catalogue, open_catalogue
from conference.models import Institution, Job
from conference.query import Frame, Kind, Query
from tests.conference.data import RECORDS


def found(catalogue: Catalogue, kind: Kind, query: Query, now: datetime) -> list[str]:
    page = catalogue.search(Frame(kind, query), limit=20, now=now)
    assert page.relaxed == ()
    assert page.total == len(page.items)
    return [each.id for each in page.items]


def jobs(catalogue: Catalogue, query: Query, now: datetime) -> list[int]:
    return [int(each[4:]) for each in found(catalogue, Kind.JOBS, query, now)]


def test_openings_come_newest_first_in_rounds_of_institutions(
    catalogue: Catalogue, now: datetime
) -> None:
    assert jobs(catalogue, Query(), now) == [6, 2, 3, 5, 1, 4]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("salary", [3, 4, 2, 1, 6, 5]),
        ("newest", [6, 5, 2, 3, 1, 4]),
        ("soonest", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_openings_can_be_sorted(
    catalogue: Catalogue, now: datetime, sort: str, expected: list[int]
) -> None:
    assert jobs(catalogue, Query(sort=sort), now) == expected


def test_a_sort_rules_over_relevance(catalogue: Catalogue, now: datetime) -> None:
    assert jobs(catalogue, Query(text="python"), now) == [4, 3]
    assert jobs(catalogue, Query(text="python", sort="salary"), now) == [3, 4]


def test_events_to_come_stand_before_those_that_are_over(
    catalogue: Catalogue, now: datetime
) -> None:
    expected = ["event-0002", "event-0003", "event-0004", "event-0001"]
    assert found(catalogue, Kind.EVENTS, Query(), now) == expected
    assert found(catalogue, Kind.EVENTS, Query(sort="soonest"), now) == expected


def test_pages_neither_repeat_nor_skip(catalogue: Catalogue, now: datetime) -> None:
    for query in (Query(), Query(text="工程师"), Query(sort="salary")):
        whole = catalogue.search(Frame(Kind.JOBS, query), limit=20, now=now)
        pages = [
            catalogue.search(Frame(Kind.JOBS, query, offset), limit=2, now=now)
            for offset in range(0, whole.total, 2)
        ]
        assert [each.id for page in pages for each in page.items] == [
            each.id for each in whole.items
        ]
        assert {page.total for page in pages} == {whole.total}


def test_past_the_end_there_is_nothing_and_the_total_stays(
    catalogue: Catalogue, now: datetime
) -> None:
    page = catalogue.search(Frame(Kind.JOBS, Query(), 50), now=now)
    assert (page.items, page.total, page.offset, page.relaxed) == ((), 6, 50, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("machine learning", [3]),  # said in Chinese only
        ("机器学习", [3]),
        ("nurses", [1, 2]),
        ("护士", [1, 2]),
        ("Hydrogen engineer", [5]),
        ("氢能", [5, 6]),
        ("c++", [4]),
        ("patient care", [1]),
        ("Harbour Hospital", [1, 2]),
        ("zzqx", []),
    ],
)
def test_text_finds_in_either_language(
    catalogue: Catalogue, now: datetime, text: str, expected: list[int]
) -> None:
    assert sorted(jobs(catalogue, Query(text=text), now)) == expected


@pytest.mark.parametrize("text", ['"', "' OR 1=1 --", "a* NEAR(b)", "{title}: x", "：，。", "%"])
def test_text_is_never_taken_for_syntax(catalogue: Catalogue, now: datetime, text: str) -> None:
    assert catalogue.search(Frame(Kind.JOBS, Query(text=text)), now=now).total == 0


def test_the_title_counts_more_than_the_skills(catalogue: Catalogue, now: datetime) -> None:
    assert jobs(catalogue, Query(text="Python"), now) == [4, 3]


def test_similar_records_leave_out_the_record_itself(catalogue: Catalogue, now: datetime) -> None:
    assert jobs(catalogue, Query(similar_to="job-00005"), now) == [6]
    assert jobs(catalogue, Query(similar_to="job-99999"), now) == []
    near = found(catalogue, Kind.INTENTIONS, Query(similar_to="int-0001"), now)
    assert near == ["int-0002"]


def test_likeness_is_never_given_up(catalogue: Catalogue, now: datetime) -> None:
    frame = Frame(Kind.JOBS, Query(similar_to="job-99999", city=("shenzhen",)))
    page = catalogue.search(frame, now=now)
    assert (page.items, page.total, page.relaxed) == ((), 0, ())


@pytest.mark.parametrize(
    ("query", "relaxed", "expected"),
    [
        (Query(text="nurse", city=("munich",)), ("city",), [1, 2]),
        (Query(text="nurse", city=("munich",), salary_min=90000), ("salary_min", "city"), [1, 2]),
        (Query(industry=("it",), salary_min=90000), ("salary_min",), [3, 4]),
        (Query(industry=("it",), city=("munich",), remote=True), ("city",), [3, 4]),
        (Query(text="zzqx", industry=("energy",)), ("text",), [5, 6]),
        (  # places are one criterion, and where is given up before what
            Query(industry=("it",), city=("munich",), region=("africa",), country=("BR",)),
            ("city", "region", "country"),
            [3, 4],
        ),
    ],
)
def test_a_query_too_narrow_gives_up_the_fewest_and_least_keys(
    catalogue: Catalogue,
    now: datetime,
    query: Query,
    relaxed: tuple[str, ...],
    expected: list[int],
) -> None:
    page = catalogue.search(Frame(Kind.JOBS, query), limit=20, now=now)
    assert page.relaxed == relaxed
    assert sorted(int(each.id[4:]) for each in page.items) == expected
    assert page.total == len(expected)
    assert page.shown.query == replace(query, **{key: getattr(Query(), key) for key in relaxed})
    assert catalogue.count(Frame(Kind.JOBS, query), now=now) == 0


def test_unknown_words_alone_do_not_widen_to_everything(
    catalogue: Catalogue, now: datetime
) -> None:
    page = catalogue.search(Frame(Kind.JOBS, Query(text="zzqx", sort="salary")), now=now)
    assert (page.total, page.relaxed) == (0, ())


@pytest.mark.parametrize(
    ("kind", "by", "expected"),
    [
        (Kind.JOBS, "industry", [("energy", 2), ("it", 2), ("medical", 2)]),
        (Kind.JOBS, "city", [("beijing", 2), ("shenzhen", 2), ("munich", 1)]),
        (Kind.JOBS, "country", [("CN", 4), ("DE", 2)]),
        (Kind.JOBS, "degree", [("bachelor", 2), ("associate", 1), ("master", 1), ("phd", 1)]),
        (Kind.JOBS, "institution", [("inst-0001", 2), ("inst-0003", 2), ("inst-0004", 2)]),
        (Kind.JOBS, "employer_country", [("CN", 4), ("DE", 2)]),
        (Kind.JOBS, "institution_type", [("enterprise", 6)]),
        (Kind.INSTITUTIONS, "institution_type", [("enterprise", 3), ("university", 1)]),
        (Kind.INTENTIONS, "direction", [("offer", 1), ("seek", 1)]),
        (Kind.EVENTS, "day", [("2020-09-08", 2), ("2020-09-07", 1), ("2020-09-09", 1)]),
        (
            Kind.EVENTS,
            "event_type",
            [("ceremony", 1), ("forum", 1), ("roadshow", 1), ("talk", 1)],
        ),
    ],
)
def test_groups_are_most_first(
    catalogue: Catalogue, now: datetime, kind: Kind, by: str, expected: list[tuple[str, int]]
) -> None:
    assert catalogue.group(Frame(kind), by=by, now=now) == expected


def test_groups_count_only_what_matches(catalogue: Catalogue, now: datetime) -> None:
    text = Frame(Kind.JOBS, Query(text="python"))
    assert catalogue.group(text, by="employment", now=now) == [("contract", 1), ("full-time", 1)]
    regions = dict(catalogue.group(Frame(Kind.JOBS), by="region", now=now))
    assert (regions["beijing-tianjin-hebei"], regions["greater-bay-area"]) == (2, 2)
    assert regions["europe"] == 2


@pytest.mark.parametrize("by", ["salary_min", "day", "title_en", "event_type"])
def test_a_kind_is_not_counted_by_what_it_lacks(
    catalogue: Catalogue, now: datetime, by: str
) -> None:
    with pytest.raises(ValueError, match=by):
        catalogue.group(Frame(Kind.JOBS), by=by, now=now)


def test_records_are_fetched_by_id(catalogue: Catalogue) -> None:
    ids = ["event-0002", "job-00005", "prog-9999", "inst-0003"]
    records = catalogue.get_many(ids)
    assert [each.id for each in records] == ["event-0002", "job-00005", "inst-0003"]
    assert catalogue.get("nonsense") is None
    owners = catalogue.institutions_of(records)
    assert {record: owner.id for record, owner in owners.items()} == {
        "event-0002": "inst-0003",
        "job-00005": "inst-0003",
        "inst-0003": "inst-0003",
    }


def test_institutions_are_known_by_all_their_names(catalogue: Catalogue) -> None:
    names = dict(catalogue.institutions_named())
    assert names["inst-0001"] == ("Harbour Hospital", "海港医院", "HHS")
    assert names["inst-0004"] == ("燕山软件",)


def test_loading_again_replaces_and_changes_the_version(engine: Engine, now: datetime) -> None:
    catalogue = open_catalogue(engine)
    assert jobs(catalogue, Query(text="nurse"), now) == []
    catalogue.load([replace(each) for each in RECORDS])
    first = catalogue.version()
    assert catalogue.is_sample()
    assert jobs(catalogue, Query(text="nurse"), now) == [1, 2]
    renamed = Job(id="job-00001", title_en="Dentist", institution_id="inst-0001")
    steps: list[tuple[str, int, int]] = []
    catalogue.load([renamed], progress=lambda *step: steps.append(step))
    assert catalogue.version() != first
    assert {each[0] for each in steps} == {"rows", "words", "meanings"}
    assert jobs(catalogue, Query(text="Registered"), now) == []
    assert jobs(catalogue, Query(text="dentist"), now) == [1]
    catalogue.load([Institution(id="inst-0009", name_en="Only One")], replace_all=True)
    assert not catalogue.is_sample()
    assert catalogue.count(Frame(Kind.JOBS), now=now) == 0
    assert found(catalogue, Kind.INSTITUTIONS, Query(text="only"), now) == ["inst-0009"]


def test_what_another_process_loads_is_seen_a_second_later(engine: Engine, now: datetime) -> None:
    seconds = 0.0
    catalogue = open_catalogue(engine, ticks=lambda: seconds)
    frame = Frame(Kind.JOBS, Query(city=("beijing",)))
    bank = Institution(id="inst-0001", name_en="Bank")

    def clerk(number: int, title: str) -> Job:
        return Job(
            id=f"job-{number:05d}", title_en=title, city="beijing", institution_id="inst-0001"
        )

    catalogue.load([bank, clerk(1, "Clerk")])
    assert catalogue.search(frame, now=now).total == catalogue.count(frame, now=now) == 1
    assert catalogue.group(frame, by="city", now=now) == [("beijing", 1)]
    open_catalogue(engine).load([clerk(1, "Teller"), clerk(2, "Clerk")])
    seconds = 1.0
    page = catalogue.search(frame, now=now)
    assert [title_of(each) for each in page.items] == ["Teller", "Clerk"]
    assert page.total == catalogue.count(frame, now=now) == 2
    assert catalogue.group(frame, by="city", now=now) == [("beijing", 2)]
    assert title_of(catalogue.get("job-00001")) == "Teller"


def title_of(record: object) -> str | None:
    assert isinstance(record, Job)
    return record.title_en


def test_what_was_asked_before_costs_no_statement(engine: Engine, now: datetime) -> None:
    catalogue = open_catalogue(engine, ticks=lambda: 0.0)
    catalogue.load([replace(each) for each in RECORDS])
    frame = Frame(Kind.JOBS, Query(text="nurse"))
    first = catalogue.search(frame, now=now)
    total, owners = catalogue.count(frame, now=now), catalogue.institutions_of(first.items)
    groups = catalogue.group(frame, by="city", now=now)
    with statements(engine) as seen:
        assert catalogue.search(frame, now=now) == first
        assert catalogue.count(frame, now=now) == total == first.total
        assert catalogue.institutions_of(catalogue.get_many([each.id for each in first.items]))
        assert catalogue.institutions_of(first.items) == owners
        assert catalogue.group(frame, by="city", now=now) == groups
    assert seen == []


def test_what_was_found_yesterday_is_looked_for_again(engine: Engine, now: datetime) -> None:
    catalogue = open_catalogue(engine, ticks=lambda: 0.0)
    bank = Institution(id="inst-0001", name_en="Bank")
    last_day = now.date().isoformat()
    clerk = Job(
        id="job-00001", title_en="Clerk", institution_id="inst-0001", valid_through=last_day
    )
    catalogue.load([bank, clerk])
    frame = Frame(Kind.JOBS)
    tomorrow = now + timedelta(days=1)
    assert [catalogue.search(frame, now=each).total for each in (now, tomorrow)] == [1, 0]
    assert [catalogue.count(frame, now=each) for each in (now, tomorrow)] == [1, 0]
    groups = [catalogue.group(frame, by="institution", now=each) for each in (now, tomorrow)]
    assert groups == [[("inst-0001", 1)], []]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "query", [Query(), Query(text="clerk"), Query(city=("beijing",), sort="salary")]
)
def test_a_search_costs_as_many_statements_for_30_rows_as_for_one(
    engine: Engine, now: datetime, query: Query
) -> None:
    catalogue = open_catalogue(engine, ticks=lambda: 0.0)
    counts = []
    for size in (1, 30):
        catalogue.load(
            [Institution(id="inst-0001", name_en="Bank")]
            + [
                Job(
                    id=f"job-{each:05d}",
                    title_en="Clerk",
                    city="beijing",
                    institution_id="inst-0001",
                )
                for each in range(size)
            ]
        )
        catalogue.warm()
        with statements(engine) as seen:
            page = catalogue.search(Frame(Kind.JOBS, query), limit=50, now=now)
            assert len(catalogue.institutions_of(page.items)) == size
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8
