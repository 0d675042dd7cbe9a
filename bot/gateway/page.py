"""The page with the chat on it, as the edition words it."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined

from conference.edition import Edition
from conference.vocabulary import load_vocabulary
from conference.vocabulary.terms import LANGUAGES


class ChatPage:
    """Both languages are on it; a text that lacks one is shown in the other."""

    def __init__(self, edition: Edition) -> None:
        environment = Environment(
            loader=PackageLoader(__package__ or ""),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["in"] = _in
        self._template = environment.get_template("page.html.j2")
        countries = load_vocabulary().countries
        guest = countries[edition.country].labels if edition.country else None
        self._values = {"edition": edition, "guest": guest}

    def html(self, *, script: str, sample: bool, chinese: bool = False) -> str:
        """The page, with the address of the `script` to paste.

        `sample` says on it that the data is invented, `chinese` is shown first.
        """
        return self._template.render(script=script, sample=sample, chinese=chinese, **self._values)


def _in(texts: Mapping[str, str], language: str) -> str:
    return next((texts[each] for each in (language, *LANGUAGES) if each in texts), "")
