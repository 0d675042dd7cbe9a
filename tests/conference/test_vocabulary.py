"""The codes of the domain: the contract's own, names in both languages, no name for two codes."""

from __future__ import annotations

from collections import defaultdict

import opencc
import pytest

from conference.query import Kind
from conference.vocabulary import Country, Term, load_vocabulary

VOCABULARY = load_vocabulary()
KEYS = ("industry", "country", "city", "region", *VOCABULARY.codes)


def names(term: Term) -> list[str]:
    """Everything that a person can type for a term."""
    own = [*term.names("en"), *term.names("zh"), *term.exact, *term.short]
    if isinstance(term, Country):
        own += [*term.demonyms["en"], *term.demonyms["zh"]]
    return own


def test_industries_are_the_contracts() -> None:
    labels = {code: (t.labels["en"], t.labels["zh"]) for code, t in VOCABULARY.industries.items()}
    assert labels == {
        "manufacturing": ("Manufacturing", "制造业"),
        "energy": ("Energy", "能源"),
        "environment": ("Environmental protection", "环境保护"),
        "finance": ("Finance", "金融"),
        "it": ("New-generation information technology", "新一代信息技术"),
        "education": ("Education", "教育"),
        "culture": ("Culture", "文化"),
        "medical": ("Medical and health", "医疗健康"),
        "science": ("Science and technology research", "科学研究"),
        "agriculture": ("Agriculture", "农业"),
        "transport": ("Transport and logistics", "交通物流"),
        "construction": ("Construction", "建筑工程"),
    }


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("kind", {kind.value for kind in Kind}),
        ("degree", {"associate", "bachelor", "master", "phd"}),
        ("employment", {"full-time", "part-time", "internship", "contract"}),
        (
            "institution_type",
            {"university", "institute", "enterprise", "agency", "association"},
        ),
        ("event_type", {"forum", "roadshow", "ceremony", "talk", "fair"}),
        (
            "zone",
            {"exhibition", "matchmaking", "guest-of-honour", "recruitment", "services"},
        ),
        ("stage", {"research", "prototype", "pilot", "market"}),
        ("direction", {"seek", "offer"}),
        ("sort", {"salary", "newest", "soonest"}),
        ("period", {"morning", "afternoon", "evening", "now", "next"}),
        ("status", {"scheduled", "cancelled", "postponed"}),
    ],
)
def test_codes_are_the_contracts(key: str, codes: set[str]) -> None:
    assert set(VOCABULARY.terms(key)) == codes


@pytest.mark.parametrize("key", KEYS)
def test_every_term_has_a_label_in_both_languages(key: str) -> None:
    for code, term in VOCABULARY.terms(key).items():
        assert term.code == code
        assert term.labels["en"].isprintable()
        assert term.labels["en"][:1] != ""
        assert any("\u4e00" <= each <= "\u9fff" for each in term.labels["zh"]), code


@pytest.mark.parametrize("key", KEYS)
def test_a_name_means_one_code_and_stands_once(key: str) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for term in VOCABULARY.terms(key).values():
        for name in names(term):
            owners[name.casefold()].append(term.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("key", KEYS)
def test_chinese_names_are_simplified_and_names_are_clean(key: str) -> None:
    simplify = opencc.OpenCC("t2s").convert
    for term in VOCABULARY.terms(key).values():
        for name in names(term):
            assert isinstance(name, str), (term.code, name)  # YAML's yes, no and numbers
            assert name == name.strip() != ""
        for name in term.names("zh"):
            assert simplify(name) == name


def test_words_that_are_pronouns_in_lower_case_match_in_capitals_only() -> None:
    assert "US" in VOCABULARY.countries["US"].exact
    assert "IT" in VOCABULARY.industries["it"].exact
    anywhere = {
        name.casefold()
        for key in KEYS
        for term in VOCABULARY.terms(key).values()
        for name in (*term.names("en"), *term.names("zh"))
    }
    assert anywhere.isdisjoint({"us", "it", "la", "no", "be", "dr", "in", "nice", "doctor"})


@pytest.mark.parametrize(
    ("key", "name", "code"),
    [
        ("industry", "healthcare", "medical"),
        ("industry", "信息技术", "it"),
        ("industry", "环保", "environment"),
        ("city", "HK", "hong-kong"),
        ("city", "深圳市", "shenzhen"),
        ("city", "Shenzhen city", "shenzhen"),
        ("city", "St. Petersburg", "saint-petersburg"),
        ("city", "Xian", "xian"),
        ("region", "GBA", "greater-bay-area"),
        ("region", "粤港澳", "greater-bay-area"),
        ("region", "Jing-Jin-Ji", "beijing-tianjin-hebei"),
        ("region", "广东省", "guangdong"),
        ("region", "东盟", "southeast-asia"),
        ("country", "UK", "GB"),
        ("country", "俄方", "RU"),
        ("country", "Norwegian", "NO"),
        ("degree", "postdoc", "phd"),
        ("degree", "研究生", "master"),
        ("event_type", "job fair", "fair"),
    ],
)
def test_what_people_type_is_there(key: str, name: str, code: str) -> None:
    assert name in names(VOCABULARY.terms(key)[code])


@pytest.mark.parametrize("name", ["nurse", "hydrogen", "python", "solar", "chips", "护士", "氢能"])
def test_a_subject_narrower_than_its_industry_is_no_alias(name: str) -> None:
    assert all(name not in names(term) for term in VOCABULARY.industries.values())


def test_countries_are_iso_3166() -> None:
    countries = VOCABULARY.countries
    assert len(countries) == 249 - 3  # Hong Kong, Macao and Taiwan are not among the countries
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in countries)
    assert {"CN", "RU", "DE", "NO"} <= set(countries)
    assert set(countries).isdisjoint({"HK", "MO", "TW"})


