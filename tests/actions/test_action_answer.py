from __future__ import annotations

import pytest

from actions.action_answer import ActionAnswer
from tests.actions.conftest import Talk, listing

TOPICS = (
    *("about", "dates", "place", "theme", "organisers", "guest_of_honour", "participants"),
    *("figures", "zones", "online_platform", "recruitment", "resume", "programs", "cooperation"),
    *("registration", "fees", "speakers", "covid", "regions", "shenzhen", "opening_ceremony"),
    *("languages", "contact", "bot"),
)
UNKNOWN = ("registration", "fees", "resume")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_answered_and_touches_no_search(talk: Talk, topic: str) -> None:
    talk.conversation = listing("job-00001")
    custom = talk.take(ActionAnswer(), f"ask_{topic}")
    assert (custom["type"], custom["topic"]) == ("answer", topic)
    assert talk.conversation == listing("job-00001")


@pytest.mark.parametrize("topic", UNKNOWN)
def test_what_is_not_known_has_no_source(talk: Talk, topic: str) -> None:
    assert talk.take(ActionAnswer(), f"ask_{topic}")["sources"] == []


@pytest.mark.parametrize("topic", ["dates", "guest_of_honour", "figures"])
def test_a_fact_has_a_source(talk: Talk, topic: str) -> None:
    assert talk.take(ActionAnswer(), f"ask_{topic}")["sources"]
