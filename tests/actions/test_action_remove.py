from __future__ import annotations

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


def test_what_is_not_there_changes_nothing_and_is_said(talk: Talk) -> None:
    talk.conversation = Conversation(record="job-00001")
    custom = talk.take(ActionRemove(), "remove_item")
    assert (custom["type"], custom["items"]) == ("saved", [])


def test_without_a_record_it_asks_which_of_those_kept(talk: Talk) -> None:
    for record in ("job-00001", "job-00003"):
        talk.services.people.save(person=talk.person, record_id=record)
    custom = talk.take(ActionRemove(), "remove_item")
    assert (custom["type"], ids(custom["options"])) == ("clarify", ["job-00001", "job-00003"])