def test_members_of_regions_exist() -> None:
    for region in VOCABULARY.regions.values():
        assert region.cities or region.countries, region.code
        for members, known in (
            (region.cities, set(VOCABULARY.cities)),
            (region.countries, set(VOCABULARY.countries)),
        ):
            assert len(set(members)) == len(members), region.code
            assert set(members) <= known, region.code


def test_cities_stand_in_known_countries_and_provinces() -> None:
    for city in VOCABULARY.cities.values():
        assert city.country in VOCABULARY.countries
        if city.province is not None:
            assert city.country == "CN"
            assert city.code in VOCABULARY.cities_of(city.province)


def test_cities_without_a_province_are_the_municipalities_hong_kong_and_macao() -> None:
    free = {c.code for c in VOCABULARY.cities.values() if c.country == "CN" and not c.province}
    assert free == {"beijing", "shanghai", "tianjin", "chongqing", "hong-kong", "macao"}


def test_greater_bay_area_is_the_contracts() -> None:
    assert set(VOCABULARY.cities_of("greater-bay-area")) == {
        "hong-kong",
        "macao",
        "guangzhou",
        "shenzhen",
        "zhuhai",
        "foshan",
        "huizhou",
        "dongguan",
        "zhongshan",
        "jiangmen",
        "zhaoqing",
    }


@pytest.mark.parametrize(
    ("region", "cities", "provinces"),
    [
        ("beijing-tianjin-hebei", ("beijing", "tianjin"), ("hebei",)),
        ("yangtze-river-delta", ("shanghai",), ("jiangsu", "zhejiang", "anhui")),
    ],
)
def test_regions_take_in_whole_provinces(
    region: str, cities: tuple[str, ...], provinces: tuple[str, ...]
) -> None:
    of_provinces = [city for province in provinces for city in VOCABULARY.cities_of(province)]
    assert VOCABULARY.cities_of(region) == (*cities, *of_provinces)
    assert len(of_provinces) > 10


def test_continents_have_countries() -> None:
    assert VOCABULARY.countries_of("central-asia") == ("KZ", "KG", "TJ", "TM", "UZ")
    assert "RU" in VOCABULARY.countries_of("europe")
    assert VOCABULARY.countries_of("guangdong") == ()
    assert VOCABULARY.cities_of("europe") == ()
    assert VOCABULARY.cities_of("atlantis") == VOCABULARY.countries_of("atlantis") == ()


def test_labels() -> None:
    label = VOCABULARY.label
    assert label("industry", "energy", "zh") == "能源"
    assert label("employer_country", "DE", "en") == "Germany"
    assert label("city", "saint-petersburg", "en") == "Saint Petersburg"
    assert label("kind", "jobs", "en") == "jobs"
    assert label("kind", "jobs", "en", one=True) == "job"
    assert label("kind", "programs", "zh", one=True) == "合作项目"
    assert label("city", "atlantis", "en") == "atlantis"
    assert label("text", "hydrogen", "en") == "hydrogen"
