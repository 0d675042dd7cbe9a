"""What a record says of itself, attribute by attribute, in words."""

from __future__ import annotations

import re
from datetime import tzinfo

from actions.presenting.records import place_of, room_of, speakers_of
from actions.presenting.schema import contact_of, offered, skills_of
from actions.presenting.wording import (
    Shown,
    both,
    dotted,
    full_day,
    inside,
    label,
    label_alone,
    pay,
    pay_of,
    span,
    text_of,
    title_of,
)
from actions.texts import say, texts
from conference.models import Event, Institution, Intention, Job, Program, Record

_HAN = re.compile(r"[\u4e00-\u9fff]")

ATTRIBUTES = (
    "time",
    "place",
    "salary",
    "remote",
    "degree",
    "experience",
    "skills",
    "employment",
    "openings",
    "deadline",
    "url",
    "contact",
    "language",
    "stage",
    "speakers",
    "description",
    "industry",
    "posted",
)


def facts_of(
    record: Record, institution: Institution | None, language: str, *, zone: tzinfo
) -> dict[str, str]:
    """Every attribute that the record tells, in the order in which it is shown.

    Times are by the clock of `zone`, the conference's.
    """
    found: dict[str, str | None] = {}
    if isinstance(record, Event):
        found |= _of_event(record, language, zone)
    if institution is not None and not isinstance(record, Institution):
        found["institution"] = title_of(institution, language).marked(language)
    if isinstance(record, Job):
        found |= _of_job(record, language)
    elif isinstance(record, Institution):
        found["type"] = label_alone("institution_type", record.type, language)
        found["alternate"] = _other_names(record, language)
    if not isinstance(record, Event):
        found["place"] = place_of(record, language)
    found["industry"] = label_alone("industry", record.industry, language)
    if isinstance(record, Program):
        found["stage"] = label_alone("stage", record.stage, language)
    if isinstance(record, Intention):
        found["direction"] = label_alone("direction", record.direction, language)
    if isinstance(record, Program | Event):
        # what is spoken has no script: zh-Hans is Chinese
        spoken = dict.fromkeys(each.partition("-")[0] for each in record.languages or ())
        found["language"] = both([label("language", each, language) for each in spoken], language)
    found["contact"] = contact_of(record, institution)
    found["posted"] = _day(getattr(record, "date_posted", None), language)
    found["deadline"] = _day(getattr(record, "valid_through", None), language)
    found["url"] = getattr(record, "url", None)
    found["description"] = text_of(record, "description", language).marked(language)
    return {name: value for name, value in found.items() if value}


def sentence_for(
    attribute: str, record: Record, facts: dict[str, str], language: str
) -> str | None:
    """One sentence that answers a question about one attribute, or says that it is not told.

    None where the text itself is the answer (`description`).
    """
    key = f"detail.sentence.{attribute}"
    if attribute == "remote":
        return _remote(record, language)
    if attribute == "degree" and isinstance(record, Job):
        if not record.degree:
            return say(f"{key}_none", language)
        own = f"{key}_{record.degree}"
        degree = say(f"describe.degree.{record.degree}", language)
        return say(own if own in texts(language) else key, language, value=degree)
    if attribute == "experience" and isinstance(record, Job):
        years = record.experience_years
        if years is None:
            return say("detail.unknown.experience", language)
        return say(key if years else f"{key}_none", language, count=years)
    if attribute == "openings" and isinstance(record, Job):
        return say(key, language, count=record.openings)
    if attribute == "place" and isinstance(record, Event):
        return _where(record, language)
    if attribute not in facts:
        return say(f"detail.unknown.{attribute}", language)
    if attribute == "description":
        return None
    status = getattr(record, "status", None)
    own = f"{key}_{status}" if attribute == "time" else f"{key}_{type(record).__name__.lower()}"
    value = facts[attribute]
    if attribute in ("industry", "stage", "employment"):
        value = inside(value)
    return say(own if own in texts(language) else key, language, value=value)


def _where(event: Event, language: str) -> str:
    room = room_of(event, language).marked(language)
    held = "held_online" if event.city is None else "held_in"
    key = f"detail.sentence.{held}{'_room' if room else ''}"
    return say(key, language, place=place_of(event, language), room=room)


def _of_job(job: Job, language: str) -> dict[str, str | None]:
    years = job.experience_years
    experience = say("detail.experience", language, count=years) if years else None
    if years == 0:
        experience = say("detail.no_experience", language)
    degree = label_alone("degree", job.degree, language)
    return {
        "place": place_of(job, language),
        "remote": say("detail.remote_yes", language) if job.remote else None,
        "salary": _salary(job, language),
        "employment": label_alone("employment", job.employment, language),
        "degree": degree or say("detail.no_degree", language),
        "experience": experience,
        "skills": _skills(job, language),
        "openings": f"{job.openings:,}",
    }


def _salary(job: Job, language: str) -> str:
    """As it was offered; in CNY a month too, to compare."""
    low, high, currency, unit = offered(job)
    text = pay(low, high, language, currency=currency, unit=unit)
    compared = pay_of(job, language)
    if not text or not compared or (currency, unit) == ("CNY", "MONTH"):
        return text or compared
    return say("money.about", language, offered=text, compared=compared)


def _skills(job: Job, language: str) -> str:
    skills, other = skills_of(job, language)
    return Shown(say("list.comma", language).join(skills), other).marked(language)


def _of_event(event: Event, language: str, zone: tzinfo) -> dict[str, str | None]:
    place = say("detail.online", language) if event.city is None else place_of(event, language)
    speakers = say("list.comma", language).join(speakers_of(event, language))
    status = event.status if event.status != "scheduled" else None
    return {
        "status": label_alone("status", status, language),
        "time": span(event.starts_at, event.ends_at, language, zone=zone)
        if event.starts_at
        else None,
        "place": dotted([place, room_of(event, language).marked(language)]),
        "zone": label_alone("zone", event.zone, language),
        "type": label_alone("event_type", event.type, language),
        "speakers": speakers,
    }


def _other_names(institution: Institution, language: str) -> str:
    """The names beside the one shown; Chinese ones only to those who are shown a Chinese name."""
    chinese = bool(_HAN.search(title_of(institution, language).text))
    names = [each for each in institution.alternate_names or () if chinese or not _HAN.search(each)]
    return say("list.comma", language).join(names)


def _remote(record: Record, language: str) -> str:
    if isinstance(record, Job):
        return say(f"detail.sentence.remote_{'yes' if record.remote else 'no'}", language)
    if isinstance(record, Event):
        if record.city is None:
            return say("detail.sentence.online", language)
        return say("detail.sentence.on_site", language, city=label("city", record.city, language))
    return say("detail.unknown.remote", language)


def _day(iso: str | None, language: str) -> str | None:
    return full_day(iso, language) if iso else None
