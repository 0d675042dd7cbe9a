"""Salaries in the one measure that they are compared in: whole CNY a month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from importlib import resources

import yaml

_YEARLY = {
    "YEAR": Decimal(1),
    "MONTH": Decimal(12),
    "WEEK": Decimal("52.2"),
    "DAY": Decimal(261),  # 21.75 paid days a month, as China's labour ministry counts them
    "HOUR": Decimal(2088),  # of 8 hours a day
}
"""How many of each unit are paid in a year."""

UNITS = frozenset(_YEARLY)


@dataclass(frozen=True)
class Rates:
    """CNY for one unit of each currency (ISO 4217 code), and the day of the rates (ISO date).

    `of_country` has the currency of countries (ISO 3166-1 alpha-2).
    """

    as_of: str
    cny: dict[str, Decimal]
    of_country: dict[str, str]


@cache
def load_rates() -> Rates:
    """The table of `vocabulary/currencies.yml`, read once a process."""
    path = resources.files("conference.vocabulary").joinpath("currencies.yml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Rates(
        as_of=data["as_of"],
        cny={code: Decimal(str(rate)) for code, rate in data["rates"].items()},
        of_country={each: code for code, listed in data["countries"].items() for each in listed},
    )


def to_monthly_cny(amount: float, currency: str, unit: str) -> int:
    """Whole CNY a month, rounded down: a year counts as 12 months, a month as 21.75 days.

    `currency` is an ISO 4217 code, `unit` one of `UNITS`. Raises KeyError for any other.
    """
    # In decimals: 5,000 dollars at 6.84 are 34,200, never 34,199.
    monthly = Decimal(str(amount)) * load_rates().cny[currency] * _YEARLY[unit] / 12
    return int(monthly.to_integral_value(ROUND_FLOOR))
