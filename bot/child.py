"""Run a module as a child that never outlives its parent: `python -m bot.child MODULE [ARG...]`.

The parent holds the other end of our standard input. When it is gone, killed or not, the pipe
closes and we end. A pipe does this on every system, where `PR_SET_PDEATHSIG` is Linux's alone.
"""

from __future__ import annotations

import logging
import os
import runpy
import sys
import threading


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs `module` so; start it with its standard input a pipe."""
    return [sys.executable, "-m", "bot.child", module, *arguments]


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)  # at once: there is nobody left to tell


def hush() -> None:
    """Print no warnings: what libraries say of each other's old age is nothing to a user.

    Some of them undo PYTHONWARNINGS, so it is caught where it would be printed.
    """
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)


def main() -> None:
    """Watch the parent and become the module."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    hush()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
