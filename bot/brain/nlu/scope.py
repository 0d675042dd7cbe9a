"""What cues do to the things beside them: exclude, take out, drop, come from, employ, group.

A cue reaches the nearest thing in its clause and, from there, whatever is joined to it by "and",
"or", 和, 、. The result is a `role` on entities, plus entities `drop` and `group` whose value
is a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.brain.nlu.background import mark_background, mark_taken_back
from bot.brain.nlu.clauses import FILLER, PLACES, THINGS, Clauses, Entity
from bot.brain.nlu.comparing import compared
from bot.brain.nlu.component import Component
from bot.brain.nlu.speaker import mark_speaker
from conference.grouping import GROUPS
from conference.text import has_han, normalise

_NEVER_EXCLUDED = frozenset({"salary", "experience_max", "direction"})
"""A "not" beside these belongs to them: "not less than 8000"."""

_LEVELS = ("city", "country", "region")
"""Of places; a province is wider than a city, and Europe than a country."""

_OR_NOT = re.compile(r"\s*or not\b")
_ARTICLES = frozenset(["", "a", "an", "the", "any", "in", "at", "from", "是", "在"])

_ONE_OF = frozenset({"employment", "degree", "direction", "period"})
"""What a search has one of: "full or part time, both fine" asks for neither."""

_DROPPED_BY_VALUE = frozenset(
    {"remote", "employment", "degree", "direction", "period", "event_type", "institution_type"}
)
_ALSO_FINE = re.compile(r"的?(?:也|都)(?:可以|行|能|好|没|无所谓|ok)")

_I_AM = re.compile(r"\b(?:i|we|it|that)(?:'m| am|'re| are|'s| is|m) $|(?:我|这|那)(?:可)?$")

_ALL_BUT = re.compile(
    r"\b(?:any|all|every)(?:\w+)?(?: \w+){0,3}? (?:but|except|bar|save)"
    r"(?: (?:for|in|from|the|at))*\b"
)
_PHRASAL = re.compile(
    r"\b(?:take|leave|cut|cross|rule|throw|keep|strike|weed|filter|kick|chuck|screen|sift|put|set)"
    r" (?:the |any |all |those )?$"
)
_PARTICLE = re.compile(rf"{FILLER}\s*(?:out|off|away|aside)\b")
_REFUSED = re.compile(rf"{FILLER}\s*:?\s*no(?: thanks| way)?\s*(?:$|[,.;!?])")
_THERE = re.compile(
    r"\s*(?:in |from |at )?(?:there|here|that (?:city|place|town|country|province))\b"
    r"|\S{0,2}(?:那里|那儿|那边|这里|这儿|这边|那地方|这地方)"
)
_OR = re.compile(r"(?:\b(?:or|and)(?: in)? |或者?|和|还有|以及)$")
_NO = re.compile(r"(?:no|nah|nope|sorry|不|不对|错了)?\W*")
_AND_OR = re.compile(r"\s*(?:[,，、/&+]|and|or|nor|和|或者|或|跟|与|以及|还有|及)?\s*(?:的)?")
_OF_ONE = re.compile(r"\b(?:this|that|the \w+) $|[这那](?:个|条|项)$")
"""Before "filter": one of them, which is named beside it, and not all."""


def annotate(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities with their roles set, and `drop` and `group` added."""
    normal = normalise(text)
    entities = [dict(entity) for entity in sorted(entities, key=lambda each: each["start"])]
    cues = [entity for entity in entities if entity["entity"] == "cue"]
    things = [entity for entity in entities if entity["entity"] in THINGS]
    keys = [
        entity
        for entity in entities
        if entity["entity"] == "key" and not _within_a_figure(entity, things)
    ]
    clauses = Clauses(normal, [each for each in things if each["entity"] not in _NEVER_EXCLUDED])

    mark_speaker(clauses, things, cues)
    mark_taken_back(normal, things, cues)
    _mark_not_only(clauses, _of(cues, "not_only"))
    mark_background(normal, [each for each in entities if each["entity"] != "key"])
    _mark_all_but(clauses, things)
    elsewhere = _mark_elsewhere(normal, things, cues)
    corrects = _of(cues, "correct")
    for role in ("exclude", "remove"):
        for cue in _of(cues, role):
            if any(0 <= each["start"] - cue["end"] <= 2 for each in corrects):
                continue  # "no, I mean Friday"
            if cue in elsewhere:
                continue
            if _belongs_to_figure(normal, things, cue):
                continue
            # "not Shenzhen", but also "Shenzhen I don't want": what follows comes first,
            # unless the clause seems to end (远程不要 招聘岗位)
            closes = re.match(r"\s", normal[cue["end"] :]) and has_han(normal[cue["start"]])
            follow = [] if closes and clauses.before(cue) else clauses.after(cue)
            follow = follow[: -1 if _puts_right(clauses, cue, follow) else None]
            for thing in follow or clauses.before(cue):
                of_self = thing["entity"] == "subject" and _I_AM.search(normal[: cue["start"]])
                thing.setdefault("role", "origin" if of_self else role)  # "I'm not picky"
    for cue in _of(cues, "exclude_after"):
        if not any(thing.get("role") in ("exclude", "remove") for thing in clauses.after(cue)):
            for thing in clauses.before(cue):
                thing.setdefault("role", "exclude")
    given_up = _dropped(normal, things, _of(cues, "drop_value"), either=_of(cues, "either"))
    entities.extend(given_up)
    _mark_employers(clauses, things, _of(cues, "employer"))
    giving_up = ("drop", "drop_value", "remove", "exclude_after")
    dropping = [each for name in giving_up for each in _of(cues, name)]
    entities.extend(_keyed(clauses, keys, dropping, "drop"))
    countable = [each for each in keys if each["value"] in (*GROUPS, "place")]
    grouping = [each for name in ("group", "per", "most") for each in _of(cues, name)]
    entities.extend(_keyed(clauses, countable, grouping, "group"))
    entities.extend(_as_key(cue, "drop", "place") for cue in _of(cues, "anywhere"))
    entities.extend(compared(normal, things))
    return entities


