from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import act
from actions.action_answer import ActionAnswer
from actions.action_search import ActionSearch
from actions.action_start_over import ActionStartOver
from actions.services import Services
from tests.actions.conftest import listing


def tracker(slots: dict[str, Any], **metadata: str) -> Tracker:
    message = {
        "text": "jobs in shenzhen",
        "intent": {"name": "find_jobs", "confidence": 0.9},
        "entities": [
            {"entity": "kind", "value": "jobs", "start": 0, "end": 4},
            {"entity": "city", "value": "shenzhen", "start": 8, "end": 16},
        ],
        "metadata": metadata,
    }
    return Tracker("conversation-1", slots, message, [], False, None, {}, "action_listen")


@pytest.fixture(autouse=True)
def services(small_services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(act, "open_services", lambda: small_services)


def test_an_act_is_named_after_its_class() -> None:
    assert ActionSearch().name() == "action_search"
    assert ActionStartOver().name() == "action_start_over"


async def test_an_act_says_its_message_and_sets_the_slots_that_change() -> None:
    dispatcher = CollectingDispatcher()
    events = await ActionSearch().run(dispatcher, tracker({}, language="zh"), {})
    (said,) = dispatcher.messages
    assert said["custom"]["language"] == "zh"
    assert said["custom"]["query"] == {"city": ["shenzhen"]}
    slots = {each["name"]: each["value"] for each in events}
    assert set(slots) == {"search", "shown"}
    assert slots["search"]["query"] == {"city": ["shenzhen"]}


async def test_the_answer_just_given_can_be_judged_until_the_next() -> None:
    asked = tracker({}, language="zh")
    asked.latest_message["intent"] = {"name": "ask_dates", "confidence": 0.9}
    events = await ActionAnswer().run(CollectingDispatcher(), asked, {})
    dates = {"type": "answer", "topic": "dates"}
    assert {each["name"]: each["value"] for each in events} == {"to_judge": dates}
    events = await ActionSearch().run(
        CollectingDispatcher(), tracker({"to_judge": dates}, language="zh"), {}
    )
    assert {each["name"]: each["value"] for each in events}["to_judge"] is None


async def test_a_confirmation_that_was_waiting_is_dropped() -> None:
    waiting = {**listing("job-00001").to_slots(), "pending": {"act": "delete_data"}}
    events = await ActionSearch().run(CollectingDispatcher(), tracker(waiting, language="en"), {})
    assert {each["name"]: each["value"] for each in events}["pending"] is None
