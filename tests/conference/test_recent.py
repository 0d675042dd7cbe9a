from __future__ import annotations

from conference.recent import Recent


def test_the_longest_unused_goes_first() -> None:
    recent = Recent[int](2)
    recent.put("v1", "a", 1)
    recent.put("v1", "b", 2)
    assert recent.get("v1", "a") == 1
    recent.put("v1", "c", 3)
    assert [recent.get("v1", key) for key in "abc"] == [1, None, 3]


def test_nothing_of_another_version_of_the_data_is_given() -> None:
    recent = Recent[int](2)
    recent.put("v1", "a", 1)
    assert recent.get("v2", "a") is None
    recent.put("v2", "b", 2)
    assert recent.get("v1", "a") is None
    assert recent.get("v2", "b") == 2
