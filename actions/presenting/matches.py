"""What fits a person's profile, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.presenting.describing import industry_in_words, noun_of
from actions.presenting.feedback import to_be_judged
from actions.presenting.message import Message, lines, message, paragraphs
from actions.presenting.paging import Edge, Place
from actions.presenting.records import Institutions, item_of, number_buttons
from actions.presenting.wording import both, label, measure
from actions.texts import say
from conference.matching import Match
from conference.query import Frame


def present_matches(
    matches: Sequence[Match],
    total: int,
    frame: Frame,
    *,
    language: str,
    institutions: Institutions | None = None,
    edge: Edge | None = None,
) -> Message:
    """One page of the matches of a profile; `frame` holds what it asked for and the page."""
    owners = institutions or {}
    items: list[dict[str, Any]] = [
        {
            **item_of(each.record, owners.get(each.record.id), language),
            "reasons": [_reason(key, value, language) for key, value in each.reasons],
        }
        for each in matches
    ]
    place = Place(frame.kind, frame.offset, len(items), total)
    headline = (
        place.at_edge(edge, language)
        if edge and total
        else say(
            "matches.found" if total else "matches.none",
            language,
            count=total,
            things=noun_of(frame.kind, language, one=total == 1),
            measure=measure(frame.kind, language),
        )
    )
    return to_be_judged(
        message(
            paragraphs(
                headline,
                *(_entry(number, item, language) for number, item in enumerate(items, start=1)),
                place.position(language),
            ),
            type_="matches",
            language=language,
            buttons=[*number_buttons(items), *place.pagers(language)],
            kind=frame.kind.value,
            query=frame.query.to_json(),
            total=total,
            offset=frame.offset,
            items=items,
        )
    )


def _entry(number: int, item: dict[str, Any], language: str) -> str:
    why = say("list.semicolon", language).join(item["reasons"])
    return lines(
        f"{number}. {item['title']}",
        item["subtitle"],
        say("matches.why", language, reasons=why) if why else None,
    )


def _reason(key: str, value: Any, language: str) -> str:
    if key == "skills":
        words = both(value, language)
    elif key == "degree":
        words = say(f"describe.degree.{value}", language)
    elif key == "industry":
        words = industry_in_words(value, language)
    else:
        words = label(key, value, language) if isinstance(value, str) else ""
    return say(f"matches.reason.{key}", language, value=words)
