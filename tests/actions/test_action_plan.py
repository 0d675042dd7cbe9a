from __future__ import annotations

from actions.action_plan import ActionPlan
from actions.conversation import Conversation
from tests.actions.conftest import Talk, ids, listing


def test_an_event_is_put_on_the_agenda_once(talk: Talk) -> None:
    talk.conversation = Conversation(record="event-0002")
    for _ in range(2):
        custom = talk.take(ActionPlan(), "add_to_agenda")
        assert (custom["type"], ids(custom["items"])) == ("agenda", ["event-0002"])


def test_the_agenda_is_in_order_of_time(talk: Talk) -> None:
    talk.conversation = listing("event-0004", "event-0002")
    custom = talk.take(ActionPlan(), "add_to_agenda", places=(1, 2))
    assert ids(custom["items"]) == ["event-0002", "event-0004"]
    assert [each["clashes"] for each in custom["items"]] == [[], []]


def test_what_is_no_event_is_not_planned(talk: Talk) -> None:
    talk.conversation = Conversation(record="job-00001")
    custom = talk.take(ActionPlan(), "add_to_agenda")
    assert (custom["type"], custom["items"]) == ("agenda", [])
    assert talk.services.people.agenda(person=talk.person) == []


def test_with_a_list_and_no_event_it_asks_which(talk: Talk) -> None:
    talk.conversation = listing("event-0002", "event-0004")
    assert talk.take(ActionPlan(), "add_to_agenda")["type"] == "clarify"
