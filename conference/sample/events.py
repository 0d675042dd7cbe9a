"""The sample's events: fixed ones, service hours, and what institutions put on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

from conference.models import Event
from conference.sample.content import Content, Pair, fill, headline
from conference.sample.institutions import Host
from conference.sample.persons import Persons

OFFSET = timezone(timedelta(hours=8))
DAYS = range(7, 13)
SLOTS = (  # start, minutes; the last ends at 21:30
    ("08:30", 60),
    ("09:30", 75),
    ("10:00", 60),
    ("11:00", 60),
    ("14:00", 75),
    ("14:30", 90),
    ("15:30", 60),
    ("16:30", 75),
    ("18:30", 60),
    ("19:30", 60),
    ("20:00", 90),
)
ORGANIZERS = ("agency", "association")
STATUS_CHANGES = {40: "postponed", 75: "cancelled", 110: "postponed"}  # by place in the programme


@dataclass(frozen=True)
class Draft:
    """An event before it has its number."""

    starts: datetime
    ends: datetime
    type: str
    zone: str
    name: Pair
    text: Pair
    room: Pair
    host: Host
    speakers: list[Host] = field(default_factory=list)
    industry: str | None = None
    country: str | None = None
    city: str | None = None


def make_events(content: Content, random: Random, hosts: list[Host]) -> Iterator[Event]:
    """All events in order of their start; numbers follow it."""
    russian = [each for each in hosts if each.place.country == "RU"]
    chinese = [each for each in hosts if not each.abroad]
    groups = {
        "russia": russian,
        "abroad": [each for each in hosts if each.abroad and each.place.country != "RU"],
        "home": [each for each in chinese if each.facts["en"]["staff"] >= 240],
        "agency": [each for each in chinese if each.record.type in ORGANIZERS],
        "russian agency": [each for each in russian if each.record.type in ORGANIZERS],
    }
    drafts = [_fixed(random, groups, each) for each in content.events["fixed"]]
    slots = _slots(random)
    for text in content.events["services"]:
        draft = _service(random, groups, next(slots), text)
        while any(_clash(draft, each) for each in drafts):
            draft = _service(random, groups, next(slots), text)
        drafts.append(draft)
    for pattern in content.events["patterns"]:
        for host in random.sample(groups[pattern["from"]], pattern["count"]):
            while True:  # until there is a room that is free
                number, times = random.randint(1, 6), next(slots)
                if pattern["zone"] == "guest-of-honour" and times[0].day == 7:
                    continue  # the guest's week opens on the 8th
                draft = _filled(content, random, host, times, pattern, number=number)
                if all(not _clash(draft, each) for each in drafts):
                    break
            drafts.append(draft)
    drafts.sort(key=lambda each: (each.starts, each.name.en))
    persons = Persons(content)
    for number, draft in enumerate(drafts, start=1):
        yield _event(random, draft, persons, number=number)


def _slots(random: Random) -> Iterator[tuple[datetime, datetime]]:
    """Times that keep clear of the opening and the closing, spread over all days."""
    while True:
        free = [
            (day, clock, minutes)
            for day in DAYS
            for clock, minutes in SLOTS
            if not (day == 7 and clock < "11:00") and not (day == 12 and clock > "18:00")
        ]
        random.shuffle(free)
        for day, clock, minutes in free:
            yield _times(f"{day} {clock}", minutes)


def _clash(one: Draft, two: Draft) -> bool:
    """The same event twice, or two in one room at one time."""
    overlap = one.starts < two.ends and two.starts < one.ends
    return one.name.en == two.name.en or (overlap and one.room.en == two.room.en)


def _times(at: str, minutes: int) -> tuple[datetime, datetime]:
    day, clock = at.split()
    hour, minute = clock.split(":")
    starts = datetime(2020, 9, int(day), int(hour), int(minute), tzinfo=OFFSET)
    return starts, starts + timedelta(minutes=minutes)


def _fixed(random: Random, groups: dict[str, list[Host]], data: dict[str, Any]) -> Draft:
    """Chinese and, where it is the guest's, Russian speakers, `of` the type that is named."""
    russian = data.get("russian", False)
    wanted = (data["of"],) if "of" in data else ("university", "institute", "enterprise")
    speakers = []
    for group in ("russia", "home") if russian else ("home",):
        fitting = [each for each in groups[group] if each.record.type in wanted]
        speakers += random.sample(fitting, 2)
    return Draft(
        *_times(data["at"], data["minutes"]),
        type=data["type"],
        zone=data["zone"],
        name=Pair.parse(data["name"]),
        text=Pair.parse(data["is"]),
        room=Pair.parse(data["room"]),
        host=random.choice(groups["russian agency" if russian else "agency"]),
        speakers=speakers,
        country=data.get("country"),
        city=data.get("city"),
    )


