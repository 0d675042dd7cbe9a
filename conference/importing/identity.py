"""Which record a row is: by its own id, by its names, by whose it is and where."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from conference.importing.codes import folded
from conference.importing.ids import given_id, made_id
from conference.importing.records import Draft
from conference.importing.storing import Storing
from conference.query import Kind


class Seen(Enum):
    """Whether a record stood in the file before, and then whether in the same words."""

    NEVER = auto()
    ALIKE = auto()
    OTHERWISE = auto()


class Identities:
    """The ids of a file's records, and which of its rows only repeat an earlier one."""

    def __init__(self, storing: Storing, *, source: str) -> None:
        self._storing = storing
        self._source = source
        self._contents: dict[str, int] = {}  # by id: a hash of what its row says
        self._alike: dict[str, list[int]] = {}  # further rows of its name, owner and city

    @property
    def ids(self) -> set[str]:
        """Those of all records so far."""
        return set(self._contents)

    def take(self, draft: Draft) -> tuple[str, Seen]:
        """A draft's id, and whether an earlier row has it; remembered where none has.

        Raises ValueError for an id of its own that says that it is of another kind.
        """
        said = sorted(draft.columns.items(), key=lambda each: each[0])
        content = hash(repr((said, draft.owner)))
        record_id, repeated = self._id(draft, content)
        if repeated:
            return record_id, Seen.ALIKE
        if record_id in self._contents:
            return record_id, Seen.OTHERWISE
        self._contents[record_id] = content
        return record_id, Seen.NEVER

    def _id(self, draft: Draft, content: int) -> tuple[str, bool]:
        """A draft's id, and whether its row only repeats an earlier one."""
        source, columns = self._source, draft.columns
        if draft.id is not None:
            record_id = given_id(draft.kind, draft.id, source=source)
            return record_id, self._contents.get(record_id) == content
        if draft.kind is Kind.INSTITUTIONS:
            known = self._storing.named(
                [each for each in (columns.get("name_en"), columns.get("name_zh")) if each]
            )
            record_id = known or made_id(draft.kind, (_name(columns),), source=source)
            return record_id, self._contents.get(record_id) == content
        owner = draft.owner.names if draft.owner else {}
        key = (
            _name(columns),
            folded(
                owner.get("zh") or owner.get("en") or (draft.owner.id if draft.owner else "") or ""
            ),
            str(columns.get("starts_at") or columns.get("city") or ""),
        )
        first = made_id(draft.kind, key, source=source)
        if first not in self._contents:
            return first, False
        more = self._alike.setdefault(first, [])
        if content == self._contents[first] or content in more:
            return first, True
        more.append(content)
        return made_id(draft.kind, (*key, str(len(more) + 1)), source=source), False


def _name(columns: dict[str, Any]) -> str:
    names = (columns.get(f"{name}_{one}") for name in ("title", "name") for one in ("zh", "en"))
    return next((each for each in names if each), "")
