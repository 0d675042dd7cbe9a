from __future__ import annotations

from actions.action_save import ActionSave
from actions.conversation import Conversation
from tests.actions.conftest import Talk, ids, listing


def test_the_record_in_hand_is_saved_once(talk: Talk) -> None:
    talk.conversation = Conversation(record="job-00001")
    for _ in range(2):
        custom = talk.take(ActionSave(), "save_item")
        assert (custom["type"], ids(custom["items"])) == ("saved", ["job-00001"])
    assert talk.services.people.saved(person=talk.person) == ["job-00001"]
    assert talk.conversation.record == "job-00001"  # saving interrupts nothing


def test_several_places_save_several(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003", "job-00005")
    custom = talk.take(ActionSave(), "save_item", places=(1, 3))
    assert ids(custom["items"]) == ["job-00001", "job-00005"]
    assert talk.conversation.shown == listing("job-00001", "job-00003", "job-00005").shown


def test_what_is_saved_from_a_list_is_in_hand_then(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003", "job-00005")
    talk.take(ActionSave(), "save_item", places=(2,))
    assert talk.conversation.record == "job-00003"


def test_with_a_list_and_no_record_it_asks_which(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003")
    assert talk.take(ActionSave(), "save_item")["type"] == "clarify"
    assert talk.services.people.saved(person=talk.person) == []


def test_with_nothing_in_hand_nothing_is_saved(talk: Talk) -> None:
    assert talk.take(ActionSave(), "save_item")["type"] == "fallback"


def test_of_a_record_that_is_gone_no_other_is_offered(talk: Talk) -> None:
    talk.conversation = listing("job-00003", "job-00005")
    custom = talk.take(ActionSave(), "save_item", records=("job-99999",))
    assert (custom["type"], custom["reason"]) == ("fallback", "gone")
