"""A search said in words: a noun phrase for any query, in any language.

Each criterion becomes a part ("in Shenzhen"). Which parts stand before the noun, near it and
after them, and in what order, is said by the language's own texts (`describe.order`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from actions.presenting.wording import either, inside, label, pay, phrase_day, title_of
from actions.texts import say, texts
from conference.models import Record
from conference.query import Frame, Kind, Query
from conference.ranking import is_sorted
from conference.vocabulary import vocabulary_in_use

Names = Mapping[str, str]
"""What to call the records that a query names, by id."""


def ids_in(query: Query) -> list[str]:
    """The ids of the records that a query names, for which `describe` wants names."""
    ids = [*query.institution, *((query.similar_to,) if query.similar_to else ())]
    return ids + (ids_in(query.excluded) if query.excluded else [])


def names_of(records: Iterable[Record], language: str) -> dict[str, str]:
    """What to call each record, by its id."""
    return {each.id: title_of(each, language).text for each in records}


def describe(
    frame: Frame,
    language: str,
    *,
    names: Names | None = None,
    one: bool = False,
    order: bool = True,
) -> str:
    """What is looked for, as a noun phrase: "jobs in energy in Shenzhen, highest salary first".

    `names` are those of the records that the query names (see `ids_in`), `one` puts the noun in
    the singular, `order` says in which order they come, if one was asked for.
    """
    kind, query = frame.kind, frame.query
    names = names or {}
    parts = _parts("part", kind, query, names, language)
    for name in _said_by_noun(kind, query, language):
        parts.pop(name, None)
    if query.excluded:
        unwanted = _parts("not", kind, query.excluded, names, language)
        parts["not"] = say("describe.comma", language).join(unwanted.values())
    noun = _noun(kind, query, language, one=one)
    for part in reversed(_chosen("before", parts, language)):
        noun = say("describe.before", language, part=part, noun=noun)
    near = say("describe.near", language).join(_chosen("near", parts, language))
    after = say("describe.comma", language).join(_chosen("after", parts, language))
    shape = {(True, True): "both", (True, False): "near", (False, True): "after"}
    which = shape.get((bool(near), bool(after)), "noun")
    phrase = say(f"describe.phrase.{which}", language, noun=noun, near=near, after=after)
    sort = order_of(frame, language) if order else None
    return say("describe.sorted", language, phrase=phrase, sort=sort) if sort else phrase


def order_of(frame: Frame, language: str) -> str | None:
    """The order that was asked for, if the kind has it."""
    sort = frame.query.sort
    return label("sort", sort, language) if sort and is_sorted(frame.kind, frame.query) else None


def noun_of(kind: Kind, language: str, *, one: bool = False) -> str:
    """The bare noun of a kind: jobs, 职位."""
    return say(f"describe.noun.{kind.value}", language, count=1 if one else 2)


def _chosen(group: str, parts: Mapping[str, str], language: str) -> list[str]:
    names = say(f"describe.order.{group}", language).split()
    return [parts[name] for name in names if parts.get(name)]


def _part(group: str, kind: Kind, name: str, value: str, language: str) -> str:
    """A kind may have wording of its own: programmes are "from Russia", jobs "in Russia"."""
    own = f"describe.{group}.{kind.value}.{name}"
    key = own if own in texts(language) else f"describe.{group}.{name}"
    return say(key, language, value=value)


def _noun(kind: Kind, query: Query, language: str, *, one: bool) -> str:
    types = {
        Kind.INSTITUTIONS: ("institution_type", query.institution_type),
        Kind.EVENTS: ("event_type", query.event_type),
    }
    key, codes = types.get(kind, ("", ()))
    if codes:
        return either([label(key, code, language, one=one) for code in codes], language)
    special = _special_noun(kind, query, language)
    return say(special or f"describe.noun.{kind.value}", language, count=1 if one else 2)


def _special_noun(kind: Kind, query: Query, language: str) -> str | None:
    """Some criteria are the noun itself: internships, not internship jobs."""
    code = query.employment if kind is Kind.JOBS else query.direction
    key = f"describe.noun.{code}"
    return key if code and key in texts(language) else None


def _said_by_noun(kind: Kind, query: Query, language: str) -> set[str]:
    """Parts that the noun says already."""
    said = {"direction", "event_type"}
    if kind is Kind.INSTITUTIONS:
        said.add("institution_type")
    if _special_noun(kind, query, language):
        said.add("employment")
    return said


def _parts(group: str, kind: Kind, query: Query, names: Names, language: str) -> dict[str, str]:
    """Each criterion as a phrase; `group` is `part`, or `not` for what was excluded."""
    values = _values(kind, query, names, language)
    for other in ("abroad", "link"):
        # the levels of place are alternatives: "in Hong Kong or Germany"
        alike = _part(group, kind, other, "", language) == _part(group, kind, "place", "", language)
        if alike and values.get(other):
            values["place"] += values.pop(other)
    if values["institution_type"] and values["employer_country"]:
        values["employer_country_of_type"] = values.pop("employer_country")
    parts = {
        name: _part(group, kind, name, either(value, language), language)
        for name, value in values.items()
        if value
    }
    for other in ("abroad", "link"):
        if group == "part" and "place" in parts and other in parts:
            parts[other] = either([parts.pop("place"), parts[other]], language)
    return parts


def _values(kind: Kind, query: Query, names: Names, language: str) -> dict[str, list[str]]:
    """Each criterion's values in words, by the name of its part."""
    abroad = [each for each in query.region if vocabulary_in_use().countries_of(each)]
    at_home = [each for each in query.region if each not in abroad]
    degree = say(f"describe.degree.{query.degree}", language) if query.degree else None
    one: dict[str, str | None] = {
        "text": query.text,
        "remote": label("remote", "remote", language) if query.remote else None,
        "employment": label("employment", query.employment, language) if query.employment else None,
        "direction": label("direction", query.direction, language) if query.direction else None,
        "salary": pay(query.salary_min, query.salary_max, language),
        "time": _time(query, language),
        "moment": _moment(query, language),
        "experience": _experience(query.experience_max, language),
        "degree": degree,
    }
    return {
        **{name: [value] if value else [] for name, value in one.items()},
        "similar": _named([query.similar_to], names, language) if query.similar_to else [],
        "industry": [industry_in_words(code, language) for code in query.industry],
        "institution": _named(query.institution, names, language),
        "institution_type": [
            label("institution_type", each, language) for each in query.institution_type
        ],
        "event_type": [label("event_type", each, language) for each in query.event_type],
        "employer_country": [
            place_name("country", each, language) for each in query.employer_country
        ],
        "place": [place_name("city", each, language) for each in query.city]
        + [place_name("region", each, language) for each in at_home],
        "link" if kind is Kind.EVENTS else "abroad": [
            place_name("country", each, language) for each in query.country
        ]
        + [place_name("region", each, language) for each in abroad],
    }


