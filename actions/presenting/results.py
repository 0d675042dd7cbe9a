"""A page of what was found."""

from __future__ import annotations

from typing import Any, Literal

from actions.presenting.describing import Names, describe, order_of
from actions.presenting.message import Button, Message, button, message, paragraphs
from actions.presenting.records import Institutions, items_of, number_buttons, numbered
from actions.presenting.wording import both, label
from actions.texts import say
from conference.catalogue import Page
from conference.query import Frame, News

Edge = Literal["start", "end"]


def present_results(
    page: Page,
    frame: Frame,
    *,
    language: str,
    institutions: Institutions | None = None,
    names: Names | None = None,
    edge: Edge | None = None,
) -> Message:
    """The page found for `frame`, the search as it was asked.

    `institutions` are those of the page's records, `names` those that the query names. `edge`
    says that the person asked for a page before the first or after the last, and stays on this.
    """
    items = items_of(page.items, institutions or {}, language)
    more: dict[str, Any] = {"relaxed": list(page.relaxed)} if page.relaxed else {}
    if frame.news:
        more["alert"] = str(frame.news.alert)
    return message(
        paragraphs(
            _headline(page, frame, language, names=names, edge=edge),
            numbered(items),
            _position(page, language),
        ),
        type_="results",
        language=language,
        buttons=_buttons(page, frame, language, numbers=number_buttons(items)),
        kind=frame.kind.value,
        query=frame.query.to_json(),
        total=page.total,
        offset=page.offset,
        items=items,
        **more,
    )


def _headline(
    page: Page, frame: Frame, language: str, *, names: Names | None, edge: Edge | None
) -> str:
    asked = describe(frame, language, names=names, order=False)
    if page.total == 0:
        return paragraphs(
            say("results.none", language, things=asked), say("results.none_hint", language)
        )
    shown = page.shown if page.relaxed else frame
    values = {
        "count": page.total,
        "things": describe(shown, language, names=names, one=page.total == 1, order=False),
        "measure": say(f"measure.{frame.kind.value}", language),
    }
    if page.relaxed:
        keys = given_up(page.relaxed, language)
        return say("results.relaxed", language, asked=asked, keys=keys, **values)
    if edge == "end" or not page.items:
        return say("results.end", language, **values)
    if edge == "start":
        return say("results.start", language, **values)
    if frame.news:
        return say("results.news", language, **values)
    if sort := order_of(frame, language):
        return say("results.found_sorted", language, sort=sort, **values)
    return say("results.found", language, **values)


def given_up(keys: tuple[str, ...], language: str) -> str:
    """The criteria that were dropped, by name; a range of days is one criterion."""
    said = [each for each in keys if not (each == "until" and "day" in keys)]
    return both([label("key", each, language) for each in said], language)


def _position(page: Page, language: str) -> str | None:
    if not page.items or page.total == len(page.items):
        return None
    last = page.offset + len(page.items)
    return say(
        "results.position",
        language,
        first=page.offset + 1,
        last=last,
        count=page.total,
        measure=say(f"measure.{page.shown.kind.value}", language),
    )


def _buttons(page: Page, frame: Frame, language: str, *, numbers: list[Button]) -> list[Button]:
    if not page.total:
        return [button("start_over", language), button("help", language)]
    more = page.items and page.offset + len(page.items) < page.total
    return [
        *numbers,
        *([button("next_page", language)] if more else []),
        *([button("previous_page", language)] if page.offset else []),
        *([_stop_button(frame.news, language)] if frame.news else []),
    ]


def _stop_button(news: News, language: str) -> Button:
    return button("stop_alert", language, "stop_alerts", alert=str(news.alert))
