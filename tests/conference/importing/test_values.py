"""Words of cells into codes, places, years, lists and texts by language."""

from typing import Any

import pytest

from conference.importing import cells
from conference.importing.codes import Codes, no_places
from conference.importing.places import Places
from conference.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def codes() -> Codes:
    return Codes(load_vocabulary())


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("degree", "本科及以上", "bachelor"),
        ("degree", "统招本科及以上学历", "bachelor"),
        ("degree", "Bachelor's degree or higher", "bachelor"),
        ("degree", "Master or Bachelor", "bachelor"),
        ("degree", "博士", "phd"),
        ("degree", "不限", None),
        ("degree", "High School", None),
        ("industry", "移动互联网,金融", "it"),
        ("industry", "医疗丨健康", "medical"),
        ("industry", "Banking & Financial Services", "finance"),
        ("industry", "energy", "energy"),
        ("employment", "FULL_TIME", "full-time"),
        ("employment", "实习", "internship"),
        ("event_type", "Workshop", "talk"),
        ("direction", "需求", "seek"),
        ("status", "CANCELLED", "cancelled"),
        ("stage", "TRL 7", "pilot"),
    ],
)
def test_words_become_codes(codes: Codes, field: str, text: str, code: str | None) -> None:
    assert codes.find(field, text) == (code, None)


def test_a_misspelt_word_is_read_and_said_to_be(codes: Codes) -> None:
    assert codes.find("industry", "Manufacturng") == ("manufacturing", "manufacturing")


@pytest.mark.parametrize(("field", "text"), [("industry", "消费生活"), ("degree", "xyz")])
def test_a_word_that_means_none_of_the_codes_is_not_understood(
    codes: Codes, field: str, text: str
) -> None:
    assert codes.find(field, text) is None


@pytest.fixture
def places() -> Places:
    return Places(load_vocabulary(), nowhere=no_places())


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("深圳", "shenzhen", "CN"),
        ("深圳市南山区", "shenzhen", "CN"),
        ("中国广东省深圳市", "shenzhen", "CN"),
        ("广东-深圳", "shenzhen", "CN"),
        ("北京·海淀区", "beijing", "CN"),
        ("吉林-长春", "changchun", "CN"),
        ("Shenzhen, China", "shenzhen", "CN"),
        ("Berlin Germany", "berlin", "DE"),
        ("San Francisco, CA", "san-francisco", "US"),
        ("London, UK", "london", "GB"),
        ("Bengaluru, Karnataka, India", "bangalore", "IN"),
        ("Germany", None, "DE"),
        ("广东省", None, "CN"),
        ("全国", None, None),
    ],
)
def test_places_are_found_in_addresses(
    places: Places, text: str, city: str | None, country: str | None
) -> None:
    found = places.find(text)
    assert found is not None
    assert (found.city, found.country, found.new) == (city, country, False)


def test_remote_work_may_stand_among_the_places(places: Places) -> None:
    found = places.find("Remote (Germany)")
    assert found is not None
    assert (found.remote, found.country) == (True, "DE")


def test_the_first_of_several_cities_is_taken_and_the_others_are_not_forgotten(
    places: Places,
) -> None:
    found = places.find("上海/北京")
    assert found is not None
    assert (found.city, found.more) == ("shanghai", True)


def test_a_misspelt_city_is_read_and_said_to_be(places: Places) -> None:
    found = places.find("Shenzen")
    assert found is not None
    assert (found.city, found.read_as) == ("shenzhen", "shenzhen")


@pytest.mark.parametrize(
    ("text", "code", "country"),
    [
        ("浙江省义乌市", "yiwu", "CN"),
        ("Mozhaysk, Russia", "mozhaysk", "RU"),
        ("Hamilton, Canada", "hamilton-ca", "CA"),
    ],
)
def test_a_city_that_is_not_known_is_added_when_its_country_is(
    places: Places, text: str, code: str, country: str
) -> None:
    found = places.find(text)
    assert found is not None
    assert (found.city, found.country, found.new) == (code, country, True)
    assert places.new[code].country == country


@pytest.mark.parametrize("text", ["xyz", "义务方", "12345"])
def test_what_may_be_no_city_is_not_made_one(places: Places, text: str) -> None:
    assert places.find(text) is None
    assert not places.new


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3-5年", 3),
        ("经验3-5年", 3),
        ("10年以上", 10),
        ("三年以上", 3),
        ("1年以下", 0),
        ("应届毕业生", 0),
        ("不限", None),
        ("5+ years", 5),
        ("at least two years", 2),
        ("24 months", 2),
        ("P3Y", 3),
        ("No experience needed", 0),
    ],
)
def test_years_of_experience(text: str, years: int | None) -> None:
    assert cells.years_of(text) == (True, years)


def test_experience_that_says_nothing_is_not_understood() -> None:
    assert cells.years_of("wide") == (False, None)


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("SQL, Python；机器学习", ["SQL", "Python", "机器学习"]),
        ('["a, b", "c"]', ["a, b", "c"]),
        ("['数据', 'SQL']", ["数据", "SQL"]),
        (["a", ""], ["a"]),
        (None, []),
        ("nan", []),
    ],
)
def test_lists_are_read_however_they_are_written(value: Any, items: list[str]) -> None:
    assert cells.list_of(value) == items


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurse", {"en": "Nurse"}),
        ("Java开发", {"zh": "Java开发"}),
        ("Nurse / 护士", {"en": "Nurse", "zh": "护士"}),
        ("护士|Nurse", {"en": "Nurse", "zh": "护士"}),
    ],
)
def test_a_text_is_put_under_its_language(text: str, expected: dict[str, str]) -> None:
    assert cells.by_language(text) == expected


def test_markup_is_taken_out_of_texts_and_nothing_else_is() -> None:
    html = "<p>Build &amp; run</p><ul><li>Go</li></ul>"
    assert cells.plain_text(html) == "Build & run\nGo"
    assert cells.plain_text("x < y > z") == "x < y > z"


def test_control_characters_and_empty_words_go() -> None:
    assert cells.text_of(" a\x00\u200bb ") == "ab"
    assert cells.text_of("NULL") is None


def test_what_a_page_would_run_is_no_text() -> None:
    text = "<p>做饭</p><script>alert(1)</script><style>p {}</style><img src=x>a &lt; b"
    assert cells.plain_text(text) == "做饭\na < b"
