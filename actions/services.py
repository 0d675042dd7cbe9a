"""What the acts work with: the catalogue, people's lists and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bot.settings import clock_of, read_settings
from conference.catalogue import Catalogue, open_catalogue
from conference.conversations import Conversations
from conference.database import migrate, open_database
from conference.lessons import Lessons
from conference.people import People


@dataclass(frozen=True)
class Services:
    """One set serves a whole process."""

    catalogue: Catalogue
    people: People
    conversations: Conversations
    lessons: Lessons
    now: Callable[[], datetime]

    @property
    def sample(self) -> bool:
        """Whether the catalogue is the invented sample."""
        return self.catalogue.is_sample()


@cache
def open_services() -> Services:
    """Services as the environment's settings say, opened when the first act needs them."""
    settings = read_settings()
    engine = open_database(settings.database_url)
    migrate(engine)
    catalogue = open_catalogue(engine)
    return Services(
        catalogue=catalogue,
        people=People(engine),
        conversations=Conversations(engine),
        lessons=Lessons(engine),
        now=clock_of(settings, sample=catalogue.is_sample()),
    )
