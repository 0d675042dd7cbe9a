from __future__ import annotations

from pathlib import Path

import pytest

from bot.model import fingerprint, is_fresh, mark_fresh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "nlu_data" / "en").mkdir(parents=True)
    (tmp_path / "nlu_data" / "en" / "greet.yml").write_text("- hello")
    (tmp_path / "config.yml").write_text("pipeline: []")
    models = tmp_path / "models"
    models.mkdir()
    (models / "20200907-model.tar.gz").touch()
    mark_fresh(models, fingerprint(tmp_path))
    return tmp_path


def test_a_model_is_fresh_while_nothing_changes(root: Path) -> None:
    assert is_fresh(root, root / "models")
    (root / "config.yml").touch()  # a new date is no change
    (root / "README.md").write_text("not what a model is trained from")
    cache = root / "bot" / "brain" / "nlu" / "__pycache__"
    cache.mkdir(parents=True)
    (cache / "tokenizer.pyc").touch()
    assert is_fresh(root, root / "models")


@pytest.mark.parametrize("change", ["changed", "added", "removed", "renamed"])
def test_any_change_of_what_it_is_trained_from_makes_it_stale(root: Path, change: str) -> None:
    file = root / "nlu_data" / "en" / "greet.yml"
    if change == "changed":
        file.write_text("- hallo")
    elif change == "added":
        (file.parent / "more.yml").touch()
    elif change == "removed":
        file.unlink()
    else:
        file.rename(file.with_name("greeting.yml"))
    assert not is_fresh(root, root / "models")


def test_without_a_model_or_its_mark_nothing_is_fresh(root: Path) -> None:
    models = root / "models"
    (models / "trained-from.txt").unlink()
    assert not is_fresh(root, models)
    mark_fresh(models, fingerprint(root))
    (models / "20200907-model.tar.gz").unlink()
    assert not is_fresh(root, models)
    assert not is_fresh(root, root / "nowhere")
