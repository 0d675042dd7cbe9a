from __future__ import annotations

import pytest

from actions import action_page, listing
from actions.action_list import ActionList
from actions.action_page import ActionPage
from actions.action_save import ActionSave
from actions.action_search import ActionSearch
from actions.action_select import ActionSelect
from conference.query import Kind, Query
from tests.actions.conftest import Talk, ids


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two records a page: the catalogue is small."""
    for module in (action_page, listing):
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


def test_the_end_is_said(talk: Talk) -> None:
    search(talk, industry=("energy",))
    before = talk.message["text"]
    page(talk, "next_page")
    assert talk.message["text"] != before


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
def test_with_nothing_in_hand_there_is_no_page(talk: Talk, intent: str) -> None:
    assert talk.take(ActionPage(), intent)["type"] == "fallback"
