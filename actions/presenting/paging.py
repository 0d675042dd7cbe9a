"""Where a page stands in its list: "6–8 of 812", its ends, and the buttons that turn it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from actions.presenting.message import Button, button
from actions.presenting.wording import measure
from actions.texts import say
from conference.query import Kind

Edge = Literal["start", "end"]
"""The person asked for a page before the first or after the last, and stays on this."""


@dataclass(frozen=True)
class Place:
    """`shown` records of a kind, from `offset` on, of `total`."""

    kind: Kind
    offset: int
    shown: int
    total: int

    def position(self, language: str) -> str | None:
        """Which of the list's records these are; None if they are none or all."""
        if not self.shown or self.shown == self.total:
            return None
        return say(
            "results.position",
            language,
            first=self.offset + 1,
            last=self.offset + self.shown,
            count=self.total,
            measure=measure(self.kind, language),
        )

    def at_edge(self, edge: Edge, language: str) -> str:
        """That there is no further page that way."""
        return say(
            f"results.{edge}", language, count=self.total, measure=measure(self.kind, language)
        )

    def pagers(self, language: str) -> list[Button]:
        """What turns the page, where there is one that way."""
        more = self.shown and self.offset + self.shown < self.total
        before = self.total and self.offset
        return [
            *([button("next_page", language)] if more else []),
            *([button("previous_page", language)] if before else []),
        ]
