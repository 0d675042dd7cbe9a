"""The sample's cooperation programmes: Russia's, written one by one, and the other countries'."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from conference.models import Program
from conference.sample.content import Content, Pair, Topic, fill
from conference.sample.institutions import Host

STAGES = ("research", "prototype", "pilot", "market")
LANGUAGES = {"DE": "de", "AT": "de", "CH": "de", "FR": "fr", "ES": "es", "IT": "it", "JP": "ja"}
LANGUAGES |= {"KR": "ko", "RU": "ru", "BY": "ru", "KZ": "ru", "BE": "fr"}


def make_programs(content: Content, random: Random, hosts: list[Host]) -> Iterator[Program]:
    """Those of each institution abroad, one after the other."""
    number = 0
    left: dict[str, list[Topic]] = {}
    for host in hosts:
        if not host.abroad:
            continue
        written = [
            (Pair.parse(each["name"]), Pair.parse(each["is"]), each.get("industry"), each["stage"])
            for each in host.programs
        ] or _of_topics(content, random, host, left)
        for name, text, industry, stage in written:
            number += 1
            yield _program(
                content,
                random,
                host,
                name,
                text,
                industry=industry or host.record.industry or "science",
                stage=stage,
                number=number,
            )


def _of_topics(
    content: Content, random: Random, host: Host, left: dict[str, list[Topic]]
) -> list[tuple[Pair, Pair, str | None, str]]:
    """Two to four programmes in the institution's industry; no subject again before all were."""
    industry = host.record.industry or "science"
    forms = len(content.texts["en"]["program_form"])
    programs: list[tuple[Pair, Pair, str | None, str]] = []
    for _ in range(random.choice((2, 2, 2, 3, 3, 4))):
        if not left.get(industry):
            left[industry] = list(content.topics[industry])
            random.shuffle(left[industry])
        topic = left[industry].pop()
        form = random.randrange(forms)
        english = "".join(topic.name.en[:1].upper() + topic.name.en[1:])
        name = Pair(
            fill(content.texts["en"]["program_form"][form], t=topic.name.en, T=english),
            fill(content.texts["zh"]["program_form"][form], t=topic.name.zh, T=topic.name.zh),
        )
        programs.append((name, topic.text, None, random.choice(STAGES)))
    return programs


def _program(
    content: Content,
    random: Random,
    host: Host,
    name: Pair,
    text: Pair,
    *,
    industry: str,
    stage: str,
    number: int,
) -> Program:
    values = {
        "months": random.randint(3, 24),
        "recent": random.randint(2015, 2019),
        "few": random.randint(3, 9),
    }
    choice = random.randrange(4)
    terms = Pair(
        *(
            fill(content.texts[language]["program_terms"][stage][choice], **values)
            for language in ("en", "zh")
        )
    )
    spoken = [LANGUAGES[host.place.country]] if host.place.country in LANGUAGES else []
    english_only = host.place.country != "RU" and random.random() < 0.12
    posted = date(2020, 8, 20) + timedelta(days=random.randint(0, 18))
    return Program(
        id=f"prog-{number:04}",
        name_en=name.en,
        name_zh=None if english_only else name.zh,
        description_en=f"{text.en} {terms.en}",
        description_zh=None if english_only else f"{text.zh}{terms.zh}",
        institution_id=host.record.id,
        industry=industry,
        country=host.record.country,
        city=host.record.city,
        stage=stage,
        languages=["en", *spoken, *(["zh-Hans"] if random.random() < 0.3 else [])],
        contact_email=host.record.contact_email,
        date_posted=posted.isoformat(),
        url=f"https://example.org/programs/{number:04}",
        sample=True,
    )
