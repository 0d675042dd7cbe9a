"""The assistant itself is asked what a set holds; a set that is broken is one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.brain.brain import Brain
from bot.errors import HeldOutError
from bot.evaluation import evaluate

SET = {
    "messages.en.yml": """
- text: find jobs in energy
  expect: {type: results, kind: jobs, query: {industry: [energy]}}
  tags: [fragment]
- text: find jobs in energy
  expect: {type: results, kind: jobs, query: {industry: [finance]}}
""",
    "messages.zh.yml": """
- text: 找能源行业的工作
  expect: {type: results, kind: jobs, query: {industry: [energy]}}
- text: 今天天气怎么样
  expect: {type: fallback}
""",
    "dialogues.en.yml": """
- name: narrowing
  turns:
    - {user: find jobs in energy, expect: {type: results, query: {industry: [energy]}}}
    - user: only in Shenzhen
      expect: {type: results, query: {industry: [energy], city: [shenzhen]}}
""",
    "dialogues.zh.yml": """
- name: 逐步缩小
  turns:
    - {user: 找能源行业的工作, expect: {type: results, query: {industry: [energy]}}}
    - {user: 只看深圳的, expect: {type: results, query: {industry: [energy], city: [shenzhen]}}}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SET.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


async def test_each_message_is_asked_afresh_and_a_dialogue_in_one(
    brain: Brain, folder: Path
) -> None:
    for _ in range(2):  # a second run finds nothing of the first
        made = await evaluate(brain, folder, progress=False)
        assert [
            (each.language, each.dialogue, each.turn, each.wrong) for each in made.outcomes
        ] == [
            ("en", None, 1, ()),
            ("en", None, 1, ("query.industry",)),
            ("en", "narrowing", 1, ()),
            ("en", "narrowing", 2, ()),
            ("zh", None, 1, ()),
            ("zh", None, 1, ()),
            ("zh", "逐步缩小", 1, ()),
            ("zh", "逐步缩小", 2, ()),
        ]


async def test_what_was_read_and_how_surely_is_kept(brain: Brain, folder: Path) -> None:
    made = await evaluate(brain, folder, progress=False)
    assert [each.intent for each in made.of("en")] == ["find_jobs"] * 3 + ["refine"]
    assert [each.intent for each in made.of("zh", dialogues=False)] == ["find_jobs", "out_of_scope"]
    assert all(0 < each.confidence <= 1 and each.seconds > 0 for each in made.outcomes)
    assert made.outcomes[0].tags == ("fragment",)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("messages.zh.yml", None, "is not there"),
        ("messages.en.yml", "- text: [", "is not YAML"),
        ("messages.en.yml", "text: hello", "is not a list"),
        ("messages.en.yml", "- text: hello", "item 1 is not whole"),
        ("messages.en.yml", "- text: hello\n  expect: {kind: jobs}", "item 1 is not whole"),
        ("dialogues.zh.yml", "- name: 空\n  turns: [{user: 你好}]", "item 1 is not whole"),
    ],
)
async def test_a_broken_set_is_one_line_that_names_the_file(
    brain: Brain, folder: Path, name: str, text: str | None, told: str
) -> None:
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(HeldOutError, match=told) as raised:
        await evaluate(brain, folder, progress=False)
    assert name in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
