from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES

from bot.brain.nlu.quantities import QuantityExtractor, find_quantities
from tests.brain.nlu.conftest import message_of


def kinds(text: str) -> set[str]:
    return {each["entity"] for each in find_quantities(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over 30k with 3 years of experience", {"salary", "experience_max"}),
        ("events on 9 September at 3pm", {"day", "period"}),
        ("月薪２万以上，三年经验", {"salary", "experience_max"}),
        ("九月十號下午三點", {"day", "period"}),
        ("save number 2", {"ordinal"}),
        ("show job-00017", {"record"}),
        ("打开job-acme-5204912", {"record"}),
        ("event-2020-09-08", {"record"}),
        ("find jobs in energy", set()),
    ],
)
def test_each_sort_is_found(text: str, expected: set[str]) -> None:
    assert kinds(text) == expected


def test_an_amount_of_money_is_not_a_date_as_well() -> None:
    assert kinds("9.10万以上") == {"salary"}


def test_the_extractor_adds_to_what_is_there() -> None:
    before = {"entity": "city", "value": "shenzhen", "start": 0, "end": 8}
    message = message_of("shenzhen over 30k", entities=[before])
    QuantityExtractor().process([message])
    entities = message.get(ENTITIES)
    assert entities[0] == before
    assert [(each["entity"], each["extractor"]) for each in entities[1:]] == [
        ("salary", "quantities")
    ]
