"""The language in which commands speak."""

from __future__ import annotations

import os

import click

from conference.languages import spoken
from conference.vocabulary.terms import LANGUAGES

LANGUAGE = click.Choice(LANGUAGES)


def terminal_language() -> str:
    """The language that the terminal is set to, else English."""
    return spoken(os.environ.get("LANG", "")) or LANGUAGES[0]
