"""Money, dates and lists as people write them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from actions.presenting.wording import both, either, inside, month, pay, span, zone_name


@pytest.mark.parametrize(
    ("low", "high", "options", "english", "chinese"),
    [
        (15000, 25000, {}, "CNY 15,000–25,000 a month", "月薪1.5万–2.5万元"),
        (8000, 12000, {}, "CNY 8,000–12,000 a month", "月薪8000–12000元"),
        (20000, 20000, {}, "CNY 20,000 a month", "月薪2万元"),
        (30000, None, {}, "CNY 30,000 or more a month", "月薪3万元起"),
        (None, 30000, {}, "up to CNY 30,000 a month", "月薪最高3万元"),
        (12345, 20000, {}, "CNY 12,345–20,000 a month", "月薪12345–20000元"),
        (50000, 60000, {"currency": "EUR", "unit": "YEAR"}, "EUR 50,000–60,000 a year",
         "年薪5万–6万欧元"),
        (80, None, {"currency": "CHF", "unit": "HOUR"}, "CHF 80 or more an hour", "时薪80CHF起"),
        (None, None, {}, "", ""),
    ],
)  # fmt: skip
def test_pay(
    low: float | None, high: float | None, options: dict[str, str], english: str, chinese: str
) -> None:
    assert pay(low, high, "en", **options) == english
    assert pay(low, high, "zh", **options) == chinese


@pytest.mark.parametrize(
    ("ends", "english", "chinese"),
    [
        ("2020-09-08T15:30:00+08:00", "Tue 8 Sep, 14:00–15:30 (UTC+8)",
         "9月8日 星期二 14:00–15:30（北京时间）"),
        (None, "Tue 8 Sep, 14:00 (UTC+8)", "9月8日 星期二 14:00（北京时间）"),
        ("2020-09-09T10:00:00+08:00", "Tue 8 Sep, 14:00 – Wed 9 Sep, 10:00 (UTC+8)",
         "9月8日 星期二 14:00 – 9月9日 星期三 10:00（北京时间）"),
    ],
)  # fmt: skip
def test_span(ends: str | None, english: str, chinese: str) -> None:
    starts = "2020-09-08T14:00:00+08:00"
    beijing = ZoneInfo("Asia/Shanghai")
    assert span(starts, ends, "en", zone=beijing) == english
    assert span(starts, ends, "zh", zone=beijing) == chinese


@pytest.mark.parametrize(
    ("zone", "english", "chinese"),
    [
        ("Asia/Shanghai", "UTC+8", "北京时间"),
        ("Asia/Singapore", "UTC+8", "UTC+8"),
        ("Asia/Kolkata", "UTC+5:30", "UTC+5:30"),
        ("America/New_York", "UTC-4", "UTC-4"),
        ("Etc/UTC", "UTC", "UTC"),
    ],
)
def test_a_clock_has_its_zones_name_or_its_offset(zone: str, english: str, chinese: str) -> None:
    moment = datetime(2020, 9, 8, 14, tzinfo=ZoneInfo(zone))
    assert (zone_name(moment, "en"), zone_name(moment, "zh")) == (english, chinese)


def test_a_span_without_a_zone_names_none() -> None:
    assert span("2020-09-08T14:00:00+08:00", None, "zh") == "9月8日 星期二 14:00"


def test_lists() -> None:
    assert either(["A"], "en") == "A"
    assert either(["A", "B", "C"], "en") == "A, B or C"
    assert both(["A", "B", "C"], "en") == "A, B and C"
    assert either(["甲", "乙", "丙"], "zh") == "甲、乙或丙"


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Energy", "energy"), ("New-generation IT", "new-generation IT"), ("PhD", "PhD"),
     ("IT", "IT"), ("能源", "能源")],
)  # fmt: skip
def test_a_label_inside_a_sentence(label: str, expected: str) -> None:
    assert inside(label) == expected


def test_month() -> None:
    assert month("2020-09", "en") == "Sep 2020"
    assert month("2020-09", "zh") == "2020年9月"
