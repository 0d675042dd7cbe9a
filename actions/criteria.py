"""Entities to search criteria: the codes, numbers and dates that a message's words ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from actions.dates import Days, resolve_days
from conference.money import to_monthly_cny
from conference.query import Query
from conference.text import FIRST_PERSON, simplify

Entity = dict[str, Any]

_LISTS = ("industry", "city", "region", "country", "institution", "institution_type", "event_type")
_A_YEARLY_FIGURE = 100_000
"""CNY: nobody is offered this much a month without a unit being named; it is meant by the year."""

_MOST = 10**9
"""CNY a month: whatever is said above it is no more than this, which every database can hold."""


def criteria(entities: Sequence[Entity], *, text: str, now: datetime, days: Days) -> Query:
    """What the entities of a message ask for together; those of one key are alternatives.

    A country that an employer is from is an `employer_country`, whatever is looked for.
    """
    lists: dict[str, Any] = {}
    for entity in entities:
        if entity["entity"] in _LISTS:
            key = entity["entity"]
            if key == "country" and entity.get("group") == "employer":
                key = "employer_country"
            values = lists.setdefault(key, [])
            if entity["value"] not in values:
                values.append(entity["value"])
    day, until = resolve_days(
        [(str(each["value"]), each.get("role") == "until") for each in _of(entities, "day")],
        now=now,
        days=days,
    )
    degrees = [each["value"] for each in _of(entities, "degree")]
    years = [int(each["value"]) for each in _of(entities, "experience_max")]
    salary_min, salary_max = _salary(_of(entities, "salary"))
    alternatives: dict[str, Any] = {key: tuple(values) for key, values in lists.items()}
    return Query(
        **alternatives,
        degree=degrees[-1] if degrees else None,
        employment=_first(entities, "employment"),
        remote=True if _of(entities, "remote") else None,
        experience_max=min(years) if years else None,
        salary_min=salary_min,
        salary_max=salary_max,
        day=day,
        until=until,
        period=_period(entities),
        direction=_direction(entities, text),
        sort=_first(entities, "sort"),
        text=_text(entities),
    )


def _of(entities: Iterable[Entity], name: str) -> list[Entity]:
    return [each for each in entities if each["entity"] == name]


def _first(entities: Sequence[Entity], name: str) -> str | None:
    return next((str(each["value"]) for each in _of(entities, name)), None)


def _salary(salaries: Sequence[Entity]) -> tuple[int | None, int | None]:
    least, most = None, None
    for entity in salaries:
        said = entity["value"]
        unit = said["unit"]
        ends = [said["min"], said["max"]]
        if not said["unit_said"] and any(
            end is not None and to_monthly_cny(end, said["currency"], "MONTH") >= _A_YEARLY_FIGURE
            for end in ends
        ):
            unit = "YEAR"
        low, high = (
            None if end is None else min(to_monthly_cny(end, said["currency"], unit), _MOST)
            for end in ends
        )
        least = low if low is not None else least
        most = high if high is not None else most
    return least, most


def _period(entities: Sequence[Entity]) -> str | None:
    """A part of the day rather than "now": "what's on now in the evening" asks for the evening."""
    periods = [each["value"] for each in _of(entities, "period")]
    parts = [each for each in periods if each not in ("now", "next")]
    return next((str(each) for each in (*parts, *periods)), None)


def _direction(entities: Sequence[Entity], text: str) -> str | None:
    """The record's side: whoever needs a thing is shown who offers it, and the other way round."""
    cues = {each["value"] for each in _of(entities, "cue")}
    if "first_person" in cues and not _of_intentions(entities):
        return "offer"
    if "first_person_offer" in cues:
        return "seek"
    for entity in _of(entities, "direction"):
        before = _CLAUSE_END.split(text[: entity["start"]])[-1]
        clause = _SAYING.sub("", _SOMEBODY.split(before)[-1])
        phrase = text[entity["start"] : entity["end"]].lower()
        wishes = not before.strip() and phrase.startswith(("想", "希望", "急需"))
        if not FIRST_PERSON.search(clause.lower()) and not wishes:
            return str(entity["value"])
        if not re.search("look|search", phrase):  # "we are looking for": said of any search
            return "offer" if entity["value"] == "seek" else "seek"
    return None


_CLAUSE_END = re.compile(r"[,，。.;；!?！？]")
_SOMEBODY = re.compile(
    r"\b(?:who|which|any(?:one|body)|some(?:one|body)|companies|institut(?:ion|e)s|universities"
    r"|organi[sz]ations|firms|enterprises)\b|谁|哪[些家个]|有没有|有人",
    re.IGNORECASE,
)
"""What follows is said of others: "we develop X and want to know who needs it"."""
_SAYING = re.compile(
    r"\b(?:i|we) (?:mean|meant|said|asked for|want(?:ed)? (?:to see )?the|wish to see)\b"
    r"|我(?:要看|想看|是说|说的是|指的是|的意思|要的是)",
    re.IGNORECASE,
)
"""Of whom the speaker speaks, not what they need: "I meant the offers"."""


def _of_intentions(entities: Sequence[Entity]) -> bool:
    """ "I want cooperation intentions in education": they are looked at, and not needed."""
    after = max(each["end"] for each in _of(entities, "cue") if each["value"] == "first_person")
    wanted = [
        each
        for each in entities
        if each["start"] >= after and each["entity"] in ("kind", "subject", "industry")
    ]
    return bool(wanted) and wanted[0]["value"] == "intentions"


def _text(entities: Sequence[Entity]) -> str | None:
    words = [simplify(str(each["value"])).strip() for each in _of(entities, "subject")]
    distinct = list(dict.fromkeys(word for word in words if word))
    return " ".join(distinct) or None
