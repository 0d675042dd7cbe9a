"""Salaries are compared in whole CNY a month."""

import pytest

from conference.money import UNITS, load_rates, to_monthly_cny


@pytest.mark.parametrize(
    ("amount", "currency", "unit", "expected"),
    [
        (15_000, "CNY", "MONTH", 15_000),
        (200_000, "CNY", "YEAR", 16_666),
        (120_000, "CNY", "YEAR", 10_000),
        (150, "CNY", "DAY", 3_262),
        (50, "CNY", "HOUR", 8_700),
        (1_000, "CNY", "WEEK", 4_350),
        (60_000, "USD", "YEAR", 34_200),
        (5_000, "USD", "MONTH", 34_200),
        (90_000.5, "RUB", "MONTH", 8_154),
        (0, "EUR", "MONTH", 0),
    ],
)
def test_an_offer_is_worth_so_much_a_month(
    amount: float, currency: str, unit: str, expected: int
) -> None:
    assert to_monthly_cny(amount, currency, unit) == expected


def test_an_unknown_currency_or_unit_is_an_error() -> None:
    with pytest.raises(KeyError):
        to_monthly_cny(1, "XXX", "MONTH")
    with pytest.raises(KeyError):
        to_monthly_cny(1, "CNY", "FORTNIGHT")


def test_every_rate_is_dated_and_positive() -> None:
    rates = load_rates()
    assert rates.as_of == "2020-09-07"
    assert {"CNY", "USD", "EUR", "RUB", "HKD"} <= rates.cny.keys()
    assert min(rates.cny.values()) > 0
    assert {"HOUR", "DAY", "MONTH", "YEAR"} <= UNITS
