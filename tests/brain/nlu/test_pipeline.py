from __future__ import annotations

import pytest
import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.data import TrainingType

from bot.settings import ROOT


@pytest.mark.parametrize("component", ["QuantityExtractor", "GazetteerExtractor"])
def test_what_is_found_in_messages_is_found_in_the_examples_too(component: str) -> None:
    """Rasa runs no entity extractor on the examples: intents and subjects would be learnt blind."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    graph = DefaultV1Recipe().graph_config_for_recipe(
        config, {}, training_type=TrainingType.NLU, is_finetuning=False
    )
    nodes = graph.train_schema.nodes
    assert [name for name in nodes if component in name]
