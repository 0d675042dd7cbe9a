"""schema.org linked data (JSON-LD): JobPosting, Organization, Event, Project, Demand and Offer.

Fields of ours that schema.org has no word for stand in `additionalProperty`, with `ciep` as
their `propertyID`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conference.importing.rows import Row
from conference.query import Kind

OWN = "ciep"
"""The `propertyID` of our own fields."""

_KINDS = {
    "JobPosting": Kind.JOBS,
    "Project": Kind.PROGRAMS,
    "ResearchProject": Kind.PROGRAMS,
    "Demand": Kind.INTENTIONS,
    "Offer": Kind.INTENTIONS,
}
_ORGANISATIONS = (
    "Organization", "CollegeOrUniversity", "EducationalOrganization", "Corporation", "School",
    "GovernmentOrganization", "ResearchOrganization", "NGO", "LocalBusiness", "EmploymentAgency",
)  # fmt: skip
_GENERAL = {"Organization", "ResearchProject", "Project"}
_PARTS = ("@graph", "itemListElement", "dataFeedElement")


def is_linked(value: dict[str, Any]) -> bool:
    """Whether an object is linked data."""
    return "@type" in value or "@context" in value or "@graph" in value


def holds_records(value: dict[str, Any]) -> bool:
    """Whether a page's linked data is of our kinds, and not of the page itself."""
    listed = [each for part in _PARTS for each in _list(value.get(part)) if isinstance(each, dict)]
    if any(map(holds_records, listed)):
        return True
    item = value.get("item")
    return _kind(_type(value)) not in (None, Kind.INSTITUTIONS) or (
        isinstance(item, dict) and holds_records(item)
    )


def rows(value: dict[str, Any], place: str) -> Iterator[Row]:
    """The records in a node: itself, or those that it lists."""
    listed = [each for part in _PARTS for each in _list(value.get(part))]
    if listed:
        for each in listed:
            if isinstance(each, dict):
                yield from rows(each, place)
        return
    if isinstance(value.get("item"), dict) and _type(value) in ("ListItem", "DataFeedItem"):
        yield from rows(value["item"], place)
        return
    kind = _kind(_type(value))
    if kind is None:
        yield Row(place, value, None)
        return
    fields = {key: each for key, each in _READERS[kind](value).items() if each is not None}
    for each in _list(value.get("additionalProperty")):
        if isinstance(each, dict) and each.get("propertyID") == OWN:
            fields[str(each.get("name"))] = each.get("value")
    yield Row(place, fields, kind, exact=True)


def _kind(name: str) -> Kind | None:
    if name in _KINDS:
        return _KINDS[name]
    if name in _ORGANISATIONS:
        return Kind.INSTITUTIONS
    return Kind.EVENTS if name.endswith("Event") or name == "Festival" else None


def _job(node: dict[str, Any]) -> dict[str, Any]:
    pay = _first(node.get("baseSalary"))
    amount = _first(pay.get("value")) if isinstance(pay, dict) else None
    fields = {
        **_common(node, "title"),
        **_owner(node.get("hiringOrganization")),
        **_place(node.get("jobLocation")),
        "occupation": _word(node.get("occupationalCategory")),
        "employment": _word(node.get("employmentType")),
        "degree": _word(node.get("educationRequirements"), "credentialCategory"),
        "experience": _experience(node.get("experienceRequirements")),
        "openings": _word(node.get("totalJobOpenings")),
        "date_posted": _word(node.get("datePosted")),
        "valid_through": _word(node.get("validThrough")),
    }
    fields |= _texts(node.get("skills"), "skills", several=True)
    if node.get("jobLocationType"):
        fields["remote"] = "TELECOMMUTE" in str(node["jobLocationType"]).upper()
    if fields.get("city") is None and fields.get("country") is None:
        wanted = _first(node.get("applicantLocationRequirements"))
        fields["country"] = _word(wanted)
    if isinstance(pay, dict):
        fields["salary_currency"] = pay.get("currency") or pay.get("currencyCode")
        if isinstance(amount, dict):
            one = amount.get("value")
            fields["salary_min"] = _or(amount.get("minValue"), one)
            fields["salary_max"] = _or(amount.get("maxValue"), one)
            fields["salary_unit"] = amount.get("unitText") or amount.get("unitCode")
        else:
            fields["salary_min"] = _or(pay.get("minValue"), amount)
            fields["salary_max"] = _or(pay.get("maxValue"), amount)
            fields["salary_unit"] = pay.get("unitText")
    elif pay is not None:
        fields["salary"] = str(pay)
        fields["salary_currency"] = node.get("salaryCurrency")
    return fields


def _organisation(node: dict[str, Any]) -> dict[str, Any]:
    name = _type(node)
    contact = _first(node.get("contactPoint"))
    return {
        **_common(node, "name"),
        **_place(node.get("address") or node.get("location")),
        "alternate_names": _list(node.get("alternateName")) or None,
        "type": None if name in _GENERAL else name,
        "contact_email": _word(contact, "email") or _word(node.get("email")),
    }


