"""What is a résumé by its sections."""

from __future__ import annotations

import pytest

from bot.brain.brain import Brain
from bot.brain.resumes import is_resume
from tests.brain.test_brain import Visitor

RESUMES = {
    "en": "Jane Roe\n\nEXPERIENCE\n2012-2020 Welder, Gdansk shipyard: pipes and steel plates\n\n"
    "EDUCATION\nVocational college, Gdansk\n\nLANGUAGES\nPolish (native), Russian (B1)",
    "zh": "赵六\n求职意向：焊工\n工作经历：2012-2020 船厂焊工，焊接管道和钢板\n"
    "教育背景：职业技术学院\n语言能力：普通话二甲，俄语一般",
}
IN_A_ROW = {
    "en": "Curriculum vitae. Jane Roe. Education: vocational college. Work: welder, 2012-2020.",
    "zh": "个人简历。赵六，男。教育经历：职业技术学院焊接专业。工作经历：船厂焊工八年，会焊管道。",
}
QUESTIONS = [
    "What does the conference do about education? And which skills are most in demand, please tell",
    "I have five years of experience and a master's degree in education. What fits me in Beijing?",
    "Experience: none",
    "jobs for a nurse\nin Shenzhen\nfull time, and with housing, or a canteen at least, please",
    "我是护士，本科学历，有五年工作经验，会英语，想在深圳或者广州找一份全职的工作，有什么适合我的？",
    "学历：硕士",
]


@pytest.mark.parametrize("text", [*RESUMES.values(), *IN_A_ROW.values()])
def test_a_text_with_two_sorts_of_section_is_one(text: str) -> None:
    assert is_resume(text)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_none(text: str) -> None:
    assert not is_resume(text)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_pasted_one_is_matched_and_its_words_are_no_criteria(
    brain: Brain, language: str
) -> None:
    message = await Visitor(brain).say(RESUMES[language])
    custom = message["custom"]
    assert (custom["type"], custom["query"], custom["language"]) == ("matches", {}, language)
    welder = {"en": "Welder", "zh": "焊工"}[language]
    assert all(welder in each["title"] for each in custom["items"])


async def test_one_in_a_file_is_read_in_the_same_way(brain: Brain) -> None:
    text = RESUMES["en"]
    pasted = await Visitor(brain).say(text)
    file = text.replace("\n", "\\n")
    sent = await Visitor(brain).press(f'/match_profile{{"profile": "{file}"}}')
    assert sent["custom"]["items"] == pasted["custom"]["items"]
