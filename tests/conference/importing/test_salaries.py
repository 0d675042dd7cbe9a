"""Salaries in every notation that job boards use."""

import pytest

from conference.importing.salaries import is_negotiable, read_hints, read_salary, read_unit


@pytest.mark.parametrize(
    ("text", "least", "most", "currency", "unit"),
    [
        ("1-1.5万/月", 10_000, 15_000, "CNY", "MONTH"),
        ("20-40万/年", 200_000, 400_000, "CNY", "YEAR"),
        ("15k-30k", 15_000, 30_000, "CNY", "MONTH"),
        ("15K-25K·14薪", 15_000, 25_000, "CNY", "MONTH"),
        ("2-3万元/月（14薪）", 20_000, 30_000, "CNY", "MONTH"),
        ("150元/天", 150, 150, "CNY", "DAY"),
        ("100-200/天", 100, 200, "CNY", "DAY"),
        ("$60,000 a year", 60_000, 60_000, "USD", "YEAR"),
        ("€50.000 - €60.000 p.a.", 50_000, 60_000, "EUR", "YEAR"),
        ("£45k pa", 45_000, 45_000, "GBP", "YEAR"),
        ("US$ 5k/month", 5_000, 5_000, "USD", "MONTH"),
        ("S$6,000 per month", 6_000, 6_000, "SGD", "MONTH"),
        ("HK$30,000 - 40,000 per month", 30_000, 40_000, "HKD", "MONTH"),
        ("от 120 000 руб. в месяц", 120_000, None, "RUB", "MONTH"),
        ("80-100 тыс. руб.", 80_000, 100_000, "RUB", "MONTH"),
        ("CHF 90'000 per year", 90_000, 90_000, "CHF", "YEAR"),
        ("25 €/hour", 25, 25, "EUR", "HOUR"),
        ("$25-$35 per hour", 25, 35, "USD", "HOUR"),
        ("8千-1.2万/月", 8_000, 12_000, "CNY", "MONTH"),
        ("6-8千/月", 6_000, 8_000, "CNY", "MONTH"),
        ("8000-12000元/月", 8_000, 12_000, "CNY", "MONTH"),
        ("年薪30万", 300_000, 300_000, "CNY", "YEAR"),
        ("30万以上/年", 300_000, None, "CNY", "YEAR"),
        ("1万以下/月", None, 10_000, "CNY", "MONTH"),
        ("up to 20k", None, 20_000, "CNY", "MONTH"),
        ("10K+", 10_000, None, "CNY", "MONTH"),
        ("15k/day", 15_000, 15_000, "CNY", "DAY"),
        ("１５Ｋ－３０Ｋ", 15_000, 30_000, "CNY", "MONTH"),
        ("6萬美元/年", 60_000, 60_000, "USD", "YEAR"),
    ],
)
def test_a_salary_is_read_as_it_was_offered(
    text: str, least: float | None, most: float | None, currency: str, unit: str
) -> None:
    offer = read_salary(text)
    assert offer is not None
    assert (offer.least, offer.most, offer.currency, offer.unit) == (least, most, currency, unit)
    assert not offer.guessed


@pytest.mark.parametrize(("text", "unit"), [("20-40万", "YEAR"), ("$60,000", "YEAR")])
def test_a_sum_too_large_for_a_month_is_a_years_and_says_that_it_was_guessed(
    text: str, unit: str
) -> None:
    offer = read_salary(text)
    assert offer is not None
    assert (offer.unit, offer.guessed) == (unit, True)


@pytest.mark.parametrize("text", ["abc", "50", "3个月试用", "call 555-1234 x 9", ""])
def test_what_is_no_salary_is_not_read_as_one(text: str) -> None:
    assert read_salary(text) is None


@pytest.mark.parametrize("text", ["面议", "薪资面议", "Negotiable", "competitive", "-"])
def test_a_salary_left_open_is_known_as_such(text: str) -> None:
    assert is_negotiable(text)


@pytest.mark.parametrize(
    ("heading", "text", "monthly"),
    [
        ("薪资（万/年）", "24-36", (20_000, 30_000)),
        ("月薪(k)", "15-20", (15_000, 20_000)),
        ("薪资(千元/月)", "8", (8_000, 8_000)),
        ("日薪(元)", "200", (4_350, 4_350)),
        ("Salary (USD/year)", "60000", (34_200, 34_200)),
        ("Annual salary", "120000", (10_000, 10_000)),
    ],
)
def test_the_heading_says_what_the_figures_are(
    heading: str, text: str, monthly: tuple[int, int]
) -> None:
    offer = read_salary(text, read_hints(heading))
    assert offer is not None
    assert offer.monthly() == monthly


@pytest.mark.parametrize(
    ("text", "unit"),
    [("DAY", "DAY"), ("monthly", "MONTH"), ("年", "YEAR"), ("per hour", "HOUR"), ("元/天", "DAY")],
)
def test_units_are_known_by_many_names(text: str, unit: str) -> None:
    assert read_unit(text) == unit
