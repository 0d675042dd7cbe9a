"""Which record a message means: by id, by place in the list, by name, or the one in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from actions.act import Answer, Turn
from conference.models import Event, Institution, Job, Record
from conference.query import Query
from conference.text import normalise

_BY_CODE = ("industry", "city", "country", "degree", "employment", "event_type")


def picked(turn: Turn, *, by_name: bool = True) -> list[Record]:
    """The records that a message picks; several only where it fits several of the list alike.

    Empty when it picks none that is there: "the ninth" of five, a name that nobody bears.
    """
    reading, catalogue = turn.reading, turn.services.catalogue
    if reading.records:
        return catalogue.get_many(reading.records)
    ids = turn.conversation.listed_ids
    if reading.places and ids:
        places = [place - 1 if place > 0 else len(ids) + place for place in reading.places]
        return catalogue.get_many([ids[place] for place in places if 0 <= place < len(ids)])
    if by_name and ids and (reading.wanted.text or _describes(reading.wanted)):
        return _best(catalogue.get_many(ids), reading.wanted)
    return []


def meant(turn: Turn, *, by_name: bool = False) -> list[Record]:
    """What is picked or, if nothing is, the record in hand, or the only one in the list."""
    reading, conversation = turn.reading, turn.conversation
    found = picked(turn, by_name=by_name)
    if found or reading.places or reading.records:
        return found
    if conversation.record:
        return turn.services.catalogue.get_many([conversation.record])
    if len(conversation.listed_ids) == 1:
        return turn.services.catalogue.get_many(conversation.listed_ids)
    return []


def chosen(turn: Turn) -> tuple[list[Record], bool]:
    """What is meant, and whether it is settled: of several, each was picked on its own.

    "Save the first two" picks both, "save the hydrogen one" may fit two.
    """
    found = meant(turn, by_name=True)
    picks = len(turn.reading.places) + len(turn.reading.records)
    return found, len(found) == 1 or (bool(found) and picks > 1)


def in_hand(answer: Answer, found: Sequence[Record]) -> Answer:
    """The answer with the one record that something was done with in hand: "contact them"."""
    if len(found) != 1:
        return answer
    return replace(answer, conversation=replace(answer.conversation, record=found[0].id))


def listed(turn: Turn) -> list[Record]:
    """The list shown, to choose from; nothing where a place was named that is not in it."""
    if turn.reading.places:
        return []
    return turn.services.catalogue.get_many(turn.conversation.listed_ids)


def _describes(wanted: Query) -> bool:
    return any(getattr(wanted, key) for key in (*_BY_CODE, "remote", "institution"))


def _best(records: Sequence[Record], wanted: Query) -> list[Record]:
    """The records that fit the description best, if any fits it at all."""
    scores = [_fit(record, wanted) for record in records]
    best = max(scores, default=0)
    return [record for record, score in zip(records, scores, strict=True) if best and score == best]


def _fit(record: Record, wanted: Query) -> float:
    score = 0.0
    if wanted.text:
        name, rest = _texts(record)
        words = normalise(wanted.text).split()
        named = sum(word.rstrip("s") in name for word in words)
        score += 3.0 * named / len(words) + 1.0 * sum(
            word.rstrip("s") in rest for word in words
        ) / len(words)
    for key in _BY_CODE:
        values = getattr(wanted, key)
        value = getattr(record, key, None)
        score += 2.0 * (value is not None and value in (values or ()))
    if wanted.remote and isinstance(record, Job):
        score += 2.0 * record.remote
    owner = record.id if isinstance(record, Institution) else record.institution_id
    return score + 2.0 * (owner in wanted.institution)


def _texts(record: Record) -> tuple[str, str]:
    """A record's name, and all its other texts, in normal form."""
    names: list[str] = []
    rest: list[str] = []
    for each in fields(record):
        value = getattr(record, each.name)
        if not isinstance(value, str) or not each.name.endswith(("_en", "_zh")):
            continue
        (names if each.name.startswith(("name", "title")) else rest).append(value)
    if isinstance(record, Event):
        rest.extend(str(speaker) for speaker in record.speakers)
    return normalise(" ".join(names)), normalise(" ".join(rest))
