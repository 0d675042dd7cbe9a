from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.gazetteer import GazetteerExtractor
from bot.brain.nlu.subject_features import Uses, token_features
from bot.brain.nlu.subjects import SubjectExtractor, spans
from bot.brain.nlu.titles import Titles, passed_over, titled
from tests.brain.nlu.conftest import message_of, tokens_of

ANNOTATED = (
    "find [nurse] jobs in beijing",
    "any [welder] jobs in shanghai",
    "show me [python] jobs",
    "[driver] jobs please",
    "jobs in energy",
    "find jobs in beijing",
    "show me jobs in finance please",
    "any jobs in shanghai",
    "有没有[护士]的工作",
    "找[司机]的工作",
    "有[会计]的岗位吗",
    "有没有北京的工作",
    "找能源的岗位",
)


def example(annotated: str, intent: str = "find_jobs") -> Message:
    text = annotated.replace("[", "").replace("]", "")
    entities = []
    if "[" in annotated:
        start = annotated.index("[")
        end = annotated.index("]") - 1
        entities.append({"entity": "subject", "value": text[start:end], "start": start, "end": end})
    return message_of(text, intent=intent, entities=entities)


@pytest.fixture
def subjects(
    gazetteer: GazetteerExtractor, trained: Callable[..., Any]
) -> Callable[[str], list[str]]:
    """What an extractor that learnt from the examples finds in a text."""
    examples = [example(each) for each in ANNOTATED]
    gazetteer.process(examples)
    extractor = trained(SubjectExtractor, examples)

    def found_in(text: str) -> list[str]:
        message = message_of(text)
        message.set(INTENT, {"name": "find_jobs", "confidence": 1.0})
        gazetteer.process([message])
        extractor.process([message])
        found = [each for each in message.get(ENTITIES) if each["entity"] == "subject"]
        assert all(text[each["start"] : each["end"]] == each["value"] for each in found)
        return [each["value"] for each in found]

    return found_in


def test_what_examples_teach_is_found_kept_and_loaded(
    subjects: Callable[[str], list[str]],
) -> None:
    assert subjects("find nurse jobs in beijing") == ["nurse"]
    assert subjects("有没有护士的工作") == ["护士"]
    assert subjects("find jobs in beijing") == []


def test_a_word_that_no_example_has_is_found_in_its_place(
    subjects: Callable[[str], list[str]],
) -> None:
    assert subjects("find Kubernetes jobs in beijing") == ["Kubernetes"]


@pytest.mark.parametrize("text", ["find jobs in shanghai", "有没有北京的工作", "jobs for PhDs"])
def test_places_and_degrees_are_never_subjects(
    subjects: Callable[[str], list[str]], text: str
) -> None:
    assert subjects(text) == []


def test_only_searches_teach_what_a_subject_is_and_all_else_what_is_none() -> None:
    talk = [example("tell [staff] something", "handoff")] * 5
    examples = [example(each) for each in ANNOTATED]
    data = TrainingData([*examples, *talk])
    _, uses = SubjectExtractor({}, "s", None, None).learn(data)
    assert uses.inside["nurse"] == 1
    assert uses.inside["staff"] == 0
    assert uses.outside["something"] == 1  # Rasa keeps one of equal examples


def test_familiarity_grows_with_uses_and_leaves_an_example_s_own_out() -> None:
    uses = Uses(Counter({"work": 40, "rare": 1}), Counter({"nurse": 3}))
    assert uses.familiarity("unknown") == (0, 0)
    assert uses.familiarity("rare") == (1, 0)
    assert uses.familiarity("rare", minus=Counter(["rare"])) == (0, 0)
    assert uses.familiarity("nurse") == (0, 2)
    assert uses.familiarity("work") == (3, 0)


def test_spans_are_trimmed_of_function_words() -> None:
    tokens = tokens_of("a nurse in the sea")
    assert spans(tokens, ["B", "I", "I", "I", "O"]) == [(1, 2)]
    assert spans(tokens, ["O"] * 5) == []
    assert spans(tokens, ["B", "O", "B", "O", "O"]) == []
    assert spans(tokens, ["O", "I", "O", "O", "B"]) == [(1, 2), (4, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("所以护士", "护士"),
        ("一片焊工", "焊工"),
        ("超硬材料", "超硬材料"),
        ("有机肥料", "有机肥料"),
        ("干的焊工", "焊工"),
        ("看", None),
        ("'", None),
    ],
)
def test_words_that_name_nothing_are_left_off(text: str, expected: str | None) -> None:
    tokens = tokens_of(text)
    found = spans(tokens, ["B", *["I"] * (len(tokens) - 1)])
    said = [text[tokens[first].start : tokens[end - 1].end] for first, end in found]
    assert said == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("找叉车司机的工作", "叉车司机"),
        ("有乌兹别克语翻译的岗位吗", "乌兹别克语翻译"),
        ("找护士工", "护士"),
        ("any crane driver jobs", "crane driver"),
        ("any football coach jobs", "football coach"),
        ("any night porter jobs", "night porter"),
        ("any event planner jobs", "event planner"),
        ("any business analyst jobs", "business analyst"),
        ("找葡萄牙语老师的工作", "葡萄牙语老师"),
        ("找活动主管的工作", "活动主管"),
        ("any sous-chef jobs", "sous-chef"),
        ("jobs taxidermy", "taxidermy"),
        ("Shanghai, taxidermy, 15k+", "taxidermy"),
        ("any Chinese teacher jobs", "Chinese teacher"),
        ("any Russian interpreter jobs", "Russian interpreter"),
        ("有中文导游的岗位吗", "中文导游"),
        ("有项目经理的岗位吗", "项目经理"),
    ],
)
def test_a_title_is_whole(gazetteer: GazetteerExtractor, text: str, title: str) -> None:
    message = message_of(text)
    gazetteer.process([message])
    tokens, entities = message.get(TOKENS_NAMES[TEXT]), message.get(ENTITIES)
    titles = Titles(tokens, entities, Uses(Counter(any=9, 找=9, 有=9), Counter()))
    labels = titled(passed_over(tokens, entities, titles), tokens, entities, titles)
    inside = [token for token, label in zip(tokens, labels, strict=True) if label != "O"]
    assert text[inside[0].start : inside[-1].end] == title


def test_each_token_has_a_row_of_features_that_sees_its_neighbours() -> None:
    tokens = tokens_of("nurse jobs")
    rows = token_features(tokens, [], Uses(Counter(), Counter()))
    assert [row["0w"] for row in rows] == ["nurse", "jobs"]
    assert rows[0]["1w"] == "jobs"
    assert rows[1]["-1w"] == "nurse"
