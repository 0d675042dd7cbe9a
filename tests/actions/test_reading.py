from __future__ import annotations

from typing import Any

import pytest

from actions.reading import Reading, read
from conference.edition import shipped_edition
from conference.query import Kind, Query
from tests.actions.conftest import NOW
from tests.actions.test_criteria import said


def understood(
    intent: str, *entities: dict[str, Any], text: str = "", confidence: float = 0.95, **more: Any
) -> Reading:
    return read(
        {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "entities": list(entities),
            **more,
        },
        now=NOW,
        days=shipped_edition().days,
    )


@pytest.mark.parametrize("intent", ["find_jobs", "refine", "count"])
def test_a_word_that_names_a_kind_counts_before_the_intent(intent: str) -> None:
    found = understood(intent, said("kind", "programs"))
    assert (found.kind, found.named) == (Kind.PROGRAMS, True)


def test_a_sure_intent_names_its_kind_without_a_word() -> None:
    found = understood("find_events")
    assert (found.kind, found.named) == (Kind.EVENTS, False)


def test_an_unsure_one_does_not() -> None:
    assert understood("find_events", confidence=0.1).kind is None


def test_of_several_kinds_the_one_that_is_no_organisation_is_meant() -> None:
    found = understood(
        "refine", said("kind", "institutions"), said("kind", "programs"), confidence=0.5
    )
    assert found.kind is Kind.PROGRAMS


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("programmes?", True),
        ("any programmes then", True),
        ("show me programmes", False),
        ("项目呢", True),
        ("有没有项目", True),
        ("我想找项目", False),
        ("列出项目", False),
    ],
)
def test_a_kind_s_name_alone_is_told_from_a_request(text: str, bare: bool) -> None:
    word = "项目" if "项目" in text else "programmes"
    place = {"start": text.index(word), "end": text.index(word) + len(word)}
    kind = {"entity": "kind", "value": "programs", **place}
    assert understood("find_programs", kind, text=text).bare is bare


@pytest.mark.parametrize(
    ("text", "adds"), [("深圳都行", True), ("北京和深圳都行", False), ("整个深圳都行", False)]
)
def test_what_all_of_the_named_will_do_for_adds_nothing(text: str, adds: bool) -> None:
    start = text.index("都行")
    too = {"entity": "cue", "value": "add", "start": start, "end": start + 2}
    assert understood("refine", said("city", "shenzhen"), too, text=text).adds is adds


def test_an_employer_of_any_country_leaves_the_place_of_work_as_it_is() -> None:
    found = understood("refine", said("drop", "country"), said("cue", "employer"))
    assert found.dropped == ("employer_country",)
    assert "city" in understood("refine", said("drop", "country")).dropped


@pytest.mark.parametrize(
    ("text", "word", "theirs"),
    [
        ("their jobs", "their", True),
        ("what jobs does it have", "it", True),
        ("leave it, jobs in Chengdu", "it", False),
        ("show me it jobs", "it", False),
        ("他们的岗位", "他们", True),
    ],
)
def test_it_is_an_institution_only_where_it_does_something(
    text: str, word: str, theirs: bool
) -> None:
    start = text.index(word)
    cue = {"entity": "cue", "value": "anaphor", "start": start, "end": start + len(word)}
    assert understood("find_jobs", cue, text=text).of_institution is theirs


def test_an_excluded_kind_is_not_looked_for() -> None:
    found = understood("refine", said("kind", "events", role="exclude"))
    assert found.kind is None


def test_the_roles_keep_criteria_apart() -> None:
    found = understood(
        "find_jobs",
        said("city", "moscow", role="origin"),
        said("city", "shenzhen"),
        said("city", "beijing", role="exclude"),
        said("industry", "finance", role="remove"),
    )
    assert found.wanted == Query(city=("shenzhen",))
    assert found.excluded == Query(city=("beijing",))
    assert found.removed == Query(industry=("finance",))


