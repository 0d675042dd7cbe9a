"""What cues do to the things beside them: exclude, take out, drop, come from, employ, group.

A cue reaches the nearest thing in its clause and, from there, whatever is joined to it by "and",
"or", 和, 、. The result is a `role` on entities, plus entities `drop` and `group` whose value
is a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from conference.text import has_han, normalise

Entity = dict[str, Any]

PLACES = frozenset({"city", "region", "country"})
THINGS = PLACES | {
    "industry", "institution", "degree", "employment", "institution_type", "event_type", "remote",
    "day", "period", "salary", "experience_max", "subject", "kind", "direction",
}  # fmt: skip

_NEVER_EXCLUDED = frozenset({"salary", "experience_max", "direction"})
"""A "not" beside these belongs to them: "not less than 8000"."""

_CLAUSE_END = re.compile(r"[,，。.;；!?！？\n]|\bbut\b|但是|但|不过")
_JOIN = re.compile(
    r"\s*(?:[,，、/&+]|and|or|nor|as well as|和|或者|或|跟|与|以及|还有|及|同)?"
    r"\s*(?:in|at|the|from|any|在|去)?\s*(?:the)?\s*"
)
_OWN = re.compile(
    r"\b(?:our|my|we are an?|we're an?|at an?)\s+(?:\w+\s+)?$|我们?(?:是|的|这|这个|这家)?$|本$"
)
_FIRST_PERSON = re.compile(r"\b(?:i|we|im|we're|as an?)\b|我|本人|俺")
_FROM = re.compile(r"\s*(?:from|of|living in|based in)\s*(?:the )?")
_PROFESSIONS = frozenset(
    [
        "engineer",
        "engineers",
        "scientist",
        "scientists",
        "professor",
        "researcher",
        "developer",
        "specialist",
        "nurse",
        "doctor",
        "team",
        "group",
        "people",
        "colleagues",
        "family",
    ]
)
"""Before these a nationality may as well say where the work is: "Russian engineers wanted"."""
_LOOKS_FOR_WORK = re.compile(
    r"(?:这边|那边|本地|当地)?(?:想)?(?:找|求职|有|能|可以|应聘|上班的|工作的|的)"
)


def reach(text: str) -> int:
    """How far a cue reaches over filler words, in characters: a Chinese one says more."""
    return 6 if has_han(text) else 28


def annotate(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities with their roles set, and `drop` and `group` added."""
    normal = normalise(text)
    entities = [dict(entity) for entity in sorted(entities, key=lambda each: each["start"])]
    cues = [entity for entity in entities if entity["entity"] == "cue"]
    things = [entity for entity in entities if entity["entity"] in THINGS]
    keys = [entity for entity in entities if entity["entity"] == "key"]
    scope = _Scope(normal, [each for each in things if each["entity"] not in _NEVER_EXCLUDED])

    for cue in _of(cues, "origin"):
        _mark_origin(scope, cue)
    for thing in things:
        _mark_nationals(scope, thing, _of(cues, "person"))
        _mark_dwelling(scope, thing, _of(cues, "dwelling"))
        _mark_own(scope, thing)
    for role in ("exclude", "remove"):
        for cue in _of(cues, role):
            # "not Shenzhen", but also "Shenzhen I don't want": what follows comes first
            for thing in scope.after(cue) or scope.before(cue):
                thing.setdefault("role", role)
    for cue in _of(cues, "exclude_after"):
        if not any(thing.get("role") in ("exclude", "remove") for thing in scope.after(cue)):
            for thing in scope.before(cue):
                thing.setdefault("role", "exclude")
    for thing in things:
        _mark_employer(scope, thing, _of(cues, "employer"))
    entities.extend(_keyed(scope, keys, [*_of(cues, "drop"), *_of(cues, "remove")], "drop"))
    entities.extend(_keyed(scope, keys, _of(cues, "group"), "group"))
    entities.extend(_as_key(cue, "drop", "place") for cue in _of(cues, "anywhere"))
    return entities


class _Scope:
    def __init__(self, text: str, things: list[Entity]) -> None:
        self.text = text
        self._things = things

    def gap(self, left: Entity, right: Entity) -> str:
        return self.text[left["end"] : right["start"]]

    def near(self, left: Entity, right: Entity) -> bool:
        gap = self.gap(left, right)
        return len(gap) <= reach(gap or self.text) and not _CLAUSE_END.search(gap)

    def after(
        self, cue: Entity, *, where: Callable[[Entity], bool] = lambda _: True
    ) -> list[Entity]:
        """The first thing after a cue with those joined to it."""
        following = [each for each in self._things if each["start"] >= cue["end"] and where(each)]
        return self._chain(cue, following)

    def before(self, cue: Entity) -> list[Entity]:
        """The last thing before a cue with those joined to it."""
        preceding = [each for each in self._things if each["end"] <= cue["start"]][::-1]
        if not preceding or len(self.gap(preceding[0], cue)) > 3:
            return []
        chain = [preceding[0]]
        for thing in preceding[1:]:
            same_words = thing["start"] == chain[-1]["start"]
            if not same_words and not self._joined(thing, chain[-1]):
                break
            chain.append(thing)
        return chain

    def _chain(self, cue: Entity, following: list[Entity]) -> list[Entity]:
        if not following or not self.near(cue, following[0]):
            return []
        chain = [following[0]]
        for thing in following[1:]:
            same_words = thing["start"] == chain[-1]["start"]
            if not same_words and not self._joined(chain[-1], thing):
                break
            chain.append(thing)
        return chain

    def _joined(self, left: Entity, right: Entity) -> bool:
        gap = self.gap(left, right)
        same = left["entity"] == right["entity"]
        # "except Shenzhen, the Bay Area": a comma joins only what is of one sort
        alike = same or (
            {left["entity"], right["entity"]} <= PLACES and "," not in gap.replace("，", ",")
        )
        if not gap:  # 北京上海: names in a row
            return alike and has_han(self.text[left["start"] : right["end"]])
        return bool(gap.strip()) and alike and _JOIN.fullmatch(gap) is not None


