"""What every act says that is to be done with one of the list and cannot tell which."""

from __future__ import annotations

from typing import Any

import pytest

from actions.act import Act
from actions.action_contact import ActionContact
from actions.action_details import ActionDetails
from actions.action_institution import ActionInstitution
from actions.action_plan import ActionPlan
from actions.action_remove import ActionRemove
from actions.action_save import ActionSave
from actions.action_select import ActionSelect
from actions.action_similar import ActionSimilar
from actions.conversation import Conversation
from conference.query import Query
from tests.actions.conftest import Talk, ids, listing

FIVE = [f"job-{number:05d}" for number in range(2, 7)]
ACTS: dict[str, Act] = {
    "ask_details": ActionDetails(),
    "ask_institution": ActionInstitution(),
    "select_item": ActionSelect(),
    "find_similar": ActionSimilar(),
    "save_item": ActionSave(),
    "add_to_agenda": ActionPlan(),
    "contact_item": ActionContact(),
    "remove_item": ActionRemove(),
}
BEYOND = {
    "en": (
        "The list shown has just one entry. You can pick it by its number, or search for "
        "something else.",
        "The list shown has 5 entries. Please pick one of them by its number, or search for "
        "something else.",
    ),
    "zh": (
        "现在显示的列表里有1条。请点编号从中选一个，或者换个条件再搜。",
        "现在显示的列表里有5条。请点编号从中选一个，或者换个条件再搜。",
    ),
}
UNSURE = {
    "en": "I'm not sure which one you mean. Search for something first, then pick one by its "
    "number.",
    "zh": "我不确定您指的是哪一个。请先搜索，再点编号选一个。",
}


@pytest.mark.parametrize("intent", ACTS)
@pytest.mark.parametrize("place", [9, -9])
def test_a_place_beyond_the_list_is_told_how_long_it_is(
    talk: Talk, intent: str, place: int
) -> None:
    for number, length in enumerate((1, 5)):
        talk.conversation = before = listing(*FIVE[:length])
        asked: dict[str, Any] = {"attribute": "time"} if intent == "ask_details" else {}
        custom = talk.take(ACTS[intent], intent, places=(place,), **asked)
        assert (custom["type"], custom["reason"]) == ("fallback", "beyond_list")
        assert talk.message["text"] == BEYOND[talk.language][number]
        assert talk.conversation == before


@pytest.mark.parametrize("intent", [each for each in ACTS if each != "remove_item"])
def test_without_a_place_it_asks_which_of_the_list(talk: Talk, intent: str) -> None:
    talk.conversation = listing(*FIVE[:3])
    custom = talk.take(ACTS[intent], intent)
    assert (custom["type"], ids(custom["options"])) == ("clarify", FIVE[:3])


@pytest.mark.parametrize("intent", ["select_item", "find_similar", "save_item", "contact_item"])
@pytest.mark.parametrize("conversation", [Conversation(), listing()])
def test_without_a_list_it_says_how_to_get_one(
    talk: Talk, intent: str, conversation: Conversation
) -> None:
    talk.conversation = conversation
    custom = talk.take(ACTS[intent], intent, places=(2,))
    assert (custom["type"], custom["reason"]) == ("fallback", "nothing_in_hand")
    assert talk.message["text"] == UNSURE[talk.language]


@pytest.mark.parametrize("intent", ["save_item", "add_to_agenda"])
def test_a_description_that_fits_two_asks_which_of_them(talk: Talk, intent: str) -> None:
    talk.conversation = listing(*FIVE)
    custom = talk.take(ACTS[intent], intent, wanted=Query(text="hydrogen"))
    assert (custom["type"], ids(custom["options"])) == ("clarify", ["job-00005", "job-00006"])
