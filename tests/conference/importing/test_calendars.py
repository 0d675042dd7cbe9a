"""Events of calendars and of conference schedules."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from conference.query import Kind
from tests.conference.importing.conftest import Bring

Rows = Callable[[Kind], list[dict[str, Any]]]


def calendar(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nVTIMEZONE: Europe/Rome\n{body}END:VCALENDAR\n"


def test_a_calendar_with_a_broken_time_zone_is_read(bring: Bring, rows_of: Rows) -> None:
    bring(
        "a.ics",
        calendar(
            "UID:e1\nSUMMARY:Opening\nDTSTART:20200908T010000Z\nDURATION:PT1H30M\n"
            "LOCATION:Hall 1\nORGANIZER;CN=Harbour Club:MAILTO:a@example.org\nCATEGORIES:Keynote"
        ),
    )
    (event,) = rows_of(Kind.EVENTS)
    owner = event.pop("institution_id")
    assert rows_of(Kind.INSTITUTIONS) == [{"id": owner, "name_en": "Harbour Club"}]
    assert event == {
        "id": "event-e1",
        "name_en": "Opening",
        "type": "talk",
        "starts_at": "2020-09-08T09:00:00+08:00",
        "ends_at": "2020-09-08T10:30:00+08:00",
        "room_en": "Hall 1",
        "status": "scheduled",
    }


def test_events_that_share_one_uid_stay_apart_and_are_found_again(
    bring: Bring, rows_of: Rows
) -> None:
    one = "UID:7\nSUMMARY:One\nDTSTART:20200908T010000Z"
    two = "UID:7\nSUMMARY:Two\nDTSTART:20200908T010000Z"
    bring("a.ics", calendar(one, two))
    before = rows_of(Kind.EVENTS)
    assert {each["name_en"] for each in before} == {"One", "Two"}
    assert not bring("b.ics", calendar(two, one)).outcome.changed
    assert rows_of(Kind.EVENTS) == before


def test_an_event_that_repeats_stands_at_each_of_its_times(bring: Bring, rows_of: Rows) -> None:
    bring(
        "a.ics",
        calendar(
            "UID:r\nSUMMARY:Daily\nDTSTART:20200907T010000Z\nDTEND:20200907T020000Z\n"
            "RRULE:FREQ=DAILY;COUNT=4\nEXDATE:20200908T010000Z"
        ),
    )
    assert sorted(each["starts_at"][:10] for each in rows_of(Kind.EVENTS)) == [
        "2020-09-07",
        "2020-09-09",
        "2020-09-10",
    ]


@pytest.mark.parametrize(
    ("start", "rule", "days"),
    [
        ("20200101", "FREQ=WEEKLY", ["2020-09-09"]),  # a Wednesday
        ("20200907", "FREQ=DAILY", [f"2020-09-{day:02}" for day in range(7, 13)]),
        ("20210101", "FREQ=DAILY", ["2021-01-01"]),  # after the conference
    ],
)
def test_what_repeats_without_end_is_read_for_the_conference_s_days(
    bring: Bring, rows_of: Rows, start: str, rule: str, days: list[str]
) -> None:
    bring("a.ics", calendar(f"UID:r\nSUMMARY:Club\nDTSTART:{start}T010000Z\nRRULE:{rule}"))
    assert sorted(each["starts_at"][:10] for each in rows_of(Kind.EVENTS)) == days


def test_a_time_that_was_moved_stands_only_where_it_was_moved_to(
    bring: Bring, rows_of: Rows
) -> None:
    bring(
        "a.ics",
        calendar(
            "UID:r\nSUMMARY:Briefing\nDTSTART:20200907T010000Z\nRRULE:FREQ=DAILY;COUNT=3",
            "UID:r\nSUMMARY:Briefing\nDTSTART:20200908T030000Z\nRECURRENCE-ID:20200908T010000Z",
        ),
    )
    assert sorted(each["starts_at"][8:13] for each in rows_of(Kind.EVENTS)) == [
        "07T09",
        "08T11",
        "09T09",
    ]


def test_further_dates_of_an_event_are_read(bring: Bring, rows_of: Rows) -> None:
    times = "DTSTART:20200907T010000Z\nRDATE:20200908T010000Z,20200909T010000Z"
    bring("a.ics", calendar(f"UID:r\nSUMMARY:Panel\n{times}"))
    assert sorted(each["starts_at"][:10] for each in rows_of(Kind.EVENTS)) == [
        "2020-09-07",
        "2020-09-08",
        "2020-09-09",
    ]


def test_a_calendar_s_own_time_zones_count(bring: Bring, rows_of: Rows) -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:House time\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "TZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    body = calendar(
        "UID:a\nSUMMARY:A\nDTSTART;TZID=House time:20200908T140000",
        "UID:b\nSUMMARY:B\nDTSTART:20200908T140000",
    )
    head = f"VERSION:2.0\nX-WR-TIMEZONE:Europe/Moscow\n{zone}"
    bring("a.ics", body.replace("VERSION:2.0\n", head))
    assert {each["name_en"]: each["starts_at"][11:16] for each in rows_of(Kind.EVENTS)} == {
        "A": "17:00",
        "B": "19:00",
    }


def test_a_broken_event_spoils_no_other(bring: Bring, rows_of: Rows) -> None:
    report = bring(
        "a.ics",
        calendar("UID:1\nSUMMARY:A\nDTSTART:20200908T010000Z", "UID:2\nSUMMARY:B\nDTSTART:soon")
        + "BEGIN:VEVENT\nUID:3\nSUMM",
    )
    assert [each["name_en"] for each in rows_of(Kind.EVENTS)] == ["A"]
    assert {each.rule for each in report.problems.kept if each.level == "error"} >= {"cut_off"}
    assert report.refused + report.problems.count("error") >= 2


TALK = {
    "guid": "aa",
    "date": "2020-09-08T11:00:00+02:00",
    "start": "11:00",
    "duration": "00:45",
    "title": "Opening",
    "type": "lecture",
    "language": "en",
    "track": "Energy",
    "persons": [{"id": 1, "public_name": "Jane Doe"}],
    "abstract": "What is to come.",
}
EXPECTED = {
    "name_en": "Opening",
    "type": "talk",
    "starts_at": "2020-09-08T17:00:00+08:00",
    "ends_at": "2020-09-08T17:45:00+08:00",
    "room_en": "Saal 1",
    "speakers": [{"name": {"en": "Jane Doe"}, "role": {}}],
    "status": "scheduled",
}


def test_a_schedule_in_json_is_read(bring: Bring, rows_of: Rows) -> None:
    day = {"index": 1, "date": "2020-09-08", "rooms": {"Saal 1": [TALK, {"guid": "bb"}, 5]}}
    conference = {"title": "C", "time_zone_name": "Europe/Berlin", "days": [day]}
    report = bring("s.json", json.dumps({"schedule": {"conference": conference}}))
    (event,) = rows_of(Kind.EVENTS)
    assert event == EXPECTED | {
        "id": "event-aa",
        "description_en": "What is to come.",
        "industry": "energy",
        "languages": ["en"],
    }
    assert sorted(each.rule for each in report.problems.kept) == ["name_missing", "not_a_record"]


XML = """<?xml version="1.0"?>{dtd}<schedule><conference><time_zone_name>Europe/Berlin
</time_zone_name></conference><day index="1" date="2020-09-08"><room name="Saal 1">
<event id="1" guid="cc"><date>2020-09-08T11:00:00+02:00</date><start>11:00</start>
<duration>00:45</duration><title>Opening</title><type>lecture</type>
<persons><person id="1">Jane Doe</person></persons></event>"""


def test_a_schedule_in_xml_is_read_as_far_as_it_goes(bring: Bring, rows_of: Rows) -> None:
    report = bring("s.xml", XML.format(dtd="") + '<event id="2"><title>Tw')
    assert rows_of(Kind.EVENTS) == [EXPECTED | {"id": "event-cc"}]
    assert not report.whole


def test_entities_in_xml_are_not_expanded(bring: Bring, rows_of: Rows) -> None:
    dtd = '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    report = bring("s.xml", XML.format(dtd=dtd) + "</room></day></schedule>")
    assert [each.rule for each in report.problems.kept] == ["broken_file"]
    assert not rows_of(Kind.EVENTS)


def test_a_time_zone_that_is_none_is_the_conference_s(bring: Bring, rows_of: Rows) -> None:
    body = calendar("UID:a\nSUMMARY:A\nDTSTART:20200908T140000")
    bring("a.ics", body.replace("VERSION:2.0\n", "VERSION:2.0\nX-WR-TIMEZONE:Asia\n"))
    assert [each["starts_at"] for each in rows_of(Kind.EVENTS)] == ["2020-09-08T14:00:00+08:00"]


def test_a_broken_time_that_is_there_twice_is_named(bring: Bring) -> None:
    times = "DTSTART:2020-13-45\nDTSTART:20200908T140000"
    report = bring("a.ics", calendar(f"UID:a\nSUMMARY:A\n{times}"))
    assert [(each.rule, each.column) for each in report.problems.kept] == [
        ("time_unreadable", "DTSTART")
    ]


def test_a_broken_moved_time_leaves_its_event_as_it_is(bring: Bring, rows_of: Rows) -> None:
    event = "UID:a\nSUMMARY:A\nDTSTART:20200908T140000\nRECURRENCE-ID:202009xx"
    bring("a.ics", calendar(event))
    assert [each["name_en"] for each in rows_of(Kind.EVENTS)] == ["A"]


def test_a_schedule_in_an_encoding_that_there_is_not_is_broken(bring: Bring) -> None:
    report = bring("a.xml", '<?xml version="1.0" encoding="utf-88"?><schedule></schedule>')
    assert [each.rule for each in report.problems.kept] == ["broken_file"]
