"""What is kept for Telegram, as values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

REPLY = 0
BROADCAST = 1


@dataclass(frozen=True)
class Outgoing:
    """A call of the Bot API to be made once. Broadcasts wait for replies.

    What tells of an alert has its `alert_id`, and goes where that goes.
    """

    chat_id: int
    method: str
    params: dict[str, Any]
    priority: int = REPLY
    alert_id: int | None = None


@dataclass(frozen=True)
class Keyboard:
    """The buttons of one message: good in this chat and for this person only.

    Each button is what it does: `{"title", "payload"}` is said to the brain, `{"title", "event"}`
    asks for a calendar entry. `state` is the conversation's under that message.
    """

    key: str
    chat_id: int
    user_id: int
    buttons: list[dict[str, Any]]
    state: dict[str, Any] | None = None
    is_list: bool = False


@dataclass(frozen=True)
class Reply:
    """What comes of an update. `forget` says that the person had everything deleted."""

    outgoing: tuple[Outgoing, ...] = ()
    keyboards: tuple[Keyboard, ...] = ()
    forget: bool = False

    def under(self, state: dict[str, Any] | None) -> Reply:
        """The same, its buttons remembering the conversation's state."""
        return replace(self, keyboards=tuple(replace(each, state=state) for each in self.keyboards))

    def about(self, alert_id: int) -> Reply:
        """The same, as news of an alert that nobody has asked for now."""
        news = (replace(each, priority=BROADCAST, alert_id=alert_id) for each in self.outgoing)
        return replace(self, outgoing=tuple(news))

    def __add__(self, other: Reply) -> Reply:
        return Reply(
            self.outgoing + other.outgoing,
            self.keyboards + other.keyboards,
            self.forget or other.forget,
        )


@dataclass(frozen=True)
class Claimed:
    """An update that this process works on; `attempts` counts this one."""

    update_id: int
    lane: str
    body: str
    attempts: int
    told: bool
    before: dict[str, Any] | None


@dataclass(frozen=True)
class Waiting:
    """A call in the outbox; `age` in seconds."""

    id: int
    chat_id: int
    method: str
    params: dict[str, Any] = field(repr=False)
    priority: int = REPLY
    attempts: int = 0
    age: float = 0.0
    mark: dict[str, int] | None = None
