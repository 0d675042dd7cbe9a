"""What points at a record: its place in the list shown ("number 3", 第三个) or its id."""

from __future__ import annotations

import re
from typing import Any

from bot.brain.nlu.amounts import chinese_number
from conference.record_ids import ids_in

_POSITIONS = [
    re.compile(r"(?:\b(?:number|no\.?|nr\.?|num|item|option|#)\s*|#)(\d{1,2})\b"),
    re.compile(
        r"第\s*(\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:[个条项场份家]|款|位|所|则|"
        r"笔)?"
    ),
    re.compile(r"(?<![\d.])(\d{1,2})\s*(?:号(?:职位|项目|岗位|那个)|(?:st|nd|rd|th)\b)"),
    # 三号: of the list, as no day of a conference that begins on the 7th
    re.compile(r"(?<![月\d])([1-6]|[一二两三四五六])号(?![线楼馆厅门])"),
    re.compile(r"^\s*(?:the\s+)?(\d{1,2})\s*[.。!?]?\s*$"),
    re.compile(
        r"\b(?:save|open|show|bookmark|contact|remove|add|pick|choose|see|view|details?|"
        r"about)\s+(?:me\s+)?(\d{1,2})\b(?!\s*(?:k|w|万|more|jobs|results))"
    ),
]  # fmt: skip
_FROM_THE_END = re.compile(r"倒数第([一二两三])")


def find_references(text: str) -> list[dict[str, Any]]:
    """`record` entities with the id, `ordinal` ones with the place (1: the first, -1: the last)."""
    found: list[dict[str, Any]] = [record_entity(match) for match in ids_in(text, sure=True)]
    for match in _FROM_THE_END.finditer(text):
        place = -int(chinese_number(match[1]))
        return [
            *found,
            {"entity": "ordinal", "value": str(place), "start": match.start(), "end": match.end()},
        ]
    for pattern in _POSITIONS:
        for match in pattern.finditer(text):
            place = int(match[1]) if match[1].isdigit() else int(chinese_number(match[1]))
            overlaps = any(
                match.start() < each["end"] and each["start"] < match.end() for each in found
            )
            if 1 <= place <= 50 and not overlaps:
                found.append(
                    {
                        "entity": "ordinal",
                        "value": str(place),
                        "start": match.start(),
                        "end": match.end(),
                    }
                )
    return found


def record_entity(match: re.Match[str]) -> dict[str, Any]:
    """The entity of an id that stands in a text."""
    return {"entity": "record", "value": match[0], "start": match.start(), "end": match.end()}
