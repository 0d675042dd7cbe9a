"""The documents tell the truth: commands and settings are in them, and links lead somewhere."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.settings import NAMES, ROOT

_UNLISTED = {"node_modules", ".venv", ".cache", "var", "models"}
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|\b(?:src|href)=\"([^\"]+)\"")
_CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:`|^\s*|/)ciep ([a-z]+)\b", re.MULTILINE)
_SETTING = re.compile(r"\b(?:CIEP|TELEGRAM)_[A-Z_]+[A-Z]\b")

MAY_IMPORT = {  # docs/architecture.md, "Packages"
    "conference": {"conference"},
    "actions": {"actions", "conference", "bot.settings"},
    "bot/brain": {"bot.brain", "actions", "conference", "bot.settings", "bot.model", "bot.errors"},
    "bot/gateway": {"bot.gateway", "conference", "bot.settings", "bot.errors"},
}


def documents() -> list[Path]:
    """Every Markdown file of the project."""
    return sorted(
        path
        for path in ROOT.rglob("*.md")
        if not any(
            part in _UNLISTED or part.startswith(".") for part in path.relative_to(ROOT).parts[:-1]
        )
    )


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """The fragments that GitHub makes of a document's headings."""
    headings = re.findall(r"^#+ +(.+?) *#*$", _CODE.sub("", read(path)), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", each.lower()) for each in headings]
    return {each.replace(" ", "-") for each in plain}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", documents(), ids=named)
def test_relative_links_lead_somewhere(document: Path) -> None:
    broken = []
    for found in _LINK.finditer(_CODE.sub("", read(document))):
        link = found[1] or found[2]
        if re.match(r"[a-z][a-z+.-]*:|//", link):
            continue
        path, _, fragment = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        lost = fragment and target.suffix == ".md" and target.exists()
        if not target.exists() or (lost and fragment not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_documented(name: str) -> None:
    guides = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(name in _COMMAND.findall(read(path)) for path in guides)


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_command_in_a_document_exists(document: Path) -> None:
    assert set(_COMMAND.findall(read(document))) <= set(cli.commands)


def test_the_options_in_the_readme_exist() -> None:
    for name, command in cli.commands.items():
        row = re.search(rf"^\| `ciep {name}\b.*$", read(ROOT / "README.md"), re.MULTILINE)
        options = {
            option
            for each in command.params
            if isinstance(each, click.Option)
            for option in each.opts
        }
        assert set(re.findall(r"--[a-z-]+", row[0] if row else "")) <= options


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_in_the_table_of_settings(name: str) -> None:
    row = rf"^\| `{name}` \| .+ \| .+ \|$"
    assert re.search(row, read(ROOT / "docs" / "settings.md"), re.MULTILINE)


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_setting_in_a_document_exists(document: Path) -> None:
    assert set(_SETTING.findall(read(document))) <= set(NAMES)


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_make_target_in_a_document_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    named_ones = re.findall(r"(?:`|^)(?:[A-Z_]+=\S+ )*make ([a-z-]+)", read(document), re.MULTILINE)
    assert set(named_ones) <= targets


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_file_in_a_document_exists(document: Path) -> None:
    """Files named in full, from the root; what `make run` makes is not there before it."""
    tops = "|".join(("bot", "actions", "conference", "nlu_data", "widget", "tests", "docs"))
    files = re.findall(rf"`((?:{tops})/[\w./-]+\.[a-z]+)`", read(document))
    assert [each for each in files if not (ROOT / each).exists()] == []


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package: str) -> None:
    wrong = []
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            elif isinstance(node, ast.Import):
                modules = [each.name for each in node.names]
            else:
                continue
            for module in modules:
                ours = module.partition(".")[0] in ("bot", "actions", "conference")
                if ours and not any(
                    f"{module}.".startswith(f"{each}.") for each in MAY_IMPORT[package]
                ):
                    wrong.append(f"{named(path)}: {module}")
    assert wrong == []


def test_the_licence_is_the_one_that_the_package_names() -> None:
    assert 'license = { text = "Apache-2.0" }' in read(ROOT / "pyproject.toml")
    assert "Apache License\n                           Version 2.0" in read(ROOT / "LICENSE")


def test_only_documents_that_are_ours_are_looked_at() -> None:
    """Every committed document is, so that none escapes the tests above."""
    listed = subprocess.run(
        ["git", "ls-files", "*.md"],  # noqa: S607  whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert set(listed.stdout.split()) <= {named(path) for path in documents()}
