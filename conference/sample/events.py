"""The sample's events: fixed ones, service hours, and what institutions put on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

from conference.models import Event
from conference.sample.content import INDUSTRIES, Content, Pair, Topic
from conference.sample.institutions import Host

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
    groups = {
        "russia": [each for each in hosts if each.place.country == "RU"],
        "abroad": [each for each in hosts if each.place.country not in ("CN", "RU")],
        "home": [each for each in hosts if not each.abroad and each.facts["en"]["staff"] >= 240],
        "agency": [
            each
            for each in hosts
            if not each.abroad and each.record.type in ("agency", "association")
        ],
    }
    drafts = [_fixed(random, groups, each) for each in content.events["fixed"]]
    slots = _slots(random)
    for text in content.events["services"]:
        drafts.append(_service(random, groups, next(slots), text))
    for pattern in content.events["patterns"]:
        for _ in range(pattern["count"]):
            drafts.append(_filled(content, random, groups, next(slots), pattern))
    drafts.sort(key=lambda each: (each.starts, each.name.en))
    for number, draft in enumerate(drafts, start=1):
        yield _event(content, random, draft, number=number)


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


def _times(at: str, minutes: int) -> tuple[datetime, datetime]:
    day, clock = at.split()
    hour, minute = clock.split(":")
    starts = datetime(2020, 9, int(day), int(hour), int(minute), tzinfo=OFFSET)
    return starts, starts + timedelta(minutes=minutes)


def _fixed(random: Random, groups: dict[str, list[Host]], data: dict[str, Any]) -> Draft:
    host = random.choice(groups["russia" if data.get("russian") else "agency"])
    russian = random.sample(groups["russia"], 2) if data.get("russian") else []
    return Draft(
        *_times(data["at"], data["minutes"]),
        type=data["type"],
        zone=data["zone"],
        name=Pair.parse(data["name"]),
        text=Pair.parse(data["is"]),
        room=Pair.parse(data["room"]),
        host=host,
        speakers=[*russian, *random.sample(groups["home"], 2)],
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
    groups: dict[str, list[Host]],
    times: tuple[datetime, datetime],
    pattern: dict[str, Any],
) -> Draft:
    host = random.choice(groups[pattern["from"]])
    industry = host.record.industry or "science"
    if industry not in INDUSTRIES:
        industry = "science"
    topic: Topic = random.choice(content.topics[industry])
    names, texts = (
        Pair.parse(random.choice(pattern["names"])),
        Pair.parse(random.choice(pattern["texts"])),
    )
    number, hall = random.randint(1, 6), random.choice("ABCD")
    filled = []
    for index, language in enumerate(("en", "zh")):
        name = topic.name[index]
        values = {
            "t": name,
            "T": name[:1].upper() + name[1:],
            "C": host.place.name[index],
            "I": content.events["industries"][industry][index],
            "short": host.facts[language]["short"],
            "org": (host.record.name_en, host.record.name_zh)[index],
            "topic": topic.text[index],
            "n": number if pattern["zone"] != "guest-of-honour" else 1 + number % 3,
            "h": hall,
        }
        room = Pair.parse(pattern["room"])[index]
        filled.append([each.format(**values) for each in (names[index], texts[index], room)])
    return Draft(
        *times,
        type=pattern["type"],
        zone=pattern["zone"],
        name=Pair(filled[0][0], filled[1][0]),
        text=Pair(filled[0][1], filled[1][1]),
        room=Pair(filled[0][2], filled[1][2]),
        host=host,
        speakers=[host],
        industry=industry,
        country=host.place.country if host.abroad else None,
        city=host.place.code if pattern["type"] == "fair" else None,
    )


def _event(content: Content, random: Random, draft: Draft, *, number: int) -> Event:
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
        speakers=_speakers(content, random, draft.speakers),
        languages=spoken,
        status=STATUS_CHANGES.get(number, "scheduled") if draft.industry else "scheduled",
        url=f"https://example.org/events/{number:04}",
        sample=True,
    )


def _speakers(content: Content, random: Random, hosts: list[Host]) -> list[dict[str, Any]]:
    """One or two invented persons of each institution."""
    speakers: list[dict[str, Any]] = []
    for host in hosts:
        country = host.place.country if host.place.country in ("CN", "RU") else "other"
        count = random.randint(1, 2) if len(hosts) == 1 else 1
        for text in random.sample(content.events["speakers"][country], count):
            name, role = Pair.parse(text), Pair.parse(random.choice(content.events["roles"]))
            speakers.append(
                {
                    "name": {"en": name.en, "zh": name.zh},
                    "role": {
                        "en": f"{role.en}, {host.record.name_en}",
                        "zh": f"{host.record.name_zh}{role.zh}",
                    },
                }
            )
    return speakers
