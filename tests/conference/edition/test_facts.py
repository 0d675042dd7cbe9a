"""The facts: every topic in both languages, each with its sources."""

from __future__ import annotations

import re

import pytest

from conference.edition import TOPICS as ASKED
from conference.edition import Fact, shipped_edition

TOPICS = set(
    """
    about dates place theme organisers guest_of_honour participants figures zones online_platform
    recruitment resume programs cooperation registration fees speakers covid regions shenzhen
    opening_ceremony languages contact bot
    """.split()  # twenty-four lines say no more
)
NOT_KNOWN = {"registration", "fees", "resume", "contact"}
FIGURES = {  # what may be stated with a number: years, days and the conference's own counts
    "18", "2001", "2007", "2018", "2020", "7", "8", "9", "12", "78", "183", "80", "20", "40", "19",
    "4", "000", "3", "23", "3000", "4000", "2", "2.3",
}  # fmt: skip


def test_every_topic_of_the_contract_is_there() -> None:
    assert set(shipped_edition().facts) == set(ASKED) == TOPICS


@pytest.mark.parametrize("fact", shipped_edition().facts.values(), ids=lambda fact: fact.topic)
def test_a_fact_is_told_in_both_languages(fact: Fact) -> None:
    assert set(fact.text) == {"en", "zh"}
    assert not re.search(r"[\u4e00-\u9fff]", fact.text["en"])
    unquoted = re.sub("“.*?”", "", fact.text["zh"])  # the theme itself is written with spaces
    assert not re.search(r"[\u4e00-\u9fff，。；：] [\u4e00-\u9fff]", unquoted)
    assert set(re.findall(r"[A-Za-z]+", fact.text["zh"])) <= {"CIEP"}


@pytest.mark.parametrize("fact", shipped_edition().facts.values(), ids=lambda fact: fact.topic)
def test_no_number_but_the_known_ones(fact: Fact) -> None:
    numbers = {
        number for text in fact.text.values() for number in re.findall(r"\d+(?:\.\d+)?", text)
    }
    assert numbers <= FIGURES


@pytest.mark.parametrize("fact", shipped_edition().facts.values(), ids=lambda fact: fact.topic)
def test_only_what_is_not_known_has_no_source(fact: Fact) -> None:
    assert (not fact.sources) == (fact.topic in NOT_KNOWN)
    for source in fact.sources:
        assert set(source.name) == {"en", "zh"}
        assert re.fullmatch(r"2020-\d\d", source.as_of)


@pytest.mark.parametrize("topic", sorted(NOT_KNOWN))
def test_what_is_not_known_says_where_to_ask(topic: str) -> None:
    text = shipped_edition().facts[topic].text
    assert "organising unit" in text["en"]
    assert "staff" in text["en"]
    assert "承办单位" in text["zh"]
    assert "工作人员" in text["zh"]


def test_what_one_source_reports_says_so() -> None:
    for fact in shipped_edition().facts.values():
        if any("One other" in source.name["en"] for source in fact.sources):
            assert re.search(r"\b[Oo]ne source\b", fact.text["en"]), fact.topic
            assert "一处资料" in fact.text["zh"], fact.topic
