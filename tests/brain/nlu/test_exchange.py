from __future__ import annotations

from typing import Any

from rasa.nlu.tokenizers.tokenizer import Token

from bot.brain.nlu.exchange import exchanged
from tests.brain.nlu.conftest import tokens_of


def example(text: str, *spans: tuple[str, str]) -> tuple[list[Token], list[dict[str, Any]]]:
    entities = [
        {
            "entity": entity,
            "value": said,
            "start": text.index(said),
            "end": text.index(said) + len(said),
        }
        for entity, said in spans
    ]
    return tokens_of(text), entities


EXAMPLES = [
    example("any welder jobs in Wuhan", ("subject", "welder"), ("city", "Wuhan")),
    example("pump engineer wanted", ("subject", "pump engineer"), ("occupation", "engineer")),
    example("jobs in Wuhan", ("city", "Wuhan")),
    example("找护士的工作", ("subject", "护士")),
    example("有无人机项目吗", ("subject", "无人机")),
]


def said(example: tuple[list[Token], list[dict[str, Any]]]) -> tuple[str, dict[str, str]]:
    """The text that the tokens make, and what each entity stands on in it."""
    tokens, entities = example
    text = ""
    for token in tokens:
        text = text.ljust(token.start) + token.text
    return text, {each["entity"]: text[each["start"] : each["end"]] for each in entities}


def test_each_example_with_a_subject_comes_again_with_another_s() -> None:
    variants = [said(each) for each in exchanged(EXAMPLES, rounds=8, seed=1)]
    assert len(variants) == 8 * 4
    found = dict(variants)
    swapped = found["any pump engineer jobs in Wuhan"]
    assert swapped == {"subject": "pump engineer", "occupation": "engineer", "city": "Wuhan"}
    assert found["welder wanted"] == {"subject": "welder"}
    assert found["找无人机的工作"] == {"subject": "无人机"}


def test_a_subject_stays_in_its_script_and_chance_repeats_itself() -> None:
    variants = exchanged(EXAMPLES, rounds=8, seed=1)
    assert not any("welder" in said(each)[0] and "的" in said(each)[0] for each in variants)
    again = exchanged(EXAMPLES, rounds=8, seed=1)
    assert [said(each) for each in again] == [said(each) for each in variants]
