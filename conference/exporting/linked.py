"""Records as schema.org linked data.

What schema.org has no word for, and what its words would not bring back exactly, stands beside as
`additionalProperty`: each node is read back, and whatever differs is added.
"""

from __future__ import annotations

from typing import Any

from conference.importing import linked as reading
from conference.query import Kind

_EMPLOYMENT = {
    "full-time": "FULL_TIME",
    "part-time": "PART_TIME",
    "internship": "INTERN",
    "contract": "CONTRACTOR",
}
_ORGANISATIONS = {
    "university": "CollegeOrUniversity",
    "institute": "ResearchOrganization",
    "enterprise": "Corporation",
}
_STATUS = {
    "scheduled": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}


def node(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """The node of a record that `flat` gave."""
    made = {name: each for name, each in _WRITERS[kind](values).items() if each not in (None, [])}
    read = next(reading.rows(made, "")).values
    extra = [
        {"@type": "PropertyValue", "propertyID": reading.OWN, "name": name, "value": value}
        for name, value in values.items()
        if (read.get(name) != value and (value not in (None, []) or name in read))
        or (name == "status" and value is None)  # else taken for scheduled
    ]
    return {**made, **({"additionalProperty": extra} if extra else {})}


def _job(values: dict[str, Any]) -> dict[str, Any]:
    least, most = values["salary_min"], values["salary_max"]
    pay = {"@type": "QuantitativeValue", "unitText": values["salary_unit"]}
    pay |= {} if least is None else {"minValue": least}
    pay |= {} if most is None else {"maxValue": most}
    offered = least is not None or most is not None
    years = values["experience"]
    return {
        **_common("JobPosting", values, "title"),
        "hiringOrganization": _owner(values),
        "jobLocation": {"@type": "Place", "address": address}
        if (address := _address(values))
        else None,
        "jobLocationType": "TELECOMMUTE" if values["remote"] else None,
        "employmentType": _EMPLOYMENT.get(values["employment"]),
        "occupationalCategory": values["occupation"],
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": values["salary_currency"],
            "value": pay,
        }
        if offered
        else None,
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": f"{values['degree']} degree",
        }
        if values["degree"]
        else None,
        "experienceRequirements": {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": years * 12,
        }
        if years is not None
        else None,
        "skills": [
            {"@language": tag, "@value": each}
            for tag, name in (("en", "skills_en"), ("zh-Hans", "skills_zh"))
            for each in values[name] or []
        ],
        "totalJobOpenings": values["openings"],
        "datePosted": values["date_posted"],
        "validThrough": values["valid_through"],
    }


def _institution(values: dict[str, Any]) -> dict[str, Any]:
    return {
        **_common(_ORGANISATIONS.get(values["type"], "Organization"), values, "name"),
        "alternateName": values["alternate_names"],
        "address": _address(values),
        "contactPoint": _contact(values),
    }


def _program(values: dict[str, Any]) -> dict[str, Any]:
    return {
        **_common("Project", values, "name"),
        "provider": _owner(values),
        "location": {"@type": "Place", "address": address}
        if (address := _address(values))
        else None,
        "creativeWorkStatus": values["stage"],
        "inLanguage": values["languages"],
        "contactPoint": _contact(values),
        "datePosted": values["date_posted"],
    }


def _intention(values: dict[str, Any]) -> dict[str, Any]:
    node = _common("Demand" if values["direction"] == "seek" else "Offer", values, "title")
    node["name"] = node.pop("title")
    return {
        **node,
        "offeredBy": _owner(values),
        "areaServed": {"@type": "Place", "address": address}
        if (address := _address(values))
        else None,
        "validFrom": values["date_posted"],
        "validThrough": values["valid_through"],
    }


def _event(values: dict[str, Any]) -> dict[str, Any]:
    address = _address(values)
    kind = "Place" if values["city"] else "VirtualLocation"
    room = _texts(values, "room")
    return {
        **_common("Event", values, "name"),
        "additionalType": values["type"],
        "startDate": values["starts_at"],
        "endDate": values["ends_at"],
        "eventStatus": _STATUS.get(values["status"]),
        "location": {"@type": kind, "name": room, **({"address": address} if address else {})},
        "organizer": _owner(values),
        "performer": [
            {
                "@type": "Person",
                "name": _tagged(each.get("name", {})),
                "jobTitle": _tagged(each.get("role", {})),
            }
            for each in values["speakers"] or []
        ],
        "inLanguage": values["languages"],
    }


_WRITERS = {
    Kind.JOBS: _job,
    Kind.INSTITUTIONS: _institution,
    Kind.PROGRAMS: _program,
    Kind.INTENTIONS: _intention,
    Kind.EVENTS: _event,
}


def _common(type_: str, values: dict[str, Any], title: str) -> dict[str, Any]:
    return {
        "@type": type_,
        "@id": values["id"],
        "identifier": values["id"],
        title: _texts(values, title),
        "description": _texts(values, "description"),
        "industry": values["industry"],
        "url": values.get("url"),
    }


def _texts(values: dict[str, Any], name: str) -> list[dict[str, str]]:
    return _tagged({tag: values[f"{name}_{tag}"] for tag in ("en", "zh")})


def _tagged(texts: dict[str, str | None]) -> list[dict[str, str]]:
    tags = {"en": "en", "zh": "zh-Hans"}
    return [{"@language": tags[tag], "@value": text} for tag, text in texts.items() if text]


def _owner(values: dict[str, Any]) -> dict[str, Any] | None:
    if not values["institution_id"]:
        return None
    names = _texts(values, "institution")
    return {"@type": "Organization", "@id": values["institution_id"], "name": names}


def _address(values: dict[str, Any]) -> dict[str, Any] | None:
    found = {"addressLocality": values["city"], "addressCountry": values["country"]}
    kept = {name: each for name, each in found.items() if each}
    return {"@type": "PostalAddress", **kept} if kept else None


def _contact(values: dict[str, Any]) -> dict[str, Any] | None:
    email = values["contact_email"]
    return {"@type": "ContactPoint", "email": email} if email else None
