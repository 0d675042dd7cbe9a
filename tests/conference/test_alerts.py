"""What is new for an alert, and that it is told once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import insert, literal, select
from sqlalchemy.engine import Engine

from conference import loading
from conference.alerts import Alerts, Due
from conference.catalogue import Catalogue, open_catalogue
from conference.importing import Request, import_file
from conference.models import Job, Record
from conference.people import People
from conference.people_tables import alerts
from conference.query import Frame, Kind, News, Query
from conference.store import arrivals
from conference.telegram_tables import telegram_outbox
from tests.conference.data import RECORDS

ENERGY = Frame(Kind.JOBS, Query(industry=("energy",)))
EVERYBODY = select(alerts.c.person, literal("here").label("address")).distinct()


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2020, 9, 8, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


def job(name: str, **values: Any) -> Job:
    return Job(id=f"job-{name}", title_en=f"{name} engineer", industry="energy", **values)


class Growing:
    """A catalogue that grows, a person with an alert, and who looks for its news."""

    def __init__(self, engine: Engine) -> None:
        # time flies here: what was loaded a second ago is what the catalogue shows
        self.catalogue: Catalogue = open_catalogue(engine, ticks=count(step=2).__next__)
        self.people = People(engine)
        self.clock = Clock()
        self.alerts = Alerts(engine, clock=self.clock)
        self.now = datetime.fromisoformat("2020-09-08T10:00:00+08:00")

    def load(self, *records: Record, **options: Any) -> None:
        self.catalogue.load(records, **options)

    def due(self) -> list[Due]:
        return self.alerts.due(EVERYBODY, but=())

    def found(self, frame: Frame = ENERGY) -> list[str]:
        """What the one due alert finds new, which is then told; the next day comes."""
        (due,) = self.due()
        page = self.catalogue.search(replace(frame, news=due.news), limit=10, now=self.now)
        with self.alerts.hearing(due, told=bool(page.items)) as connection:
            assert connection is not None
        self.clock.now += timedelta(days=1)
        assert len(page.items) == page.total
        return sorted(each.id for each in page.items)


@pytest.fixture
def news(engine: Engine) -> Growing:
    news = Growing(engine)
    news.load(*RECORDS)
    return news


def test_what_was_there_when_the_alert_was_set_is_no_news(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    assert news.due() == []
    news.load(job("new"), Job(id="job-other", title_en="Nurse", industry="medical"))
    assert news.found() == ["job-new"]
    assert news.due() == []


def test_what_is_new_for_one_alert_is_old_for_another(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    news.load(job("new"))
    news.people.subscribe(person="b", frame=ENERGY)
    news.load(job("newer"))
    assert [(each.person, each.news.after, each.news.upto) for each in news.due()] == [
        ("a", 1, 3),
        ("b", 2, 3),
    ]
    first, second = (
        news.catalogue.search(replace(ENERGY, news=each.news), now=news.now).total
        for each in news.due()
    )
    assert (first, second) == (2, 1)


def test_a_change_is_no_news_and_neither_is_what_comes_back(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    known = [each for each in RECORDS if isinstance(each, Job) and each.industry == "energy"]
    news.load(replace(known[0], title_en="Chief engineer"))
    assert news.found() == []
    kept = [each for each in RECORDS if not isinstance(each, Job)]
    news.load(*kept, replace_all=True)
    assert news.found() == []
    news.load(*RECORDS)
    assert news.found() == []


def test_a_newer_edition_brings_what_is_new_in_it(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    news.load(*RECORDS, job("new"), replace_all=True)
    assert news.found() == ["job-new"]


def test_nothing_wider_is_shown_and_words_and_pages_keep_to_the_news(news: Growing) -> None:
    frame = Frame(Kind.JOBS, Query(text="hydrogen"))
    news.people.subscribe(person="a", frame=frame)
    news.load(Job(id="job-h2", title_en="Hydrogen engineer", industry="energy"), job("new"))
    assert news.found(frame) == ["job-h2"]
    news.load(Job(id="job-nurse", title_en="Night nurse", industry="medical"))
    assert news.found(frame) == []


@pytest.mark.parametrize("frame", [ENERGY, Frame(Kind.JOBS, Query(text="engineer"))])
def test_news_are_counted_and_paged_as_any_search(news: Growing, frame: Frame) -> None:
    news.people.subscribe(person="a", frame=frame)
    news.load(*(job(f"{number:02}") for number in range(12)))
    (due,) = news.due()
    asked = replace(frame, news=due.news)
    assert news.catalogue.count(asked, now=news.now) == 12
    pages = [
        news.catalogue.search(replace(asked, offset=offset), limit=5, now=news.now)
        for offset in (0, 5, 10)
    ]
    seen = [each.id for page in pages for each in page.items]
    assert (len(seen), len(set(seen))) == (12, 12)
    assert news.catalogue.search(frame, now=news.now).total > 12


def test_one_message_a_day_tells_all_that_came_since(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    news.load(job("1"))
    (due,) = news.due()
    with news.alerts.hearing(due, told=True):
        pass
    for name in ("2", "3"):
        news.load(job(name))
        assert news.due() == []
        news.clock.now += timedelta(hours=11)
    news.clock.now += timedelta(hours=2)
    assert news.found() == ["job-2", "job-3"]


def test_after_a_quiet_look_the_next_news_need_not_wait(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    news.load(Job(id="job-other", title_en="Nurse", industry="medical"))
    (due,) = news.due()
    with news.alerts.hearing(due, told=False):
        pass
    news.load(job("new"))
    assert news.found() == ["job-new"]


def test_an_alert_that_was_off_hears_of_what_comes_once_it_is_on(
    news: Growing,
) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    news.people.stop_alerts(person="a")
    news.load(job("while-off"))
    assert news.due() == []
    news.people.subscribe(person="a", frame=ENERGY)
    assert news.due() == []
    news.load(job("then"))
    assert news.found() == ["job-then"]


def test_setting_an_alert_twice_loses_no_news(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    news.load(job("new"))
    news.people.subscribe(person="a", frame=replace(ENERGY, news=News(1, 0, 9)))
    assert news.found() == ["job-new"]


@pytest.mark.parametrize("how", ["stopped", "deleted"])
def test_what_waits_to_be_sent_goes_with_the_alert(news: Growing, how: str) -> None:
    alert = news.people.subscribe(person="a", frame=ENERGY)
    news.load(job("new"))
    (due,) = news.due()
    row = {"chat_id": 7, "method": "sendMessage", "params": {}, "created_at": 0.0}
    with news.alerts.hearing(due, told=True) as connection:
        assert connection is not None
        connection.execute(insert(telegram_outbox).values(**row, alert_id=alert.id))
        connection.execute(insert(telegram_outbox).values(**row))
    if how == "stopped":
        assert news.people.stop_alerts(person="a", alert_id=alert.id) == 1
    else:
        news.people.forget(person="a")
    with news.catalogue.engine.connect() as connection:
        assert connection.execute(select(telegram_outbox.c.alert_id)).scalars().all() == [None]
    assert not news.alerts.is_due(due)
    with news.alerts.hearing(due, told=True) as connection:
        assert connection is None


def test_what_fails_while_it_is_told_is_told_again(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    news.load(job("new"))
    (due,) = news.due()
    with pytest.raises(RuntimeError), news.alerts.hearing(due, told=True):
        raise RuntimeError("cut short")
    assert news.found() == ["job-new"]


def test_of_many_who_tell_at_once_one_does(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY)
    news.load(job("new"))
    (due,) = news.due()
    together = Barrier(4)

    def tell(_: int) -> bool:
        together.wait()
        with news.alerts.hearing(due, told=True) as connection:
            return connection is not None

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(tell, range(4))) == 1


def test_loads_that_end_at_once_have_numbers_of_their_own(news: Growing, engine: Engine) -> None:
    edition = news.catalogue.edition
    together = Barrier(2)

    def end(number: int) -> None:
        with engine.begin() as connection:
            together.wait()
            # a load has written before it ends
            connection.execute(insert(arrivals).values(record_id=f"job-{number}", load=0))
            loading._stamp(connection, edition)

    news.people.subscribe(person="a", frame=ENERGY)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(end, range(2)))
    (due,) = news.due()
    assert (due.news.after, due.news.upto) == (1, 3)


def test_an_import_is_news_and_what_takes_the_samples_place_too(
    engine: Engine, tmp_path: Any
) -> None:
    news = Growing(engine)
    news.load(replace(job("00001"), sample=True))
    news.people.subscribe(person="a", frame=ENERGY)

    def bring(content: str) -> None:
        path = tmp_path / "jobs.csv"
        path.write_text(content)
        import_file(news.catalogue, path, Request())

    head = "id,title,employer,industry\n"
    bring(f"{head}job-00001,Wind engineer,Blue Grid,energy\n")
    assert news.found() == ["job-00001"]
    bring(f"{head}job-00001,Wind engineer (m/f),Blue Grid,energy\n2,Nurse,Clinic,medical\n")
    assert news.found() == []
    bring(f"{head}3,Solar engineer,Blue Grid,energy\n")
    assert news.found() == ["job-3"]


def test_whom_a_channel_does_not_reach_waits_until_it_does(news: Growing) -> None:
    news.people.subscribe(person="a", frame=ENERGY, language="zh-Hant")
    news.people.subscribe(person="b", frame=ENERGY)
    news.load(job("new"))
    only = EVERYBODY.where
    (due,) = news.alerts.due(only(alerts.c.person == "a"), but=())
    assert (due.person, due.address, due.language) == ("a", "here", "zh-Hant")
    assert news.alerts.due(only(alerts.c.person == "nobody"), but=()) == []
    assert [each.person for each in news.alerts.due(EVERYBODY, but=[due.news.alert])] == ["b"]
    assert len(news.alerts.due(EVERYBODY, but=(), limit=1)) == 1
