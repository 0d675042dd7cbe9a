from __future__ import annotations

from actions.action_institution import ActionInstitution
from actions.conversation import Conversation
from tests.actions.conftest import Talk, ids, listing


def test_whose_the_record_in_hand_is(talk: Talk) -> None:
    talk.conversation = Conversation(record="prog-0001")
    custom = talk.take(ActionInstitution(), "ask_institution")
    assert (custom["type"], custom["kind"], custom["item"]["id"]) == (
        "detail",
        "institutions",
        "inst-0002",
    )
    assert talk.conversation.record == "inst-0002"


def test_with_a_list_it_asks_whose(talk: Talk) -> None:
    talk.conversation = listing("job-00001", "job-00003")
    custom = talk.take(ActionInstitution(), "ask_institution")
    assert (custom["type"], ids(custom["options"])) == ("clarify", ["job-00001", "job-00003"])


def test_with_nothing_in_hand_the_question_is_who_organises_the_conference(talk: Talk) -> None:
    custom = talk.take(ActionInstitution(), "ask_institution")
    assert (custom["type"], custom["topic"]) == ("answer", "organisers")
