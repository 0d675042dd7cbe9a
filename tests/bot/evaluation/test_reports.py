"""The report in the terminal and as a page."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from bot.evaluation import Report, print_report, write_page
from bot.evaluation.tables import tables, wording
from conference.vocabulary.terms import LANGUAGES
from tests.bot.evaluation.outcomes import report

_LOADS = {"src", "href", "srcset", "data", "action", "xlink:href"}


class _Page(HTMLParser):
    """A page's texts, its tags, and what it would load from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [
            value for name, value in attrs if name in _LOADS and value and value[0] != "#"
        ]

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def _written(made: Report, folder: Path, language: str) -> str:
    path = folder / "pages" / "evaluation.html"
    write_page(made, path, language=language, day=date(2020, 9, 8))
    return path.read_text(encoding="utf-8")


def test_the_wording_is_whole_in_both_languages() -> None:
    def keys(value: object) -> object:
        return {k: keys(v) for k, v in value.items()} if isinstance(value, dict) else None

    assert keys(wording("en")) == keys(wording("zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_beside_it(tmp_path: Path, language: str) -> None:
    text = _written(report(), tmp_path, language)
    page = _Page(text)
    assert page.loads == []
    assert "script" not in page.tags
    assert re.findall(r"@import|url\((?!#)", text) == []
    assert page.tags.count("svg") == 5  # confidence in two languages; kinds, tags, turns


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_messages_as_they_were_written(tmp_path: Path, language: str) -> None:
    page = _Page(_written(report(), tmp_path, language))
    assert page.texts.count("<b>c</b> [d]") == 2
    assert "b" not in page.tags
    assert {wording(language)[table.name] for table in tables(report(), wording(language))} <= set(
        page.texts
    )
    assert "2020-09-08" in " ".join(page.texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_shows_the_same_tables(language: str) -> None:
    console = Console(width=160, record=True, file=io.StringIO())
    print_report(report(), console, language=language)
    shown = console.export_text()
    words = wording(language)
    for table in tables(report(), words):
        assert words[table.name] in shown
    assert "<b>c</b> [d]" in shown
    assert "40.0% / 5 (12–77)" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_without_mistakes_says_so(tmp_path: Path, language: str) -> None:
    right = Report([each for each in report().outcomes if each.right])
    assert wording(language)["none"] in _Page(_written(right, tmp_path, language)).texts
