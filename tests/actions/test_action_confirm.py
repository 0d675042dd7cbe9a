from __future__ import annotations

from actions.action_confirm import ActionConfirm
from actions.action_talk import ActionTalk
from actions.conversation import Conversation
from tests.actions.conftest import Talk


def contact(talk: Talk) -> None:
    talk.conversation = Conversation(
        record="job-00001", pending={"act": "contact", "record": "job-00001"}
    )


def delete(talk: Talk) -> None:
    talk.services.people.save(person=talk.person, record_id="job-00001")
    talk.conversation = Conversation(record="job-00001", pending={"act": "delete_data"})


def test_a_yes_deletes_everything(talk: Talk) -> None:
    delete(talk)
    custom = talk.take(ActionConfirm(), "affirm")
    assert custom["type"] == "privacy"
    assert "pending" not in custom
    assert talk.services.people.saved(person=talk.person) == []
    assert talk.conversation == Conversation()


def test_a_no_deletes_nothing(talk: Talk) -> None:
    delete(talk)
    assert talk.take(ActionConfirm(), "deny")["type"] == "privacy"
    assert talk.services.people.saved(person=talk.person) == ["job-00001"]
    assert talk.conversation == Conversation(record="job-00001")


def test_a_no_sends_nothing(talk: Talk) -> None:
    contact(talk)
    assert talk.take(ActionConfirm(), "deny")["items"] == []
    assert talk.services.people.contacts(person=talk.person) == []


def test_the_same_request_is_sent_once(talk: Talk) -> None:
    for _ in range(2):
        contact(talk)
        assert len(talk.take(ActionConfirm(), "affirm")["items"]) == 1


def test_anything_else_drops_what_waits(talk: Talk) -> None:
    delete(talk)
    talk.take(ActionTalk(), "help")
    assert talk.take(ActionConfirm(), "affirm")["type"] == "fallback"
    assert talk.services.people.saved(person=talk.person) == ["job-00001"]


def test_a_yes_or_no_to_nothing_changes_nothing(talk: Talk) -> None:
    assert talk.take(ActionConfirm(), "affirm")["type"] == "fallback"
    assert talk.take(ActionConfirm(), "deny")["type"] == "goodbye"
