"""What people asked, counted on every database; nobody can be found in it."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from conference.conversations import Conversations
from conference.insight import HIDDEN, Table, heading, insight, label, title
from conference.insight.tables import Tally
from conference.people import People
from conference.people_tables import conversations
from tests.visits import MANY, PRIVATE, Clock, feedback, results, talk, visits


@pytest.fixture
def tables(engine: Engine, now: datetime) -> dict[str, Table]:
    visits(engine, now)
    return insight(engine, days=3, now=now + timedelta(minutes=1))


def rows(table: Table) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in table.rows}


def test_days_have_their_messages_and_people(tables: dict[str, Table]) -> None:
    assert tables["days"].rows == (
        ("2020-09-06", 0, 0),
        ("2020-09-07", HIDDEN, HIDDEN),  # a lone person
        ("2020-09-08", 7 * MANY, MANY),
    )


def test_a_day_is_the_conferences(engine: Engine, now: datetime) -> None:
    clock = Clock(now.replace(hour=0, minute=30))  # 16:30 of the day before in UTC
    for number in range(5):
        talk(Conversations(engine, clock=clock), clock, f"web:{number}", "web", results("en", 1))
    assert insight(engine, days=1, now=now)["days"].rows == (("2020-09-08", 5, 5),)


def test_channels_and_languages_hide_the_few(tables: dict[str, Table]) -> None:
    assert rows(tables["channels"]) == {"web": (49, 7), "telegram": (HIDDEN, HIDDEN)}
    assert rows(tables["languages"]) == {"zh": (42, 6), "en": (HIDDEN, HIDDEN)}


def test_demand_stands_beside_supply(tables: dict[str, Table]) -> None:
    industries = rows(tables["industries"])
    assert industries["energy"] == (7, 7, 0, 0)  # a further page is the same search
    assert industries["finance"] == (7, 7, 7, 0)
    assert rows(tables["cities"]) == {"shenzhen": (7, 7, 0, 0)}
    assert rows(tables["countries"]) == {"DE": (HIDDEN, HIDDEN, HIDDEN, 0)}


def test_declined_messages_and_unknown_facts(tables: dict[str, Table]) -> None:
    outcomes = rows(tables["outcomes"])
    assert outcomes["fallback"] == (7, 7)
    assert outcomes["unknown"] == (7, 7)
    assert outcomes["empty"] == (8, 8)
    assert rows(tables["topics"]) == {"fees": (7, 7, 7)}
    assert set(outcomes) == {"empty", "answered", "unknown", "fallback"}  # a judgement is none


def test_judgements_are_counted_by_what_they_are_of(tables: dict[str, Table]) -> None:
    assert tables["feedback"].columns == ("judged", "helpful", "unhelpful")  # no total tells <5
    assert tables["feedback"].rows == (("answer.fees", 6, HIDDEN),)


def test_of_a_person_s_judgements_on_one_thing_the_last_counts(
    engine: Engine, now: datetime
) -> None:
    clock = Clock(now)
    kept = Conversations(engine, clock=clock)
    for number in range(5):
        person = f"web:{number}"
        said = [feedback("en", useful=useful, topic="fees") for useful in (True, True, False)]
        talk(kept, clock, person, "web", *said, feedback("zh", useful=True, topic="dates"))
    later = insight(engine, days=1, now=clock.now + timedelta(minutes=1))
    assert later["feedback"].rows == (("answer.dates", 5, 0), ("answer.fees", 0, 5))
    assert later["outcomes"].rows == ()


def test_judged_answers_stand_in_the_order_of_what_is_seen_of_them(
    engine: Engine, now: datetime
) -> None:
    clock = Clock(now)
    kept = Conversations(engine, clock=clock)
    jobs = {"type": "matches", "kind": "jobs"}
    for number in range(5):
        few = [feedback("en", useful=False, topic="place")] if number < 4 else []
        custom = {"type": "feedback", "language": "en", "useful": True, "of": jobs}
        talk(kept, clock, f"web:{number}", "web", custom, *few)
    talk(kept, clock, "web:9", "web", feedback("en", useful=True, topic="about"))
    later = insight(engine, days=1, now=clock.now + timedelta(minutes=1))
    assert later["feedback"].rows == (
        ("matches.jobs", 5, 0),
        ("answer.about", HIDDEN, 0),
        ("answer.place", 0, HIDDEN),
    )


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("answer.fees", ("Fees", "费用")),
        ("matches.programs", ("What fits: Programmes", "匹配推荐：项目")),
        ("count.events", ("How many: Events", "数量统计：活动")),
        ("tomorrow.x", ("tomorrow.x", "tomorrow.x")),
    ],
)
def test_what_was_judged_has_a_name(code: str, names: tuple[str, str]) -> None:
    table = Table("feedback", "judged", (), ())
    assert (label(table, code, "en"), label(table, code, "zh")) == names


def test_the_funnel_goes_from_search_to_contact(tables: dict[str, Table]) -> None:
    assert tables["funnel"].rows == (
        ("searched", 8),
        ("opened", 7),
        ("saved", 7),
        ("contacted", 7),
    )


def test_response_times_are_those_of_the_channel(tables: dict[str, Table]) -> None:
    assert tables["times"].rows == (("telegram", 2.0, 2.0), ("web", 0.5, 0.5))


def test_a_question_left_without_an_answer_is_told(engine: Engine, now: datetime) -> None:
    clock = Clock(now)
    kept = Conversations(engine, clock=clock)
    for number in range(6):
        talk(kept, clock, f"web:{number}", "web")
        kept.append(conversation=f"web:{number}", author="user", payload={"text": PRIVATE})
    later = insight(engine, days=1, now=clock.now + timedelta(minutes=2))
    assert rows(later["outcomes"]) == {"failed": (6, 6)}
    assert insight(engine, days=1, now=clock.now)["outcomes"].rows == ()  # still being answered


def test_what_was_told_unasked_is_no_answer(engine: Engine, now: datetime) -> None:
    visits(engine, now)
    before = insight(engine, days=7, now=now)
    kept = Conversations(engine, clock=lambda: now)
    news = {**results("en", 3, industry=["energy"]), "alert": "1"}
    with engine.connect() as connection:
        known = connection.execute(select(conversations.c.id)).scalars().all()
    for conversation in known:
        kept.append(conversation=conversation, author="bot", payload={"text": "", "custom": news})
    assert insight(engine, days=7, now=now) == before


def test_what_a_person_deletes_is_counted_no_longer(engine: Engine, now: datetime) -> None:
    visits(engine, now)
    for number in range(MANY):
        People(engine).forget(person=f"web:{number}")
    tables = insight(engine, days=1, now=now)
    assert tables["days"].rows == (("2020-09-08", 0, 0),)
    assert {row[1] for row in tables["funnel"].rows} == {0}


def test_no_words_and_no_persons_leave(tables: dict[str, Table]) -> None:
    for table in tables.values():
        for shown in (json.dumps(table.to_json()), table.to_csv()):
            assert "Zhang" not in shown
            assert "web:" not in shown


def test_csv_reads_back(tables: dict[str, Table]) -> None:
    text = tables["channels"].to_csv()
    assert text.startswith("\ufeff")  # Excel's sign for UTF-8
    read = list(csv.reader(io.StringIO(text[1:])))
    assert read == [["channel", "messages", "people"], ["web", "49", "7"], ["telegram", "<5", "<5"]]


def test_the_order_does_not_tell_what_is_hidden() -> None:
    tally = Tally()
    for key, times in (("b", 9), ("a", 2)):
        for _ in range(times):
            tally.add(key, "one")
    for person in "12345":
        tally.add("c", person)
    assert tally.most() == ["c", "a", "b"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_has_words(tables: dict[str, Table], language: str) -> None:
    for table in tables.values():
        assert title(table, language)
        assert all(heading(column, language) for column in table.columns)
        if table.name not in ("days", "times"):
            codes = [str(row[0]) for row in table.rows]
            assert [code for code in codes if label(table, code, language) == code] == []
