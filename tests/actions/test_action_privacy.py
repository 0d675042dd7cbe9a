from __future__ import annotations

from actions.action_privacy import ActionPrivacy
from tests.actions.conftest import Talk


def test_what_is_kept_is_told(talk: Talk) -> None:
    custom = talk.take(ActionPrivacy(), "privacy")
    assert custom["type"] == "privacy"
    assert "pending" not in custom
    assert talk.conversation.pending is None


def test_deleting_waits_for_a_yes(talk: Talk) -> None:
    talk.services.people.save(person=talk.person, record_id="job-00001")
    custom = talk.take(ActionPrivacy(), "delete_data")
    assert (custom["type"], custom["pending"]) == ("privacy", True)
    assert [each["payload"] for each in talk.message["buttons"]] == ["/affirm", "/deny"]
    assert talk.services.people.saved(person=talk.person) == ["job-00001"]
