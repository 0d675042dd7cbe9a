"""Turns over a small catalogue, made by hand: what an act gets, without a model before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions.act import Act, Answer, Turn
from actions.conversation import Conversation, Shown
from actions.reading import Reading
from actions.services import Services
from conference.catalogue import open_catalogue
from conference.conversations import Conversations
from conference.database import migrate, open_database
from conference.lessons import Lessons
from conference.models import Record
from conference.people import People
from conference.query import Frame, Kind, Query
from tests.conference.data import RECORDS

NOW = datetime.fromisoformat("2020-09-08T10:00:00+08:00")


def reading(intent: str, **values: Any) -> Reading:
    """A reading that says nothing but what is given."""
    empty: dict[str, Any] = {
        "text": "",
        "kind": None,
        "named": values.get("kind") is not None,
        "implied": None,
        "wanted": Query(),
        "excluded": Query(),
        "removed": Query(),
    }
    return Reading(intent=intent, **{**empty, **values})


def listing(*ids: str, kind: Kind = Kind.JOBS, type: str = "results") -> Conversation:  # noqa: A002
    """A conversation in which a list was shown."""
    search = Frame(kind) if type == "results" else None
    return Conversation(search=search, shown=Shown(type, kind, ids))


@dataclass
class Talk:
    """A person's turns; each goes on from what the one before it left."""

    services: Services
    person: str
    language: str = "en"
    conversation: Conversation = field(default_factory=Conversation)
    message: dict[str, Any] = field(default_factory=dict)
    script: str | None = None

    def take(self, act: Act, intent: str, **values: Any) -> dict[str, Any]:
        """The `custom` of an act's answer to a reading."""
        answer = self._answer(act, intent, **values)
        assert answer.message is not None
        self.message = answer.message
        custom: dict[str, Any] = answer.message["custom"]
        assert custom["language"] == self.language
        assert answer.message["text"]
        return custom

    def silent(self, act: Act, intent: str, **values: Any) -> bool:
        """Whether an act has no answer to a reading."""
        return self._answer(act, intent, **values).message is None

    def _answer(self, act: Act, intent: str, **values: Any) -> Answer:
        before = self.conversation
        turn = Turn(
            reading=reading(intent, **values),
            conversation=replace(before, pending=None),
            pending=before.pending,
            services=self.services,
            language=self.language,
            person=self.person,
            script=self.script,
            said_in=self.person,
        )
        answer: Answer = act.answer(turn)
        self.conversation = answer.conversation
        return answer


def ids(items: Sequence[dict[str, Any]]) -> list[str]:
    return [str(each["id"]) for each in items]


@pytest.fixture(scope="session")
def small_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services over the small catalogue; persons keep their tests apart."""
    with services_after(tmp_path_factory.mktemp("acts"), RECORDS) as services:
        yield services


@contextmanager
def services_after(folder: Path, *loads: Sequence[Record]) -> Iterator[Services]:
    """Services over a database of its own, after these loads."""
    engine = open_database(f"sqlite:///{folder / 'ciep.db'}")
    migrate(engine)
    catalogue = open_catalogue(engine)
    for records in loads:
        catalogue.load(records)
    yield Services(
        catalogue=catalogue,
        people=People(engine),
        conversations=Conversations(engine),
        lessons=Lessons(engine),
        now=lambda: NOW,
    )
    engine.dispose()


@pytest.fixture(params=["en", "zh"])
def talk(request: pytest.FixtureRequest, small_services: Services) -> Talk:
    """A new person who speaks English, and one who speaks Chinese."""
    return Talk(small_services, person=request.node.nodeid, language=request.param)


@pytest.fixture
def from_slots() -> Callable[[Conversation], Conversation]:
    """A conversation after it has been through the tracker's slots."""
    return lambda conversation: Conversation.from_slots(conversation.to_slots())
