"""What the trainable components share: how they are made, kept and loaded again."""

from __future__ import annotations

from typing import Any, TypeVar

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

Self = TypeVar("Self", bound="Trainable")


class Trainable(GraphComponent):
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

    def process(self, messages: list[Message]) -> list[Message]:
        raise NotImplementedError

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data
