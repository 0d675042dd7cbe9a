from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions import action_match, action_page, listing
from actions.action_list import ActionList
from actions.action_match import ActionMatch
from actions.action_page import ActionPage
from actions.action_save import ActionSave
from actions.action_search import ActionSearch
from actions.action_select import ActionSelect
from conference.query import Kind, Query
from tests.actions.conftest import Talk, ids


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two records a page: the catalogue is small."""
    for module in (action_match, action_page, listing):
        monkeypatch.setattr(module, "PAGE", 2)


def search(talk: Talk, **wanted: object) -> None:
    talk.take(ActionSearch(), "find_jobs", kind=Kind.JOBS, wanted=Query(**wanted))  # type: ignore[arg-type]


def page(talk: Talk, intent: str) -> tuple[int, list[str]]:
    custom = talk.take(ActionPage(), intent)
    assert custom["type"] == "results"
    return custom["offset"], ids(custom["items"])


def test_pages_turn_forth_and_back_and_stay_at_the_ends(talk: Talk) -> None:
    search(talk)  # six openings
    seen = [page(talk, "next_page") for _ in range(3)]
    assert [offset for offset, _ in seen] == [2, 4, 4]
    assert seen[1] == seen[2]
    back = [page(talk, "previous_page") for _ in range(3)]
    assert [offset for offset, _ in back] == [2, 0, 0]
    assert back[0] == seen[0]
    everything = {*back[1][1], *seen[0][1], *seen[1][1]}
    assert len(everything) == 6


_ENDS = {
    "en": (
        "That's the end of the list: all {count} have been shown.",
        "This is the beginning of the list of {count}.",
    ),
    "zh": ("已经到底了，共{count}个，都在这里了。", "这已经是第一页了，共{count}个。"),
}


def found(talk: Talk) -> None:
    search(talk)


def widened(talk: Talk) -> None:
    search(talk, country=("CN", "DE"), salary_min=90_000)


def matched(talk: Talk) -> None:
    text = {"en": "I am a nurse with a bachelor degree", "zh": "我是护士，本科学历"}[talk.language]
    talk.take(ActionMatch(), "match_profile", text=text, kind=Kind.JOBS)


@pytest.mark.parametrize("begin", [found, widened, matched])
def test_the_ends_are_said(talk: Talk, begin: Callable[[Talk], None]) -> None:
    begin(talk)
    end, start = _ENDS[talk.language]
    first = last = talk.message["custom"]
    total = first["total"]
    assert talk.message["text"].split("\n\n")[0] != start.format(count=total)
    back = talk.take(ActionPage(), "previous_page")
    assert talk.message["text"].split("\n\n")[0] == start.format(count=total)
    assert back == first
    for _ in range(0, total - 2, 2):
        last = talk.take(ActionPage(), "next_page")
        assert talk.message["text"].split("\n\n")[0] != end.format(count=total)
    for _ in range(2):
        assert talk.take(ActionPage(), "next_page") == last
        assert talk.message["text"].split("\n\n")[0] == end.format(count=total)


def test_a_list_that_has_grown_shorter_says_where_it_ends(talk: Talk) -> None:
    search(talk)
    assert talk.conversation.search is not None
    late = replace(talk.conversation.search, offset=100)
    talk.conversation = replace(talk.conversation, search=late)
    talk.take(ActionSearch(), "show_results")
    assert talk.message["text"] == _ENDS[talk.language][0].format(count=6)


def test_pages_of_a_wider_search_turn_too(talk: Talk) -> None:
    search(talk, country=("CN", "DE"), salary_min=90_000)
    custom = talk.take(ActionPage(), "next_page")
    assert (custom["offset"], custom["relaxed"]) == (2, ["salary_min"])
    assert custom["query"]["salary_min"] == 90_000
    assert len(custom["items"]) == 2
    assert page(talk, "previous_page")[0] == 0


def test_back_from_a_record_is_its_page(talk: Talk) -> None:
    search(talk)
    shown = page(talk, "next_page")
    talk.take(ActionSelect(), "select_item", places=(1,))
    assert page(talk, "previous_page") == shown


def test_back_from_a_saved_record_is_the_saved_list(talk: Talk) -> None:
    talk.take(ActionSave(), "save_item", records=("job-00001",))
    talk.take(ActionSave(), "save_item", records=("prog-0001",))
    talk.take(ActionList(), "show_saved")
    talk.take(ActionSelect(), "select_item", places=(2,))
    custom = talk.take(ActionPage(), "previous_page")
    assert (custom["type"], ids(custom["items"])) == ("saved", ["job-00001", "prog-0001"])


@pytest.mark.parametrize("intent", ["next_page", "previous_page"])
def test_an_own_list_with_no_search_behind_it_stays(talk: Talk, intent: str) -> None:
    talk.take(ActionSave(), "save_item", records=("job-00001",))
    shown = talk.take(ActionList(), "show_saved")
    assert talk.take(ActionPage(), intent) == shown


@pytest.mark.parametrize("intent", ["next_page", "previous_page"])
def test_with_nothing_in_hand_there_is_no_page(talk: Talk, intent: str) -> None:
    assert talk.take(ActionPage(), intent)["type"] == "fallback"
