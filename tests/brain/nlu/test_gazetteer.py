from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES

from bot.brain.nlu import phrases
from bot.brain.nlu.gazetteer import GazetteerExtractor, PhraseFinder, longest
from bot.brain.nlu.phrases import Phrase
from tests.brain.nlu.conftest import found_in, message_of, tokens_of


def test_a_code_that_is_no_english_word_may_be_in_lower_case(gazetteer: GazetteerExtractor) -> None:
    assert values(gazetteer, "gz or sz") == {("city", "guangzhou"), ("city", "shenzhen")}
    assert values(gazetteer, "show us la la land") == set()


def values(gazetteer: GazetteerExtractor, text: str) -> set[tuple[str, str]]:
    """The codes found; cues and the like are left out."""
    message = message_of(text)
    gazetteer.process([message])
    things = {"kind", *phrases.THING_KEYS, "remote", "sort", "day", "period", "direction"}
    return {
        (each["entity"], each["value"])
        for each in message.get(ENTITIES)
        if each["entity"] in things
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("find jobs in energy", {("kind", "jobs"), ("industry", "energy")}),
        ("能源行业的工作", {("kind", "jobs"), ("industry", "energy")}),
        ("Russian programs", {("kind", "programs"), ("country", "RU")}),
        ("俄罗斯有哪些项目", {("kind", "programs"), ("country", "RU")}),
        ("jobs in the GBA", {("kind", "jobs"), ("region", "greater-bay-area")}),
        ("大湾区的岗位", {("kind", "jobs"), ("region", "greater-bay-area")}),
        ("京津冀", {("region", "beijing-tianjin-hebei")}),
        ("Singapore", {("country", "SG")}),
        ("I am after universities at the fair", {("institution_type", "university")}),
        ("remote sensing", set()),
        ("亚洲的資訊科技职位", {("region", "asia"), ("industry", "it"), ("kind", "jobs")}),
        ("jobs in HK", {("kind", "jobs"), ("city", "hong-kong")}),
        ("香港兼職", {("city", "hong-kong"), ("employment", "part-time")}),
        ("saint petersburg", {("city", "saint-petersburg")}),
        ("PhD positions", {("kind", "jobs"), ("degree", "phd")}),
        ("研究生", {("degree", "master")}),
        ("remote", {("remote", "true")}),
        (
            "any forum tomorrow morning",
            {("event_type", "forum"), ("day", "+1"), ("period", "morning")},
        ),
        ("明天上午的论坛", {("event_type", "forum"), ("day", "+1"), ("period", "morning")}),
        ("guangdong", {("region", "guangdong")}),
        ("full-time", {("employment", "full-time")}),
    ],
)
def test_names_become_codes(
    gazetteer: GazetteerExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert values(gazetteer, text) == expected


def test_the_longest_name_wins(gazetteer: GazetteerExtractor) -> None:
    found = values(gazetteer, "information technology jobs in the greater bay area")
    assert ("industry", "it") in found
    assert ("region", "greater-bay-area") in found
    assert not any(value in ("science", "san-francisco") for _, value in found)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("IT jobs", True),
        ("it jobs", True),
        ("jobs in it", True),
        ("IT", True),
        ("is it remote", False),
        ("save it", False),
        ("I visited", False),
    ],
)
def test_it_is_an_industry_only_where_it_can_be(
    gazetteer: GazetteerExtractor, text: str, named: bool
) -> None:
    assert (("industry", "it") in values(gazetteer, text)) is named


@pytest.mark.parametrize(("text", "named"), [("US companies", True), ("tell us more", False)])
def test_us_is_a_country_only_where_it_can_be(
    gazetteer: GazetteerExtractor, text: str, named: bool
) -> None:
    assert (("country", "US") in values(gazetteer, text)) is named


@pytest.mark.parametrize(
    ("text", "named"),
    [("德企", True), ("苏州的德企在招人吗", True), ("品德", False), ("德州扑克", False)],
)
def test_an_abbreviation_of_one_character_stands_where_it_is_no_half_word(
    gazetteer: GazetteerExtractor, text: str, named: bool
) -> None:
    assert (("country", "DE") in values(gazetteer, text)) is named


@pytest.mark.parametrize("text", ["有新的能源职位请通知我", "新的職位", "贵方的岗位", "贵的"])
def test_new_and_dear_are_no_provinces(gazetteer: GazetteerExtractor, text: str) -> None:
    assert not any(entity == "region" for entity, _ in values(gazetteer, text))


def test_offsets_are_those_of_the_words_as_typed() -> None:
    finder = PhraseFinder([Phrase("深圳", "city", "shenzhen"), Phrase("new york", "city", "ny")])
    text = "去深圳 or New York?"
    assert found_in(text, finder.find(tokens_of(text))) == [
        ("city", "shenzhen", "深圳"),
        ("city", "ny", "New York"),
    ]


def test_nothing_is_found_in_nothing() -> None:
    assert PhraseFinder([]).find(tokens_of("深圳")) == []
    assert PhraseFinder([Phrase("深圳", "city", "shenzhen")]).find([]) == []


def entity(name: str, start: int, end: int, value: str = "x") -> dict[str, object]:
    return {"entity": name, "value": value, "start": start, "end": end}


def test_a_longer_value_hides_what_lies_within_but_not_its_equal() -> None:
    long, short, equal = entity("region", 0, 10), entity("city", 3, 6), entity("country", 0, 10)
    assert longest([short, long, equal]) == [equal, long]


def test_a_cue_hides_only_its_own_sort() -> None:
    cue, shorter, city = entity("cue", 0, 6), entity("cue", 0, 3), entity("city", 4, 6)
    assert longest([cue, shorter, city]) == [cue, city]


def test_an_example_s_own_annotation_hides_nothing(gazetteer: GazetteerExtractor) -> None:
    annotated = {"entity": "subject", "value": "energy engineer", "start": 0, "end": 15}
    message = message_of("energy engineer", entities=[annotated])
    gazetteer.process([message])
    found = {each["entity"] for each in message.get(ENTITIES)}
    assert {"industry", "subject"} <= found


@pytest.mark.parametrize("text", ["活动类型不限", "any type of employment"])
def test_a_kind_within_the_name_of_a_key_is_none(gazetteer: GazetteerExtractor, text: str) -> None:
    message = message_of(text)
    gazetteer.process([message])
    assert "kind" not in {each["entity"] for each in message.get(ENTITIES)}
