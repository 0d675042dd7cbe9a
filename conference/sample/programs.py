"""The sample's cooperation programmes: those that each institution abroad has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from conference.models import Program
from conference.sample.content import Content, fill
from conference.sample.institutions import Host, Offer

SPOKEN = {"DE": "de", "AT": "de", "CH": "de", "FR": "fr", "BE": "fr", "ES": "es", "IT": "it"}
SPOKEN |= {"JP": "ja", "KR": "ko", "RU": "ru", "BY": "ru", "KZ": "ru"}


def make_programs(content: Content, random: Random, hosts: list[Host]) -> Iterator[Program]:
    """Institution after institution, in their order."""
    number = 0
    for host in hosts:
        for offer in host.programs:
            number += 1
            yield _program(content, random, host, offer, number=number)


def _program(content: Content, random: Random, host: Host, offer: Offer, *, number: int) -> Program:
    values = {
        "months": random.randint(3, 24),
        "recent": random.randint(2015, 2019),
        "few": random.randint(3, 9),
    }
    choice = random.randrange(len(content.texts["en"]["program_terms"][offer.stage]))
    ask = random.randrange(len(content.texts["en"]["program_ask"]))
    asks = random.random() < 0.6
    descriptions = []
    for index, language in enumerate(("en", "zh")):
        texts = content.texts[language]
        parts = [offer.text[index], fill(texts["program_terms"][offer.stage][choice], **values)]
        parts += [texts["program_ask"][ask]] if asks else []
        descriptions.append((" " if language == "en" else "").join(parts))
    country = host.place.country
    english_only = country != "RU" and random.random() < 0.12
    posted = date(2020, 8, 20) + timedelta(days=random.randint(0, 18))
    languages = ["en", *([SPOKEN[country]] if country in SPOKEN else [])]
    return Program(
        id=f"prog-{number:04}",
        name_en=offer.name.en,
        name_zh=None if english_only else offer.name.zh,
        description_en=descriptions[0],
        description_zh=None if english_only else descriptions[1],
        institution_id=host.record.id,
        industry=offer.industry,
        country=country,
        city=host.place.code,
        stage=offer.stage,
        languages=[*languages, *(["zh-Hans"] if random.random() < 0.3 else [])],
        contact_email=host.record.contact_email,
        date_posted=posted.isoformat(),
        url=f"https://example.org/programs/{number:04}",
        sample=True,
    )
