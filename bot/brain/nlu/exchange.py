"""More examples for the CRF of subjects: each once more, with another example's subject in it.

A CRF that meets "welder" in one sentence learns the word; one that meets ever another there learns
the sentence, and what else may stand in it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from rasa.nlu.tokenizers.tokenizer import Token

from bot.brain.nlu.subject_features import SUBJECT
from conference.text import is_han

Example = tuple[list[Token], list[dict[str, Any]]]


class _Subject(NamedTuple):
    """A subject where it stands, with its tokens and what else is known of them."""

    entity: dict[str, Any]
    tokens: list[Token]
    within: list[dict[str, Any]]


def exchanged(examples: Sequence[Example], *, rounds: int, seed: int) -> list[Example]:
    """`rounds` variants of each example with a subject; the script of a subject stays the same."""
    chance = random.Random(seed)
    subjects = {number: found for number, each in enumerate(examples) if (found := _subject(each))}
    pools: dict[bool, list[_Subject]] = {True: [], False: []}
    for subject in subjects.values():
        pools[is_han(subject.tokens[0].lemma[0])].append(subject)
    return [
        _with(examples[number], old, chance.choice(pools[is_han(old.tokens[0].lemma[0])]))
        for number, old in subjects.items()
        for _ in range(rounds)
    ]


def _subject(example: Example) -> _Subject | None:
    """The first subject, if it begins and ends where tokens do."""
    tokens, entities = example
    entity = next((each for each in entities if each["entity"] == SUBJECT), None)
    if entity is None:
        return None
    start, end = entity["start"], entity["end"]
    inside = [each for each in tokens if start <= each.start and each.end <= end]
    if not inside or inside[0].start != start or inside[-1].end != end:
        return None
    within = [
        each
        for each in entities
        if each is not entity and start <= each["start"] and each["end"] <= end
    ]
    return _Subject(entity, inside, within)


def _with(example: Example, old: _Subject, new: _Subject) -> Example:
    tokens, entities = example
    start, end = old.entity["start"], old.entity["end"]
    to_here = start - new.entity["start"]
    shift = new.entity["end"] + to_here - end
    return (
        [
            *(each for each in tokens if each.end <= start),
            *(_token_moved(each, to_here) for each in new.tokens),
            *(_token_moved(each, shift) for each in tokens if each.start >= end),
        ],
        [
            *(each for each in entities if each["end"] <= start),
            *(_moved(each, to_here) for each in (new.entity, *new.within)),
            *(_moved(each, shift) for each in entities if each["start"] >= end),
        ],
    )


def _token_moved(token: Token, by: int) -> Token:
    return Token(token.text, token.start + by, token.end + by, lemma=token.lemma)


def _moved(entity: dict[str, Any], by: int) -> dict[str, Any]:
    return {**entity, "start": entity["start"] + by, "end": entity["end"] + by}
