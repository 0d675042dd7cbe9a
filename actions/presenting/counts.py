"""How many, and how they are spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.presenting.describing import Names, describe
from actions.presenting.feedback import to_be_judged
from actions.presenting.message import Button, Message, message, paragraphs, titled
from actions.presenting.wording import capital, day, label, measure
from actions.texts import say
from conference.query import Frame

SHOWN = 10
"""Buckets that are said."""

KEPT = 50
"""Buckets that are in `custom`, with their names; there may be thousands of institutions."""


def present_count(
    frame: Frame,
    total: int,
    *,
    language: str,
    by: str | None = None,
    buckets: Sequence[tuple[str, int]] = (),
    names: Names | None = None,
) -> Message:
    """How many match `frame`; grouped by a query key, most first, when `by` is given.

    `names` are those of the institutions in the query and, by institution, in the buckets; every
    bucket's name is in `labels`.
    """
    things = describe(frame, language, names=names, one=total == 1, order=False)
    headline = say(
        "count.total" if total else "count.none",
        language,
        count=total,
        things=things,
        measure=measure(frame.kind, language),
    )
    grouped: dict[str, Any] = {}
    breakdown = None
    if by is not None:
        kept = buckets[:KEPT]
        labels = {code: _name(by, code, language, names or {}) for code, _ in kept}
        grouped = {
            "by": by,
            "buckets": [{"code": code, "count": number} for code, number in kept],
            "labels": labels,
        }
        breakdown = _breakdown(by, buckets, language, labels=labels)
    return to_be_judged(
        message(
            paragraphs(headline, breakdown),
            type_="count",
            language=language,
            buttons=_buttons(total, language),
            kind=frame.kind.value,
            query=frame.query.to_json(),
            total=total,
            **grouped,
        )
    )


def _breakdown(
    by: str, buckets: Sequence[tuple[str, int]], language: str, *, labels: Mapping[str, str]
) -> str | None:
    if not buckets:
        return None
    rows = [
        say("count.bucket", language, name=labels[code], count=number)
        for code, number in buckets[:SHOWN]
    ]
    left = len(buckets) - SHOWN
    if left > 0:
        rows.append(say("count.left", language, count=left))
    return "\n".join([say("count.by", language, key=label("key", by, language)), *rows])


def _name(by: str, code: str, language: str, names: Names) -> str:
    if by == "day":
        return day(code, language)
    return names.get(code) or capital(label(by, code, language))


def _buttons(total: int, language: str) -> list[Button]:
    if not total:
        return [titled(say("button.start_over", language), "start_over")]
    return [titled(say("button.list_them", language), "refine")]