def _of(cues: Iterable[Entity], value: str) -> list[Entity]:
    return [cue for cue in cues if cue["value"] == value]


def _within_a_figure(key: Entity, things: list[Entity]) -> bool:
    """ "Five years of experience": the key is part of its value, and no name of itself."""
    return any(
        each["entity"] in ("salary", "experience_max")
        and each["start"] <= key["start"] <= each["end"] + 1
        for each in things
    )


def _belongs_to_figure(text: str, things: list[Entity], cue: Entity) -> bool:
    """ "Not more than three years": said of the figure, and of nothing before it."""
    following = next((each for each in things if each["start"] >= cue["end"]), None)
    return (
        following is not None
        and following["entity"] in ("salary", "experience_max")
        and len(text[cue["end"] : following["start"]]) <= _NEAR
    )


_NEAR = 12  # characters: "more than"


def _puts_right(clauses: Clauses, cue: Entity, chain: list[Entity]) -> bool:
    """ "Not python, java": with a bare comma between the two, the second is what is meant.

    So it is of what a search has one of, whatever is said besides: "not internships, full time".
    """
    if len(chain) != 2:
        return False
    if chain[0]["entity"] == chain[1]["entity"] and chain[0]["entity"] in _ONE_OF:
        return clauses.gap(*chain).strip() in (",", "，")
    before, after = clauses.text[: cue["start"]], clauses.text[chain[1]["end"] :]
    alone = _NO.fullmatch(before) and not any(map(str.isalnum, after))
    return bool(alone) and clauses.gap(*chain).strip() in (",", "，")


def _mark_all_but(clauses: Clauses, things: list[Entity]) -> None:
    """ "Any country but the US", "take Shenzhen out": words round what they rule out."""
    for match in _ALL_BUT.finditer(clauses.text):
        for thing in clauses.after({"start": match.start(), "end": match.end()}):
            thing.setdefault("role", "exclude")
    for thing in things:
        before, after = clauses.text[: thing["start"]], clauses.text[thing["end"] :]
        if _PHRASAL.search(before) and _PARTICLE.match(after):
            thing.setdefault("role", "remove")
        elif _REFUSED.match(after):  # "Berlin ones no"
            thing.setdefault("role", "exclude")


def _mark_elsewhere(text: str, things: list[Entity], cues: list[Entity]) -> list[Entity]:
    """ "Anywhere but there", 换个城市: the place named last before is ruled out. Gives the cues."""
    found = [
        cue
        for cue in cues
        if (cue["value"] == "elsewhere" and not _OR.search(text[: cue["start"]]))
        or (cue["value"] == "exclude" and _THERE.match(text[cue["end"] :]))
    ]
    for cue in found:
        before = [
            each for each in things if each["entity"] in PLACES and each["end"] <= cue["start"]
        ]
        for thing in before[-1:]:
            thing["role"] = "exclude"
    return found


def _mark_not_only(clauses: Clauses, cues: list[Entity]) -> None:
    """ "Not just the UK, the whole of Europe": the wider place has the narrower one in it."""
    for cue in cues:
        following = [each for each in clauses.all_after(cue) if each["entity"] in PLACES]
        for place, wider in pairwise(following):
            if _LEVELS.index(place["entity"]) < _LEVELS.index(wider["entity"]):
                place.setdefault("role", "origin")


