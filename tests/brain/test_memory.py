from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet

from bot.brain.memory import SlotStore
from conference.conversations import Conversations
from conference.database import migrate, open_database

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      record: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      script: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    """
)


@pytest.fixture
def conversations(tmp_path: Path) -> Conversations:
    engine = open_database(f"sqlite:///{tmp_path}/memory.db")
    migrate(engine)
    kept = Conversations(engine)
    kept.start(conversation="c", person="p", channel="web")
    return kept


async def test_slots_are_all_that_a_turn_leaves(conversations: Conversations) -> None:
    store = SlotStore(DOMAIN, conversations)
    tracker = await store.retrieve("c")
    assert tracker is not None
    tracker.update(SlotSet("record", "job-00017"), DOMAIN)
    await store.save(tracker)
    assert conversations.state(conversation="c") == {"record": "job-00017"}
    again = await store.retrieve("c")
    assert again is not None
    assert again.get_slot("record") == "job-00017"
    assert len(again.events) == 2  # waiting for a message, and the slot


async def test_a_turn_begins_with_the_state_that_it_is_given_once(
    conversations: Conversations,
) -> None:
    conversations.save_state(conversation="c", state={"record": "job-00001"})
    store = SlotStore(DOMAIN, conversations)
    store.begin("c", {"record": "job-00001", "script": "zh-Hant"})
    first, second = await store.retrieve("c"), await store.retrieve("c")
    assert first is not None
    assert second is not None
    assert (first.get_slot("record"), first.get_slot("script")) == ("job-00001", "zh-Hant")
    assert second.get_slot("script") is None
    await store.save(first)
    assert conversations.state(conversation="c") == {"record": "job-00001", "script": "zh-Hant"}


async def test_a_conversation_deleted_in_its_own_turn_stays_deleted(
    conversations: Conversations,
) -> None:
    store = SlotStore(DOMAIN, conversations)
    tracker = await store.retrieve("gone")
    assert tracker is not None
    await store.save(tracker)
    assert conversations.state(conversation="gone") is None


async def test_a_slot_that_is_emptied_is_forgotten_and_one_that_is_no_more_is_left_out(
    conversations: Conversations,
) -> None:
    before = {"record": "job-00001", "script": "zh-Hans", "gone": 1}
    conversations.save_state(conversation="c", state=before)
    store = SlotStore(DOMAIN, conversations)
    tracker = await store.retrieve("c")
    assert tracker is not None
    assert tracker.latest_action_name == "action_listen"
    tracker.update(SlotSet("record", None), DOMAIN)
    await store.save(tracker)
    assert conversations.state(conversation="c") == {"script": "zh-Hans"}
