"""`ciep learn` from the store to `nlu_data/`, with the real model and a copy of the examples."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete

from bot import commands_learning
from bot.brain.brain import Brain
from bot.cli import cli
from bot.settings import ROOT
from conference.lessons import Lesson, Lessons, Reason
from conference.people_tables import lessons as table

Run = Callable[..., Result]
WELDERS = "anything for underwater welders in Harbin"


@pytest.fixture
def store(brain: Brain) -> Iterator[Lessons]:
    """The lessons, none in them; two people have agreed."""
    kept = brain._services.lessons
    for person in ("a", "b"):
        kept.agree(person=person, agreed=True)
    yield kept
    with brain._services.catalogue.engine.begin() as connection:
        connection.execute(delete(table))


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "nlu_data", tmp_path / "nlu_data")
    return tmp_path / "nlu_data"


@pytest.fixture
def learn(brain: Brain, examples: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command at a terminal (the only thing pretended) with these keys pressed."""
    monkeypatch.setenv("CIEP_DATABASE_URL", str(brain._services.catalogue.engine.url))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(commands_learning, "_brain", lambda settings: brain)
    monkeypatch.setattr(commands_learning, "_is_terminal", lambda: True)

    def run(*options: str, keys: str = "") -> Result:
        words = ["learn", "--examples", str(examples), *options]
        result = CliRunner().invoke(cli, words, input=keys)
        assert result.exit_code == 0, result.output
        return result

    return run


def keep(
    store: Lessons,
    text: str,
    *,
    person: str = "a",
    language: str = "en",
    reason: Reason = Reason.DECLINED,
) -> None:
    lesson = Lesson(text, language, reason, "out_of_scope", 0.3)
    assert store.keep(lesson, person=person)


def changes(examples: Path) -> dict[str, list[str]]:
    """The lines that were added to each file; nothing else may have changed."""
    found = {}
    for path in sorted(examples.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(examples)
        before = (ROOT / "nlu_data" / name).read_text(encoding="utf-8").splitlines()
        after = path.read_text(encoding="utf-8").splitlines()
        new = list(after)
        for line in before:
            new.remove(line)
        left = iter(after)
        assert all(line in left for line in before), name  # in their old order
        if new:
            found[str(name)] = [line.strip() for line in new]
    return found


def test_what_is_confirmed_becomes_examples_in_each_language(
    learn: Run, store: Lessons, examples: Path
) -> None:
    keep(store, WELDERS)
    keep(store, "restroom at the venue?")
    keep(store, "会场的洗手间在哪", person="b", language="zh")
    told = learn(keys="out_of_scope\n\n\n").output
    assert "1 of 2 · 2 messages" in told
    assert '"text": "underwater welders"' in told
    assert "ciep train" in told
    assert changes(examples) == {
        "en/find_jobs.yml": ["- anything for [underwater welders](subject) in Harbin"],
        "en/out_of_scope.yml": ["- restroom at the venue?"],
        "zh/out_of_scope.yml": ["- 会场的洗手间在哪"],
    }
    assert store.waiting() == []


def test_rasa_takes_the_files_as_they_are_then(learn: Run, store: Lessons, examples: Path) -> None:
    keep(store, WELDERS)
    keep(store, "[ask](me) about {welding} in Harbin # please")
    learn(keys="find_jobs\n\n" * 2)
    ended = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-m", "rasa", "data", "validate", "--data", str(examples)],
        cwd=ROOT,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (added,) = changes(examples).values()
    assert len(added) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Nothing was written.", "Proposed: find_jobs (Search jobs)"]),
        ("zh", ["没有写入任何内容", "建议：find_jobs（找职位）"]),
    ],
)
def test_what_is_dropped_does_not_come_again_and_what_is_left_does(
    learn: Run, store: Lessons, examples: Path, language: str, words: list[str]
) -> None:
    keep(store, WELDERS)
    told = learn("--language", language, keys="s\n").output
    assert [each for each in words if each not in told] == []
    assert [each.text for each in store.waiting()] == [WELDERS]
    learn(keys="q\n")
    assert [each.text for each in store.waiting()] == [WELDERS]
    learn(keys="d\n")
    assert store.waiting() == []
    keep(store, WELDERS, person="b")
    assert store.waiting() == []
    assert changes(examples) == {}


@pytest.mark.parametrize(
    ("language", "why"), [("en", "judged not helpful"), ("zh", "被评为没帮助")]
)
def test_what_did_not_help_is_shown_as_that(
    learn: Run, store: Lessons, language: str, why: str
) -> None:
    keep(store, WELDERS, reason=Reason.UNHELPFUL)
    assert why in learn("--language", language, "--dry-run").output


def test_an_example_and_a_held_out_message_are_left_out_with_a_word(
    learn: Run, store: Lessons, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.evaluation import asking

    monkeypatch.setattr(asking, "HELD_OUT", held_out := examples.parent / "held_out")
    held_out.mkdir()
    (held_out / "messages.en.yml").write_text(f'- text: "{WELDERS.title()}!"\n', encoding="utf-8")
    keep(store, WELDERS)
    keep(store, "Find jobs, in ENERGY")
    told = learn().output
    assert f"{WELDERS!r} is in the held-out set" in told
    assert "'Find jobs, in ENERGY' is an example of find_jobs already" in told
    assert changes(examples) == {}
    assert store.waiting() == []


def test_an_intent_that_does_not_exist_is_asked_for_again(
    learn: Run, store: Lessons, examples: Path
) -> None:
    keep(store, WELDERS)
    told = learn(keys="find_job\n99\nfind_events\n\n").output
    assert "no intent 'find_job'" in told
    assert "no intent '99'" in told
    assert list(changes(examples)) == ["en/find_events.yml"]


def test_lines_may_be_edited_before_they_are_learnt(
    learn: Run, store: Lessons, examples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/for .*Li Hua.*/for someone/' \"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    keep(store, "a welding job in Harbin for Li Hua")
    learn(keys="e\nfind_jobs\n\n")
    (added,) = changes(examples).values()
    assert len(added) == 1
    assert added[0].endswith("in Harbin for someone")


@pytest.mark.parametrize("options", [("--dry-run",), ()])
def test_a_dry_run_and_a_pipe_only_show(
    learn: Run,
    store: Lessons,
    examples: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
) -> None:
    if not options:
        monkeypatch.setattr(commands_learning, "_is_terminal", lambda: False)
    keep(store, WELDERS)
    told = learn(*options).output
    assert "underwater welders" in told
    assert "Only shown." in told
    assert changes(examples) == {}
    assert [each.text for each in store.waiting()] == [WELDERS]


@pytest.mark.parametrize(("language", "word"), [("en", "No messages"), ("zh", "没有待处理的消息")])
def test_with_nothing_waiting_it_says_so(
    learn: Run, store: Lessons, language: str, word: str
) -> None:
    assert word in learn("--language", language).output


def test_a_folder_without_examples_is_told_in_a_line(
    learn: Run, store: Lessons, tmp_path: Path
) -> None:
    keep(store, WELDERS)
    (tmp_path / "empty").mkdir()
    done = CliRunner().invoke(cli, ["learn", "--examples", str(tmp_path / "empty")])
    assert done.exit_code == 2
    assert done.output.startswith("ciep: ")
    assert "has no examples" in done.output
