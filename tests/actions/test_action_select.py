from __future__ import annotations

from actions.action_select import ActionSelect
from conference.query import Query
from tests.actions.conftest import Talk, ids, listing


def test_a_place_opens_that_record(talk: Talk) -> None:
    talk.conversation = listing("job-00003", "job-00005")
    custom = talk.take(ActionSelect(), "select_item", places=(2,))
    assert (custom["type"], custom["kind"], custom["item"]["id"]) == (
        "detail",
        "jobs",
        "job-00005",
    )
    assert talk.conversation.record == "job-00005"
    assert talk.conversation.shown == listing("job-00003", "job-00005").shown


def test_a_record_that_is_kept_is_offered_to_be_taken_out(talk: Talk) -> None:
    talk.conversation = listing("event-0002")
    talk.services.people.save(person=talk.person, record_id="event-0002")
    talk.take(ActionSelect(), "select_item", places=(1,))
    commands = [each["payload"] for each in talk.message["buttons"][:2]]
    assert commands == [
        '/remove_item{"record": "event-0002", "own_list": "saved"}',
        '/add_to_agenda{"record": "event-0002"}',
    ]


def test_a_name_opens_the_record_that_bears_it(talk: Talk) -> None:
    talk.conversation = listing("job-00003", "job-00005")
    custom = talk.take(ActionSelect(), "select_item", wanted=Query(text="hydrogen"))
    assert custom["item"]["id"] == "job-00005"


def test_a_name_that_fits_two_asks_which(talk: Talk) -> None:
    talk.conversation = listing("job-00003", "job-00005", "job-00006")
    custom = talk.take(ActionSelect(), "select_item", wanted=Query(text="hydrogen"))
    assert custom["type"] == "clarify"
    assert ids(custom["options"]) == ["job-00005", "job-00006"]
    assert talk.conversation.record is None


def test_a_name_that_none_bears_narrows_the_search(talk: Talk) -> None:
    talk.conversation = listing("job-00003")
    custom = talk.take(ActionSelect(), "select_item", wanted=Query(text="nurse"))
    assert (custom["type"], custom["query"]) == ("results", {"text": "nurse"})


def test_a_place_beyond_the_page_opens_nothing(talk: Talk) -> None:
    talk.conversation = listing("job-00003", "job-00005")
    assert talk.take(ActionSelect(), "select_item", places=(9,))["type"] == "fallback"
    assert talk.conversation.record is None


GONE = {"en": "taken down", "zh": "下线"}


def test_a_link_to_a_record_that_is_gone_is_told_so(talk: Talk) -> None:
    talk.conversation = listing("job-00003", "job-00005")
    custom = talk.take(ActionSelect(), "select_item", records=("job-99999",))
    assert (custom["type"], custom["reason"]) == ("fallback", "gone")
    assert GONE[talk.language] in talk.message["text"]
    assert talk.conversation.record is None


def test_with_no_list_there_is_nothing_to_open(talk: Talk) -> None:
    assert talk.take(ActionSelect(), "select_item", places=(1,))["type"] == "fallback"
