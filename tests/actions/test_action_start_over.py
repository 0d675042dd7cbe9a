from __future__ import annotations

from actions.action_start_over import ActionStartOver
from actions.conversation import Conversation
from tests.actions.conftest import Talk, listing


def test_starting_over_empties_the_search_and_not_the_person_s_lists(talk: Talk) -> None:
    talk.services.people.save(person=talk.person, record_id="job-00001")
    talk.conversation = listing("job-00001")
    assert talk.take(ActionStartOver(), "start_over")["type"] == "greeting"
    assert talk.conversation == Conversation()
    assert talk.services.people.saved(person=talk.person) == ["job-00001"]