def _project(node: dict[str, Any]) -> dict[str, Any]:
    owner = node.get("provider") or node.get("parentOrganization") or node.get("sponsor")
    return {
        **_common(node, "name"),
        **_owner(owner),
        **_place(node.get("location") or node.get("address")),
        "stage": _word(node.get("creativeWorkStatus")),
        "languages": _list(node.get("knowsLanguage") or node.get("inLanguage")) or None,
        "contact_email": _word(_first(node.get("contactPoint")), "email")
        or _word(node.get("email")),
        "date_posted": _word(node.get("datePosted") or node.get("foundingDate")),
    }


def _intention(node: dict[str, Any]) -> dict[str, Any]:
    owner = node.get("seller") or node.get("seeks") or node.get("buyer") or node.get("offeredBy")
    return {
        **_common(node, "title", read="name"),
        **_owner(owner),
        **_place(node.get("areaServed")),
        "direction": "seek" if _type(node) == "Demand" else "offer",
        "date_posted": _word(node.get("validFrom")),
        "valid_through": _word(node.get("validThrough")),
    }


def _event(node: dict[str, Any]) -> dict[str, Any]:
    where = _first(node.get("location"))
    virtual = isinstance(where, dict) and _type(where) == "VirtualLocation"
    kind = _type(node).removesuffix("Event")
    return {
        **_common(node, "name"),
        **_owner(node.get("organizer")),
        **({} if virtual else _place(where)),
        **(_texts(where.get("name"), "room") if isinstance(where, dict) else {"room": where}),
        "type": _word(node.get("additionalType")) or kind or None,
        "starts_at": _word(node.get("startDate")),
        "ends_at": _word(node.get("endDate")),
        "duration": _word(node.get("duration")),
        "speakers": _list(node.get("performer") or node.get("speaker")) or None,
        "languages": _list(node.get("inLanguage")) or None,
        "status": _word(node.get("eventStatus")),
    }


_READERS = {
    Kind.JOBS: _job,
    Kind.INSTITUTIONS: _organisation,
    Kind.PROGRAMS: _project,
    Kind.INTENTIONS: _intention,
    Kind.EVENTS: _event,
}


def _common(node: dict[str, Any], title: str, *, read: str | None = None) -> dict[str, Any]:
    identifier = _first(node.get("identifier"))
    given = identifier.get("value") if isinstance(identifier, dict) else identifier
    return {
        "id": given or node.get("@id") or node.get("url"),
        **_texts(node.get(read or title), title),
        **_texts(node.get("description"), "description"),
        "industry": _word(node.get("industry") or node.get("knowsAbout") or node.get("about")),
        "url": _word(node.get("url")),
    }


def _owner(value: Any) -> dict[str, Any]:
    node = _first(value)
    if isinstance(node, dict):
        own = node.get("@id")
        known = {"institution_id": own} if str(own).startswith("inst-") else {}
        return {**_texts(node.get("name") or node.get("legalName"), "institution"), **known}
    return {"institution": node}


def _place(value: Any) -> dict[str, Any]:
    node = _first(value)
    if not isinstance(node, dict):
        return {"city": node}
    address = _first(node.get("address", node))
    if not isinstance(address, dict):
        return {"city": address}
    town = address.get("addressLocality") or address.get("addressRegion")
    region = address.get("addressRegion")
    return {
        "city": _word(town),
        "country": _word(address.get("addressCountry")),
        "province": None if region == town else _word(region),
    }


def _texts(value: Any, name: str, *, several: bool = False) -> dict[str, Any]:
    """A text in one or two languages: plain, or as values with their `@language`."""
    found: dict[str, Any] = {}
    for each in _list(value):
        language = each.get("@language") if isinstance(each, dict) else None
        key = name if not language else f"{name}_{'zh' if str(language).startswith('zh') else 'en'}"
        text = each.get("@value", each.get("name")) if isinstance(each, dict) else each
        if several:
            found.setdefault(key, []).append(text)
        else:
            found.setdefault(key, text)
    if several and len(found.get(name, [])) == 1:
        found[name] = found[name][0]  # "Python, SQL" as one text
    return found


def _experience(value: Any) -> Any:
    node = _first(value)
    if isinstance(node, dict) and node.get("monthsOfExperience") is not None:
        return f"{node['monthsOfExperience']} months"
    return _word(node)


def _word(value: Any, name: str = "name") -> Any:
    node = _first(value)
    if isinstance(node, dict):
        node = node.get(name, node.get("@value", node.get("name", node.get("@id"))))
    return node.rpartition("schema.org/")[2] if isinstance(node, str) else node


def _type(node: dict[str, Any]) -> str:
    return str(_word(_first(node.get("@type"))) or "")


def _first(value: Any) -> Any:
    return (value[0] if value else None) if isinstance(value, list) else value


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _or(value: Any, other: Any) -> Any:
    return other if value is None else value