@pytest.mark.parametrize(
    ("entity", "kind"),
    [
        (said("degree", "phd"), Kind.JOBS),
        (said("remote", "true"), Kind.JOBS),
        (said("experience_max", "0"), Kind.JOBS),
        (said("country", "DE", group="employer"), Kind.JOBS),
        (said("day", "+1"), Kind.EVENTS),
        (said("period", "evening"), Kind.EVENTS),
        (said("period", "now"), None),  # "show them now"
        (said("event_type", "forum"), Kind.EVENTS),
        (said("institution_type", "university"), Kind.INSTITUTIONS),
        (said("city", "shenzhen"), None),
    ],
)
def test_what_criteria_can_only_be_about(entity: dict[str, Any], kind: Kind | None) -> None:
    assert understood("refine", entity).implied is kind


@pytest.mark.parametrize(
    ("key", "dropped"),
    [
        ("place", {"city", "region", "country"}),
        ("salary", {"salary_min", "salary_max"}),
        ("day", {"day", "until", "period"}),
        ("industry", {"industry"}),
    ],
)
def test_a_dropped_name_gives_up_its_keys(key: str, dropped: set[str]) -> None:
    found = understood("refine", said("drop", key))
    assert set(found.dropped) == dropped
    assert found.changes


def test_everything_can_be_dropped() -> None:
    found = understood("refine", said("drop", "all"))
    assert found.drops_all
    assert found.dropped == ()


@pytest.mark.parametrize(
    ("cue", "attribute"),
    [("add", "adds"), ("only", "only"), ("continue", "continues"), ("anaphor", "of_institution")],
)
def test_cues_say_how_a_message_joins_on(cue: str, attribute: str) -> None:
    assert getattr(understood("refine", said("cue", cue)), attribute) is True
    assert getattr(understood("refine"), attribute) is False


def test_what_points_at_records() -> None:
    found = understood(
        "select_item", said("ordinal", "2"), said("ordinal", "-1"), said("record", "job-00001")
    )
    assert found.places == (2, -1)
    assert found.records == ("job-00001",)


def test_what_else_is_read() -> None:
    found = understood(
        "count",
        said("group", "place"),
        said("cue", "most"),
        said("attribute", "time"),
        said("attribute", "salary"),
        said("to_language", "zh"),
        alternatives=["find_jobs", "refine"],
    )
    assert found.group == "city"
    assert found.attribute == "salary"
    assert found.to_language == "zh"
    assert found.alternatives == ("find_jobs", "refine")
    assert not found.changes


def test_which_groups_only_where_the_most_or_each_is_asked_for() -> None:
    assert understood("count", said("group", "industry"), said("cue", "per")).group == "industry"
    assert understood("find_institutions", said("group", "industry")).group is None


def test_a_wish_of_one_s_own_has_a_side_only_where_cooperation_is_looked_for() -> None:
    wish = said("cue", "first_person")
    assert understood("refine", wish, said("sort", "salary")).wanted == Query(sort="salary")
    assert understood("find_intentions", wish).wanted == Query(direction="offer")


def test_a_correction_adds_nothing() -> None:
    add, correct = said("cue", "add"), {**said("cue", "correct"), "start": 20, "end": 26}
    assert understood("refine", add).adds
    assert not understood("refine", add, correct).adds


def test_a_type_of_institution_is_not_one_of_event() -> None:
    words = [said("group", "event_type"), said("cue", "per")]
    assert understood("count", *words, said("kind", "institutions")).group == "institution_type"
    assert understood("count", *words, said("kind", "events")).group == "event_type"


def test_institutions_are_not_counted_by_institution() -> None:
    words = [said("group", "country"), said("group", "institution"), said("cue", "most")]
    assert understood("count", *words, said("kind", "institutions")).group == "country"
    assert understood("count", *words, said("kind", "jobs")).group == "institution"
