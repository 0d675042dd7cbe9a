from __future__ import annotations

import pytest

from actions.action_list import ActionList
from actions.conversation import Shown
from tests.actions.conftest import Talk, ids, listing


@pytest.mark.parametrize("type_", ["saved", "agenda", "alerts", "contacts"])
def test_a_list_with_nothing_in_it_says_so(talk: Talk, type_: str) -> None:
    custom = talk.take(ActionList(), f"show_{type_}")
    assert (custom["type"], custom["items"]) == (type_, [])


def test_a_list_that_was_asked_for_is_the_one_shown(talk: Talk) -> None:
    for record in ("prog-0001", "job-00001"):
        talk.services.people.save(person=talk.person, record_id=record)
    talk.conversation = listing("job-00005")
    custom = talk.take(ActionList(), "show_saved")
    assert ids(custom["items"]) == ["prog-0001", "job-00001"]
    assert talk.conversation.shown == Shown("saved", None, ("prog-0001", "job-00001"))
    assert talk.conversation.search == listing("job-00005").search  # the search stays in hand


def test_each_person_sees_their_own(talk: Talk) -> None:
    talk.services.people.save(person="somebody else", record_id="job-00001")
    assert talk.take(ActionList(), "show_saved")["items"] == []
