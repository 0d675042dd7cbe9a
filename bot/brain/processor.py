"""Rasa's message processor without what has no effect here and costs more than the rest.

The loaded model still parses, its rules still choose the action and Rasa still runs it. Left out
are sessions, slot mappings, forms and reminders, none of which our domain has, the copies of the
tracker and of every event that only debug lines would show, and Dask.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.local_actions import action_named

_MOST_ACTIONS = 10  # in one turn; Rasa's own limit, against rules that run in a circle


class StraightRunner:
    """Runs a loaded graph's nodes one after the other, each target's order worked out once.

    Dask sorts the graph and schedules its tasks anew on every run, all in this thread anyway.
    """

    def __init__(self, loaded: DaskGraphRunner) -> None:
        self._nodes = loaded._instantiated_nodes
        self._schema = loaded._graph_schema
        self._orders: dict[str, dict[str, list[str]]] = {}

    def run(self, inputs: dict[str, Any], targets: list[str]) -> dict[str, Any]:
        """The targets' outputs; `inputs` are there under their names already."""
        outputs = dict(inputs)
        for target in targets:
            for name, needs in self._order(target).items():
                if name not in outputs:
                    _, outputs[name] = self._nodes[name](*((need, outputs[need]) for need in needs))
        return {target: outputs[target] for target in targets}

    def _order(self, target: str) -> dict[str, list[str]]:
        """The nodes to run for a target, each after those that it needs."""
        if target not in self._orders:
            order: dict[str, list[str]] = {}
            self._visit(target, order)
            self._orders[target] = order
        return self._orders[target]

    def _visit(self, name: str, order: dict[str, list[str]]) -> None:
        if name in order or name not in self._schema.nodes:  # what is no node is an input
            return
        needs = list(self._schema.nodes[name].needs.values())
        for need in needs:
            self._visit(need, order)
        order[name] = needs


class BrainProcessor(MessageProcessor):
    """A processor for turns that begin with the slots alone (see `bot.brain.memory`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.graph_runner: Any = StraightRunner(self.graph_runner)
        self._chosen: dict[tuple[str, ...], str] = {}
        shown = any(slot.influence_conversation for slot in self.domain.slots)
        self._plain_intents = frozenset(
            intent
            for intent, properties in self.domain.intent_properties.items()
            if not shown and not properties["used_entities"]
        )

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """The parse data of a message, without the copies of it that only a debug line shows."""
        no_one = tracker or DialogueStateTracker(message.sender_id, self.domain.slots)
        parse: dict[str, Any] = self._parse_message_with_graph(
            message, no_one, only_output_properties
        )
        return parse

    async def take_turn(self, message: UserMessage) -> None:
        """Log a parsed message, run the actions that the rules choose, keep the slots."""
        tracker = await self.get_tracker(message.sender_id)
        parse = message.parse_data
        tracker.update(
            UserUttered(
                message.text,
                parse["intent"],
                parse["entities"],
                parse,
                input_channel=message.input_channel,
                metadata=message.metadata,
            ),
            self.domain,
        )
        for _ in range(_MOST_ACTIONS):
            name = self._next_action(tracker)
            if name == ACTION_LISTEN_NAME:
                break
            action = action_named(name, self.domain, self.action_endpoint)
            events = await action.run(message.output_channel, self.nlg, tracker, self.domain)
            tracker.update_with_events([ActionExecuted(name), *events], self.domain)
            for event in events:
                if isinstance(event, BotUttered):
                    await message.output_channel.send_response(tracker.sender_id, event.message())
        await self.save_tracker(tracker)

    def _next_action(self, tracker: DialogueStateTracker) -> str:
        """What the rules say comes next.

        Where they see nothing but intents and actions, they are asked once for each sequence.
        """
        if tracker.latest_message.intent["name"] not in self._plain_intents:
            return self._name_of(self._predict_next_with_tracker(tracker))
        acts = tuple(
            str(event.intent_name if isinstance(event, UserUttered) else event.action_name)
            for event in tracker.events
            if isinstance(event, UserUttered | ActionExecuted)
        )
        if acts not in self._chosen:
            self._chosen[acts] = self._name_of(self._predict_next_with_tracker(tracker))
        return self._chosen[acts]

    def _name_of(self, prediction: PolicyPrediction) -> str:
        return str(self.domain.action_names_or_texts[prediction.max_confidence_index])

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Nothing: the model and its domain are trained together."""
