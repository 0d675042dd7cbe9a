"""Moments as tables keep them: ISO 8601 in UTC with microseconds, in order of time as of text."""

from __future__ import annotations

from datetime import datetime, timezone


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(timezone.utc)


def iso_utc(moment: datetime) -> str:
    """A moment of any zone as it is kept."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")
