from __future__ import annotations

from typing import Any

import pytest

from bot.brain.nlu.amounts import chinese_number, find_experience, find_salaries

CNY = {"currency": "CNY", "unit": "MONTH"}


def salary(text: str) -> dict[str, Any]:
    found = find_salaries(text)
    assert len(found) == 1, found
    value: dict[str, Any] = found[0]["value"]
    return value


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三", 3),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("三百二十", 320),
        ("两", 2),
        ("半", 0.5),
        ("一半", 1.5),
    ],
)
def test_chinese_numerals(numeral: str, value: float) -> None:
    assert chinese_number(numeral) == value


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("jobs over 30k", 30_000, None),
        ("at least 20000 a month", 20_000, None),
        ("above 20,000", 20_000, None),
        ("more than 1.5万", 15_000, None),
        ("20k or more", 20_000, None),
        ("20k+", 20_000, None),
        ("not less than 8000", 8_000, None),
        ("twenty thousand a month", 20_000, None),
        ("under 15k", None, 15_000),
        ("no more than 15k", None, 15_000),
        ("up to 12000 yuan", None, 12_000),
        ("capped at 10k", None, 10_000),
        ("no higher than 8k", None, 8_000),
        ("twelve thou a month or more", 12_000, None),
        ("fifteen k or better", 15_000, None),
        ("ten to fifteen grand", 10_000, 15_000),
        ("less than 20k and i'm not getting up", 20_000, None),
        ("少于两万我可不干", 20_000, None),
        ("不到一万五谁干啊", 15_000, None),
        ("don't show me anything below 20k", 20_000, None),
        ("anything under 10k is no good", 10_000, None),
        ("一万五以下别给我看", 15_000, None),
        ("八千以下的就算了", 8_000, None),
        ("别给我看低于一万的工作", 10_000, None),
        ("不想看三万以上的工作", None, 30_000),
        ("保底六千", 6_000, None),
        ("一个月八千保底", 8_000, None),
        ("between 10k and 20k", 10_000, 20_000),
        ("20-30k", 20_000, 30_000),
        ("月薪两万以上", 20_000, None),
        ("月薪不低于八千", 8_000, None),
        ("工资一万五起", 15_000, None),
        ("不超过1万", None, 10_000),
        ("一万五以下", None, 15_000),
        ("月薪八千到一万二", 8_000, 12_000),
        ("2-3万", 20_000, 30_000),
        ("1w5以上", 15_000, None),
        ("月入过万的工作", 10_000, None),
        ("1.5w到2.2w一个月", 15_000, 22_000),
        ("人民币一万五一个月以上", 15_000, None),
        ("at least a quarter of a million yuan", 250_000, None),
        ("at least half a million yuan", 500_000, None),
        ("two hundred thousand yuan", 200_000, None),
    ],
)
def test_a_salary_s_bounds(text: str, least: int | None, most: int | None) -> None:
    said = salary(text)
    assert (said["min"], said["max"]) == (least, most)
    assert (said["currency"], said["unit"]) == ("CNY", "MONTH")


@pytest.mark.parametrize(
    ("text", "amount", "currency", "unit"),
    [
        ("at least 300k a year", 300_000, "CNY", "YEAR"),
        ("年薪三十万以上", 300_000, "CNY", "YEAR"),
        ("$5000 a month", 5_000, "USD", "MONTH"),
        ("over 60k usd per year", 60_000, "USD", "YEAR"),
        ("从3万港币起", 30_000, "HKD", "MONTH"),
        ("至少4000欧元", 4_000, "EUR", "MONTH"),
        ("50 dollars an hour", 50, "USD", "HOUR"),
        ("日薪500元", 500, "CNY", "DAY"),
    ],
)
def test_a_salary_s_currency_and_unit_are_kept_as_said(
    text: str, amount: int, currency: str, unit: str
) -> None:
    said = salary(text)
    assert (said["min"], said["currency"], said["unit"]) == (amount, currency, unit)


def test_whether_the_unit_was_said_is_known() -> None:
    assert salary("月薪两万以上")["unit_said"] is True
    assert salary("30k")["unit_said"] is False


@pytest.mark.parametrize(
    "text",
    [
        "what was on in 2020",
        "2020年的大会",
        "number 3",
        "第三个",
        "3 years of experience",
        "job-00017",
        "the 9th of september",
        "有20个岗位吗",
        "",
    ],
)
def test_years_places_and_counts_are_no_salaries(text: str) -> None:
    assert find_salaries(text) == []


def test_the_words_that_bound_an_amount_belong_to_it() -> None:
    text = "remote jobs at least 20k a month in beijing"
    (entity,) = find_salaries(text)
    assert text[entity["start"] : entity["end"]] == "at least 20k a month"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("i have 3 years of experience", "3"),
        ("up to two years experience", "2"),
        ("5 yrs exp", "5"),
        ("有三年经验", "3"),
        ("工作经验5年以内", "5"),
        ("干了十年", "10"),
    ],
)
def test_years_of_experience(text: str, years: str) -> None:
    assert [each["value"] for each in find_experience(text)] == [years]


@pytest.mark.parametrize(
    "text", ["40 years of shenzhen", "2020年", "年薪30万", "90 years experience"]
)
def test_other_years_are_no_experience(text: str) -> None:
    assert find_experience(text) == []


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("低于八千不考虑", 8_000, None),
        ("under 15k? no way", 15_000, None),
        ("低于八千的", None, 8_000),
        ("工资封顶两万", None, 20_000),
        ("六千五一分不能少", 6_500, None),
        ("9,000 yuan and not a cent less", 9_000, None),
        ("三万块人民币以上", 30_000, None),
    ],
)
def test_which_end_an_amount_is(text: str, least: int | None, most: int | None) -> None:
    value = salary(text)
    assert (value["min"], value["max"]) == (least, most)
