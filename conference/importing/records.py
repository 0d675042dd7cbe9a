"""Rows into drafts of records, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conference.importing import cells, events, salaries
from conference.importing.fields import Owner, Readers, RowError, RowReader
from conference.importing.times import UnclearDateError
from conference.money import load_rates
from conference.query import Kind


@dataclass(frozen=True)
class Draft:
    """A record that its row states without errors: the columns that the row fills."""

    kind: Kind
    place: str
    id: str | None
    columns: dict[str, Any]
    owner: Owner | None


def make_draft(
    readers: Readers, kind: Kind, place: str, values: dict[str, Any], headings: dict[str, str]
) -> Draft | None:
    """The draft of a row whose values stand under our field names.

    None when it has errors, which are noted down. `headings` are the fields' names in the file.
    """
    row = RowReader(readers, place, values, headings)
    try:
        if not row.says_something:  # below the table, in columns that are not used
            raise RowError("note_row")
        columns = _KINDS[kind](row)
    except RowError as error:
        readers.problems.add(
            error.rule, place=place, column=error.column, value=error.value, hint=error.hint
        )
        return None
    return Draft(kind, place, row.text("id"), columns, row.owner)


def _job(row: RowReader) -> dict[str, Any]:
    row.whose()
    row.status(quiet=True)
    columns = row.texts("title", needed=True) | row.texts("description") | row.whereabouts()
    if row.has("remote"):
        text = row.text("remote")
        said = False if text is None else cells.truth_of(text)
        if said is None:
            row.warn("code_unknown", "remote", hint="yes, no")
        columns["remote"] = bool(said) or columns.get("remote", False)
    columns |= row.several("skills")
    columns |= _salary(row, columns.get("country"))
    if row.has("experience"):
        text = row.text("experience")
        known, years = (True, None) if text is None else cells.years_of(text)
        if not known:
            row.warn("experience_unreadable", "experience")
        columns["experience_years"] = years
    columns |= row.only(
        industry=lambda: row.code("industry"),
        occupation=lambda: (row.text("occupation") or "")[:40] or None,
        employment=lambda: row.code("employment"),
        degree=lambda: row.code("degree"),
        openings=lambda: row.number("openings", otherwise=1),
        date_posted=lambda: row.day_if_any("date_posted"),
        valid_through=lambda: row.day("valid_through"),
        url=lambda: row.address("url"),
        sample=lambda: _sample(row),
    )
    _in_order(row, columns)
    return columns


def _salary(row: RowReader, country: str | None) -> dict[str, Any]:
    """The salary's six columns as one: as offered, and in CNY a month."""
    names = ("salary", "salary_min", "salary_max", "salary_cny_min", "salary_cny_max")
    if not row.has(*names):
        return {}
    offer = _offer(row, load_rates().of_country.get(country or ""))
    currency, unit = row.text("salary_currency"), row.text("salary_unit")
    code = offer.currency if offer else salaries.read_currency(currency) if currency else None
    columns: dict[str, Any] = {
        "salary_currency": code,
        "salary_unit": offer.unit if offer else salaries.read_unit(unit) if unit else None,
        "salary_amount_min": offer.least if offer else None,
        "salary_amount_max": offer.most if offer else None,
        "salary_min": None,
        "salary_max": None,
    }
    if row.has("salary_cny_min", "salary_cny_max"):
        for name in ("min", "max"):
            columns[f"salary_{name}"] = row.number(f"salary_cny_{name}", otherwise=None)
    elif offer:
        try:
            columns["salary_min"], columns["salary_max"] = offer.monthly()
        except KeyError:
            row.warn("currency_unknown", "salary_currency", value=offer.currency)
    return columns


def _offer(row: RowReader, usual: str | None) -> salaries.Offer | None:
    """The salary as offered; `usual` is the currency where the work is."""
    currency, unit = row.text("salary_currency"), row.text("salary_unit")
    name = next((each for each in ("salary", "salary_min", "salary_max") if row.text(each)), None)
    if name is None:
        return None
    told = salaries.read_hints(row.heading(name))
    hints = salaries.Hints(
        (salaries.read_currency(currency) if currency else None) or told.currency or usual,
        (salaries.read_unit(unit) if unit else None) or told.unit,
        told.scale,
    )
    if name == "salary":
        text = row.text("salary") or ""
    else:
        least, most = row.text("salary_min"), row.text("salary_max")
        if hints.currency and hints.unit and hints.scale == 1:
            exact = salaries.exact_offer(least, most, hints.currency, hints.unit)
            if exact:
                return exact
        text = f"{least}-{most}" if least and most else f"{least}+" if least else f"up to {most}"
    if salaries.is_negotiable(text):
        return None
    offer = salaries.read_salary(text, hints)
    if offer is None:
        if re.search(r"[1-9]", text) or name == "salary":
            row.warn("salary_unreadable", name, value=text)
        return None
    if offer.least is not None and offer.most is not None and offer.least > offer.most:
        raise row.fail("salary_upside_down", name)
    said = currency or told.currency or salaries.names_currency(text)
    if usual not in (None, "CNY") and not said:
        row.warn("currency_guessed", name, hint=offer.currency, value=text)
    if offer.guessed:
        row.warn("salary_guessed", name, hint=offer.unit, value=text)
    return offer.by_the_month() if offer.unit == "WEEK" else offer


