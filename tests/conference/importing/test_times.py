"""Dates, times and spans."""

from datetime import date, datetime, timedelta, timezone

import pytest

from conference.importing.events import length, span
from conference.importing.times import UnclearDateError, date_order, read_date, read_moment

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    "text",
    [
        "2020-09-08",
        "2020/9/8",
        "2020.9.8",
        "2020年9月8日",
        "20200908",
        "08.09.2020",
        "8 Sep 2020",
        "Sep 8, 2020",
        "September 8th, 2020",
        "44082",
        "2020-09-08 00:00:00",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text) == date(2020, 9, 8)


def test_a_date_of_two_readings_needs_to_be_told() -> None:
    with pytest.raises(UnclearDateError):
        read_date("09/08/2020")
    assert read_date("09/08/2020", "dmy") == date(2020, 8, 9)
    assert read_date("09/08/2020", "mdy") == date(2020, 9, 8)
    assert read_date("13/08/2020") == date(2020, 8, 13)


def test_one_date_of_a_column_tells_the_order_of_all() -> None:
    assert date_order(["01/02/2020", "25/02/2020"]) == "dmy"
    assert date_order(["01/02/2020", "02/25/2020"]) == "mdy"
    assert date_order(["01/02/2020"]) is None
    assert date_order(["25/02/2020", "02/25/2020"]) is None


@pytest.mark.parametrize("text", ["昨天", "2020-13-08", "2020-09-31", "soon", "8 Foo 2020"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is (no|out)|must be"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2020-09-08 14:30", 14, 30),
        ("2020-09-08 下午2:30", 14, 30),
        ("2020-09-08 2:30 pm", 14, 30),
        ("2020-09-08T06:30:00Z", 14, 30),
        ("2020-09-08T14:30:00+08:00", 14, 30),
        ("2020-09-08", 0, 0),
    ],
)
def test_a_moment_is_read_in_its_zone(text: str, hour: int, minute: int) -> None:
    assert read_moment(text, CHINA) == datetime(2020, 9, 8, hour, minute, tzinfo=CHINA)


def test_a_span_may_stand_in_one_cell_or_apart_from_its_date() -> None:
    expected = (
        datetime(2020, 9, 8, 14, tzinfo=CHINA),
        datetime(2020, 9, 8, 15, 30, tzinfo=CHINA),
    )
    common = {"zone": CHINA, "order": None}
    for starts_at, ends_at, day, duration in (
        ("2020-09-08 14:00-15:30", None, None, None),
        ("14:00-15:30", None, "2020年9月8日", None),
        ("14:00", "15:30", "2020-09-08", None),
        ("2020-09-08 14:00", "2020-09-08 15:30", None, None),
        ("2020-09-08 14:00", None, None, "90 min"),
    ):
        found = span(starts_at=starts_at, ends_at=ends_at, day=day, duration=duration, **common)
        assert found == expected


@pytest.mark.parametrize("text", ["01:30", "90", "1.5 hours", "PT1H30M", "90分钟"])
def test_a_length_is_read_however_it_is_written(text: str) -> None:
    assert length(text) == timedelta(minutes=90)
