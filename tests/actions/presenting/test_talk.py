"""Facts, greetings, help, privacy and what is said when nothing fits."""

from __future__ import annotations

from typing import get_args

import pytest

from actions.presenting import (
    Message,
    present_answer,
    present_declined,
    present_fallback,
    present_goodbye,
    present_greeting,
    present_handoff,
    present_help,
    present_language,
    present_privacy,
)
from actions.presenting.talk import FallbackReason
from conference.commands import read, written
from conference.edition import shipped_edition
from conference.vocabulary.terms import LANGUAGES

EDITION = shipped_edition()
SAMPLE = {"en": "sample data", "zh": "示例数据"}


def everything(language: str) -> list[Message]:
    return [
        present_greeting(edition=EDITION, language=language),
        present_greeting(edition=EDITION, language=language, again=True),
        present_goodbye(language=language),
        present_goodbye(language=language, thanks=True),
        present_help(edition=EDITION, language=language, sample=True),
        present_language(language=language),
        present_privacy(language=language),
        present_privacy(language=language, pending=True),
        present_privacy(language=language, deleted=True),
        present_declined(language=language),
        present_handoff("ticket-00001", edition=EDITION, language=language),
        *(present_fallback(reason, language=language) for reason in get_args(FallbackReason)),
        *(
            present_answer(topic, edition=EDITION, language=language, sample=True)
            for topic in EDITION.facts
        ),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_its_language_and_buttons_that_can_be_read(language: str) -> None:
    for message in everything(language):
        assert message["text"]
        assert message["custom"]["language"] == language
        for button in message.get("buttons", []):
            intent, entities = read(button["payload"])
            assert button["payload"] == written(intent, **entities)
            assert button["title"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", ["about", "bot"])
def test_sample_data_is_marked_where_it_must_be(topic: str, language: str) -> None:
    marked = present_answer(topic, edition=EDITION, language=language, sample=True)["text"]
    assert SAMPLE[language] in marked
    assert SAMPLE[language] not in present_answer(topic, edition=EDITION, language=language)["text"]
    assert SAMPLE[language] in present_help(edition=EDITION, language=language, sample=True)["text"]
    assert SAMPLE[language] not in present_help(edition=EDITION, language=language)["text"]


def test_sources_stand_under_the_answer() -> None:
    message = present_answer("organisers", edition=EDITION, language="en")
    assert message["text"].endswith(
        "Sources: Two or more other public sources (Sep 2020); "
        "One other public source only (Sep 2020)"
    )
    assert message["custom"]["sources"] == [
        {"name": "Two or more other public sources", "as_of": "2020-09"},
        {"name": "One other public source only", "as_of": "2020-09"},
    ]


def test_a_single_source() -> None:
    assert present_answer("figures", edition=EDITION, language="en")["text"].endswith(
        "\n\nSource: Press coverage of the conference (Sep 2020)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_has_no_sources(language: str) -> None:
    message = present_answer("fees", edition=EDITION, language=language)
    assert message["custom"]["sources"] == []
    assert message["text"] == EDITION.facts["fees"].text[language]


def test_an_unknown_topic_is_an_error() -> None:
    with pytest.raises(KeyError):
        present_answer("weather", edition=EDITION, language="en")


def test_deleting_waits_for_a_yes() -> None:
    assert present_privacy(language="en", pending=True)["custom"]["pending"] is True
    assert "pending" not in present_privacy(language="en", deleted=True)["custom"]


def test_a_handoff_names_its_ticket() -> None:
    message = present_handoff("ticket-00001", edition=EDITION, language="zh")
    assert message["custom"]["ticket"] == "ticket-00001"
    assert "ticket-00001" in message["text"]


def test_the_other_language_is_offered_under_its_own_name() -> None:
    button = present_greeting(edition=EDITION, language="en")["buttons"][-1]
    assert button == {"title": "中文", "payload": '/switch_language{"to_language": "zh"}'}
