"""What can end a command, as one tree. Each message is one line for the person who typed it.

BotError
├── SettingError        a setting is wrong
├── PreparationError    the sample or the model could not be made
├── HeldOutError        the set to evaluate with cannot be read
├── LearningError       the training examples cannot be read
├── BrainsError         a brain process does not stay up
└── BrainError          a turn was not answered
    ├── BrainAwayError      no brain answered in time; the same turn may be asked again
    └── BrainFailedError    the brain answered that it cannot
"""

from __future__ import annotations

from pathlib import Path


class BotError(Exception):
    """Any of them. `exit_code` is the command's."""

    exit_code = 1


class SettingError(BotError):
    """A setting is wrong: its name, what is wrong with it, the mend."""

    exit_code = 2

    def __init__(self, name: str, problem: str, mend: str) -> None:
        super().__init__(f"{name} {problem}; {mend}.")
        self.name = name


class PreparationError(BotError):
    """A step of the preparation failed; the message shows the end of what it wrote."""


class HeldOutError(BotError):
    """The set to evaluate with cannot be read: the file, what is wrong with it, the mend."""

    exit_code = 2

    def __init__(self, path: Path, problem: str, mend: str) -> None:
        super().__init__(f"{path} {problem}; {mend}.")


class LearningError(BotError):
    """The training examples cannot be read: the file, what is wrong with it, the mend."""

    exit_code = 2

    def __init__(self, path: Path, problem: str, mend: str) -> None:
        super().__init__(f"{path} {problem}; {mend}.")


class BrainsError(BotError):
    """A brain process does not stay up."""


class BrainError(BotError):
    """A turn was not answered."""


class BrainAwayError(BrainError):
    """Nobody answered in time."""

    def __init__(self) -> None:
        super().__init__("The assistant did not answer in time.")


class BrainFailedError(BrainError):
    """The brain gave an error, known by its HTTP status; nothing a user wrote is in it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The assistant could not answer (status {status}).")