def _program(row: RowReader) -> dict[str, Any]:
    row.whose()
    row.status(quiet=True)
    return {
        **row.texts("name", needed=True),
        **row.texts("description"),
        **_town(row),
        **row.languages(),
        **row.only(
            industry=lambda: row.code("industry"),
            stage=lambda: row.code("stage"),
            contact_email=lambda: row.address("contact_email"),
            date_posted=lambda: row.day_if_any("date_posted"),
            url=lambda: row.address("url"),
            sample=lambda: _sample(row),
        ),
    }


def _institution(row: RowReader) -> dict[str, Any]:
    columns = {
        **row.texts("name", needed=True),
        **row.texts("description"),
        **_town(row),
        **row.only(
            type=lambda: row.code("type", "institution_type"),
            industry=lambda: row.code("industry"),
            url=lambda: row.address("url"),
            contact_email=lambda: row.address("contact_email"),
            sample=lambda: _sample(row),
        ),
    }
    if row.has("alternate_names"):
        listed = (cells.text_of(each) for each in cells.list_of(row.values["alternate_names"]))
        columns["alternate_names"] = [each for each in listed if each]
    return columns


def _intention(row: RowReader) -> dict[str, Any]:
    row.whose()
    row.status(quiet=True)
    columns = {
        **row.texts("title", needed=True),
        **row.texts("description"),
        **_town(row),
        **row.only(
            direction=lambda: row.code("direction"),
            industry=lambda: row.code("industry"),
            date_posted=lambda: row.day_if_any("date_posted"),
            valid_through=lambda: row.day("valid_through"),
            sample=lambda: _sample(row),
        ),
    }
    _in_order(row, columns)
    return columns


def _event(row: RowReader) -> dict[str, Any]:
    row.whose()
    columns = {
        **row.texts("name", needed=True),
        **row.texts("description"),
        **row.texts("room"),
        **_town(row),
        **row.languages(),
        **row.only(
            zone=lambda: row.code("zone"),
            industry=lambda: row.code("industry"),
            status=lambda: row.status(quiet=False),
            url=lambda: row.address("url"),
            sample=lambda: _sample(row),
        ),
    }
    columns |= _when(row)
    if row.has("type"):
        columns["type"] = row.code("type", "event_type")
    if row.has("category"):
        if not columns.get("type"):
            columns["type"] = row.code("category", "event_type", quiet=True)
        columns.setdefault("industry", row.code("category", "industry", quiet=True))
    if row.has("speakers"):
        columns["speakers"] = events.speakers(row.values["speakers"])
    columns.setdefault("status", "scheduled")
    return columns


def _when(row: RowReader) -> dict[str, Any]:
    day, last, ends = row.text("date"), row.text("end_date"), row.text("ends_at")
    if last:  # "end time" may stand in a column of its own
        ends = f"{last} {ends}" if ends and events.is_clock(ends) else ends or last
    zone = row.values.get("zone_of_times") or row.options.zone
    try:
        start, end = events.span(
            starts_at=row.text("starts_at"),
            ends_at=ends,
            day=day,
            duration=row.text("duration"),
            zone=zone,
            order=row.options.order,
            near=row.options.near,
        )
    except UnclearDateError as error:
        raise row.fail("date_unclear", "date" if row.text("date") else "starts_at") from error
    except ValueError as error:
        name = "starts_at" if row.text("starts_at") else "date"
        raise row.fail("time_unreadable", name) from error
    if start is None:
        raise row.fail("start_missing", "starts_at")
    if end is not None and end < start:
        raise row.fail("ends_before_start", "ends_at")
    return {"starts_at": _moment(start, row), "ends_at": _moment(end, row) if end else None}


def _moment(moment: datetime, row: RowReader) -> str:
    # as the store keeps times, so that an unchanged event is seen to be unchanged
    return moment.astimezone(row.options.zone).isoformat(timespec="seconds")


def _town(row: RowReader) -> dict[str, Any]:
    return {name: each for name, each in row.whereabouts().items() if name != "remote"}


def _sample(row: RowReader) -> bool:
    return bool(cells.truth_of(row.text("sample") or ""))


def _in_order(row: RowReader, columns: dict[str, Any]) -> None:
    posted, closes = columns.get("date_posted"), columns.get("valid_through")
    if posted and closes and closes < posted:
        raise row.fail("closes_before_posted", "valid_through")


_KINDS: dict[Kind, Callable[[RowReader], dict[str, Any]]] = {
    Kind.JOBS: _job,
    Kind.PROGRAMS: _program,
    Kind.INSTITUTIONS: _institution,
    Kind.INTENTIONS: _intention,
    Kind.EVENTS: _event,
}
