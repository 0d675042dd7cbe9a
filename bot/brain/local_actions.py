"""Rasa's custom actions, run in this process without a second server."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft7Validator
from rasa.core.actions.action import Action, RemoteAction, action_for_name_or_text
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class LocalActions(EndpointConfig):
    """An action endpoint that calls rasa_sdk's executor instead of a server."""

    def __init__(self) -> None:
        # No act reads the domain, which Rasa would otherwise write out anew for each.
        super().__init__(url="local", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        return await self._executor.run(kwargs["json"])


class QuickRemoteAction(RemoteAction):
    """A remote action whose answer is checked by a validator made once; our own acts' not at all.

    Rasa's own checks the schema itself again on every call, which takes 20 to 30 ms.
    """

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        if not isinstance(self.action_endpoint, LocalActions):
            _validator().validate(result)
        return True


def action_named(name: str, domain: Domain, endpoint: EndpointConfig | None) -> Action:
    """Rasa's action of that name, custom ones as `QuickRemoteAction`."""
    action = action_for_name_or_text(name, domain, endpoint)
    return QuickRemoteAction(name, endpoint) if type(action) is RemoteAction else action


@cache
def _validator() -> Draft7Validator:
    return Draft7Validator(RemoteAction.action_response_format_spec())
