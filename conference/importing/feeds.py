"""Feeds of job boards and the like, in XML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conference.importing.headings import kind_named
from conference.importing.rows import BrokenFileError, Row
from conference.importing.texts import check_size
from conference.query import Kind

_RECORDS = {"item", "entry", "record"}  # a feed's word for each


class FeedReader:
    """XML in which an element repeats, such as a job board's feed: each is a record."""

    def __init__(self, path: Path, *, hint: Kind | None = None) -> None:
        self._path = path
        self._hint = hint

    def fraction(self) -> float:
        return 1.0

    def rows(self) -> Iterator[Row]:
        from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - the error's name only

        from defusedxml import DefusedXmlException  # noqa: PLC0415
        from defusedxml.ElementTree import parse  # noqa: PLC0415

        check_size(self._path)
        try:
            root = parse(str(self._path)).getroot()
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise BrokenFileError("broken_file", hint=str(error)) from error
        groups = Counter(
            (parent, each.tag) for parent in root.iter() for each in parent if len(each)
        )
        if not groups:
            raise BrokenFileError("unknown_format")
        parent, tag = max(groups, key=lambda each: (groups[each], _is_record(_local(each[1]))))
        kind = self._hint or kind_named(_local(tag))
        for number, record in enumerate((each for each in parent if each.tag == tag), start=1):
            yield Row(str(number), dict(_values(record)), kind)


def _is_record(tag: str) -> bool:
    return tag in _RECORDS or kind_named(tag) is not None


def _values(element: Any, before: str = "") -> Iterator[tuple[str, str | None]]:
    for each in reversed(element):  # of several of one name the first stays
        if len(each):
            yield from _values(each, f"{before}{_local(each.tag)}.")
        else:
            yield f"{before}{_local(each.tag)}", each.text


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
