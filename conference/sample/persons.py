"""The sample's speakers: invented persons, each of one institution only."""

from __future__ import annotations

from random import Random
from typing import Any

from conference.sample.content import Content, Pair
from conference.sample.institutions import Host

FAMILY_FIRST = ("CN", "JP", "KR", "SG")  # in Chinese; in English for all but Japan


class Persons:
    """Gives institutions their speakers and never the same name to two of them."""

    def __init__(self, content: Content) -> None:
        self._data = content.events
        self._taken: dict[str, str] = {}  # English name to institution

    def speak(self, hosts: list[Host], random: Random) -> list[dict[str, Any]]:
        """One speaker for each institution, or up to two if there is only one."""
        speakers: list[dict[str, Any]] = []
        for host in hosts:
            for _ in range(random.randint(1, 2) if len(hosts) == 1 else 1):
                name = self._name(host, random)
                role = self._role(host, random)
                if all(each["name"]["en"] != name.en for each in speakers):
                    speakers.append({"name": name._asdict(), "role": role._asdict()})
        return speakers

    def _name(self, host: Host, random: Random) -> Pair:
        country = self._data["names_like"].get(host.place.country, host.place.country)
        data = self._data["persons"][country]
        while True:
            women = "women" in data and random.random() < 0.5
            given = Pair.parse(random.choice(data["women" if women else "given"]))
            family = Pair.parse(random.choice(data["families_women" if women else "families"]))
            name = Pair(f"{given.en} {family.en}", f"{given.zh}·{family.zh}")
            if country in FAMILY_FIRST:
                english = name.en if country == "JP" else f"{family.en} {given.en}"
                name = Pair(english, family.zh + given.zh)
            if self._taken.setdefault(name.en, host.record.id) == host.record.id:
                return name

    def _role(self, host: Host, random: Random) -> Pair:
        kind = host.record.type if host.record.type in self._data["roles"] else "agency"
        role = Pair.parse(random.choice(self._data["roles"][kind]))
        return Pair(f"{role.en}, {host.record.name_en}", f"{host.record.name_zh}{role.zh}")