def _of(cues: Iterable[Entity], value: str) -> list[Entity]:
    return [cue for cue in cues if cue["value"] == value]


def _mark_origin(scope: _Scope, cue: Entity) -> None:
    """Where a person comes from or lives: "I'm a chemist from Russia", 我在莫斯科读书."""
    said = scope.text[cue["start"] : cue["end"]]
    for thing in scope.after(cue, where=lambda each: each["entity"] in PLACES):
        gap = scope.gap(cue, thing)
        describes = re.search(r"(?:\ban?|是|为|本人|俺|們是)$", said)
        if describes and gap.strip() and not re.search(r"\bfrom\b|来自", gap):
            return
        if said.startswith(
            ("based", "living", "born", "passport", "headquartered", "studying")
        ) and (
            re.search(
                r"(?:compan\w+|firms?|employers?|institut\w+|universit\w+|jobs?|programmes?|"
                r"programs?)\s*$",
                scope.text[: cue["start"]],
            )
        ):
            return
        if said.endswith("在") and _LOOKS_FOR_WORK.match(scope.text[thing["end"] :]):
            return
        thing["role"] = "origin"


def _mark_nationals(scope: _Scope, thing: Entity, persons: list[Entity]) -> None:
    """ "Russian citizens", "students from Kazan", 俄罗斯留学生: who somebody is."""
    if thing["entity"] not in PLACES:
        return
    for person in persons:
        after = person["start"] >= thing["end"] and not scope.gap(thing, person).strip()
        before = person["end"] <= thing["start"] and _FROM.fullmatch(scope.gap(person, thing))
        noun = scope.text[person["start"] : person["end"]]
        if (after and noun not in _PROFESSIONS) or (before and _says_i(scope.text, person)):
            thing.setdefault("role", "origin")


def _says_i(text: str, person: Entity) -> bool:
    """Whether the speaker speaks of themself before this word: "we are two students ..."."""
    return _FIRST_PERSON.search(text[: person["start"]]) is not None


def _mark_dwelling(scope: _Scope, thing: Entity, verbs: list[Entity]) -> None:
    """在圣彼得堡执教, 在莫斯科读书: where somebody lives."""
    if thing["entity"] not in PLACES or not scope.text[: thing["start"]].endswith(
        ("在", "于", "从")
    ):
        return
    if any(0 <= verb["start"] - thing["end"] <= 2 for verb in verbs):
        thing.setdefault("role", "origin")


def _mark_own(scope: _Scope, thing: Entity) -> None:
    """ "Our association needs ...", 我哈尔滨的: the speaker's own, not what they look for."""
    before, after = scope.text[: thing["start"]], scope.text[thing["end"] :]
    if thing["entity"] == "institution_type" and _OWN.search(before):
        thing.setdefault("role", "origin")
    if thing["entity"] in PLACES and (
        (before.endswith("我") and re.match(r"的?(?:[,，。;；]|$)", after))
        or re.match(r"(?:来|過來|过来|出来)的", after)
    ):
        thing.setdefault("role", "origin")


def _mark_employer(scope: _Scope, thing: Entity, employers: list[Entity]) -> None:
    """ "German companies", 德企, "companies from Germany": whose the employer is."""
    if thing["entity"] != "country" or "role" in thing:
        return
    if scope.text[thing["start"] : thing["end"]].endswith(("企", "资")):  # 德企, 日资
        thing["role"] = "employer"
    for employer in employers:
        after = employer["start"] >= thing["end"] and re.fullmatch(
            r"\s*(?:-|[a-z]+ )?\s*(?:的)?\s*(?:[a-z]+ )?", scope.gap(thing, employer)
        )
        # "companies from" is a cue of its own: it holds the link already
        linked = scope.text[: employer["end"]].endswith((" from", " of"))
        link = "" if linked else "(?:from|of|owned by|based in|headquartered in)"
        before = employer["end"] <= thing["start"] and re.fullmatch(
            rf"\s*{link}\s*(?:the )?", scope.gap(employer, thing)
        )
        if after or before:
            thing["role"] = "employer"


def _keyed(scope: _Scope, keys: list[Entity], cues: list[Entity], entity: str) -> list[Entity]:
    """Cues that stand beside the name of a key: "any city", 学历不限, "which industry"."""
    found = []
    for key in keys:
        for cue in cues:
            left, right = (cue, key) if cue["end"] <= key["start"] else (key, cue)
            if left["end"] > right["start"]:
                continue
            gap = scope.gap(left, right)
            far = re.search(r"[,，。;；]", gap) or len(gap.strip()) > (
                14 if entity == "group" else 8
            )
            if not far:
                found.append(_as_key(key, entity, key["value"]))
                break
    return found


def _as_key(where: Entity, entity: str, value: str) -> Entity:
    return {"entity": entity, "value": value, "start": where["start"], "end": where["end"]}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ScopeAnnotator(GraphComponent):
    """Runs `annotate` on each message, after all things in it have been found."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ScopeAnnotator:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            entities = annotate(message.get(TEXT) or "", message.get(ENTITIES, []))
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
