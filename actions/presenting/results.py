"""A page of what was found."""

from __future__ import annotations

from typing import Any

from actions.presenting.describing import Names, describe, order_of
from actions.presenting.message import Button, Message, button, message, paragraphs
from actions.presenting.paging import Edge, Place
from actions.presenting.records import Institutions, items_of, number_buttons, numbered
from actions.presenting.wording import both, label, measure
from actions.texts import say
from conference.catalogue import Page
from conference.query import Frame, News


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

    `institutions` are those of the page's records, `names` those that the query names.
    """
    items = items_of(page.items, institutions or {}, language)
    more: dict[str, Any] = {"relaxed": list(page.relaxed)} if page.relaxed else {}
    if frame.news:
        more["alert"] = str(frame.news.alert)
    place = Place(frame.kind, page.offset, len(items), page.total)
    if page.total and not items:
        edge = "end"  # there are fewer by now
    headline = (
        place.at_edge(edge, language)
        if edge and page.total
        else _headline(page, frame, language, names=names)
    )
    return message(
        paragraphs(headline, numbered(items), place.position(language)),
        type_="results",
        language=language,
        buttons=[*number_buttons(items), *place.pagers(language), *_others(page, frame, language)],
        kind=frame.kind.value,
        query=frame.query.to_json(),
        total=page.total,
        offset=page.offset,
        items=items,
        **more,
    )


def _headline(page: Page, frame: Frame, language: str, *, names: Names | None) -> str:
    asked = describe(frame, language, names=names, order=False)
    if page.total == 0:
        return paragraphs(
            say("results.none", language, things=asked), say("results.none_hint", language)
        )
    shown = page.shown if page.relaxed else frame
    values = {
        "count": page.total,
        "things": describe(shown, language, names=names, one=page.total == 1, order=False),
        "measure": measure(frame.kind, language),
    }
    if page.relaxed:
        keys = given_up(page.relaxed, language)
        return say("results.relaxed", language, asked=asked, keys=keys, **values)
    if frame.news:
        return say("results.news", language, **values)
    if sort := order_of(frame, language):
        return say("results.found_sorted", language, sort=sort, **values)
    return say("results.found", language, **values)


def given_up(keys: tuple[str, ...], language: str) -> str:
    """The criteria that were dropped, by name; a range of days is one criterion."""
    said = [each for each in keys if not (each == "until" and "day" in keys)]
    return both([label("key", each, language) for each in said], language)


def _others(page: Page, frame: Frame, language: str) -> list[Button]:
    if not page.total:
        return [button("start_over", language), button("help", language)]
    return [_stop_button(frame.news, language)] if frame.news else []


def _stop_button(news: News, language: str) -> Button:
    return button("stop_alert", language, "stop_alerts", alert=str(news.alert))
