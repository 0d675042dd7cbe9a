from __future__ import annotations

import pytest

from bot.brain.nlu.references import find_references


def found(text: str) -> list[tuple[str, str]]:
    return [(each["entity"], each["value"]) for each in find_references(text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("number 3", "3"),
        ("no. 2", "2"),
        ("#4", "4"),
        ("the 2nd one", "2"),
        ("save 2", "2"),
        ("2", "2"),
        ("第三个", "3"),
        ("第 2 条", "2"),
        ("打开第十个", "10"),
        ("倒数第二个", "-2"),
    ],
)
def test_a_place_in_the_list(text: str, place: str) -> None:
    assert found(text) == [("ordinal", place)]


@pytest.mark.parametrize(
    "record",
    [
        "job-00017",
        "prog-0042",
        "inst-0311",
        "int-0007",
        "event-0012",
        "job-k3x9ab12cd",
        "job-acme-5204912",
    ],
)
@pytest.mark.parametrize("text", ["show {}", "打开{}"])
def test_an_id(record: str, text: str) -> None:
    assert found(text.format(record)) == [("record", record)]


def test_several_places() -> None:
    assert found("save number 1 and number 3") == [("ordinal", "1"), ("ordinal", "3")]


@pytest.mark.parametrize(
    "text",
    [
        "above 20k",
        "show 20 more",
        "2020",
        "月薪20万",
        "job-x",
        "number 99",
        "covid19",
        "event-driven",
        "job-seekers",
        "int-elligent",
        "int-8",
        "a job-5 years",
    ],
)
def test_other_numbers_point_at_nothing(text: str) -> None:
    assert found(text) == []