def _service(
    random: Random, groups: dict[str, list[Host]], times: tuple[datetime, datetime], text: str
) -> Draft:
    en, zh, text_en, text_zh = text.split("|")
    host = random.choice(groups["agency"])
    number = random.randint(1, 3)
    return Draft(
        *times,
        type="talk",
        zone="services",
        name=Pair(en, zh),
        text=Pair(text_en, text_zh),
        room=Pair(f"Service Desk {number}", f"服务台{number}号间"),
        host=host,
        speakers=[host],
    )


def _filled(
    content: Content,
    random: Random,
    host: Host,
    times: tuple[datetime, datetime],
    pattern: dict[str, Any],
    *,
    number: int,
) -> Draft:
    """An event of an institution on one of its programmes, or on what it deals in."""
    industry = host.record.industry or "science"
    if host.programs:
        offer = random.choice(host.programs)
        industry, name, text = offer.industry, offer.name, offer.text
    else:
        topic = random.choice(content.topics_of(host.kind.code, industry))
        name, text = Pair(headline(topic.name.en), topic.name.zh), topic.text
    form = random.randrange(len(pattern["names"]))
    templates = (
        Pair.parse(pattern["names"][form]),
        Pair.parse(pattern["texts"][form % len(pattern["texts"])]),
        Pair.parse(pattern["room"]),
    )
    filled: list[list[str]] = []
    for index, language in enumerate(("en", "zh")):
        values = {
            "t": name[index],
            "T": name[index],
            "C": host.place.name[index],
            "I": content.events["industries"][industry][index],
            "short": host.facts[language]["short"],
            "org": (host.record.name_en, host.record.name_zh)[index],
            "topic": text[index],
            "n": number,
            "h": "ABCDEF"[number - 1],
        }
        # "Co., Ltd." at the end of a sentence has its stop already
        filled.append([fill(each[index], **values).replace("..", ".") for each in templates])
    names, texts, rooms = zip(*filled, strict=True)
    return Draft(
        *times,
        type=pattern["type"],
        zone=pattern["zone"],
        name=Pair(*names),
        text=Pair(*texts),
        room=Pair(*rooms),
        host=host,
        speakers=[host],
        industry=industry,
        country=host.place.country if host.abroad else None,
        city=host.place.code if pattern["type"] == "fair" else None,
    )


def _event(random: Random, draft: Draft, persons: Persons, *, number: int) -> Event:
    spoken = ["zh-Hans", "en"]
    if draft.host.place.country == "RU":
        spoken = random.choice((["ru", "zh-Hans"], ["ru", "en", "zh-Hans"]))
    elif draft.host.abroad:
        spoken = random.choice((["en"], ["en", "zh-Hans"]))
    elif draft.type in ("fair", "talk"):
        spoken = random.choice((["zh-Hans"], ["zh-Hans", "en"]))
    return Event(
        id=f"event-{number:04}",
        name_en=draft.name.en,
        name_zh=draft.name.zh,
        description_en=draft.text.en,
        description_zh=draft.text.zh,
        type=draft.type,
        industry=draft.industry,
        starts_at=draft.starts.isoformat(),
        ends_at=draft.ends.isoformat(),
        zone=draft.zone,
        room_en=draft.room.en,
        room_zh=draft.room.zh,
        country=draft.country,
        city=draft.city,
        institution_id=draft.host.record.id,
        speakers=persons.speak(draft.speakers, random),
        languages=spoken,
        status=STATUS_CHANGES.get(number, "scheduled") if draft.industry else "scheduled",
        url=f"https://example.org/events/{number:04}",
        sample=True,
    )
