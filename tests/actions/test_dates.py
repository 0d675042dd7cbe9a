from __future__ import annotations

from datetime import date, datetime

import pytest

from actions.dates import resolve_day, resolve_days

DAYS = (date(2020, 9, 7), date(2020, 9, 12))
TUESDAY = datetime.fromisoformat("2020-09-08T10:00:00+08:00")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("+0", "2020-09-08"),
        ("+1", "2020-09-09"),
        ("-1", "2020-09-07"),
        ("w2", "2020-09-08"),  # a weekday is the nearest not yet past: today too
        ("w3", "2020-09-09"),
        ("w1", "2020-09-14"),
        ("nw1", "2020-09-14"),
        ("nw2", "2020-09-15"),
        ("nw7", "2020-09-20"),
        ("first", "2020-09-07"),
        ("last", "2020-09-12"),
        ("9", "2020-09-09"),
        ("9-12", "2020-09-12"),
        ("2020-10-01", "2020-10-01"),
    ],
)
def test_a_day(value: str, day: str) -> None:
    assert resolve_day(value, now=TUESDAY, days=DAYS) == (date.fromisoformat(day), None)


@pytest.mark.parametrize(
    ("asked", "value", "day"),
    [
        ("2020-08-20T10:00:00+08:00", "9", "2020-09-09"),
        ("2019-12-01T10:00:00+08:00", "9-9", "2020-09-09"),
        ("2020-08-20T10:00:00+08:00", "25", "2020-08-25"),
        ("2019-12-01T10:00:00+08:00", "12-24", "2019-12-24"),
    ],
)
def test_a_day_of_the_conference_is_meant_whenever_it_is_asked_for(
    asked: str, value: str, day: str
) -> None:
    now = datetime.fromisoformat(asked)
    assert resolve_day(value, now=now, days=DAYS) == (date.fromisoformat(day), None)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("week", "2020-09-08", "2020-09-13"),
        ("next_week", "2020-09-14", "2020-09-20"),
        ("weekend", "2020-09-12", "2020-09-13"),
    ],
)
def test_a_range(value: str, first: str, last: str) -> None:
    assert resolve_day(value, now=TUESDAY, days=DAYS) == (
        date.fromisoformat(first),
        date.fromisoformat(last),
    )


def test_a_day_named_beside_a_range_that_has_it_is_meant() -> None:
    found = resolve_days([("weekend", False), ("w6", False)], now=TUESDAY, days=DAYS)
    assert found == ("2020-09-12", None)


def test_on_a_sunday_the_weekend_is_what_is_left_of_it() -> None:
    sunday = datetime.fromisoformat("2020-09-13T10:00:00+08:00")
    assert resolve_day("weekend", now=sunday, days=DAYS) == (date(2020, 9, 13), date(2020, 9, 13))


@pytest.mark.parametrize("value", ["9-31", "2020-02-30", "31"])
def test_a_day_that_does_not_exist_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="day"):
        resolve_day(value, now=TUESDAY, days=DAYS)


@pytest.mark.parametrize(
    ("values", "day", "until"),
    [
        ([], None, None),
        ([("+1", False)], "2020-09-09", None),
        ([("9-8", False), ("9-10", True)], "2020-09-08", "2020-09-10"),
        ([("9-30", False), ("10-2", True)], "2020-09-30", "2020-10-02"),
        ([("8", False), ("10", True)], "2020-09-08", "2020-09-10"),
        ([("w4", False), ("w2", False)], "2020-09-08", "2020-09-10"),
        ([("9-31", False)], None, None),
        ([("9-31", False), ("+0", False)], "2020-09-08", None),
        ([("week", False)], "2020-09-08", "2020-09-13"),
    ],
)
def test_all_days_of_a_message(
    values: list[tuple[str, bool]], day: str | None, until: str | None
) -> None:
    assert resolve_days(values, now=TUESDAY, days=DAYS) == (day, until)
