"""Importing a file: read, understand, compare, store; every row's outcome counted and reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from conference.catalogue import Catalogue
from conference.importing import headings
from conference.importing.codes import Codes, no_places
from conference.importing.fields import Options, Readers
from conference.importing.formats import open_reader
from conference.importing.headings import Mapping, Wishes, best_kind, map_columns
from conference.importing.identity import Identities, Seen
from conference.importing.places import NewCity, Places, is_city
from conference.importing.problems import Problems
from conference.importing.records import Draft, make_draft
from conference.importing.rows import BrokenFileError, Row
from conference.importing.storing import Change, Outcome, Storing
from conference.importing.times import date_order, order_within
from conference.query import Kind
from conference.record_ids import PREFIXES

_LOOKED_AT = 1_000  # rows by which the order of day and month is told
_BATCH = 1_000  # rows written at once; those of two batches wait for their words, 40 MB
_DATES = {"date_posted", "valid_through", "starts_at", "ends_at", "date", "end_date"}

Progress = Callable[[str, float, int], None]
"""Told (step, how much of the file is done from 0 to 1, rows read) now and then."""


@dataclass(frozen=True)
class Request:
    """How a file is to be imported.

    `source` names where the file is from, for ids that must not mix with another source's;
    `dates` is `dmy` or `mdy`.
    """

    wishes: Wishes = field(default_factory=Wishes)
    source: str = ""
    dates: str | None = None
    strict: bool = False
    retire_missing: bool = False
    dry_run: bool = False


@dataclass
class Report:
    """What became of a file."""

    path: Path
    problems: Problems = field(default_factory=Problems)
    outcome: Outcome = field(default_factory=Outcome)
    mappings: list[Mapping] = field(default_factory=list)
    cities: dict[str, NewCity] = field(default_factory=dict)
    rows: int = 0
    refused: int = 0
    """Rows with errors; `rows` are all that were read."""
    whole: bool = True
    """Whether the file was read to its end."""


def import_file(
    catalogue: Catalogue,
    path: Path,
    request: Request,
    *,
    progress: Progress | None = None,
) -> Report:
    """Import a file in one transaction; what cannot be read is in the report, not raised.

    Raises ValueError for a wish for a field that does not exist.
    """
    report = Report(path)
    with catalogue.engine.begin() as connection:
        storing = Storing(connection, catalogue, dry_run=request.dry_run)
        report.outcome = storing.outcome
        work = _Import(catalogue, request, report, storing, progress or (lambda *_: None))
        try:
            try:
                work.run()
            except BrokenFileError as error:
                report.whole = False
                report.problems.add(
                    error.rule, place=error.place, value=error.hint or path.name, hint=error.hint
                )
            work.finish()
        finally:
            storing.close()
    return report


class _Import:
    """The import of one file."""

    def __init__(
        self,
        catalogue: Catalogue,
        request: Request,
        report: Report,
        storing: Storing,
        tell: Progress,
    ) -> None:
        self._request = request
        self._zone = catalogue.edition.zone  # of times without an offset too
        self._days = catalogue.edition.days
        self._report = report
        self._storing = storing
        self._tell = tell
        self._places = Places(catalogue.written_vocabulary, nowhere=no_places())
        for code, fields in storing.cities().items():
            self._places.learn({**fields, "code": code}, stored=True)
        self._options = Options(
            zone=self._zone,
            near=self._days[0],
            order=request.dates,
            values=request.wishes.values,
        )
        self._readers = Readers(
            Codes(catalogue.written_vocabulary), self._places, report.problems, self._options
        )
        self._mapped: dict[tuple[Kind | None, tuple[str, ...]], Mapping | None] = {}
        self._identities = Identities(storing, source=request.source)
        self._kinds: set[Kind] = set()
        self._towns: set[str] = set()  # codes of cities that records are in
        self._pending: list[Change] = []
        self._sample: bool | None = None
        self._fraction = 0.0

    def run(self) -> None:
        """Read the whole file; raises BrokenFileError, with what came before it taken in."""
        problems, wishes = self._report.problems, self._request.wishes
        reader = open_reader(
            self._report.path, problems, wishes=wishes, zone=self._zone, days=self._days
        )
        rows = reader.rows()
        first: list[Row] = []
        broken: BrokenFileError | None = None
        try:
            first.extend(islice(rows, _LOOKED_AT))
        except BrokenFileError as error:
            broken, rows = error, iter(())
        if self._options.order is None:
            self._options.order = date_order(self._dates(first, set(Kind))) or order_within(
                self._dates(first, {Kind.EVENTS}), self._days
            )
        for row in chain(first, rows):
            self._report.rows += 1
            self._row(row)
            if self._report.rows % 500 == 0:
                self._fraction = reader.fraction()
                self._tell("reading", self._fraction, self._report.rows)
            if len(self._pending) >= _BATCH:
                self._flush()
        if broken:
            raise broken
        if not self._report.rows and not problems.kept:
            problems.add("no_rows", place="", value=self._report.path.name)

    def finish(self) -> None:
        """Store the rest, retire what is missing, and give the data its version."""
        self._flush()
        if self._request.retire_missing:
            if self._report.problems.count("error") or not self._report.whole:
                self._report.problems.add("retired_nothing", place="")
            else:
                for kind in self._kinds:
                    self._storing.retire(kind, self._identities.ids, source=self._request.source)
        self._report.cities = {
            code: city for code, city in self._places.new.items() if code in self._towns
        }
        self._storing.add_cities(self._report.cities)
        self._storing.finish()

    def _row(self, row: Row) -> None:
        if is_city(row.values):
            self._places.learn(row.values)
            self._towns.add(str(row.values["code"]))
            return
        problems = self._report.problems
        warnings, errors = problems.count("warning"), problems.count("error")
        draft = self._draft(row)
        doubtful = self._request.strict and problems.count("warning") > warnings
        taken = draft is not None and not doubtful and self._take(draft)
        # a remark below the table was left out, and nobody need mend it
        if not taken and (doubtful or problems.count("error") > errors):
            self._report.refused += 1

    def _draft(self, row: Row) -> Draft | None:
        if row.exact and row.kind is not None:
            return make_draft(self._readers, row.kind, row.place, row.values, {})
        mapping = self._mapping(row)
        if mapping is None:
            return None
        values, names = mapping.values_of(row.values)
        return make_draft(self._readers, mapping.kind, row.place, values, names)

    def _mapping(self, row: Row) -> Mapping | None:
        """The mapping of a row's headings; found once for all rows of the same headings."""
        key = (row.kind, tuple(row.values))
        if key not in self._mapped:
            self._mapped[key] = self._new_mapping(row)
        mapping = self._mapped[key]
        if mapping is None:
            rule = "not_a_record" if "" in row.values or not row.values else "no_kind"
            shown = ", ".join(row.values) or list(row.values.values())[:3]
            self._report.problems.add(rule, place=row.place, value=shown)
        return mapping

    def _new_mapping(self, row: Row) -> Mapping | None:
        names = [str(each) for each in row.values]
        wishes = self._request.wishes
        kind = wishes.kind or row.kind or best_kind(names)
        if kind is None or "" in row.values or not names:
            return None
        mapping = map_columns(names, kind=kind, wishes=wishes)
        self._options.simplify = headings.looks_traditional(names)
        known = {
            (each.kind, heading) for each in self._report.mappings for heading in each.headings
        }
        for heading in mapping.unused:
            if (kind, heading) not in known:
                self._report.problems.add("unused_column", place="", column=heading, hint=heading)
        if not any(
            set(mapping.fields.items()) <= set(each.fields.items())
            for each in self._report.mappings
        ):
            self._report.mappings.append(mapping)
        return mapping

    def _dates(self, rows: list[Row], kinds: set[Kind]) -> Iterator[str]:
        for row in rows:
            mapping = None
            if not row.exact and row.values and not is_city(row.values):
                key = (row.kind, tuple(row.values))
                if key not in self._mapped:
                    self._mapped[key] = self._new_mapping(row)
                mapping = self._mapped[key]
            wanted = mapping is not None and mapping.kind in kinds
            for heading, name in (mapping.fields if mapping and wanted else {}).items():
                if name in _DATES and row.values.get(heading):
                    yield str(row.values[heading])

    def _take(self, draft: Draft) -> bool:
        """Put a draft among the changes; False when it cannot stand beside what is there."""
        problems = self._report.problems
        sample = bool(draft.columns.get("sample"))
        if self._sample is None:
            self._sample = sample
            if not sample and self._storing.holds_sample:
                self._storing.clear_sample()
            elif sample and not self._storing.holds_sample and not self._storing.is_empty:
                self._sample = False
        if sample != self._sample:
            problems.add("sample_mixed", place=draft.place)
            return False
        try:
            record_id, seen = self._identities.take(draft)
        except ValueError:
            hint = f"{PREFIXES[draft.kind]}-0001"
            problems.add("wrong_id", place=draft.place, value=draft.id, hint=hint)
            return False
        if seen is Seen.ALIKE:
            problems.add("repeated_row", place=draft.place, value=draft.id or "")
            return True
        if seen is Seen.OTHERWISE:
            problems.add("duplicate_id", place=draft.place, value=draft.id or record_id)
            return False
        self._kinds.add(draft.kind)
        if draft.columns.get("city") in self._places.new:
            self._towns.add(draft.columns["city"])
        columns = {**draft.columns, "id": record_id}
        if draft.owner is not None:
            columns["institution_id"] = self._owner(draft, sample)
        if draft.kind is Kind.INSTITUTIONS:
            names = [
                columns.get("name_en"),
                columns.get("name_zh"),
                *columns.get("alternate_names", ()),
            ]
            self._storing.knows(record_id, [each for each in names if each])
        self._pending.append(Change(draft.kind, record_id, columns))
        return True

    def _owner(self, draft: Draft, sample: bool) -> str | None:
        if not draft.owner:
            return None
        try:
            record_id, new = self._storing.institution(
                draft.owner, source=self._request.source, sample=sample
            )
        except LookupError:
            self._report.problems.add(
                "institution_unknown", place=draft.place, value=draft.owner.id or ""
            )
            return None
        if new:
            self._pending.append(new)
        return record_id

    def _flush(self) -> None:
        if not self._pending:
            return
        rows = self._report.rows
        self._storing.put(
            self._pending,
            tell=lambda step, _done, _total: self._tell(step, self._fraction, rows),
        )
        self._pending = []
