"""Entities written with numbers: salaries, experience, dates, clock times, positions, ids."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.brain.nlu.amounts import find_experience, find_salaries
from bot.brain.nlu.component import Component
from bot.brain.nlu.dates import find_clock_times, find_dates
from bot.brain.nlu.references import find_references
from conference.text import normalise


def find_quantities(text: str) -> list[dict[str, Any]]:
    """All of them in a text as it was typed.

    A position gives way to a date on the same words, and nothing in an id is anything else.
    """
    normal = normalise(text)
    found = [*find_salaries(normal), *find_experience(normal)]
    for finder in (find_dates, find_clock_times):
        found.extend(
            entity for entity in finder(normal) if not _overlaps(entity, found, same=finder)
        )
    references = find_references(normal)
    ids = [each for each in references if each["entity"] == "record"]
    return [*(each for each in found if not _overlaps(each, ids)), *references]


def _overlaps(entity: dict[str, Any], others: list[dict[str, Any]], *, same: Any = None) -> bool:
    return any(
        entity["start"] < other["end"]
        and other["start"] < entity["end"]
        and not (other["entity"] == entity["entity"] and same is find_dates)
        for other in others
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class QuantityExtractor(Component):
    """Adds the entities of `find_quantities`."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = [
                {**entity, "extractor": "quantities"}
                for entity in find_quantities(message.get(TEXT) or "")
            ]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages
