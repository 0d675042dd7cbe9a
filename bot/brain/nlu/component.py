"""What the components share: how they are made, told apart, kept and loaded again."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.model import fingerprint
from bot.settings import ROOT

Self = TypeVar("Self", bound="Component")


class FollowsSources:
    """Tells Rasa's cache of trainings what a component is made of.

    By itself Rasa looks at the code of the class alone, and takes a part that was trained with
    other functions, words or names for the same.
    """

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        return _sources()


@cache
def _sources() -> str:
    return fingerprint(ROOT)


class Component(FollowsSources, GraphComponent):
    """A component that learns nothing, and does with examples what it does with messages."""

    @classmethod
    def create(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        raise NotImplementedError

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data


class Trainable(Component):
    """A component whose learnt part is one object, `learnt`, kept in the model by joblib.

    The model is a file that its owner trained; like every Rasa model it is not to be loaded from
    strangers.
    """

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        learnt: Any = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._identifier = name
        self._model_storage = model_storage
        self._resource = resource
        self._learnt = learnt

    @classmethod
    def create(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        with model_storage.read_from(resource) as folder:
            learnt = joblib.load(folder / "learnt.joblib")
        return cls(config, execution_context.node_name, model_storage, resource, learnt)

    def learn(self, training_data: TrainingData) -> Any:
        """What the component learns from the examples; must be picklable."""
        raise NotImplementedError

    def train(self, training_data: TrainingData) -> Resource:
        self._learnt = self.learn(training_data)
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._learnt, folder / "learnt.joblib")
        return self._resource
