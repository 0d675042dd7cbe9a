"""What a conversation remembers from turn to turn, and how it stands in the tracker's slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conference.query import Frame, Kind


@dataclass(frozen=True)
class Shown:
    """The list last shown: what sort it was and the ids of the records on its page, in order."""

    type: str  # results, matches, saved, agenda, contacts
    kind: Kind | None
    ids: tuple[str, ...]
    offset: int = 0
    profile: str | None = None  # the person's own words, for the next page of matches
    asked: Frame | None = None  # what the matches were asked with

    def to_json(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "kind": self.kind.value if self.kind else None,
            "ids": list(self.ids),
            "offset": self.offset,
            "profile": self.profile,
            "asked": self.asked.to_json() if self.asked else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Shown:
        return cls(
            type=data["type"],
            kind=Kind(data["kind"]) if data["kind"] else None,
            ids=tuple(data["ids"]),
            offset=data["offset"],
            profile=data["profile"],
            asked=Frame.from_json(data["asked"]) if data["asked"] else None,
        )


@dataclass(frozen=True)
class Conversation:
    """The search in hand, the list last shown, the record in hand and a confirmation that waits.

    `counted` says that the search was last counted, not listed, and `grouped` by which key.
    `pending` is `{"act": ...}` with what that act needs, `to_judge` what the answer just given is
    judged as, where it can be.
    """

    search: Frame | None = None
    shown: Shown | None = None
    record: str | None = None
    counted: bool = False
    grouped: str | None = None
    pending: dict[str, Any] | None = field(default=None)
    to_judge: dict[str, Any] | None = None

    @property
    def listed_ids(self) -> tuple[str, ...]:
        """The ids of the list last shown; none where none was, or an empty one."""
        return self.shown.ids if self.shown else ()

    def to_slots(self) -> dict[str, Any]:
        return {
            "search": self.search.to_json() if self.search else None,
            "shown": self.shown.to_json() if self.shown else None,
            "record": self.record,
            "counted": self.counted or None,
            "grouped": self.grouped,
            "pending": self.pending,
            "to_judge": self.to_judge,
        }

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Conversation:
        return cls(
            search=Frame.from_json(slots["search"]) if slots.get("search") else None,
            shown=Shown.from_json(slots["shown"]) if slots.get("shown") else None,
            record=slots.get("record"),
            counted=bool(slots.get("counted")),
            grouped=slots.get("grouped"),
            pending=slots.get("pending"),
            to_judge=slots.get("to_judge"),
        )
