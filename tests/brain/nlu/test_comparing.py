from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES

from bot.brain.nlu.gazetteer import GazetteerExtractor
from bot.brain.nlu.quantities import QuantityExtractor
from bot.brain.nlu.scope import ScopeAnnotator
from tests.brain.nlu.conftest import Entity, message_of


def annotated(gazetteer: GazetteerExtractor, text: str) -> list[Entity]:
    message = message_of(text)
    QuantityExtractor().process([message])
    gazetteer.process([message])
    ScopeAnnotator().process([message])
    return list(message.get(ENTITIES))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("are there more openings in Jinan or in Qingdao", "city"),
        ("does energy or culture have more jobs", "industry"),
        ("who brought more programmes, Poland or Serbia?", "country"),
        ("more programmes from Japan or from Korea?", "country"),
        ("Jinan vs Qingdao, number of jobs", "city"),
        ("talks and ceremonies, how many of each", "event_type"),
        ("internships or full-time jobs, which are there more of", "employment"),
        ("济南的岗位比青岛多吗", "city"),
        ("能源和文化哪个招人多", "industry"),
        ("波兰的项目多还是塞尔维亚的多", "country"),
        ("讲座、仪式各有多少场", "event_type"),
        ("济南有没有青岛的岗位多", "city"),
    ],
)
def test_two_values_that_are_compared_are_counted_by_their_key(
    gazetteer: GazetteerExtractor, text: str, key: str
) -> None:
    found = {(each["entity"], each["value"]) for each in annotated(gazetteer, text)}
    assert {("group", key), ("cue", "most")} <= found


@pytest.mark.parametrize(
    "text",
    [
        "any more jobs in Jinan or Qingdao",
        "jobs in Jinan or Qingdao that pay more than 20k",
        "which jobs in Jinan and Qingdao pay more",
        "are there more jobs in Jinan",
        "济南和青岛有多少岗位",
        "济南和青岛哪个工资多",
        "各位好，想找济南或青岛的岗位",
    ],
)
def test_what_compares_no_numbers_is_no_group(gazetteer: GazetteerExtractor, text: str) -> None:
    found = annotated(gazetteer, text)
    assert not [each for each in found if each["entity"] == "group"]


@pytest.mark.parametrize(
    "text", ["internships or contract jobs, which are there more of", "实习多还是合同工多"]
)
def test_values_of_a_key_that_has_one_narrow_nothing(
    gazetteer: GazetteerExtractor, text: str
) -> None:
    roles = {
        each.get("role") for each in annotated(gazetteer, text) if each["entity"] == "employment"
    }
    assert roles == {"drop"}
