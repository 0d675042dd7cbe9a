from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES

from bot.brain.nlu.gazetteer import GazetteerExtractor
from bot.brain.nlu.quantities import QuantityExtractor
from bot.brain.nlu.scope import ScopeAnnotator, annotate
from tests.brain.nlu.conftest import message_of


def roles(
    gazetteer: GazetteerExtractor, text: str, *, attribute: str = "role"
) -> dict[str, str | None]:
    """Each code with its role."""
    message = message_of(text)
    QuantityExtractor().process([message])
    gazetteer.process([message])
    ScopeAnnotator().process([message])
    return {
        str(each["value"]): each.get(attribute)
        for each in message.get(ENTITIES)
        if each["entity"] not in ("cue", "key", "attribute", "ordinal", "occupation", "to_language")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not in shenzhen", {"shenzhen": "exclude"}),
        ("不要深圳的", {"shenzhen": "exclude"}),
        ("除了深圳都行", {"shenzhen": "exclude"}),
        ("深圳除外", {"shenzhen": "exclude"}),
        ("anywhere except beijing or shanghai", {"beijing": "exclude", "shanghai": "exclude"}),
        ("不要北京和上海", {"beijing": "exclude", "shanghai": "exclude"}),
        ("去掉金融", {"finance": "remove"}),
        ("take out foshan", {"foshan": "remove"}),
        ("not wuhan, chengdu", {"wuhan": "exclude", "chengdu": None}),
        ("不要武汉，成都", {"wuhan": "exclude", "chengdu": None}),
        ("no, not wuhan, chengdu.", {"wuhan": "exclude", "chengdu": None}),
        (
            "not internships, full time work in beijing",
            {"internship": "exclude", "full-time": None, "beijing": None},
        ),
        ("不要武汉、成都", {"wuhan": "exclude", "chengdu": "exclude"}),
        ("not wuhan, chengdu or xiamen", {"wuhan": "exclude", "chengdu": "exclude"}),
        ("please leave wuhan out of it", {"wuhan": "remove"}),
        ("events from every country except the US", {"US": "exclude"}),
        ("leave the contract ones out", {"contract": "remove"}),
        ("weed out the internships", {"internship": "remove"}),
        ("none of that remote stuff", {"true": "exclude"}),
        ("banks yes, Berlin ones no", {"berlin": "exclude"}),
        ("Thursday's out for me", {"w4": "exclude"}),
        ("events of any sort save forums", {"forum": "exclude"}),
        ("everything bar the German programmes", {"DE": "exclude"}),
        ("实习的剔掉", {"internship": "remove"}),
        ("合同工就算了", {"contract": "exclude"}),
        ("周四的我没空", {"w4": "exclude"}),
        ("Jinan is grey, jobs anywhere but there", {"jinan": "exclude"}),
        ("I live in Jinan, jobs somewhere else", {"jinan": "exclude"}),
        ("济南待腻了，换个城市找工作", {"jinan": "exclude"}),
        ("在济南上班，除了那里都行", {"jinan": "exclude"}),
    ],
)
def test_what_is_ruled_out_and_what_taken_out(
    gazetteer: GazetteerExtractor, text: str, expected: dict[str, str | None]
) -> None:
    found = roles(gazetteer, text)
    assert {code: found[code] for code in expected} == expected


@pytest.mark.parametrize(
    ("text", "kept", "excluded"),
    [
        ("finance jobs in beijing but not internships", ("finance", "beijing"), "internship"),
        ("energy jobs, not in shenzhen", ("energy",), "shenzhen"),
        ("上海的工作，不要金融", ("shanghai",), "finance"),
    ],
)
def test_a_cue_reaches_no_further_than_its_clause(
    gazetteer: GazetteerExtractor, text: str, kept: tuple[str, ...], excluded: str
) -> None:
    found = roles(gazetteer, text)
    assert found[excluded] == "exclude"
    assert all(found[code] is None for code in kept)


@pytest.mark.parametrize(
    "text", ["no more than five years of experience", "不要超过五年经验的工作"]
)
def test_a_key_within_a_figure_is_not_given_up(gazetteer: GazetteerExtractor, text: str) -> None:
    assert "experience" not in roles(gazetteer, text)


@pytest.mark.parametrize("text", ["not less than 8000 a month", "不低于8000的工作"])
def test_not_beside_an_amount_belongs_to_it(gazetteer: GazetteerExtractor, text: str) -> None:
    assert "exclude" not in roles(gazetteer, text).values()


