from __future__ import annotations

from actions.action_alert import ActionAlert
from actions.conversation import Conversation
from conference.query import Frame, Kind, Query
from tests.actions.conftest import Talk

ENERGY = Frame(Kind.JOBS, Query(industry=("energy",)), offset=5)


def test_an_alert_subscribes_to_the_search_in_hand_once(talk: Talk) -> None:
    talk.conversation = Conversation(search=ENERGY)
    for _ in range(2):
        custom = talk.take(ActionAlert(), "subscribe_alert")
        assert custom["type"] == "alerts"
        assert [(each["kind"], each["query"]) for each in custom["items"]] == [
            ("jobs", {"industry": ["energy"]})
        ]
    assert talk.conversation.search == ENERGY


def test_an_alert_can_name_its_search_itself(talk: Talk) -> None:
    custom = talk.take(
        ActionAlert(), "subscribe_alert", kind=Kind.EVENTS, wanted=Query(event_type=("forum",))
    )
    assert custom["items"][0]["query"] == {"event_type": ["forum"]}


def test_without_a_search_there_is_nothing_to_subscribe_to(talk: Talk) -> None:
    assert talk.take(ActionAlert(), "subscribe_alert")["items"] == []


def test_alerts_are_switched_off_and_on_again(talk: Talk) -> None:
    talk.conversation = Conversation(search=ENERGY)
    talk.take(ActionAlert(), "subscribe_alert")
    assert talk.take(ActionAlert(), "stop_alerts")["items"] == []
    stopped = talk.message["text"]
    talk.take(ActionAlert(), "stop_alerts")
    assert talk.message["text"] != stopped  # there was nothing to stop
    assert len(talk.take(ActionAlert(), "subscribe_alert")["items"]) == 1
