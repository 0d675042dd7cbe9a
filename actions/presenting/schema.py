"""A whole record as data, under schema.org's names, its texts in the answer's language."""

from __future__ import annotations

from typing import Any

from actions.presenting.wording import Shown, label, text_in, text_of, title_of
from conference.languages import preferred
from conference.models import Event, Institution, Intention, Job, Program, Record

_CODED = {  # the item's key: the vocabulary's
    "industry": "industry",
    "employmentType": "employment",
    "educationRequirements": "degree",
    "country": "country",
    "city": "city",
    "stage": "stage",
    "direction": "direction",
    "zone": "zone",
    "status": "status",
    "eventType": "event_type",
}

_OWNER = {
    Job: "hiringOrganization",
    Program: "provider",
    Intention: "institution",
    Event: "organizer",
}


def whole_item(record: Record, institution: Institution | None, language: str) -> dict[str, Any]:
    """The record as the contract's `item`.

    Codes stay codes, their names are in `labels`. `untranslated` names the texts that are in
    another language than the answer. What is not known is null.
    """
    texts = _texts(record, language)
    item: dict[str, Any] = {"id": record.id}
    item |= {name: shown.text or None for name, shown in texts.items()}
    other = [name for name, shown in texts.items() if shown.other]
    if isinstance(record, Job):
        item["skills"], foreign = skills_of(record, language)
        other += ["skills"] if foreign else []
    if owner_key := _OWNER.get(type(record)):
        name = title_of(institution, language) if institution else Shown("")
        item[owner_key] = {"id": institution.id, "name": name.text} if institution else None
        other += [owner_key] if name.other else []
        item["contact"] = contact_of(record, institution)
    item |= _rest(record, language)
    item["labels"] = {
        key: label(code, item[key], language, one=True)
        for key, code in _CODED.items()
        if item.get(key)
    }
    if isinstance(record, Institution) and record.type:
        item["labels"]["type"] = label("institution_type", record.type, language, one=True)
    item["sample"] = bool(record.sample)
    if other:
        item["untranslated"] = other
    return item


def contact_of(record: Record, institution: Institution | None) -> str | None:
    """The address to write to about a record: its own, or else its institution's."""
    if isinstance(record, Program | Institution) and record.contact_email:
        return record.contact_email
    return institution.contact_email if institution else None


def skills_of(job: Job, language: str) -> tuple[list[str], str | None]:
    """An opening's skills, and their language when it is not the one asked for."""
    for each in preferred(language):
        if skills := getattr(job, f"skills_{each}"):
            return list(skills), None if each == language else each
    return [], None


def _texts(record: Record, language: str) -> dict[str, Shown]:
    name = "title" if isinstance(record, Job | Intention) else "name"
    texts = {
        name: title_of(record, language),
        "description": text_of(record, "description", language),
    }
    if isinstance(record, Event):
        texts["location"] = text_of(record, "room", language)
    return texts


def _rest(record: Record, language: str) -> dict[str, Any]:
    if isinstance(record, Job):
        return _job(record, language)
    if isinstance(record, Program):
        return {
            "country": record.country,
            "city": record.city,
            "industry": record.industry,
            "stage": record.stage,
            "language": list(record.languages or ()),
            "datePosted": record.date_posted,
            "url": record.url,
        }
    if isinstance(record, Intention):
        return {
            "direction": record.direction,
            "industry": record.industry,
            "country": record.country,
            "city": record.city,
            "datePosted": record.date_posted,
            "validThrough": record.valid_through,
        }
    if isinstance(record, Event):
        return _event(record, language)
    return {
        "alternateName": list(record.alternate_names or ()),
        "type": record.type,
        "industry": record.industry,
        "country": record.country,
        "city": record.city,
        "contactPoint": {"email": record.contact_email} if record.contact_email else None,
        "url": record.url,
    }


def _job(job: Job, language: str) -> dict[str, Any]:
    return {
        "jobLocation": {
            "city": label("city", job.city, language) if job.city else None,
            "country": label("country", job.country, language) if job.country else None,
            "cityCode": job.city,
            "countryCode": job.country,
        },
        "remote": bool(job.remote),
        "employmentType": job.employment,
        "industry": job.industry,
        "occupationalCategory": job.occupation,
        "baseSalary": _salary(job),
        "educationRequirements": job.degree,
        "experienceRequirements": job.experience_years,
        "totalJobOpenings": job.openings,
        "datePosted": job.date_posted,
        "validThrough": job.valid_through,
        "url": job.url,
    }


def _salary(job: Job) -> dict[str, Any] | None:
    """As it was offered, or in CNY a month when only that is known."""
    low, high, currency, unit = offered(job)
    if low is None and high is None:
        return None
    return {"min": low, "max": high, "currency": currency, "unit": unit}


def offered(job: Job) -> tuple[float | None, float | None, str, str]:
    """An opening's salary as it was offered: its two ends, the currency and the unit."""
    if job.salary_amount_min is None and job.salary_amount_max is None:
        return job.salary_min, job.salary_max, "CNY", "MONTH"
    currency, unit = job.salary_currency or "CNY", job.salary_unit or "MONTH"
    return job.salary_amount_min, job.salary_amount_max, currency, unit


def _event(event: Event, language: str) -> dict[str, Any]:
    return {
        "eventType": event.type,
        "startDate": event.starts_at,
        "endDate": event.ends_at,
        "zone": event.zone,
        "country": event.country,
        "city": event.city,
        "speakers": [
            {key: text_in(each.get(key) or {}, language).text or None for key in ("name", "role")}
            for each in event.speakers or ()
        ],
        "industry": event.industry,
        "language": list(event.languages or ()),
        "status": event.status,
        "url": event.url,
    }
