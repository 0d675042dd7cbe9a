"""An alert's news as the acts tell them: a list like any other, and no more than is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from actions.action_alert import ActionAlert
from actions.action_list import ActionList
from actions.action_page import ActionPage
from actions.action_search import ActionSearch
from actions.action_select import ActionSelect
from actions.conversation import Conversation
from actions.services import Services
from conference.models import Job
from conference.query import Frame, Kind, News, Query
from tests.actions.conftest import Talk, ids, listing, services_after
from tests.conference.data import RECORDS

ENERGY = Frame(Kind.JOBS, Query(industry=("energy",)))
NEW = [
    Job(
        id=f"job-new-{number}",
        title_en=f"Engineer {number}",
        title_zh=f"工程师{number}",
        industry="energy",
        remote=number == 1,
    )
    for number in range(1, 8)
]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A catalogue to which seven energy jobs came later."""
    with services_after(tmp_path_factory.mktemp("news"), RECORDS, NEW) as services:
        yield services


@pytest.fixture(params=["en", "zh"])
def talk(request: pytest.FixtureRequest, grown: Services) -> Talk:
    return Talk(grown, person=request.node.nodeid, language=request.param)


def alert_of(talk: Talk, frame: Frame = ENERGY) -> int:
    return talk.services.people.subscribe(person=talk.person, frame=frame).id


def tell(talk: Talk, alert: int, *, after: int = 1) -> dict[str, Any]:
    return talk.take(ActionList(), "show_alerts", news=News(alert, after, 2))


def test_the_message_says_how_many_are_new_and_lists_the_first(talk: Talk) -> None:
    alert = alert_of(talk)
    custom = tell(talk, alert)
    assert (custom["type"], custom["kind"], custom["total"]) == ("results", "jobs", 7)
    assert custom["query"] == {"industry": ["energy"]}
    assert custom["alert"] == str(alert)
    assert len(custom["items"]) == 5
    assert (
        talk.message["text"].partition("\n")[0]
        == {
            "en": "Your alert has found 7 new jobs in energy:",
            "zh": "您订阅的能源行业的职位新增了7个：",
        }[talk.language]
    )
    payloads = [each["payload"] for each in talk.message["buttons"]]
    first = custom["items"][0]["id"]
    assert payloads[0] == f'/select_item{{"record": "{first}"}}'
    assert payloads[5:] == ["/next_page", f'/stop_alerts{{"alert": "{alert}"}}']


def test_its_pages_turn_and_its_records_open(talk: Talk, from_slots: Any) -> None:
    alert = alert_of(talk)
    seen = ids(tell(talk, alert)["items"])
    talk.conversation = from_slots(talk.conversation)
    custom = talk.take(ActionPage(), "next_page")
    assert (custom["total"], custom["offset"], custom["alert"]) == (7, 5, str(alert))
    seen += ids(custom["items"])
    assert sorted(seen) == [each.id for each in NEW]
    assert talk.message["buttons"][-1]["payload"] == f'/stop_alerts{{"alert": "{alert}"}}'
    assert len(talk.take(ActionPage(), "next_page")["items"]) == 2  # there are no more
    assert talk.take(ActionSelect(), "select_item", places=(2,))["item"]["id"] == seen[6]


def test_a_narrower_search_is_one_of_everything(talk: Talk) -> None:
    tell(talk, alert_of(talk))
    custom = talk.take(ActionSearch(), "refine", wanted=Query(remote=True))
    assert custom["query"] == {"industry": ["energy"], "remote": True}
    assert "alert" not in custom


def test_without_news_nothing_is_said_and_nothing_changes(talk: Talk) -> None:
    alert = alert_of(talk, Frame(Kind.PROGRAMS))
    talk.conversation = before = replace(listing("job-00001"), pending={"act": "delete_data"})
    for news in (News(alert, 1, 2), News(999, 0, 2)):
        assert talk.silent(ActionList(), "show_alerts", news=news)
        assert talk.conversation == before
    talk.services.people.stop_alerts(person=talk.person)
    assert talk.silent(ActionList(), "show_alerts", news=News(alert, 0, 2))


def test_a_question_that_waits_for_a_yes_goes_on_waiting(talk: Talk) -> None:
    talk.conversation = Conversation(pending={"act": "delete_data"})
    tell(talk, alert_of(talk))
    assert talk.conversation.pending == {"act": "delete_data"}


def test_one_alert_is_stopped_by_its_button_and_the_others_stay(talk: Talk) -> None:
    alert, other = alert_of(talk), alert_of(talk, Frame(Kind.EVENTS))
    for _ in range(2):  # pressed twice, it says the same
        custom = talk.take(ActionAlert(), "stop_alerts", alert=alert)
        assert [each["id"] for each in custom["items"]] == [str(other)]
        assert (
            talk.message["text"].partition("\n")[0]
            == {
                "en": "This alert is switched off: jobs in energy.",
                "zh": "已关闭这项提醒：能源行业的职位。",
            }[talk.language]
        )


def test_an_alert_on_an_alerts_news_is_on_its_search(talk: Talk) -> None:
    tell(talk, alert_of(talk))
    custom = talk.take(ActionAlert(), "subscribe_alert")
    assert len(custom["items"]) == 1


@pytest.mark.parametrize(
    ("language", "script", "written"),
    [("zh", "zh-Hant", "zh-Hant"), ("zh", None, "zh"), ("en", "zh-Hant", "en")],
)
def test_an_alert_remembers_how_its_person_writes(
    grown: Services, language: str, script: str | None, written: str
) -> None:
    talk = Talk(grown, person=f"writes {language} {script}", language=language)
    talk.script = script
    talk.take(ActionAlert(), "subscribe_alert", kind=Kind.JOBS, wanted=Query(remote=True))
    (alert,) = grown.people.alerts(person=talk.person)
    assert alert.language == written
