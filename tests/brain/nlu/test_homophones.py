from __future__ import annotations

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT

from bot.brain.nlu.homophones import HomophoneCorrector, Homophones
from tests.brain.nlu.conftest import message_of


@pytest.fixture(scope="module")
def homophones() -> Homophones:
    return Homophones(["金融", "深圳", "制造业", "岗位", "伯力"], words=["经济", "新西伯利亚"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("找金容的岗位", "找金融的岗位"),
        ("深镇", "深圳"),
        ("深郑", "深圳"),  # zhen and zheng
        ("智造业在招人", "制造业在招人"),
    ],
)
def test_a_name_with_another_character_of_its_sound_is_mended(
    homophones: Homophones, typed: str, meant: str
) -> None:
    assert homophones.mend(typed) == meant


@pytest.mark.parametrize(
    "text", ["金融", "新西伯利亚的项目", "我在深圳找岗位", "经济", "今天", "护士", "金", ""]
)
def test_what_is_right_stays(homophones: Homophones, text: str) -> None:
    assert homophones.mend(text) == text


def test_a_run_that_shares_no_character_is_no_slip(homophones: Homophones) -> None:
    assert homophones.mend("身震") == "身震"


@pytest.fixture(scope="module")
def corrector() -> HomophoneCorrector:
    return HomophoneCorrector()


def test_the_corrector_mends_lemmas_and_leaves_what_was_typed(
    corrector: HomophoneCorrector,
) -> None:
    message = message_of("find 金容 jobs in 深镇")
    corrector.process([message])
    tokens = message.get(TOKENS_NAMES[TEXT])
    assert "".join(each.lemma for each in tokens) == "find金融jobsin深圳"
    assert "".join(each.text for each in tokens) == "find金容jobsin深镇"


@pytest.mark.parametrize(
    "text",
    ["有哪些项目", "今天下午有什么活动", "氢能方面的合作意向", "我是学材料的博士", "工资多少"],
)
def test_ordinary_sentences_pass_unchanged(corrector: HomophoneCorrector, text: str) -> None:
    message = message_of(text)
    corrector.process([message])
    assert "".join(each.lemma for each in message.get(TOKENS_NAMES[TEXT])) == text
