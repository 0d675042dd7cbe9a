"""The sample's institutions: invented Chinese ones, and those abroad from their lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from conference.models import Institution
from conference.sample.content import Content, Employer, Pair, Place, fill, headline
from conference.vocabulary import load_vocabulary

INSTITUTIONS = 4000
SMALL = (28, 45, 60, 85, 120, 180)  # staff
BIG = (240, 320, 460, 700, 1100, 1900)
STAGES = ("research", "prototype", "pilot", "market")


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ı": "i", "œ": "oe"})


def _ascii(word: str) -> str:
    """Its letters and digits, as an address can have them."""
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(each for each in plain if each.isascii() and each.isalnum())


@dataclass(frozen=True)
class Offer:
    """A cooperation programme before it has its number."""

    name: Pair
    text: Pair
    industry: str
    stage: str


@dataclass(frozen=True)
class Host:
    """An institution with the facts that its openings and offers refer to."""

    record: Institution
    kind: Employer
    place: Place
    short: Pair
    facts: dict[str, dict[str, Any]]  # by language: year, staff, does1, does2, ...
    programs: tuple[Offer, ...] = ()

    @property
    def abroad(self) -> bool:
        return self.place.country != "CN"


def make_institutions(content: Content, random: Random) -> list[Host]:
    """Russian ones first, then the other countries', then the Chinese."""
    hosts: list[Host] = []
    taken: set[str] = set()  # names of programmes
    for data in [*content.russia, *content.overseas]:
        hosts.append(_abroad(content, random, data, taken, number=len(hosts) + 1))
    kinds = list(content.employers.values())
    places = [place for place in content.places.values() if place.country == "CN"]
    names = {each.record.name_en for each in hosts}
    for brand in _brands(content, random, count=INSTITUTIONS - len(hosts)):
        host = None
        while host is None or host.record.name_en in names:
            kind = random.choices(kinds, [each.weight for each in kinds])[0]
            place = random.choices(places, [each.weight for each in places])[0]
            host = _chinese(content, random, brand, kind, place, number=len(hosts) + 1)
        names.add(host.record.name_en)
        hosts.append(host)
    return hosts


def _brands(content: Content, random: Random, *, count: int) -> Iterator[Pair]:
    """Two-character brands, no two alike in either language while that can be."""
    first = [Pair(each[1:], each[0]) for each in content.names["first"].split()]
    second = [Pair(each[1:], each[0]) for each in content.names["second"].split()]
    brands: dict[str, Pair] = {}
    # 煦洲 would be spelled like Xuzhou, and found by it
    cities = {each.labels["en"].lower() for each in load_vocabulary().cities.values()}
    for one in first:
        for two in second:
            if one.zh + two.zh not in content.names["not"] and one.en + two.en not in cities:
                brands.setdefault(one.en + two.en, Pair(one.en + two.en, one.zh + two.zh))
    chosen = list(brands.values())
    random.shuffle(chosen)
    # There are fewer spellings than institutions: the last ones share a brand with another
    # field and city, as namesakes do.
    yield from (chosen + chosen)[:count]


def _chinese(
    content: Content, random: Random, brand: Pair, kind: Employer, place: Place, *, number: int
) -> Host:
    field = random.choice(kind.names)
    form = Pair.parse(random.choice(content.names["forms"][kind.form]))
    title = brand.en.capitalize()
    names = Pair(
        form.en.format(B=title, F=field.en, C=place.name.en),
        form.zh.format(B=brand.zh, F=field.zh, C=place.name.zh),
    )
    if place.code in ("hong-kong", "macao"):
        names = Pair(names.en, names.zh.replace("市", "", 1))
    short = Pair(f"{title} {field.en}", brand.zh + field.zh)
    if kind.form == "institute":
        short = Pair(f"the {title} Institute", f"{brand.zh}{names.zh[-3:]}")
    # No initials: LIMA and YET would be found in what people say of other things.
    others = [short.zh, brand.zh, title]
    host = brand.en + str(number)
    return _host(
        content,
        random,
        names=names,
        short=short,
        others=others,
        kind=kind,
        place=place,
        host=host,
        number=number,
    )


