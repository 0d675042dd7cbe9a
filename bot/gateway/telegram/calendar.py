"""An event as a calendar file (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

_STATUS = {"postponed": "TENTATIVE", "cancelled": "CANCELLED"}
_SPECIAL = re.compile(r"([\\,;])")


def calendar_file(event: Mapping[str, Any], *, edition: str, now: datetime) -> dict[str, str]:
    """`{"filename", "text"}` of an event of the contract; its times in UTC.

    `edition` keeps its id apart from those of other editions' events: `ciep-18`.
    """
    begins = event["startDate"]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CIEP Assistant//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event['id']}@{edition}",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(datetime.fromisoformat(begins))}",
        f"DTEND:{_moment(datetime.fromisoformat(event.get('endDate') or begins))}",
        f"SUMMARY:{_text(event.get('name') or event['id'])}",
        *_given("DESCRIPTION", event.get("description")),
        *_given("LOCATION", event.get("location")),
        *([f"URL:{event['url']}"] if event.get("url") else []),
        f"STATUS:{_STATUS.get(event.get('status') or '', 'CONFIRMED')}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    text = "".join(f"{_folded(line)}\r\n" for line in lines)
    return {"filename": f"{event['id']}.ics", "text": text}


def _given(name: str, value: str | None) -> list[str]:
    return [f"{name}:{_text(value)}"] if value else []


def _moment(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", value).replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, the next ones indented; no character is cut in two."""
    rows, row = [], b""
    for char in line:
        encoded = char.encode()
        if len(row) + len(encoded) > 75:
            rows.append(row)
            row = b" "
        row += encoded
    return b"\r\n".join([*rows, row]).decode()
