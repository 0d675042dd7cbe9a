"""What the gateway shows of an edition: the chat's page, Telegram's profile, calendar entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.gateway.page import ChatPage
from bot.gateway.telegram.calendar import calendar_file
from bot.gateway.telegram.profile import description, short_description
from conference.edition import open_edition, shipped_edition
from tests.editions import FORUM


def test_the_page_is_the_editions() -> None:
    page = ChatPage(open_edition(FORUM)).html(script="//host/widget.js", sample=False)
    for text in (
        "<h1>31st Open Forum of Talent</h1>",
        "<h1>第三十一届开放人才论坛</h1>",
        "2031年5月19日至21日 · 喀山",
        "<h3>Startup alley</h3>",
        '<button type="button" data-ciep-ask="巴西的项目">巴西的项目</button>',
    ):
        assert text in page
    for text in ("2020", "Russia", "俄罗斯", "figures-en", 'role="note"'):
        assert text not in page


def test_the_guests_zone_names_the_guest_and_the_sample_is_marked() -> None:
    page = ChatPage(shipped_edition()).html(script="//host/widget.js", sample=True)
    assert "<h3>Guest of honour: Russia</h3>" in page
    assert "<h3>主宾国：俄罗斯</h3>" in page
    assert 'role="note"' in page


def test_what_an_edition_writes_is_text_on_the_page() -> None:
    edition = replace(open_edition(FORUM), name={"en": "<script>alert(1)</script>"})
    assert "<script>alert" not in ChatPage(edition).html(script="//host/widget.js", sample=False)


@pytest.mark.parametrize(
    ("language", "name", "asked"),
    [
        ("en", "the 31st Open Forum of Talent", "• Jobs in Kazan"),
        ("zh", "第三十一届开放人才论坛", "• 喀山的职位"),
    ],
)
def test_telegrams_profile_is_the_editions(language: str, name: str, asked: str) -> None:
    forum = open_edition(FORUM)
    assert name in description(forum, language)
    assert asked in description(forum, language)
    assert name in short_description(forum, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_telegrams_profile_keeps_to_what_telegram_takes(language: str) -> None:
    forum = open_edition(FORUM)
    zone = replace(forum.zones[0], ask={"en": "a" * 300, "zh": "甲" * 300})
    long = replace(forum, name={"en": "Forum " * 20, "zh": "论坛" * 50}, zones=(zone, zone))
    assert len(description(long, language)) <= 512
    assert len(short_description(long, language)) <= 120
    assert "Forum 31" in short_description(long, language)


def test_a_calendar_entry_has_the_editions_id() -> None:
    event = {"id": "event-1", "startDate": "2031-05-19T10:00:00+03:00"}
    moment = datetime(2031, 5, 1, tzinfo=timezone.utc)
    text = calendar_file(event, edition=open_edition(FORUM).slug, now=moment)["text"]
    assert "UID:event-1@forum-31\r\n" in text
    assert "DTSTART:20310519T070000Z" in text