def _abroad(
    content: Content,
    random: Random,
    data: dict[str, Any],
    taken: set[str],
    *,
    number: int,
) -> Host:
    names = Pair.parse(data["name"])
    kind = content.employers[data["kind"]]
    place = content.places[data["city"]]
    industry = data.get("industry", kind.industry)
    programs = tuple(_written(each, industry) for each in data.get("programs", ()))
    if not programs:
        programs = tuple(_of_topics(content, random, kind.code, industry, taken))
    others = [str(each) for each in data.get("alt", [])]
    acronym = [each for each in others if each.isascii()]
    short = Pair((acronym or [names.en])[0], names.zh)
    host = _ascii(names.en.split()[0].lower()) + str(number)
    return _host(
        content,
        random,
        names=names,
        short=short,
        others=others,
        kind=kind,
        place=place,
        host=host,
        number=number,
        institution_type=data.get("type"),
        industry=industry,
        programs=programs,
    )


def _written(data: dict[str, str], industry: str) -> Offer:
    return Offer(
        name=Pair.parse(data["name"]),
        text=Pair.parse(data["is"]),
        industry=data.get("industry", industry),
        stage=data["stage"],
    )


def _of_topics(
    content: Content, random: Random, employer: str, industry: str, taken: set[str]
) -> Iterator[Offer]:
    """Two to four programmes on what the institution deals in, under names not yet taken."""
    forms = content.texts["en"]["program_form"], content.texts["zh"]["program_form"]
    subjects = content.topics_of(employer, industry)
    if len(subjects) < 2:
        subjects = list(content.topics[industry])
    count = min(len(subjects), random.choice((2, 2, 2, 3, 3, 4)))
    for topic in random.sample(subjects, count):
        title = headline(topic.name.en)
        free = [
            each for each in range(len(forms[0])) if forms[0][each].format(T=title) not in taken
        ]
        form = random.choice(free)
        taken.add(forms[0][form].format(T=title))
        yield Offer(
            name=Pair(
                fill(forms[0][form], T=title),
                fill(forms[1][form], t=topic.name.zh),
            ),
            text=topic.text,
            industry=industry,
            stage=random.choice(STAGES),
        )


def _host(
    content: Content,
    random: Random,
    *,
    names: Pair,
    short: Pair,
    others: list[str],
    kind: Employer,
    place: Place,
    host: str,
    number: int,
    institution_type: str | None = None,
    industry: str | None = None,
    programs: tuple[Offer, ...] = (),
) -> Host:
    """The record and its facts; `host` is its path under example.org."""
    one, two = random.sample(kind.does, 2)
    verb = kind.verb
    if programs:
        verb = Pair("presents", "推出")
        one, two = (Pair(f"“{each.name.en}”", f"“{each.name.zh}”") for each in programs[:2])
    year = random.randint(1952, 1998) if kind.type in ("university", "institute") else 0
    common = {
        "year": year or random.randint(1994, 2018),
        "staff": random.choice(BIG if kind.form in ("hospital", "university") else SMALL + BIG),
        "share": random.randint(3, 9) * 5,
        "n": random.randint(3, 18),
    }
    facts: dict[str, dict[str, Any]] = {}
    texts = []
    tail = random.randrange(len(content.texts["en"]["tail"]))
    for index, language in enumerate(("en", "zh")):
        facts[language] = {
            **common,
            "short": short[index],
            "city": place.name[index],
            "hq": place.name[index],
            "verb": verb[index],
            "does1": one[index],
            "does2": two[index],
        }
        first = content.say(random, language, "institution", **facts[language])
        last = fill(content.texts[language]["tail"][tail], **facts[language])
        texts.append(f"{first}{' ' if language == 'en' else ''}{last}")
    record = Institution(
        id=f"inst-{number:04}",
        name_en=names.en,
        name_zh=names.zh,
        alternate_names=others,
        description_en=texts[0],
        description_zh=texts[1],
        type=institution_type or kind.type,
        industry=industry or kind.industry,
        country=place.country,
        city=place.code,
        url=f"https://example.org/{host}",
        contact_email=f"{host}@example.org",
        sample=True,
    )
    return Host(record, kind, place, short, facts, programs)
