"""The mapping kept in a file: shown, changed by hand, and used again.

kind: jobs
columns:
  职位名称: title
  备注: null            # not used
values:
  industry:
    消费生活: culture    # a code of ours, or null for none
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from conference.errors import ConferenceError
from conference.importing.headings import Mapping, Wishes
from conference.query import Kind


class MappingError(ConferenceError):
    """The mapping cannot be understood."""


def read_wishes(path: Path) -> Wishes:
    """The wishes in a mapping file; raises MappingError."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        if not isinstance(data, dict):
            raise ValueError("it needs lines such as `columns:`")
        kind = data.get("kind")
        if kind and kind not in {each.value for each in Kind}:
            kinds = ", ".join(each.value for each in Kind)
            raise ValueError(f"kind is {kind!r} and must be one of {kinds}")
        columns: dict[str, Any] = data.get("columns") or {}
        values: dict[str, Any] = data.get("values") or {}
        return Wishes(
            Kind(kind) if kind else None,
            {str(heading): name for heading, name in columns.items()},
            {
                str(name): {str(text): code for text, code in entries.items()}
                for name, entries in values.items()
            },
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, ValueError) as error:
        reason = (str(error).splitlines() or ["?"])[0]
        raise MappingError(f"{path} is not a mapping of columns: {reason}") from error


def with_column(wishes: Wishes, text: str) -> Wishes:
    """The wishes and one more, written `HEADING=FIELD` or `HEADING=` for "not used"."""
    heading, separator, name = text.rpartition("=")
    if not separator or not heading:
        raise MappingError(f"{text!r} is neither a file nor HEADING=FIELD")
    columns = {**wishes.columns, heading.strip(): name.strip() or None}
    return Wishes(wishes.kind, columns, wishes.values)


def write_mapping(path: Path, mappings: Sequence[Mapping], wishes: Wishes) -> None:
    """Write down how the columns were understood, to be changed and used again."""
    columns: dict[str, str | None] = {}
    for mapping in mappings:
        for heading in mapping.headings:
            columns.setdefault(heading, mapping.fields.get(heading))
    data: dict[str, Any] = {"columns": columns}
    if len({each.kind for each in mappings}) == 1:
        data = {"kind": mappings[0].kind.value, **data}
    if wishes.values:
        data["values"] = wishes.values
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
