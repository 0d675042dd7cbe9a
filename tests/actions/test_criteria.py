from __future__ import annotations

from typing import Any

import pytest

from actions.criteria import criteria
from conference.edition import shipped_edition
from conference.query import Query
from tests.actions.conftest import NOW


def said(entity: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"entity": entity, "value": value, "start": 0, "end": 0, **more}


def test_what_the_speaker_means_is_not_what_they_need() -> None:
    offers = {**said("direction", "offer"), "start": 17, "end": 23}
    text = "no, i meant the  offers"
    assert criteria([offers], text=text, now=NOW, days=shipped_edition().days).direction == "offer"


def pay(
    least: float | None, most: float | None = None, currency: str = "CNY", unit: str | None = None
) -> dict[str, Any]:
    amount = {"min": least, "max": most, "currency": currency}
    return said("salary", {**amount, "unit": unit or "MONTH", "unit_said": unit is not None})


def asked(*entities: dict[str, Any], text: str = "") -> dict[str, Any]:
    return criteria(entities, text=text, now=NOW, days=shipped_edition().days).to_json()


def test_nothing_asks_for_nothing() -> None:
    assert criteria([], text="hello", now=NOW, days=shipped_edition().days) == Query()


def test_values_of_one_key_are_alternatives_and_stand_once() -> None:
    entities = [said("city", "shenzhen"), said("city", "beijing"), said("city", "shenzhen")]
    assert asked(*entities) == {"city": ["shenzhen", "beijing"]}


def test_an_employer_s_country_has_a_key_of_its_own() -> None:
    german = said("country", "DE", group="employer")
    assert asked(german, said("city", "suzhou")) == {"employer_country": ["DE"], "city": ["suzhou"]}


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        (pay(20_000), {"salary_min": 20_000}),
        (pay(None, 15_000), {"salary_max": 15_000}),
        (pay(10_000, 20_000), {"salary_min": 10_000, "salary_max": 20_000}),
        (pay(200_000, unit="YEAR"), {"salary_min": 16_666}),  # divided by 12, rounded down
        (pay(300_000), {"salary_min": 25_000}),  # nobody is offered that much a month
        (pay(300_000, unit="MONTH"), {"salary_min": 300_000}),  # unless it is said so
        (pay(1e24), {"salary_min": 10**9}),  # a number that no database holds
    ],
)
def test_a_salary_is_whole_cny_a_month(entity: dict[str, Any], expected: dict[str, int]) -> None:
    assert asked(entity) == expected


def test_another_currency_is_converted() -> None:
    dollars = asked(pay(5_000, currency="USD", unit="MONTH"))["salary_min"]
    assert dollars > 5 * 5_000
    assert isinstance(dollars, int)


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        (
            [said("day", "+1"), said("period", "morning")],
            {"day": "2020-09-09", "period": "morning"},
        ),
        (
            [said("day", "9-8"), said("day", "9-10", role="until")],
            {"day": "2020-09-08", "until": "2020-09-10"},
        ),
        ([said("period", "now"), said("period", "evening")], {"period": "evening"}),
        ([said("period", "now")], {"period": "now"}),
        ([said("degree", "bachelor"), said("degree", "phd")], {"degree": "phd"}),
        ([said("experience_max", "3"), said("experience_max", "1")], {"experience_max": 1}),
        ([said("experience_max", "0")], {"experience_max": 0}),
        ([said("remote", "true")], {"remote": True}),
        ([said("sort", "salary")], {"sort": "salary"}),
        ([said("employment", "internship")], {"employment": "internship"}),
    ],
)
def test_single_values(entities: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    assert asked(*entities) == expected


def test_words_left_over_are_kept_as_typed_but_simplified() -> None:
    assert asked(said("subject", "護士")) == {"text": "护士"}
    assert asked(said("subject", "PyTorch"), said("subject", "PyTorch")) == {"text": "PyTorch"}


@pytest.mark.parametrize(
    ("text", "words", "direction", "expected"),
    [
        ("who needs battery technology", "needs", "seek", "seek"),
        ("who offers battery technology", "offers", "offer", "offer"),
        ("we need battery technology", "need", "seek", "offer"),
        ("谁需要电池技术", "需要", "seek", "seek"),
        ("我们需要电池技术", "需要", "seek", "offer"),
    ],
)
def test_who_needs_a_thing_is_shown_who_offers_it(
    text: str, words: str, direction: str, expected: str
) -> None:
    start = text.index(words)
    entity = said("direction", direction) | {"start": start, "end": start + len(words)}
    assert asked(entity, text=text) == {"direction": expected}