def _dropped(
    text: str, things: list[Entity], cues: list[Entity], *, either: list[Entity]
) -> list[Entity]:
    """ "Doesn't have to be remote", 全职兼职都无所谓: values that are given up with their key."""
    given_up = [each for each in things if each["entity"] in _DROPPED_BY_VALUE]
    clauses, of_all = Clauses(text, given_up), Clauses(text, things)
    found = []
    for cue in cues:
        following = of_all.after(cue)
        if following and clauses.gap(cue, following[0]).strip() in _ARTICLES:
            found.extend(following)
            continue
        sorts = {each["entity"] for each in clauses.before(cue)}
        found.extend(
            each for each in given_up if each["entity"] in sorts and each["end"] <= cue["start"]
        )
    for thing in things:
        before, after = text[: thing["start"]], text[thing["end"] :]
        if _OR_NOT.match(after) or (before.endswith(("不", "非")) and _ALSO_FINE.match(after)):
            found.append(thing)
    for cue in either:
        for sort in _ONE_OF:
            alike = [
                each for each in given_up if each["entity"] == sort and each["end"] <= cue["start"]
            ]
            if len({each["value"] for each in alike}) > 1:
                found.extend(alike)
    for thing in found:
        thing["role"] = "drop"
    return [
        _as_key(each, "drop", "place" if each["entity"] in PLACES else each["entity"])
        for each in found
    ]


def _mark_employers(clauses: Clauses, things: list[Entity], employers: list[Entity]) -> None:
    """ "German companies", 德企, "companies from Germany": whose the employer is.

    It is a `group` of its own, because such a country may be ruled out as any other.
    """
    countries = [
        each
        for each in things
        if each["entity"] == "country" and each.get("role") in (None, "exclude", "remove")
    ]
    for thing in countries:
        said, after = clauses.text[thing["start"] : thing["end"]], clauses.text[thing["end"] :]
        if said.endswith(("企", "资")) or after.startswith("商"):  # 德企, 日资, 日商
            thing["group"] = "employer"
        for employer in employers:
            if not _employs(clauses, thing, employer, countries):
                continue
            thing["group"] = "employer"
            for sort in things:  # what "companies" is said of, it is ruled out with
                overlaps = sort["start"] < employer["end"] and employer["start"] < sort["end"]
                if sort["entity"] == "institution_type" and overlaps and "role" in thing:
                    sort.setdefault("role", thing["role"])
    for left, right in reversed(list(pairwise(countries))):  # "Dutch or Belgian companies"
        if right.get("group") == "employer" and _AND_OR.fullmatch(clauses.gap(left, right)):
            left["group"] = "employer"


def _employs(clauses: Clauses, thing: Entity, employer: Entity, countries: list[Entity]) -> bool:
    between = any(
        min(thing["end"], employer["end"])
        <= other["start"]
        < max(thing["start"], employer["start"])
        for other in countries
        if other is not thing
    )
    if between:  # "in Singapore at Dutch companies"
        return False
    if employer["start"] >= thing["end"]:
        gap = clauses.gap(thing, employer)
        return bool(re.fullmatch(r"\s*(?:-|[a-z]+ )?\s*(?:的)?\s*(?:[a-z]+ )?", gap))
    # "companies from" is a cue of its own: it holds the link already
    linked = clauses.text[: employer["end"]].endswith((" from", " of"))
    link = (
        ""
        if linked
        else "(?:from|of|owned by|based in|headquartered in"
        "|(?:(?:can|may|must|should|has to|have to|needs? to|could) )?(?:be|is|are)"
        "(?: from| not| anything but| any \\w+ but| anyone but)*"
        "|(?:得|要|必须|最好|应该|不要|别是)?(?:是|来自)?)"
    )
    return employer["end"] <= thing["start"] and bool(
        re.fullmatch(rf"\s*{link}\s*(?:the )?", clauses.gap(employer, thing))
    )


def _keyed(clauses: Clauses, keys: list[Entity], cues: list[Entity], entity: str) -> list[Entity]:
    """Cues that stand beside the name of a key: "any city", 学历不限, "which industry"."""
    found = []
    for key in keys:
        if key["value"] == "all" and _OF_ONE.search(clauses.text[: key["start"]]):
            continue
        for cue in cues:
            left, right = (cue, key) if cue["end"] <= key["start"] else (key, cue)
            within = key["start"] <= cue["start"] and cue["end"] <= key["end"]  # 各国
            if left["end"] > right["start"] and not within:
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
class ScopeAnnotator(Component):
    """Runs `annotate` on each message, after all things in it have been found."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            entities = annotate(message.get(TEXT) or "", message.get(ENTITIES, []))
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
