"""A stored record under the field names that the importer knows."""

from __future__ import annotations

from typing import Any

from conference.query import Kind

_RENAMED = {
    Kind.JOBS: {
        "experience_years": "experience",
        "salary_amount_min": "salary_min",
        "salary_amount_max": "salary_max",
        "salary_min": "salary_cny_min",
        "salary_max": "salary_cny_max",
    }
}
_LEFT_OUT = {"spread"}  # reckoned by the store


def flat(
    kind: Kind, row: dict[str, Any], owners: dict[str, tuple[str | None, str | None]]
) -> dict[str, Any]:
    """The record's values by field; beside its institution's id stand that one's names."""
    renamed = _RENAMED.get(kind, {})
    values: dict[str, Any] = {}
    for column, value in row.items():
        if column in _LEFT_OUT:
            continue
        values[renamed.get(column, column)] = value
        if column == "institution_id":
            names = owners.get(value or "", (None, None))
            values["institution_en"], values["institution_zh"] = names
    return values
