"""What an opening's text says, put together differently each time.

The same duties and skills stand in both languages; how they are worded and in which order
the parts come is drawn for each language by itself, as two writers would.
"""

from __future__ import annotations

from random import Random
from typing import Any

from conference.models import Job
from conference.sample.content import Content, Pair, Place, Profession
from conference.sample.institutions import Host

ORDERS = (
    ("intro", "duties", "need", "offer"),
    ("intro", "reason", "duties", "need"),
    ("duties", "need", "intro", "offer"),
    ("duties", "intro", "need", "soft"),
    ("reason", "duties", "need", "offer"),
    ("intro", "duties", "soft", "need", "offer"),
    ("need", "duties", "intro"),
    ("duties", "reason", "need", "soft", "offer"),
)
DEGREES = {
    "en": {
        "associate": "an associate degree",
        "bachelor": "a bachelor's degree",
        "master": "a master's degree",
        "phd": "a PhD",
        None: "a good school-leaving certificate",
    },
    "zh": {
        "associate": "大专及以上学历",
        "bachelor": "本科及以上学历",
        "master": "硕士及以上学历",
        "phd": "博士学历",
        None: "高中及以上学历",
    },
}
WEEKDAYS = (("Monday", "周一"), ("Wednesday", "周三"), ("Friday", "周五"))
MONTHS = (("October", "10"), ("November", "11"), ("January", "1"), ("March", "3"))


def describe(
    content: Content,
    random: Random,
    job: Job,
    *,
    host: Host,
    profession: Profession,
    skills: list[Pair],
    place: Place,
) -> None:
    """Fills in the opening's descriptions."""
    duties = random.sample(profession.duties, random.randint(2, len(profession.duties)))
    order = random.choice(ORDERS)
    few = random.randint(2, 6)
    common: dict[str, Any] = {
        "few": few,
        "team": few + random.randint(3, 24),
        "age": random.randint(29, 41),
        "recent": random.randint(2016, 2019),
        "digit": random.randint(1, 5),
        "days": random.randint(10, 25),
        "hours": random.randint(3, 9) * 2,
    }
    weekday, month = random.choice(WEEKDAYS), random.choice(MONTHS)
    extras = _extras(random, job, host, place)
    texts = []
    for index, language in enumerate(("en", "zh")):
        values = {
            **host.facts[language],
            **common,
            "city": place.name[index],
            "weekday": weekday[index],
            "month": month[index],
            **{f"s{number}": skill[index] for number, skill in enumerate(skills, start=1)},
            **_requirement(job, language),
        }
        named = dict(zip("abcd", (duty[index] for duty in duties), strict=False))
        sentences = []
        for part in (*order, *extras):
            key = f"duties{len(duties)}" if part == "duties" else part
            key = "need0" if part == "need" and job.experience_years == 0 else key
            sentences.append(content.say(random, language, key, **values, **named))
        texts.append((" " if language == "en" else "").join(sentences))
    job.description_en, job.description_zh = texts


def _extras(random: Random, job: Job, host: Host, place: Place) -> list[str]:
    """What only some openings have to say."""
    extras = []
    if job.employment in ("internship", "part-time", "contract"):
        extras.append(job.employment)
    if job.remote:
        extras.append("remote")
    elif place.country != "CN" and not host.abroad:
        extras.append("abroad")
    if place.country == "CN" and job.employment == "full-time" and random.random() < 0.5:
        extras.append("offer_china")
    if host.record.type == "enterprise" and random.random() < 0.2:
        extras.append("offer_company")
    return extras


def _requirement(job: Job, language: str) -> dict[str, str]:
    years = job.experience_years or 0
    degree = DEGREES[language][job.degree]
    if language == "en":
        plural = "year's" if years == 1 else "years'"
        wanted = f" and at least {years} {plural} experience" if years else ""
        return {"degree": degree, "Degree": degree[0].upper() + degree[1:], "years": wanted}
    return {"degree": degree, "years": f"、{years}年以上相关经验" if years else ""}
