from __future__ import annotations

from bot.learning.grouping import grouped
from conference.embeddings import default_encoder
from conference.lessons import KeptLesson, Reason


def lesson(number: int, text: str, language: str = "en") -> KeptLesson:
    return KeptLesson(text, language, Reason.DECLINED, "out_of_scope", 0.3, id=number)


def test_messages_alike_are_together_across_languages_and_the_most_said_come_first() -> None:
    kept = [
        lesson(1, "where can I park my car"),
        lesson(2, "is there somewhere to wash my hands"),
        lesson(3, "where do I park the car?"),
        lesson(4, "车停在哪里", "zh"),
        lesson(5, "where do I park the car?"),
    ]
    groups = grouped(kept, default_encoder())
    assert [[each.text for each in group] for group in groups] == [
        ["where do I park the car?", "where can I park my car", "车停在哪里"],
        ["is there somewhere to wash my hands"],
    ]
    assert [each.id for each in groups[0][0].lessons] == [3, 5]


def test_one_message_and_none_are_groups_too() -> None:
    assert grouped([], default_encoder()) == []
    (group,) = grouped([lesson(1, "hello there")], default_encoder())
    assert [each.text for each in group] == ["hello there"]
