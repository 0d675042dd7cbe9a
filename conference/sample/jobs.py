"""The sample's openings: who hires whom, where, for how much, and the text about it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from conference.models import Job
from conference.money import load_rates, to_monthly_cny
from conference.sample.content import Content, Level, Place, Profession, headline
from conference.sample.institutions import Host
from conference.sample.job_texts import describe

JOBS = 20_000
DEGREES = ("associate", "bachelor", "master", "phd")
HOURS_A_MONTH = 174
DAYS_A_MONTH = 21.75
REMOTE_SHARE = {"it": 0.13, "finance": 0.08, "education": 0.07, "culture": 0.12, "science": 0.05}
BOUND_TO_PLACE = ("worker", "nurse", "doctor", "plain")


def make_jobs(content: Content, random: Random, hosts: list[Host]) -> Iterator[Job]:
    """Every institution has an opening; the rest goes by size."""
    appetites = [_appetite(each) for each in hosts]
    employers = hosts + random.choices(hosts, appetites, k=JOBS - len(hosts))
    random.shuffle(employers)
    fitting: dict[str, list[Profession]] = {code: [] for code in content.employers}
    for profession in content.professions:
        for code in profession.employers:
            fitting[code].append(profession)
    for number, host in enumerate(employers, start=1):
        choice = fitting[host.kind.code]
        own = [3 if each.industry == host.kind.industry else 1 for each in choice]
        profession = random.choices(choice, own)[0]
        yield _job(content, random, host, profession, number=number)


def _appetite(host: Host) -> float:
    size: int = host.facts["en"]["staff"]
    return (1.7 if host.abroad else 1.0) * (1.0 + math.sqrt(size) / 10)


def _job(
    content: Content, random: Random, host: Host, profession: Profession, *, number: int
) -> Job:
    levels = content.ladders[profession.ladder]
    level = random.choices(levels, [each.weight for each in levels])[0]
    place = _place(content, random, host)
    free = profession.ladder not in BOUND_TO_PLACE
    remote = free and random.random() < REMOTE_SHARE.get(profession.industry, 0.05)
    years = random.randint(*level.years)
    posted = date(2020, 8, 24) + timedelta(days=random.randint(0, 15))
    valid = date(2020, 9, 30) + timedelta(days=random.randint(0, 92))
    job = Job(
        id=f"job-{number:05}",
        title_en=level.title.en.format(t=headline(profession.title.en)),
        title_zh=_title_zh(level.title.zh, profession.title.zh),
        institution_id=host.record.id,
        industry=profession.industry,
        occupation=profession.occupation,
        country=place.country,
        city=place.code,
        remote=remote,
        employment=level.employment or _employment(random, profession),
        degree=_degree(random, profession, level),
        experience_years=years,
        openings=random.choice((1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 10, 15, 20)),
        date_posted=posted.isoformat(),
        valid_through=valid.isoformat(),
        url=f"https://example.org/jobs/{number:05}",
        sample=True,
    )
    if years >= 5:
        job.openings = min(job.openings, 3)
    _pay(random, job, profession=profession, level=level, place=place)
    chosen = random.sample(profession.skills, min(len(profession.skills), random.randint(3, 5)))
    job.skills_en = [each.en for each in chosen]
    job.skills_zh = [each.zh for each in chosen]
    describe(
        content,
        random,
        job,
        host=host,
        profession=profession,
        skills=chosen,
        place=place,
        at_a_desk=free,
    )
    _drop_a_language(random, job, host)
    return job


def _title_zh(pattern: str, title: str) -> str:
    """`head` and `tail` part 生产经理 into 生产 and 经理."""
    return pattern.format(t=title, head=title[:-2], tail=title[-2:])


def _place(content: Content, random: Random, host: Host) -> Place:
    """Mostly the institution's own city; branches at home, some abroad."""
    chance = random.random()
    enterprise = host.record.type == "enterprise"
    if host.abroad:
        if not enterprise or chance < 0.6:
            return host.place
        return random.choices(content.home, [each.weight**2 for each in content.home])[0]
    if not enterprise or chance < 0.84:
        return host.place
    if chance < 0.975:
        return random.choices(content.home, [each.weight for each in content.home])[0]
    return random.choice(content.world)


def _employment(random: Random, profession: Profession) -> str:
    if profession.ladder in ("doctor", "manager"):
        return random.choices(("full-time", "contract"), (19, 1))[0]
    return random.choices(("full-time", "contract", "part-time"), (88, 7, 5))[0]


def _degree(random: Random, profession: Profession, level: Level) -> str | None:
    """The profession's usual degree, a step up or down now and then; None asks for none."""
    step = DEGREES.index(profession.degree) + level.degree
    if level.degree == 0 and profession.ladder != "doctor":
        step += random.choices((-1, 0, 1), (1, 10, 1))[0]
    if step < 0:
        return None if profession.ladder in ("worker", "office") else "associate"
    return DEGREES[min(step, 3)]


def _pay(
    random: Random,
    job: Job,
    *,
    profession: Profession,
    level: Level,
    place: Place,
) -> None:
    """The salary as offered, and the same in CNY a month; one in twenty-five is negotiable."""
    if random.random() < 0.04:
        return
    factor = level.pay * place.pay * random.uniform(0.92, 1.1)
    if job.remote:
        factor *= 0.97
    low, high = (value * 1000 * factor for value in profession.pay)
    high *= random.uniform(0.88, 1.08)
    currency, unit = place.currency, "MONTH"
    if job.employment == "internship" and place.country == "CN":
        unit = "DAY"
    elif job.employment == "part-time":
        unit = "HOUR"
    elif place.country not in ("CN", "RU") or (place.currency == "CNY" and random.random() < 0.1):
        unit = "YEAR"
    months = {"MONTH": 1.0, "YEAR": 12.0, "DAY": 1 / DAYS_A_MONTH, "HOUR": 1 / HOURS_A_MONTH}[unit]
    rate = float(load_rates().cny[currency])
    offered = [_rounded(value * months / rate) for value in (low, high)]
    if offered[0] == offered[1]:
        offered[1] += _step(offered[1])
    job.salary_currency, job.salary_unit = currency, unit
    job.salary_amount_min, job.salary_amount_max = (float(value) for value in offered)
    job.salary_min, job.salary_max = (to_monthly_cny(each, currency, unit) for each in offered)


def _step(value: float) -> int:
    """What people round such a sum to."""
    steps = ((60, 5), (1000, 10), (4000, 100), (30_000, 500), (100_000, 1000), (400_000, 5000))
    return next((step for limit, step in steps if value < limit), 10_000)


def _rounded(value: float) -> int:
    step = _step(value)
    return max(step, round(value / step) * step)


def _drop_a_language(random: Random, job: Job, host: Host) -> None:
    """Real records often lack one: small Chinese firms the English, some foreign the Chinese."""
    staff: int = host.facts["en"]["staff"]
    chance = random.random()
    if host.abroad and chance < 0.2:
        job.title_zh = job.description_zh = None
        job.skills_zh = []
    elif not host.abroad and staff < 100 and chance < 0.12:
        job.title_en = job.description_en = None
        job.skills_en = []
