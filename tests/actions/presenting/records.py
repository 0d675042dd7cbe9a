"""Made-up records; one text is missing in one language wherever the id ends in 2."""

from __future__ import annotations

from dataclasses import replace

from conference.models import Event, Institution, Intention, Job, Program

POWER = Institution(
    id="inst-0001",
    name_en="Nanshan Clean Power Co., Ltd.",
    name_zh="南山清洁能源有限公司",
    description_en="Runs wind farms.",
    description_zh="运营风电场。",
    type="enterprise",
    industry="energy",
    country="CN",
    city="shenzhen",
    contact_email="hr@power.example",
)
VOLGA = Institution(
    id="inst-0002", name_en="Volga Institute", type="institute", country="RU", city="kazan"
)
ENGINEER = Job(
    id="job-00001",
    title_en="Wind turbine engineer",
    title_zh="风电机组工程师",
    description_en="You look after turbines.",
    description_zh="负责风机运维。",
    institution_id="inst-0001",
    industry="energy",
    country="CN",
    city="shenzhen",
    employment="full-time",
    degree="bachelor",
    experience_years=3,
    salary_min=15000,
    salary_max=25000,
    skills_en=["SCADA", "welding"],
    skills_zh=["SCADA", "焊接"],
    openings=3,
    date_posted="2020-09-01",
    valid_through="2020-10-15",
    url="https://power.example/1",
)
RESEARCHER = Job(
    id="job-00002",
    title_en="Hydrogen researcher",
    description_en="You study hydrogen.",
    institution_id="inst-0002",
    industry="science",
    country="RU",
    city="kazan",
    remote=True,
    degree="phd",
    experience_years=0,
    salary_min=8000,
    salary_max=12000,
    salary_currency="EUR",
    salary_unit="YEAR",
    salary_amount_min=12000,
    salary_amount_max=18000,
    skills_en=["electrolysis"],
)
CASHIER = Job(id="job-00003", title_zh="出纳", country="SG")
HYDROGEN = Program(
    id="prog-0001",
    name_en="Green hydrogen",
    name_zh="绿氢项目",
    institution_id="inst-0002",
    industry="energy",
    country="RU",
    stage="pilot",
    languages=["en", "ru"],
)
RECYCLING = Intention(
    id="int-0001",
    direction="seek",
    title_en="Battery recycling",
    title_zh="电池回收",
    institution_id="inst-0001",
    country="CN",
    valid_through="2020-12-31",
)
FORUM = Event(
    id="event-0001",
    name_en="Forum on hydrogen",
    name_zh="氢能论坛",
    type="forum",
    industry="energy",
    starts_at="2020-09-08T14:00:00+08:00",
    ends_at="2020-09-08T15:30:00+08:00",
    zone="guest-of-honour",
    room_en="Room 3",
    room_zh="3号会议室",
    institution_id="inst-0002",
    speakers=[
        {"name": {"en": "Anna Orlova", "zh": "安娜·奥尔洛娃"}, "role": {"en": "Dean", "zh": "院长"}}
    ],
    languages=["en", "zh"],
    status="scheduled",
)
ROADSHOW = replace(
    FORUM,
    id="event-0003",
    name_en="Roadshow",
    name_zh="路演",
    type="roadshow",
    starts_at="2020-09-08T15:00:00+08:00",
    ends_at="2020-09-08T16:00:00+08:00",
    speakers=[],
)
CANCELLED = replace(ROADSHOW, id="event-0004", status="cancelled", city="shenzhen")
OWNERS = {
    "inst-0001": POWER,
    "job-00001": POWER,
    "int-0001": POWER,
    "job-00002": VOLGA,
    "prog-0001": VOLGA,
    "event-0001": VOLGA,
}
EVERY = (POWER, VOLGA, ENGINEER, RESEARCHER, CASHIER, HYDROGEN, RECYCLING, FORUM, CANCELLED)
