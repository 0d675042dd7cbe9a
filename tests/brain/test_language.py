from __future__ import annotations

import pytest

from bot.brain.language import is_foreign, language_of
from bot.brain.nlu.spelling import Speller, english_words, name_speller


@pytest.fixture(scope="module")
def known() -> Speller:
    return name_speller()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("find jobs in energy", "en"),
        ("找能源方面的工作", "zh"),
        ("找energy方面的job", "zh"),
        ("jobs in 深圳", "en"),
        ("any openings at 华为?", "en"),
        ("深圳有没有AI的工作", "zh"),
        ("俄羅斯有哪些項目", "zh"),
        ("深圳", "zh"),
        ("what's on tomorrow?", "en"),
    ],
)
def test_the_grammar_tells_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["", "OK", "ok!", "👍", "2", "Shenzhen", "!!!", "job-00017", "SAP"]
)
def test_what_has_no_grammar_has_no_language_of_its_own(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Привет, какие есть вакансии?",
        "求人はありますか",
        "채용 정보 알려 주세요",
        "هل هناك وظائف",
        "bonjour, je cherche un emploi dans l'énergie",
        "¿hay trabajos en el sector energético?",
        "où se trouve la gare la plus proche ?",
        "ich suche eine Stelle als Krankenpfleger",
    ],
)
def test_other_languages_are_foreign(text: str, known: Speller) -> None:
    assert is_foreign(text, english=english_words(), near=known.knows)


@pytest.mark.parametrize(
    "text",
    [
        "find jobs in energy",
        "shenzhen hangzhou nanjing jobs",
        "找工作",
        "jobs at Универ",
        "how do I upload my résumé",
        "ok",
        "",
        "123 !!!",
    ],
)
def test_our_own_are_not(text: str, known: Speller) -> None:
    assert not is_foreign(text, english=english_words(), near=known.knows)


def test_names_that_are_known_are_familiar() -> None:
    names = {"zhuhai", "foshan"}
    assert is_foreign("zhuhai foshan jiangmen zhaoqing", english=frozenset({"jobs"}))
    assert not is_foreign(
        "zhuhai foshan jiangmen zhaoqing", english=frozenset({"jobs"}), near=names.__contains__
    )


def test_a_message_full_of_slips_is_not_foreign(known: Speller) -> None:
    assert not is_foreign("agricuture vacncies beijng", english=english_words(), near=known.knows)
    assert is_foreign("ricerca di personale a pechino", english=english_words(), near=known.knows)
