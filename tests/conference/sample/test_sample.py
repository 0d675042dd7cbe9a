"""The sample catalogue is of the reported size, the same every time, and believable."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict
from datetime import datetime

import pytest

from conference.models import Event, Institution, Intention, Job, Program, Record
from conference.money import to_monthly_cny
from conference.sample import generate
from conference.vocabulary import load_vocabulary

HAN = re.compile(r"[\u4e00-\u9fff]")
CODES = {  # field → key of the vocabulary's codes
    Institution: {"type": "institution_type"},
    Job: {"employment": "employment", "degree": "degree"},
    Program: {"stage": "stage"},
    Intention: {"direction": "direction"},
    Event: {"type": "event_type", "zone": "zone", "status": "status"},
}
REAL_NAMES = (
    "Huawei",
    "Tencent",
    "Alibaba",
    "Baidu",
    "Lenovo",
    "Xiaomi",
    "BYD",
    "CATL",
    "Haier",
    "Midea",
    "Gree",
    "Foxconn",
    "ByteDance",
    "Didi",
    "Meituan",
    "Hikvision",
    "Sinopec",
    "PetroChina",
    "Tsinghua",
    "Peking University",
    "Fudan",
    "Zhejiang University",
    "Lomonosov",
    "Bauman",
    "Skolkovo",
    "Rosatom",
    "Gazprom",
    "Rosneft",
    "Lukoil",
    "Yandex",
    "Kaspersky",
    "Sber",
    "Siemens",
    "Bosch",
    "Volkswagen",
    "BMW",
    "Airbus",
    "Boeing",
    "Philips",
    "Nokia",
    "Ericsson",
    "Samsung",
    "Toyota",
    "Hitachi",
    "Sony",
    "Google",
    "Microsoft",
    "Amazon",
    "Intel",
    "IBM",
    "Fraunhofer",
    "Max Planck",
    "Oxford",
    "Cambridge",
    "Harvard",
    "Stanford",
    "Technion",
    "华为",
    "腾讯",
    "阿里巴巴",
    "百度",
    "联想",
    "小米",
    "比亚迪",
    "宁德时代",
    "海尔",
    "美的集团",
    "格力",
    "富士康",
    "大疆",
    "海康",
    "清华",
    "北大",
    "北京大学",
    "复旦",
    "浙江大学",
    "中科院",
    "中国科学院",
    "中兴",
    "京东",
    "顺丰",
    "招商银行",
    "莫斯科大学",
    "罗蒙诺索夫",
    "西门子",
    "三星",
)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return list(generate())


def of(records: list[Record], kind: type) -> list:
    return [each for each in records if type(each) is kind]


def digest(records: list[Record]) -> str:
    lines = (json.dumps(asdict(each), ensure_ascii=False, sort_keys=True) for each in records)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def texts(record: Record, language: str) -> list[str]:
    """Everything in one language that a person reads."""
    found = []
    for key, value in asdict(record).items():
        if key.endswith(f"_{language}") and value:
            found += value if isinstance(value, list) else [value]
    for speaker in getattr(record, "speakers", []):
        found += [speaker["name"][language], speaker["role"][language]]
    return found


def test_sizes_are_those_reported(records: list[Record]) -> None:
    assert len(of(records, Job)) == 20_000
    assert len(of(records, Institution)) == 4_000
    assert len(of(records, Intention)) == 3_000
    assert len(of(records, Event)) == 150
    country = {each.id: each.country for each in of(records, Institution)}
    offering = Counter(country[each.institution_id] for each in of(records, Program))
    assert offering["RU"] == 183
    assert sum(code == "RU" for code in country.values()) == 78
    others = {each.institution_id for each in of(records, Program)}
    others -= {key for key, code in country.items() if code == "RU"}
    assert len(others) == 80
    assert len({country[each] for each in others}) > 20
    assert "CN" not in offering


def test_is_the_same_every_time(records: list[Record]) -> None:
    assert digest(list(generate())) == digest(records)


def test_another_seed_makes_another_catalogue(records: list[Record]) -> None:
    first = next(iter(of(list(generate(seed=19)), Job)))
    assert first.description_en != of(records, Job)[0].description_en


def test_ids_are_unique_and_references_come_after_what_they_name(records: list[Record]) -> None:
    seen: set[str] = set()
    for record in records:
        assert record.id not in seen
        seen.add(record.id)
        if not isinstance(record, Institution):
            assert record.institution_id in seen


def test_every_code_is_in_the_vocabulary(records: list[Record]) -> None:
    vocabulary = load_vocabulary()
    for record in records:
        if record.industry is not None or not isinstance(record, Event):
            assert record.industry in vocabulary.industries
        if record.country is not None:
            assert record.country in vocabulary.countries
        if record.city is not None:
            assert vocabulary.cities[record.city].country == (record.country or "CN")
        for field, key in CODES[type(record)].items():
            value = getattr(record, field)
            assert value in vocabulary.codes[key] or (field == "degree" and value is None)
        for language in getattr(record, "languages", []):
            assert language in vocabulary.codes["language"]


def test_every_industry_and_every_province_is_there(records: list[Record]) -> None:
    jobs = of(records, Job)
    industries = Counter(each.industry for each in jobs)
    assert min(industries.values()) > 900
    assert {code for code, _ in industries.most_common(2)} == {"manufacturing", "it"}
    vocabulary = load_vocabulary()
    provinces = {vocabulary.cities[each.city].province for each in jobs if each.country == "CN"}
    known = {city.province for city in vocabulary.cities.values() if city.country == "CN"}
    assert known - provinces <= {"taiwan"}
    assert 0.05 < sum(each.country != "CN" for each in jobs) / len(jobs) < 0.09
    assert 0.04 < sum(each.remote for each in jobs) / len(jobs) < 0.08


def test_no_two_institutions_share_a_name(records: list[Record]) -> None:
    institutions = of(records, Institution)
    assert len({each.name_en for each in institutions}) == len(institutions)
    assert len({each.name_zh for each in institutions}) == len(institutions)


def test_no_institution_is_called_like_a_city(records: list[Record]) -> None:
    cities = load_vocabulary().cities.values()
    labels = {each.labels[language].lower() for each in cities for language in ("en", "zh")}
    for each in of(records, Institution):
        assert not labels.intersection(name.lower() for name in each.alternate_names)


def test_no_two_programmes_share_a_name(records: list[Record]) -> None:
    programs = of(records, Program)
    assert len({each.name_en for each in programs}) == len(programs)


def test_no_real_organisation_is_named(records: list[Record]) -> None:
    names = re.compile("|".join(rf"\b{each}\b" if each.isascii() else each for each in REAL_NAMES))
    for each in of(records, Institution):
        for text in (each.name_en, each.name_zh, *each.alternate_names):
            assert not names.search(text), text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_openings_texts_differ_from_one_another(records: list[Record], language: str) -> None:
    written = [getattr(each, f"description_{language}") for each in of(records, Job)]
    written = [each for each in written if each]
    assert len(set(written)) / len(written) > 0.97
    words = [text.split() if language == "en" else list(text) for text in written[:2000]]
    length = 8 if language == "en" else 14  # a Chinese word has some two characters
    shared = Counter(
        tuple(each[start : start + length])
        for each in words
        for start in range(len(each) - length + 1)
    )
    assert shared.most_common(1)[0][1] / len(words) < 0.25  # no phrase stands in every text


def test_texts_are_in_their_language(records: list[Record]) -> None:
    for record in records:
        assert texts(record, "en") or texts(record, "zh")
        for text in texts(record, "en"):
            assert not HAN.search(text), (record.id, text)
        for text in texts(record, "zh"):
            assert "  " not in text
            assert "{" not in text
    for record in records:
        for field in ("name_zh", "title_zh", "description_zh"):
            text = getattr(record, field, None)
            assert text is None or HAN.search(text), (record.id, text)


def test_a_small_share_lacks_one_language(records: list[Record]) -> None:
    lacking = [each for each in records if not texts(each, "en") or not texts(each, "zh")]
    assert 0.02 < len(lacking) / len(records) < 0.05
    for each in of(records, Institution) + of(records, Event):
        assert texts(each, "en")
        assert texts(each, "zh")


def test_skills_are_aligned(records: list[Record]) -> None:
    for job in of(records, Job):
        if job.title_en and job.title_zh:
            assert len(job.skills_en) == len(job.skills_zh) >= 3


def test_salaries_fit_what_is_offered(records: list[Record]) -> None:
    jobs = of(records, Job)
    paid = [each for each in jobs if each.salary_min is not None]
    assert 0.93 < len(paid) / len(jobs) < 0.99
    for job in paid:
        assert 800 <= job.salary_min < job.salary_max <= 250_000, job
        assert job.salary_min == to_monthly_cny(
            job.salary_amount_min, job.salary_currency, job.salary_unit
        )
    assert {each.salary_currency for each in paid} >= {"CNY", "EUR", "USD", "RUB", "HKD"}


def test_senior_posts_pay_more_than_junior_ones(records: list[Record]) -> None:
    def median(prefix: str) -> int:
        pay = [
            each.salary_min
            for each in of(records, Job)
            if each.salary_min and each.country == "CN" and (each.title_en or "").startswith(prefix)
        ]
        return sorted(pay)[len(pay) // 2]

    assert median("Senior ") > 1.3 * median("Junior ")


def test_employers_hire_for_what_they_are(records: list[Record]) -> None:
    employers = {each.id: each for each in of(records, Institution)}
    for job in of(records, Job):
        if job.title_en and job.title_en.startswith("Intensive Care Nurse"):
            assert employers[job.institution_id].industry == "medical"
        if job.title_en and job.title_en.endswith("Port Dispatcher"):
            assert employers[job.institution_id].industry == "transport"


def test_dates_of_openings(records: list[Record]) -> None:
    for job in of(records, Job):
        assert "2020-08-24" <= job.date_posted <= "2020-09-08"
        assert "2020-09-30" <= job.valid_through <= "2020-12-31"


def test_events_keep_to_the_conference_days(records: list[Record]) -> None:
    events = of(records, Event)
    for event in events:
        starts, ends = (datetime.fromisoformat(each) for each in (event.starts_at, event.ends_at))
        assert event.starts_at.endswith("+08:00")
        assert starts < ends
        assert starts.date() == ends.date()
        assert "2020-09-07" <= event.starts_at[:10] <= "2020-09-12"
        assert "08:30" <= event.starts_at[11:16] < event.ends_at[11:16] <= "21:30"
        assert event.speakers
    assert {each.zone for each in events} == set(load_vocabulary().codes["zone"])
    assert {each.type for each in events} == set(load_vocabulary().codes["event_type"])
    slots = {
        (
            e.starts_at[:10],
            "afternoon"
            if "12" <= e.starts_at[11:13] < "18"
            else "morning"
            if e.starts_at[11:13] < "12"
            else "evening",
        )
        for e in events
    }
    assert len(slots) == 18
    assert 2 <= sum(each.status != "scheduled" for each in events) <= 4
    assert events[0].name_en == "Opening Ceremony"
    assert events[-1].name_en == "Closing Evening"


def test_no_room_is_booked_twice_and_no_speaker_has_two_employers(records: list[Record]) -> None:
    events = of(records, Event)
    employer: dict[str, str] = {}
    for number, event in enumerate(events):
        for other in events[number + 1 :]:
            overlap = event.starts_at < other.ends_at and other.starts_at < event.ends_at
            assert not (overlap and event.room_en == other.room_en), (event.id, other.id)
        for speaker in event.speakers:
            host = speaker["role"]["en"].partition(", ")[2]
            assert employer.setdefault(speaker["name"]["en"], host) == host


def test_all_is_marked_as_a_sample(records: list[Record]) -> None:
    for each in records:
        assert each.sample
        for field in ("url", "contact_email"):
            assert "example.org" in (getattr(each, field, None) or "example.org")
