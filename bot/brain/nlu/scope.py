"""What cues do to the things beside them: exclude, take out, drop, come from, employ, group.

A cue reaches the nearest thing in its clause and, from there, whatever is joined to it by "and",
"or", 和, 、. The result is a `role` on entities, plus entities `drop` and `group` whose value
is a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.background import mark_background, mark_taken_back
from bot.brain.nlu.clauses import THINGS, Clauses, Entity
from bot.brain.nlu.speaker import mark_speaker
from conference.grouping import GROUPS
from conference.text import normalise

_NEVER_EXCLUDED = frozenset({"salary", "experience_max", "direction"})
"""A "not" beside these belongs to them: "not less than 8000"."""

_ALL_BUT = re.compile(r"\b(?:any|all|every)(?: \w+)? (?:but|except|bar|save)(?: (?:for|in|from))*")
_PHRASAL = re.compile(r"\b(?:take|leave|cut|cross|rule|throw|keep|strike) (?:the )?$")
_PARTICLE = re.compile(r"\s*(?:out|off|away|aside)\b")


def annotate(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities with their roles set, and `drop` and `group` added."""
    normal = normalise(text)
    entities = [dict(entity) for entity in sorted(entities, key=lambda each: each["start"])]
    cues = [entity for entity in entities if entity["entity"] == "cue"]
    things = [entity for entity in entities if entity["entity"] in THINGS]
    keys = [entity for entity in entities if entity["entity"] == "key"]
    clauses = Clauses(normal, [each for each in things if each["entity"] not in _NEVER_EXCLUDED])

    mark_speaker(clauses, things, cues)
    mark_taken_back(normal, things, cues)
    mark_background(normal, [each for each in entities if each["entity"] != "key"])
    _mark_all_but(clauses, things)
    for role in ("exclude", "remove"):
        for cue in _of(cues, role):
            # "not Shenzhen", but also "Shenzhen I don't want": what follows comes first
            for thing in clauses.after(cue) or clauses.before(cue):
                thing.setdefault("role", role)
    for cue in _of(cues, "exclude_after"):
        if not any(thing.get("role") in ("exclude", "remove") for thing in clauses.after(cue)):
            for thing in clauses.before(cue):
                thing.setdefault("role", "exclude")
    for thing in things:
        _mark_employer(clauses, thing, _of(cues, "employer"))
    entities.extend(_keyed(clauses, keys, [*_of(cues, "drop"), *_of(cues, "remove")], "drop"))
    countable = [each for each in keys if each["value"] in (*GROUPS, "place")]
    entities.extend(_keyed(clauses, countable, _of(cues, "group"), "group"))
    entities.extend(_as_key(cue, "drop", "place") for cue in _of(cues, "anywhere"))
    return entities


def _of(cues: Iterable[Entity], value: str) -> list[Entity]:
    return [cue for cue in cues if cue["value"] == value]


def _mark_all_but(clauses: Clauses, things: list[Entity]) -> None:
    """ "Any country but the US", "take Shenzhen out": words round what they rule out."""
    for match in _ALL_BUT.finditer(clauses.text):
        for thing in clauses.after({"start": match.start(), "end": match.end()}):
            thing.setdefault("role", "exclude")
    for thing in things:
        before, after = clauses.text[: thing["start"]], clauses.text[thing["end"] :]
        if _PHRASAL.search(before) and _PARTICLE.match(after):
            thing.setdefault("role", "remove")


def _mark_employer(clauses: Clauses, thing: Entity, employers: list[Entity]) -> None:
    """ "German companies", 德企, "companies from Germany": whose the employer is."""
    if thing["entity"] != "country" or "role" in thing:
        return
    if clauses.text[thing["start"] : thing["end"]].endswith(("企", "资")):  # 德企, 日资
        thing["role"] = "employer"
    for employer in employers:
        after = employer["start"] >= thing["end"] and re.fullmatch(
            r"\s*(?:-|[a-z]+ )?\s*(?:的)?\s*(?:[a-z]+ )?", clauses.gap(thing, employer)
        )
        # "companies from" is a cue of its own: it holds the link already
        linked = clauses.text[: employer["end"]].endswith((" from", " of"))
        link = (
            ""
            if linked
            else "(?:from|of|owned by|based in|headquartered in"
            "|(?:must|should|has to|have to) be(?: from)?|(?:得|要|必须|最好|应该)?(?:是|来自))"
        )
        before = employer["end"] <= thing["start"] and re.fullmatch(
            rf"\s*{link}\s*(?:the )?", clauses.gap(employer, thing)
        )
        if after or before:
            thing["role"] = "employer"


def _keyed(clauses: Clauses, keys: list[Entity], cues: list[Entity], entity: str) -> list[Entity]:
    """Cues that stand beside the name of a key: "any city", 学历不限, "which industry"."""
    found = []
    for key in keys:
        for cue in cues:
            left, right = (cue, key) if cue["end"] <= key["start"] else (key, cue)
            if left["end"] > right["start"]:
                continue
            gap = clauses.gap(left, right)
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
