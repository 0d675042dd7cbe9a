from __future__ import annotations

import pytest
import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.data import TrainingType
from rasa.shared.utils.common import class_from_module_path

from bot.model import fingerprint
from bot.settings import ROOT

CONFIG = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("component", ["QuantityExtractor", "GazetteerExtractor"])
def test_what_is_found_in_messages_is_found_in_the_examples_too(component: str) -> None:
    """Rasa runs no entity extractor on the examples: intents and subjects would be learnt blind."""
    graph = DefaultV1Recipe().graph_config_for_recipe(
        CONFIG, {}, training_type=TrainingType.NLU, is_finetuning=False
    )
    nodes = graph.train_schema.nodes
    assert [name for name in nodes if component in name]


@pytest.mark.parametrize("component", [each["name"] for each in CONFIG["pipeline"]])
def test_a_part_trained_from_other_sources_is_not_taken_for_the_same(component: str) -> None:
    """Rasa's cache of trainings knows a component's class and what `fingerprint_addon` tells."""
    component_class = class_from_module_path(component)
    assert component_class.fingerprint_addon({}) == fingerprint(ROOT)
