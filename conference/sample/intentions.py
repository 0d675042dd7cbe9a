"""The sample's cooperation intentions: what institutions seek and offer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from conference.models import Intention
from conference.sample.content import Content, Topic, fill
from conference.sample.institutions import Host

INTENTIONS = 3000


def make_intentions(content: Content, random: Random, hosts: list[Host]) -> Iterator[Intention]:
    """Most by Chinese institutions; no institution names one subject twice."""
    weights = [3 if host.abroad else 1 for host in hosts]
    used: dict[tuple[str, str], bool] = {}
    number = 0
    while number < INTENTIONS:
        host = random.choices(hosts, weights)[0]
        topic = random.choice(content.topics_of(host.kind.code, host.record.industry or "science"))
        key = (host.record.id, topic.name.en)
        if key in used:
            continue
        used[key] = True
        number += 1
        yield _intention(content, random, host, topic, number=number)


def _intention(
    content: Content, random: Random, host: Host, topic: Topic, *, number: int
) -> Intention:
    direction = "seek" if random.random() < (0.35 if host.abroad else 0.6) else "offer"
    if topic.industry in ("education", "culture", "finance"):
        title_key, body_key = f"{direction}_title_soft", f"{direction}_soft"
    else:
        title_key, body_key = f"intend_{direction}_title", f"{direction}_hard"
    form = random.randrange(len(content.texts["en"][title_key]))
    body = random.randrange(len(content.texts["en"][body_key]))
    term = random.randrange(len(content.texts["en"]["terms"]))
    values = {
        "money": random.choice((1, 2, 3, 5, 8, 10)),
        "months": random.choice((6, 9, 12, 18, 24)),
        "few": random.randint(2, 6),
        "team": random.randint(4, 20),
    }
    order = random.sample(range(3), 3) if random.random() < 0.4 else [0, 1, 2]
    titles, texts = [], []
    for index, language in enumerate(("en", "zh")):
        sentences = content.texts[language]
        facts = {**host.facts[language], **values}
        name = topic.name[index]
        upper = name[:1].upper() + name[1:]
        titles.append(sentences[title_key][form].format(t=name, T=upper))
        parts = [
            topic.text[index],
            fill(sentences[body_key][body], **facts),
            sentences["terms"][term].format(**facts),
        ]
        texts.append((" " if language == "en" else "").join(parts[each] for each in order))
    chance = random.random()
    chinese_only = not host.abroad and chance < 0.03
    english_only = host.abroad and chance < 0.08
    posted = date(2020, 8, 20) + timedelta(days=random.randint(0, 19))
    valid = date(2020, 10, 31) + timedelta(days=random.randint(0, 150))
    return Intention(
        id=f"int-{number:04}",
        direction=direction,
        title_en=None if chinese_only else titles[0],
        title_zh=None if english_only else titles[1],
        description_en=None if chinese_only else texts[0],
        description_zh=None if english_only else texts[1],
        institution_id=host.record.id,
        industry=topic.industry,
        country=host.record.country,
        city=host.record.city,
        date_posted=min(posted, date(2020, 9, 8)).isoformat(),
        valid_through=valid.isoformat(),
        sample=True,
    )
