"""Which reader a file needs, found out from what is in it and not from its name."""

from __future__ import annotations

import json
import re
from datetime import date, tzinfo
from pathlib import Path

from conference.importing.calendars import CalendarReader
from conference.importing.delimited import DelimitedReader
from conference.importing.feeds import FeedReader
from conference.importing.headings import Wishes, kind_named
from conference.importing.jsons import JsonLinesReader, JsonReader
from conference.importing.markup import PageReader
from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError, Reader
from conference.importing.schedules import ScheduleJsonReader, ScheduleXmlReader
from conference.importing.texts import encoding_of
from conference.importing.workbook import OtherBookReader, open_archive

_HEAD = 65_536
_RARE = 50  # texts have fewer than one control character in so many bytes
_FEW = 10  # that a text may have however short it is
_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_PAGE = re.compile(r"<(?:!doctype html|html|head|meta|body|table|div)\b|office:spreadsheet", re.I)
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"SQLite format",
)


def open_reader(
    path: Path, problems: Problems, *, wishes: Wishes, zone: tzinfo, days: tuple[date, date]
) -> Reader:
    """The reader for a file; raises BrokenFileError for one that none can read."""
    if not path.is_file():  # a pipe, which cannot be read twice
        raise BrokenFileError("no_file")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BrokenFileError("empty_file")
    hint = wishes.kind or kind_named(path.stem)
    if head.startswith(b"PK"):
        return open_archive(path, problems, wishes=wishes, hint=hint)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return OtherBookReader(path, problems, wishes=wishes, hint=hint)
    if head.startswith(_PACKED):
        raise BrokenFileError("packed")
    if head.startswith(_BINARY):
        raise BrokenFileError("unknown_format")
    encoding = encoding_of(path) or "utf-8"
    signs = sum(each < 9 or 13 < each < 32 for each in head)
    if not encoding.startswith("utf-16") and signs > max(len(head) / _RARE, _FEW):
        raise BrokenFileError("unknown_format")
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if text[:15].upper() == "BEGIN:VCALENDAR":
        return CalendarReader(path, problems, zone=zone, days=days)
    if text.startswith("<"):
        if re.search(r"<schedule[\s>]", text):
            return ScheduleXmlReader(path, problems, zone=zone)
        if _PAGE.search(text):
            return PageReader(path, problems, wishes=wishes, hint=hint)
        return FeedReader(path, hint=hint)
    if text[:13].lower() == "mime-version:":
        return PageReader(path, problems, wishes=wishes, hint=hint)
    if text.startswith(("{", "[")):
        if re.match(r'\{\s*("\$schema"|"generator"|"schedule")', text) and '"days"' in text:
            return ScheduleJsonReader(path, problems, zone=zone)
        first = text.split("\n", 1)
        if text.startswith("{") and _is_whole(first[0]) and len(first) > 1 and first[1].strip():
            return JsonLinesReader(path, problems, hint=hint)
        if (
            text.startswith("{")
            and first[0].strip() != "{"
            and path.suffix.lower() in (".jsonl", ".ndjson")
        ):
            return JsonLinesReader(path, problems, hint=hint)
        return JsonReader(path, hint=hint)
    return DelimitedReader(path, problems, wishes=wishes, hint=hint)


def _is_whole(line: str) -> bool:
    """Whether a line is a JSON document of its own."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
