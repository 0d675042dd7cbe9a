from __future__ import annotations

import pytest

from actions.action_remove import ActionRemove
from actions.conversation import Conversation
from tests.actions.conftest import Talk, ids, listing


def test_a_record_leaves_the_saved_list(talk: Talk) -> None:
    people = talk.services.people
    for record in ("job-00001", "job-00003"):
        people.save(person=talk.person, record_id=record)
    talk.conversation = listing("job-00001", "job-00003", type="saved")
    custom = talk.take(ActionRemove(), "remove_item", places=(2,))
    assert (custom["type"], ids(custom["items"])) == ("saved", ["job-00001"])


def test_an_event_leaves_the_agenda_before_the_saved_list(talk: Talk) -> None:
    people = talk.services.people
    people.plan(person=talk.person, event_id="event-0002")
    people.save(person=talk.person, record_id="event-0002")
    talk.conversation = Conversation(record="event-0002")
    assert talk.take(ActionRemove(), "remove_item")["type"] == "agenda"
    assert people.agenda(person=talk.person) == []
    assert people.saved(person=talk.person) == ["event-0002"]
    assert talk.take(ActionRemove(), "remove_item")["type"] == "saved"
    assert people.saved(person=talk.person) == []


@pytest.mark.parametrize(("own_list", "other"), [("saved", "agenda"), ("agenda", "saved")])
def test_a_button_takes_an_event_out_of_its_own_list_alone(
    talk: Talk, own_list: str, other: str
) -> None:
    people = talk.services.people
    people.plan(person=talk.person, event_id="event-0002")
    people.save(person=talk.person, record_id="event-0002")
    kept = {"saved": people.saved, "agenda": people.agenda}
    pressed = {"records": ("event-0002",), "own_list": own_list}
    for _ in range(2):  # the second time it is not there, and that is said
        custom = talk.take(ActionRemove(), "remove_item", **pressed)
        assert (custom["type"], custom["items"]) == (own_list, [])
        assert kept[other](person=talk.person) == ["event-0002"]


def test_what_is_not_there_changes_nothing_and_is_said(talk: Talk) -> None:
    talk.conversation = Conversation(record="job-00001")
    custom = talk.take(ActionRemove(), "remove_item")
    assert (custom["type"], custom["items"]) == ("saved", [])


def test_where_nothing_is_kept_that_is_said_and_the_list_stays(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003")
    custom = talk.take(ActionRemove(), "remove_item")
    assert (custom["type"], custom["items"]) == ("saved", [])
    assert talk.conversation == listing("job-00001", "job-00003")


def test_without_a_record_it_asks_which_of_those_kept(talk: Talk) -> None:
    for record in ("job-00001", "job-00003"):
        talk.services.people.save(person=talk.person, record_id=record)
    custom = talk.take(ActionRemove(), "remove_item")
    assert (custom["type"], ids(custom["options"])) == ("clarify", ["job-00001", "job-00003"])
