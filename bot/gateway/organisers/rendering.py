"""Pages from templates, in the reader's language."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import partial
from importlib import resources
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from conference.languages import spoken
from conference.vocabulary.terms import LANGUAGES

LANGUAGE_COOKIE = "ciep-organiser-language"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",  # without it a form's Origin is null
    "X-Robots-Tag": "noindex",
}


class Pages:
    """Makes pages; every sentence of them stands in `texts.yml`, times are those of `zone`."""

    def __init__(self, *, zone: tzinfo) -> None:
        text = resources.files(__package__).joinpath("texts.yml").read_text(encoding="utf-8")
        self._texts: dict[str, dict[str, str]] = yaml.safe_load(text)
        self._templates = Environment(
            loader=PackageLoader(__package__ or ""),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["moment"] = partial(_moment, zone=zone)

    def show(
        self, name: str, request: Request, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The template `name` as an answer."""
        language = language_of(request)
        template = self._templates.get_template(f"{name}.html.j2")
        page = template.render(
            say=partial(self.say, language=language),
            language=language,
            path=request.url.path,
            query=str(request.url.query),
            **{"signed_in": None, **values},
        )
        return HTMLResponse(page, status_code=status, headers=HEADERS)

    def say(self, key: str, *, language: str, **values: Any) -> str:
        """The text of `key`; raises KeyError when there is none."""
        return self._texts[key][language].format(**values)


def language_of(request: Request) -> str:
    """The language chosen on the page, else the browser's first, else English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    return spoken(request.headers.get("accept-language", "")) or LANGUAGES[0]


def _moment(text: str, *, zone: tzinfo) -> str:
    """ISO 8601 as a person reads it, in the conference's time."""
    return datetime.fromisoformat(text).astimezone(zone).strftime("%Y-%m-%d %H:%M")
