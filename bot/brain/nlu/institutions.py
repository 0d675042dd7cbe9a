"""What came with the data, understood without training again: names, new cities, worded ids."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import jieba
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.brain.nlu import phrases
from bot.brain.nlu.component import Component
from bot.brain.nlu.gazetteer import PhraseFinder
from bot.brain.nlu.phrases import Phrase
from bot.brain.nlu.references import record_entity
from bot.brain.nlu.spelling import english_words
from bot.settings import read_settings
from conference.catalogue import Catalogue, open_catalogue
from conference.database import migrate, open_database
from conference.record_ids import ids_in
from conference.text import has_han, normalise
from conference.vocabulary import City

NAMES_OF = "names_of"
"""Where a message tells which version of the data its institutions' names are from."""

_LOOK_AGAIN_SECONDS = 5.0


def institution_phrases(names: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Phrase]:
    """Phrases for `(id, names)` pairs; names that are everyday words as well are left out."""
    taken = _written() | english_words()
    jieba.initialize()
    for institution, forms in names:
        for form in forms:
            normal = normalise(form)
            everyday = has_han(form) and len(form) < 4 and jieba.dt.FREQ.get(normal)
            if len(form) > 1 and normal not in taken and not everyday:
                yield Phrase(form, "institution", institution, exact=form.isupper())


def city_phrases(cities: Iterable[City]) -> Iterator[Phrase]:
    """Phrases for cities; a name that is an English word too (Reading) counts as written only."""
    known = [*phrases.vocabulary_phrases(), *phrases.language_phrases()]
    others = {normalise(each.text) for each in known if each.entity != "city"}
    english = english_words()
    for city in cities:
        for phrase in phrases.of_term("city", city):
            normal = normalise(phrase.text)
            if len(normal) > 1 and normal not in others:
                yield replace(phrase, exact=normal in english)


def _written() -> set[str]:
    return {
        normalise(phrase.text)
        for phrase in [*phrases.vocabulary_phrases(), *phrases.language_phrases()]
    }


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class InstitutionExtractor(Component):
    """`institution` entities for names that the running catalogue holds, `city` for its new cities.

    An id that is written like a word (`event-opening`) is a `record` if there is one of that id.
    What is one of these names as it was typed is no misspelling, whatever known word it is like:
    it goes on as it was typed. A message keeps the version of the data that it was read with. In
    training there is no catalogue, and none is needed: examples name no institutions.
    """

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self._catalogue = catalogue
        self._finder = PhraseFinder([])
        self._version: str | None = None
        self._looked = float("-inf")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> InstitutionExtractor:
        settings = read_settings()
        engine = open_database(settings.database_url)
        migrate(engine)
        extractor = cls(open_catalogue(engine, edition=settings.edition))
        extractor.refresh()
        return extractor

    def refresh(self) -> None:
        """Read the names again if the catalogue has changed."""
        if self._catalogue is None:
            return
        self._looked = time.monotonic()
        version = self._catalogue.version()
        if version != self._version:
            named = institution_phrases(self._catalogue.institutions_named())
            written, current = self._catalogue.written_vocabulary, self._catalogue.vocabulary
            new = [each for code, each in current.cities.items() if code not in written.cities]
            self._finder = PhraseFinder([*named, *city_phrases(new)])
            self._version = version

    def process(self, messages: list[Message]) -> list[Message]:
        if time.monotonic() - self._looked > _LOOK_AGAIN_SECONDS:
            self.refresh()
        for message in messages:
            tokens = message.get(TOKENS_NAMES[TEXT]) or []
            normal = normalise(message.get(TEXT))
            self._unmend(tokens, normal)
            found = [
                {**each, "extractor": "institutions"}
                for each in (*self._finder.find(tokens), *self._worded_ids(normal))
            ]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
            message.set(NAMES_OF, self._version, add_to_output=True)
        return messages

    def _worded_ids(self, normal: str) -> Iterator[dict[str, Any]]:
        for match in ids_in(normal, sure=False):
            if self._catalogue is not None and self._catalogue.get(match[0]):
                yield record_entity(match)

    def _unmend(self, tokens: list[Token], normal: str) -> None:
        """Give the tokens of names that were mended their own letters again."""
        if all(normal[each.start : each.end] == each.lemma for each in tokens):
            return
        typed = [
            Token(each.text, each.start, lemma=normal[each.start : each.end]) for each in tokens
        ]
        spans = [(each["start"], each["end"]) for each in self._finder.find(typed)]
        for one, each in zip(typed, tokens, strict=True):
            if any(start <= each.start and each.end <= end for start, end in spans):
                each.lemma = one.lemma
