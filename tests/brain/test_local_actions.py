from __future__ import annotations

import jsonschema
import pytest
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from bot.brain.local_actions import LocalActions, QuickRemoteAction, action_named
from bot.settings import ROOT

RIGHT = {"events": [{"event": "slot", "name": "record", "value": None}], "responses": []}
WRONG = {"events": "none"}


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


def test_our_own_actions_run_here_and_rasa_s_are_rasa_s(domain: Domain) -> None:
    endpoint = LocalActions()
    assert type(action_named("action_search", domain, endpoint)) is QuickRemoteAction
    assert type(action_named("action_listen", domain, endpoint)) is not QuickRemoteAction


async def test_an_action_that_does_not_exist_is_an_error() -> None:
    request = {"next_action": "action_nowhere", "tracker": {"sender_id": "x"}, "domain": {}}
    with pytest.raises(Exception, match="action_nowhere"):
        await LocalActions().request(json=request)


def test_an_answer_from_another_server_is_checked() -> None:
    action = QuickRemoteAction("action_search", EndpointConfig(url="http://actions.example"))
    assert action._validate_action_result(RIGHT)
    with pytest.raises(jsonschema.ValidationError):
        action._validate_action_result(WRONG)
