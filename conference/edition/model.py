"""What an edition of the conference is, as values that never change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from conference.edition.facts import Fact

Texts = Mapping[str, str]
"""A text by language; one of them may be missing."""


@dataclass(frozen=True)
class Zone:
    """A part of the conference. `about` and `ask`, a question to try, are for the page."""

    code: str
    name: Texts
    about: Texts
    ask: Texts


@dataclass(frozen=True)
class Figure:
    """A figure on the page: what is counted, and how many ("more than 3,000")."""

    name: Texts
    value: Texts


@dataclass(frozen=True)
class Contact:
    """Where the organisers can be reached, as far as it is known."""

    unit: Texts
    email: str | None = None
    phone: str | None = None
    url: str | None = None

    @property
    def reachable(self) -> bool:
        return bool(self.email or self.phone or self.url)


@dataclass(frozen=True)
class Hours:
    """When staff answer: ISO weekdays (1 is Monday), by the conference's clock."""

    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True)
class Edition:
    """One edition, in the organisers' words.

    `zone` is the time zone of everything; `country` is the guest of honour's, `city` the host's.
    `links` are addresses by topic. `sample_now` is set only where the invented sample belongs: the
    moment at which it stands.
    """

    folder: Path
    name: Texts
    short: str
    number: str
    first_day: date
    last_day: date
    zone: ZoneInfo
    city: str | None
    regions: tuple[str, ...]
    country: str | None
    when: Texts
    theme: Texts
    zones: tuple[Zone, ...]
    figures: tuple[Figure, ...]
    figures_note: Texts
    links: Mapping[str, str]
    contact: Contact
    hours: tuple[Hours, ...]
    facts: Mapping[str, Fact]
    sample_now: datetime | None = None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.first_day, self.last_day

    @property
    def slug(self) -> str:
        """The edition in letters, digits and hyphens: `ciep-18`."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.short}-{self.number}".lower()).strip("-")
