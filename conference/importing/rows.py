"""What every reader hands on: a file's records as named values, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from conference.query import Kind


@dataclass(frozen=True)
class Row:
    """One record as it stands in the file.

    `place` is its line (`12`) or sheet and row (`Jobs!12`) or number. `kind` is None where the
    headings must tell. `exact` rows name our own fields already: a calendar's, linked data's.
    """

    place: str
    values: dict[str, Any]
    kind: Kind | None = None
    exact: bool = False


class Reader(Protocol):
    """A file being read."""

    def rows(self) -> Iterator[Row]:
        """Its records; what is wrong with the file goes to the reader's problems."""
        ...

    def fraction(self) -> float:
        """How much of it was read, 0 to 1."""
        ...


class BrokenFileError(Exception):
    """The file cannot be read (on); `rule` says why, as in `rules.yml`."""

    def __init__(self, rule: str, *, place: str = "", hint: str = "") -> None:
        super().__init__(rule)
        self.rule = rule
        self.place = place
        self.hint = hint
