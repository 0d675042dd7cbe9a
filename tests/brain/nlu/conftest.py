"""Messages as the pipeline hands them on, and components trained and loaded as Rasa does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.encoder import SentenceEncoderFeaturizer
from bot.brain.nlu.gazetteer import GazetteerExtractor
from bot.brain.nlu.tokenizer import BilingualTokenizer

Entity = dict[str, Any]
TOKENIZER = BilingualTokenizer(BilingualTokenizer.get_default_config())


def tokens_of(text: str) -> list[Token]:
    """A text's tokens."""
    return TOKENIZER.tokenize(Message({TEXT: text}), TEXT)


def message_of(text: str, *, intent: str | None = None, entities: Sequence[Entity] = ()) -> Message:
    """A tokenised message."""
    data: dict[str, Any] = {TEXT: text, TOKENS_NAMES[TEXT]: tokens_of(text)}
    if intent is not None:
        data[INTENT] = intent
    return Message({**data, ENTITIES: list(entities)})


def found_in(text: str, entities: Sequence[Entity]) -> list[tuple[str, Any, str]]:
    """Each entity with the words that it stands for."""
    return [(each["entity"], each["value"], text[each["start"] : each["end"]]) for each in entities]


@pytest.fixture(scope="session")
def gazetteer() -> GazetteerExtractor:
    """The gazetteer with all its phrases."""
    return GazetteerExtractor()


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoderFeaturizer:
    """The sentence encoder."""
    storage = LocalModelStorage(tmp_path_factory.mktemp("encoder"))
    context = ExecutionContext(GraphSchema({}), node_name="encoder")
    return SentenceEncoderFeaturizer.create({}, storage, Resource("encoder"), context)


@pytest.fixture
def trained(tmp_path: Path) -> Callable[..., Any]:
    """Trains a component on messages, keeps it and gives what is loaded again."""

    def train(component: Any, messages: Sequence[Message], **config: Any) -> Any:
        storage = LocalModelStorage(tmp_path)
        resource = Resource(component.__name__)
        context = ExecutionContext(GraphSchema({}), node_name=component.__name__)
        settings = {**component.get_default_config(), **config}
        new = component.create(settings, storage, resource, context)
        new.train(TrainingData(list(messages)))
        return component.load(settings, storage, resource, context)

    return train