@pytest.mark.parametrize(
    ("text", "origin", "wanted"),
    [
        ("I'm from Russia, any jobs in Guangzhou?", "RU", "guangzhou"),
        ("I live in Moscow, jobs in Shanghai", "moscow", "shanghai"),
        ("我是俄罗斯人，想在广州找工作", "RU", "guangzhou"),
        ("我现在住在莫斯科，上海有制造业的岗位吗", "moscow", "shanghai"),
        ("我在昆明的银行上班，有没有上海的岗位", "kunming", "shanghai"),
        ("jobs in Shanghai please, I spent six years in Denmark", "DK", "shanghai"),
    ],
)
def test_where_a_person_is_from_is_not_what_is_looked_for(
    gazetteer: GazetteerExtractor, text: str, origin: str, wanted: str
) -> None:
    found = roles(gazetteer, text)
    assert (found[origin], found[wanted]) == ("origin", None)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("jobs at German companies", "DE"),
        ("苏州的德企", "DE"),
        ("深圳日本公司的职位", "JP"),
        ("jobs at companies from France", "FR"),
        ("the employer can be anything but French", "FR"),
    ],
)
def test_whose_the_employer_is(gazetteer: GazetteerExtractor, text: str, country: str) -> None:
    assert roles(gazetteer, text, attribute="group")[country] == "employer"


@pytest.mark.parametrize(
    ("text", "entity", "key"),
    [
        ("any city", "drop", "place"),
        ("anywhere", "drop", "place"),
        ("学历不限", "drop", "degree"),
        ("不限城市", "drop", "place"),
        ("salary doesn't matter", "drop", "salary"),
        ("which industry has most openings", "group", "industry"),
        ("哪个城市的职位最多", "group", "place"),
        ("国际合作哪座城市最多", "group", "place"),
    ],
)
def test_keys_that_are_dropped_or_grouped_by(
    gazetteer: GazetteerExtractor, text: str, entity: str, key: str
) -> None:
    message = message_of(text)
    gazetteer.process([message])
    ScopeAnnotator().process([message])
    assert (entity, key) in {(each["entity"], each["value"]) for each in message.get(ENTITIES)}


@pytest.mark.parametrize("text", ["最多五年经验的岗位", "jobs with the most salary first"])
def test_what_nothing_is_counted_by_is_no_group(gazetteer: GazetteerExtractor, text: str) -> None:
    message = message_of(text)
    gazetteer.process([message])
    ScopeAnnotator().process([message])
    assert "group" not in {each["entity"] for each in message.get(ENTITIES)}


@pytest.mark.parametrize(
    ("text", "narrower", "wider"),
    [
        ("not just the UK, the whole of Europe", "GB", "europe"),
        ("not only Shenzhen, all of Guangdong", "shenzhen", "guangdong"),
        ("不止英国，整个欧洲", "GB", "europe"),
    ],
)
def test_a_wider_place_has_the_narrower_one_in_it(
    gazetteer: GazetteerExtractor, text: str, narrower: str, wider: str
) -> None:
    found = roles(gazetteer, text)
    assert (found[narrower], found[wider]) == ("origin", None)


@pytest.mark.parametrize("text", ["not only Germany but also France", "不光德国，法国也要"])
def test_not_only_rules_nothing_out(gazetteer: GazetteerExtractor, text: str) -> None:
    found = roles(gazetteer, text)
    assert (found["DE"], found["FR"]) == (None, None)


@pytest.mark.parametrize(
    "text", ["it doesn't have to be in Chengdu", "doesn't have to be Chengdu", "不一定在成都"]
)
def test_a_place_that_need_not_be_is_given_up(gazetteer: GazetteerExtractor, text: str) -> None:
    assert roles(gazetteer, text)["chengdu"] == "drop"


@pytest.mark.parametrize("text", ["full-time or part-time, both fine", "全职兼职都行"])
def test_what_a_search_has_one_of_is_given_up_where_either_will_do(
    gazetteer: GazetteerExtractor, text: str
) -> None:
    found = roles(gazetteer, text)
    assert (found["full-time"], found["part-time"]) == ("drop", "drop")


@pytest.mark.parametrize("text", ["forums and talks are both fine", "论坛讲座都行"])
def test_what_it_may_have_several_of_is_not(gazetteer: GazetteerExtractor, text: str) -> None:
    found = roles(gazetteer, text)
    assert (found["forum"], found["talk"]) == (None, None)


