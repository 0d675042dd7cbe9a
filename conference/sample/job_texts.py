"""What an opening's text says, put together differently each time.

Both languages say the same things. How the employer, the duties and the requirements are worded
is drawn for each language by itself, as two writers would.
"""

from __future__ import annotations

from random import Random
from typing import Any

from conference.models import Job
from conference.sample.content import Content, Pair, Place, Profession, fill
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
    at_a_desk: bool,
) -> None:
    """Fills in the opening's descriptions; `at_a_desk` is work that could be done at home."""
    duties = random.sample(profession.duties, random.randint(2, len(profession.duties)))
    few = random.randint(2, 6)
    common: dict[str, Any] = {
        "few": few,
        "team": min(few + random.randint(2, 24), host.facts["en"]["staff"] // 3),
        "term": random.choice((2, 3, 3, 5)),
        "age": random.randint(29, 41),
        "recent": random.randint(2016, 2019),
        "digit": random.randint(1, 5),
        "days": random.randint(10, 25),
        "hours": random.randint(3, 9) * 2,
    }
    weekday, month = random.choice(WEEKDAYS), random.choice(MONTHS)
    parts = _parts(random, job, host=host, place=place, at_a_desk=at_a_desk)
    drawn = random.random()
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
        for part in parts:
            key = f"duties{len(duties)}" if part == "duties" else part
            key = "need0" if part == "need" and job.experience_years == 0 else key
            if part in ("intro", "duties", "need"):
                sentences.append(content.say(random, language, key, **values, **named))
            else:  # a statement of its own: the same one in both languages
                choice = content.texts[language][key]
                sentences.append(fill(choice[int(drawn * len(choice))], **values))
        texts.append((" " if language == "en" else "").join(sentences))
    job.description_en, job.description_zh = texts


def _parts(random: Random, job: Job, *, host: Host, place: Place, at_a_desk: bool) -> list[str]:
    """The parts in their order, and last what only some openings have to say."""
    parts = list(random.choice(ORDERS))
    if job.employment in ("internship", "part-time", "contract"):
        parts.append(job.employment)
    if job.remote:
        parts.append("remote")
    elif place.country != "CN" and not host.abroad:
        parts.append("abroad")
    if place.country == "CN" and job.employment == "full-time" and random.random() < 0.5:
        parts.append("offer_china")
    if at_a_desk and not job.remote and random.random() < 0.35:
        parts.append("offer_desk")
    if host.record.type == "enterprise" and random.random() < 0.2:
        parts.append("offer_company")
    return parts


def _requirement(job: Job, language: str) -> dict[str, str]:
    years = job.experience_years or 0
    degree = DEGREES[language][job.degree]
    if language == "en":
        plural = "year's" if years == 1 else "years'"
        wanted = f" and at least {years} {plural} experience" if years else ""
        return {"degree": degree, "Degree": degree[0].upper() + degree[1:], "years": wanted}
    return {"degree": degree, "years": f"、{years}年以上相关经验" if years else ""}
