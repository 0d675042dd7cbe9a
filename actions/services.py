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
from conference.edition import Edition
from conference.lessons import Lessons
from conference.moments import utc_now
from conference.people import People
from conference.zones import keep_zone


@dataclass(frozen=True)
class Services:
    """One set serves a whole process."""

    catalogue: Catalogue
    people: People
    conversations: Conversations
    lessons: Lessons
    now: Callable[[], datetime]

    @property
    def edition(self) -> Edition:
        """The edition that is spoken for."""
        return self.catalogue.edition

    def told(self, kept: str) -> str:
        """A kept moment by the conference's clock, in ISO 8601.

        What is kept has the real time. Where the clock stands still for a demonstration, what was
        done a day ago was done the day before its day.
        """
        now = self.now()
        moment = datetime.fromisoformat(kept) + (now - utc_now())
        return moment.astimezone(now.tzinfo).isoformat(timespec="seconds")

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
    keep_zone(engine, settings.edition.zone)
    catalogue = open_catalogue(engine, edition=settings.edition)
    return Services(
        catalogue=catalogue,
        people=People(engine),
        conversations=Conversations(engine),
        lessons=Lessons(engine),
        now=clock_of(settings, sample=catalogue.is_sample()),
    )
