from __future__ import annotations

from actions.action_confirm import ActionConfirm
from actions.action_contact import ActionContact
from actions.conversation import Conversation
from tests.actions.conftest import Talk, ids, listing


def test_nothing_is_noted_before_a_yes(talk: Talk) -> None:
    talk.conversation = Conversation(record="prog-0001")
    custom = talk.take(ActionContact(), "contact_item")
    assert (custom["type"], custom["pending"]) == ("contacts", True)
    assert talk.services.people.contacts(person=talk.person) == []
    custom = talk.take(ActionConfirm(), "affirm")
    assert (custom["type"], ids(custom["items"])) == ("contacts", ["prog-0001"])
    (request,) = talk.services.people.contacts(person=talk.person)
    assert (request.record_id, request.institution_id) == ("prog-0001", "inst-0002")


def test_one_of_the_list_can_be_named(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003")
    talk.take(ActionContact(), "contact_item", places=(2,))
    assert talk.conversation.pending == {"act": "contact", "record": "job-00003"}
    assert talk.conversation.record == "job-00003"


def test_without_a_record_it_asks_which(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003")
    assert talk.take(ActionContact(), "contact_item")["type"] == "clarify"
    assert talk.conversation.pending is None
