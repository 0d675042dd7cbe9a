from __future__ import annotations

from typing import Any

import pytest

from actions.act import Turn
from actions.conversation import Conversation
from actions.picking import meant, picked
from conference.query import Query
from tests.actions.conftest import Talk, listing, reading

SHOWN = listing("job-00001", "job-00003", "job-00005")


def turn(talk: Talk, conversation: Conversation, **values: Any) -> Turn:
    return Turn(
        reading("select_item", **values), conversation, None, talk.services, "en", talk.person
    )


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ({"places": (2,)}, ["job-00003"]),
        ({"places": (-1,)}, ["job-00005"]),
        ({"places": (1, 3)}, ["job-00001", "job-00005"]),
        ({"places": (9,)}, []),
        ({"places": (-9,)}, []),
        ({"records": ("event-0002",)}, ["event-0002"]),
        ({"records": ("job-99999",)}, []),
        ({"wanted": Query(text="hydrogen")}, ["job-00005"]),
        ({"wanted": Query(text="氢能")}, ["job-00005"]),
        ({"wanted": Query(text="nurses")}, ["job-00001"]),
        ({"wanted": Query(city=("beijing",))}, ["job-00003"]),
        ({"wanted": Query(remote=True)}, ["job-00003"]),
        ({"wanted": Query(institution=("inst-0003",))}, ["job-00005"]),
        ({"wanted": Query(employment="full-time")}, ["job-00001", "job-00003", "job-00005"]),
        ({"wanted": Query(text="astronaut")}, []),
        ({}, []),
    ],
)
def test_what_a_message_picks_from_the_list(
    talk: Talk, values: dict[str, Any], ids: list[str]
) -> None:
    assert [record.id for record in picked(turn(talk, SHOWN, **values))] == ids


def test_without_a_list_nothing_is_picked_by_place_or_name(talk: Talk) -> None:
    assert picked(turn(talk, Conversation(), places=(1,))) == []
    assert picked(turn(talk, Conversation(), wanted=Query(text="nurse"))) == []


@pytest.mark.parametrize(
    ("conversation", "values", "ids"),
    [
        (Conversation(record="prog-0001"), {}, ["prog-0001"]),
        (listing("event-0002"), {}, ["event-0002"]),
        (SHOWN, {}, []),
        (SHOWN, {"places": (2,)}, ["job-00003"]),
        (Conversation(record="job-00001", shown=SHOWN.shown), {"places": (9,)}, []),
        (Conversation(record="job-00001", shown=SHOWN.shown), {"places": (2,)}, ["job-00003"]),
    ],
)
def test_what_is_meant_without_picking_is_the_record_in_hand_or_the_only_one(
    talk: Talk, conversation: Conversation, values: dict[str, Any], ids: list[str]
) -> None:
    assert [record.id for record in meant(turn(talk, conversation, **values))] == ids
