"""What a message tells before or after it asks: lives, families and hearsay are no criteria.

"I spent nineteen years with a bank in London. Any finance jobs in Shanghai?" asks for Shanghai
alone. What is told counts only where the question itself says nothing of the sort: "I'm a nurse.
Jobs in Macao?" asks for a nurse's jobs. What is taken back in the same breath ("in Dongguan, no
wait, in Foshan") counts for nothing either. Such things get the role `origin`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.brain.nlu.clauses import PLACES, Entity
from conference.query import Kind
from conference.text import FIRST_PERSON

# unlike a cue's clause, one that tells ends at a colon and at "so:", and not within "40,000"
_END = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[，。.;；!?！？：\n]|…+|\bso\b(?=[:,])|——|--")
_ASKS = re.compile(
    r"[?？]|\b(?:want|wish|would|like to|looking|look|need|prefer|interested|hope|hoping|seek"
    r"|seeking|search|searching|expect|expected|show|find|give|list|tell|send|please|pls|any|must"
    r"|should|only|just|not|don't|can(?!'t|not| not)|could|what|what's|which|where|when|who"
    r"|how|there|open to|available|ideally|preferably|mean|meant|said)\b"
    r"|[想要找求望看招愿请帮吗哪只呢么别甭排列]|有没有|有无|有啥|什么|需|最好|优先|期|不限|冇|搵|睇"
)
_TELLS = re.compile(
    r"^(?:\W|and\b|hi\b|hello\b|well\b|but\b|as\b|since\b|because\b)*"
    r"(?:they say|got|having|used to|just|been)\b"
    rf"|{FIRST_PERSON.pattern}"
    r"|\b(?:on behalf of|(?:husband|wife|son|daughter|kids?|parents)\b)"
    r"|\bhere\W*$"  # "talent office here."
    r"|外子|内子|老公|老婆|爱人|听说|据说|一枚|退休|[腻够怕烦厌年月]了"
    r"|不(?:动|起|住|惯|下去)了|没\S{0,2}过"
)
_TOPICS = ("industry", "subject", "institution_type", "event_type", "employment")
_EXPERIENCE = re.compile(r"experience|经验|经历|资历", re.IGNORECASE)


@dataclass
class _Clause:
    text: str
    start: int
    entities: list[Entity]

    @property
    def asks(self) -> bool:
        return bool(_ASKS.search(self.text)) or self.has("kind")

    @property
    def tells(self) -> bool:
        return not self.asks and _TELLS.search(self.text) is not None

    @property
    def introduces(self) -> bool:
        """Whether it is no more than who speaks: 高校国际处老师."""
        trades = [each["end"] for each in self.entities if each["entity"] == "occupation"]
        ends = self.start + len(self.text.rstrip(",，.。;； "))
        return not self.asks and any(each == ends for each in trades)

    def has(self, *names: str) -> bool:
        return any(each["entity"] in names and "role" not in each for each in self.entities)


def mark_background(text: str, entities: list[Entity]) -> None:
    """Set the role of what is told beside a question that speaks for itself."""
    if any(each["value"] in ("profile", "resume") for each in entities):
        return  # "what suits me?" asks about all that was told
    clauses = _clauses(text, entities)
    first = next((place for place, each in enumerate(clauses) if each.asks), len(clauses))
    told = [
        clause
        for place, clause in enumerate(clauses)
        if clause.tells
        or (place < first and not clause.asks and any(each.tells for each in clauses[:place]))
    ]
    asked = [each for each in clauses if each.asks]
    if not any(each.has("kind", "direction", *_TOPICS) for each in asked):
        return
    kinds = {
        each["value"] for clause in asked for each in clause.entities if each["entity"] == "kind"
    }
    by_trade = not kinds or Kind.JOBS.value in kinds  # only jobs are looked for by what one does
    if not by_trade and len(clauses) > 1 and clauses[0].introduces:
        told.append(clauses[0])
    of_wishes = kinds == {Kind.INTENTIONS.value}  # "we lack X, who offers it?"
    has_topic = any(each.has(*_TOPICS) for each in asked)
    has_place = any(each.has(*PLACES) for each in asked)
    for each in (each for clause in told for each in clause.entities):
        name = each["entity"]
        if (
            (name in _TOPICS and has_topic)
            or (name == "subject" and not by_trade and not of_wishes)
            or (name in PLACES and has_place)
            or name == "sort"
            or (name == "experience_max" and not _EXPERIENCE.search(_said(text, each)))
        ):
            each.setdefault("role", "origin")


def mark_taken_back(text: str, entities: list[Entity], cues: Sequence[Entity]) -> None:
    """ "Dongguan, no wait, Foshan": what stands before such words gives way to its like after."""
    for cue in (each for each in cues if each["value"] == "correct"):
        after = [each for each in entities if each["start"] >= cue["end"]]
        if not after:
            _mark_wrong_one(text, entities, cue)
        if any(each["value"] == "add" and each["start"] >= cue["end"] for each in cues):
            continue  # "in Beijing, actually also in Tianjin"
        for each in entities:
            sort = PLACES if each["entity"] in PLACES else {each["entity"]}
            if each["end"] <= cue["start"] and any(
                other["entity"] in sort and other["value"] != each["value"] and "role" not in other
                for other in after[:3]
            ):
                each.setdefault("role", "origin")


def _mark_wrong_one(text: str, entities: list[Entity], cue: Entity) -> None:
    """波兰，意大利说错了: of two things the one right before such words at the end gives way."""
    for each in entities:
        sort = PLACES if each["entity"] in PLACES else {each["entity"]}
        others = [one for one in entities if one["entity"] in sort and one is not each]
        if each["end"] == cue["start"] and others:
            each.setdefault("role", "origin")


def _clauses(text: str, entities: list[Entity]) -> list[_Clause]:
    clauses: list[_Clause] = []
    start = 0
    for end in (*(each.end() for each in _END.finditer(text)), len(text)):
        if text[start:end].strip():
            inside = [each for each in entities if start <= each["start"] < end]
            clauses.append(_Clause(text[start:end], start, inside))
        start = end
    return clauses


def _said(text: str, entity: Entity) -> str:
    """The entity's words with as much of what follows as "of experience" takes."""
    return text[entity["start"] : entity["end"] + 16]