@pytest.mark.parametrize(
    "text", ["Dutch or Belgian companies", "荷兰或比利时的公司", "荷兰和比利时企业"]
)
def test_employers_of_several_countries(gazetteer: GazetteerExtractor, text: str) -> None:
    found = roles(gazetteer, text, attribute="group")
    assert (found["NL"], found["BE"]) == ("employer", "employer")


@pytest.mark.parametrize("text", ["波兰，意大利说错了", "Poland, not Italy"])
def test_of_two_the_wrong_one_gives_way(gazetteer: GazetteerExtractor, text: str) -> None:
    found = roles(gazetteer, text)
    assert found["PL"] is None
    assert found["IT"] in ("origin", "exclude", "remove")


def test_one_filter_is_taken_out_and_not_all(gazetteer: GazetteerExtractor) -> None:
    found = roles(gazetteer, "北京这个限制拿掉")
    assert found == {"beijing": "remove"}


@pytest.mark.parametrize(
    "text", ["I'm after programmes from Russia", "show us programmes from Russia"]
)
def test_a_wish_tells_nothing_of_the_speaker(gazetteer: GazetteerExtractor, text: str) -> None:
    assert roles(gazetteer, text) == {"programs": None, "RU": None}


def test_what_is_given_is_not_changed() -> None:
    given = [
        {"entity": "cue", "value": "exclude", "start": 0, "end": 3},
        {"entity": "city", "value": "shenzhen", "start": 4, "end": 12},
    ]
    found = annotate("not shenzhen", given)
    assert found[1]["role"] == "exclude"
    assert "role" not in given[1]


@pytest.mark.parametrize(
    ("text", "of_speaker", "wanted"),
    [
        ("I represent a Korean firm, show me universities in Wuhan", "KR", "wuhan"),
        ("our lab is in Tianjin and we want partners from Poland", "tianjin", "PL"),
        ("we currently live in Kazan, jobs in Dalian?", "kazan", "dalian"),
        ("I speak Russian, any work in Harbin?", "RU", "harbin"),
        ("I am the representative of Hungary, any work in Xi'an?", "HU", "xian"),
        ("hello, i from Kenya, want work Chengdu", "KE", "chengdu"),
        ("我们是长沙的企业，想找德国的项目", "changsha", "DE"),
        ("我代表一家韩国公司，想看武汉的高校", "KR", "wuhan"),
    ],
)
def test_what_is_told_of_the_speaker_is_no_criterion(
    gazetteer: GazetteerExtractor, text: str, of_speaker: str, wanted: str
) -> None:
    found = roles(gazetteer, text)
    assert found[of_speaker] == "origin"
    assert found[wanted] is None


@pytest.mark.parametrize(
    ("text", "told", "wanted"),
    [
        ("My brother is in Qingdao, so are there teaching jobs in Dalian?", "qingdao", "dalian"),
        ("I spent ten years at a plant in Minsk. Any welding jobs in Harbin?", "minsk", "harbin"),
        ("i am from Almaty Kazakhstan, jobs in Chengdu", "KZ", "chengdu"),
        ("we live in Cairo, Egypt. IT jobs in Chengdu please", "EG", "chengdu"),
        ("I am Kenyan and look for work in Xi'an", "KE", "xian"),
        ("Jiangxi talent office here. Programmes from Israel please", "jiangxi", "IL"),
        ("高校国际处老师，想了解非洲的教育项目", "university", "africa"),
        ("work for Ukrainians in Dalian", "UA", "dalian"),
        ("我老婆一家都在青岛，大连有没有教育类的岗位", "qingdao", "dalian"),
        ("听说成都生活舒服，想看看武汉的医疗职位", "chengdu", "wuhan"),
        ("jobs in Qingdao, sorry no, Dalian", "qingdao", "dalian"),
        ("找青岛的工作，哦不，大连的", "qingdao", "dalian"),
    ],
)
def test_what_is_told_or_taken_back_gives_way_to_what_is_asked(
    gazetteer: GazetteerExtractor, text: str, told: str, wanted: str
) -> None:
    found = roles(gazetteer, text)
    assert found[told] == "origin"
    assert found[wanted] is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I have a flat in Qingdao. Which jobs are there?", "qingdao"),
        ("我去过青岛，那边有什么岗位", "qingdao"),
        ("only Brazil", "BR"),
        ("jobs in Qingdao, actually Dalian too", "qingdao"),
    ],
)
def test_what_is_told_counts_where_the_question_says_nothing_of_the_sort(
    gazetteer: GazetteerExtractor, text: str, wanted: str
) -> None:
    assert roles(gazetteer, text)[wanted] is None


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("it doesn't have to be remote", "true", "remote"),
        ("不远程也可以", "true", "remote"),
        ("全职还是兼职都无所谓", "full-time", "employment"),
        ("doesn't have to be Shenzhen", "shenzhen", "place"),
    ],
)
def test_a_value_that_no_longer_matters_drops_its_key(
    gazetteer: GazetteerExtractor, text: str, code: str, key: str
) -> None:
    message = message_of(text)
    gazetteer.process([message])
    ScopeAnnotator().process([message])
    found = message.get(ENTITIES)
    assert {each.get("role") for each in found if each["value"] == code} - {None} == {"drop"}
    assert key in {each["value"] for each in found if each["entity"] == "drop"}


