from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from bot.brain.processor import StraightRunner

Node = Callable[..., tuple[str, Any]]

NEEDS = {
    "tokens": {"text": "text"},
    "intent": {"tokens": "tokens"},
    "entities": {"tokens": "tokens"},
    "both": {"intent": "intent", "entities": "entities"},
    "alone": {"text": "text"},
}


class Graph:
    """A loaded graph: `text` is an input, `both` needs two nodes that share a third."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        nodes = {name: SimpleNamespace(needs=needs) for name, needs in NEEDS.items()}
        self._graph_schema = SimpleNamespace(nodes=nodes)
        self._instantiated_nodes = {name: self._node(name) for name in NEEDS}

    def _node(self, name: str) -> Node:
        def run(*inputs: tuple[str, Any]) -> tuple[str, Any]:
            self.ran.append(name)
            return name, f"{name}({', '.join(value for _, value in inputs)})"

        return run


@pytest.fixture
def graph() -> Graph:
    return Graph()


def test_each_node_runs_once_and_after_those_that_it_needs(graph: Graph) -> None:
    runner: Any = StraightRunner(graph)
    result = runner.run(inputs={"text": "hi"}, targets=["both"])
    assert result == {"both": "both(intent(tokens(hi)), entities(tokens(hi)))"}
    assert graph.ran == ["tokens", "intent", "entities", "both"]


def test_every_run_starts_anew(graph: Graph) -> None:
    runner: Any = StraightRunner(graph)
    assert runner.run(inputs={"text": "a"}, targets=["alone"]) == {"alone": "alone(a)"}
    assert runner.run(inputs={"text": "b"}, targets=["alone"]) == {"alone": "alone(b)"}


def test_several_targets_share_what_they_need(graph: Graph) -> None:
    runner: Any = StraightRunner(graph)
    result = runner.run(inputs={"text": "hi"}, targets=["intent", "entities"])
    assert result == {"intent": "intent(tokens(hi))", "entities": "entities(tokens(hi))"}
    assert graph.ran.count("tokens") == 1
