"""People who talked with the assistant, to count: seven who search, and a lone one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Engine

from conference.conversations import Conversations
from conference.people import People

PRIVATE = "my name is Zhang Wei, 13800138000"
MANY = 7


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def results(language: str, total: int, **query: Any) -> dict[str, Any]:
    return {
        "type": "results",
        "kind": "jobs",
        "language": language,
        "query": query,
        "total": total,
        "offset": 0,
        "items": [],
    }


def feedback(language: str, *, useful: bool, topic: str) -> dict[str, Any]:
    of = {"type": "answer", "topic": topic}
    return _answer("feedback", language, useful=useful, of=of)


def _answer(type_: str, language: str, **more: Any) -> dict[str, Any]:
    return {"type": type_, "language": language, **more}


def talk(
    conversations: Conversations,
    clock: Clock,
    person: str,
    channel: str,
    *customs: dict[str, Any],
    seconds: float = 0.5,
) -> None:
    """A conversation in which each question has one of the answers."""
    conversations.start(conversation=person, person=person, channel=channel)
    for custom in customs:
        conversations.append(conversation=person, author="user", payload={"text": PRIVATE})
        clock.now += timedelta(seconds=seconds)
        payload = {"text": PRIVATE, "custom": custom}
        conversations.append(conversation=person, author="bot", payload=payload)


def visits(engine: Engine, now: datetime) -> None:
    """MANY people on the web today, all but one helped by a fact; one in Telegram yesterday."""
    clock = Clock(now)
    conversations, people = Conversations(engine, clock=clock), People(engine, clock=clock)
    for number in range(MANY):
        clock.now = now
        person, language = f"web:{number}", "zh" if number < 6 else "en"
        talk(
            conversations,
            clock,
            person,
            "web",
            results(language, 3, industry=["energy"], city=["shenzhen"]),
            results(language, 3, industry=["energy"]) | {"offset": 5},  # a further page
            results(language, 0, industry=["finance"]),
            _answer("detail", language, kind="jobs"),
            _answer("answer", language, topic="fees", sources=[]),
            feedback(language, useful=number > 0, topic="fees"),
            _answer("fallback", language),
        )
        people.save(person=person, record_id="job-1")
        people.request_contact(person=person, record_id="job-00001", institution_id="inst-0001")
    clock.now = now - timedelta(days=1)
    lone = results("en", 0, country=["DE"])
    talk(conversations, clock, "telegram:1", "telegram", lone, seconds=2)
    people.open_ticket(person="telegram:1", text="Where is hall 3?\n<b>bold</b>")