@pytest.mark.parametrize(
    ("text", "country"), [("not at American companies", "US"), ("不要美国公司", "US")]
)
def test_an_employer_s_country_is_ruled_out_as_one(
    gazetteer: GazetteerExtractor, text: str, country: str
) -> None:
    assert roles(gazetteer, text, attribute="group")[country] == "employer"
    found = roles(gazetteer, text)
    assert (found[country], found["enterprise"]) == ("exclude", "exclude")


def test_one_country_is_where_and_the_next_is_whose(gazetteer: GazetteerExtractor) -> None:
    found = roles(gazetteer, "jobs in Singapore at Dutch companies", attribute="group")
    assert (found["SG"], found["NL"]) == (None, "employer")


def test_a_no_before_a_correction_rules_nothing_out(gazetteer: GazetteerExtractor) -> None:
    assert roles(gazetteer, "no, I mean Beijing")["beijing"] is None


def test_a_group_may_stand_in_the_name_of_a_key(gazetteer: GazetteerExtractor) -> None:
    message = message_of("各国的项目数量")
    gazetteer.process([message])
    ScopeAnnotator().process([message])
    assert ("group", "country") in {
        (each["entity"], each["value"]) for each in message.get(ENTITIES)
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("从多伦多回国，找上海的工作", "toronto"),
        ("Baker from Lima here, any jobs in Xiamen", "lima"),
        ("I am an old accountant from Minsk and want work in Wuhan", "minsk"),
        ("Kenyan here, any jobs in Xiamen", "KE"),
        ("sitting in Minsk, want work in Wuhan", "minsk"),
        ("ditch Jinan for Wuhan, IT jobs", "jinan"),
        ("leaving Jinan behind, IT jobs in Wuhan", "jinan"),
        ("离开济南了，想在武汉做IT", "jinan"),
        ("Kenyan, 30, cook, looking at Wuhan", "KE"),
        ("moving from Minsk to Wuhan, IT jobs", "minsk"),
        ("在济南漂了快十年，想回老家武汉", "jinan"),
        ("从济南回武汉，找IT工作", "jinan"),
        ("Just came back from Minsk. Finance jobs in Wuhan?", "minsk"),
        ("济南夜班熬不动了，武汉有工作吗", "jinan"),
    ],
)
def test_where_somebody_came_from_is_theirs(
    gazetteer: GazetteerExtractor, text: str, place: str
) -> None:
    assert roles(gazetteer, text)[place] == "origin"


def test_a_trade_told_beside_another_search_is_no_subject() -> None:
    told = {"entity": "subject", "value": "newspaper", "start": 15, "end": 24}
    kind = {"entity": "kind", "value": "programs", "start": 32, "end": 42}
    text = "I write for my newspaper. Which programmes are there?"
    found = annotate(text, [told, kind])
    assert next(each for each in found if each["value"] == "newspaper")["role"] == "origin"
    jobs = annotate(text, [told, {**kind, "value": "jobs"}])
    assert "role" not in next(each for each in jobs if each["value"] == "newspaper")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("enterprises in finance based in Macao", "macao"),
        ("can I work for a bank without leaving Macao", "macao"),
        ("不离开澳门，找银行的工作", "macao"),
        ("想回老家武汉找工作", "wuhan"),
        ("jobs in Macao or somewhere else", "macao"),
        ("leaving for Macao, any jobs", "macao"),
    ],
)
def test_a_place_that_is_looked_for_is_no_speaker_s(
    gazetteer: GazetteerExtractor, text: str, place: str
) -> None:
    assert roles(gazetteer, text)[place] is None
