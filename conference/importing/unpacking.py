"""A program of its own: reads a workbook that only native code can read, and prints it.

A damaged workbook can make that code ask for all memory or end its process: here, this one alone.
The first line is a list of the sheets: title, whether it is hidden, cells merged downwards (first
row, last row, column). Then come each sheet's rows, a line each, and a null after the last.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

LOCKED, UNREADABLE = 3, 4
"""What it ends with, beside 0."""

_MOST_MEMORY = 2 << 30  # bytes; 100,000 rows take some 300 MB
_MOST_COLUMNS = 1_001


def main(path: str) -> int:
    """Print the workbook; returns the status to end with."""
    import python_calamine as calamine  # noqa: PLC0415 - before the limit is set

    _limit_memory()
    try:
        with open(path, "rb") as file:
            book = calamine.CalamineWorkbook.from_filelike(file)
            shown = [
                each
                for each in book.sheets_metadata
                if each.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            sheets = [book.get_sheet_by_name(each.name) for each in shown]
            about = [
                {
                    "title": each.name,
                    "hidden": each.visible != calamine.SheetVisibleEnum.Visible,
                    "merged": [
                        (first[0] + 1, last[0] + 1, first[1])
                        for first, last in sheet.merged_cell_ranges or ()
                        if last[0] > first[0]
                    ],
                    "height": sheet.total_height,
                }
                for each, sheet in zip(shown, sheets, strict=True)
            ]
            _print(about)
            for sheet in sheets:
                for cells in sheet.iter_rows():
                    _print([_plain(each) for each in cells[:_MOST_COLUMNS]])
                _print(None)
    except calamine.PasswordError:
        return LOCKED
    except calamine.CalamineError:
        return UNREADABLE
    return 0


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        pass


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else value if value != "" else None


def _print(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