def industry_in_words(code: str, language: str) -> str:
    """An industry inside a sentence: "medicine and health", 医疗健康行业."""
    own = f"describe.industry.{code}"
    if own in texts(language):
        return say(own, language)
    return say("describe.industry.any", language, name=inside(label("industry", code, language)))


def _named(ids: Sequence[str], names: Names, language: str) -> list[str]:
    unknown = say("describe.unnamed", language)
    return [names.get(each, unknown) for each in ids]


def place_name(key: str, code: str, language: str) -> str:
    """A place inside a sentence: "the United States"."""
    name = label(key, code, language)
    with_article = code in say("describe.article_places", language).split()
    return say("describe.article", language, name=name) if with_article else name


def _experience(years: int | None, language: str) -> str | None:
    if years is None:
        return None
    return (
        say("describe.experience", language, count=years)
        if years
        else say("describe.no_experience", language)
    )


def _time(query: Query, language: str) -> str | None:
    period = query.period if query.period in ("morning", "afternoon", "evening") else None
    names = [
        *(["day"] if query.day else []),
        *(["until"] if query.until and query.until != query.day else []),
        *(["period"] if period else []),
    ]
    if not names:
        return None
    return say(
        f"describe.time.{'_'.join(names)}",
        language,
        day=phrase_day(query.day, language) if query.day else "",
        until=phrase_day(query.until, language) if query.until else "",
        period=label("period", period, language) if period else "",
    )


def _moment(query: Query, language: str) -> str | None:
    if query.period in ("now", "next"):
        return say(f"describe.moment.{query.period}", language)
    return None
