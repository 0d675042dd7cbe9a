"""Drafts into the store: one transaction a file, and only what has changed is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from sqlalchemy import column, delete, inspect, select, table
from sqlalchemy.engine import Connection

from conference import loading, text_index
from conference.catalogue import Catalogue
from conference.filters import MODELS
from conference.importing.codes import folded
from conference.importing.fields import Owner
from conference.importing.ids import given_id, made_id, of_source
from conference.importing.indexing import Indexing
from conference.importing.places import NewCity
from conference.models import Institution
from conference.new_cities import CITIES
from conference.query import Kind
from conference.store import arrivals, documents, insert_or_update, meta

_CHUNK = 500  # ids a statement, below every database's limit
_ORDER = (Kind.INSTITUTIONS, Kind.JOBS, Kind.PROGRAMS, Kind.INTENTIONS, Kind.EVENTS)


@dataclass
class Outcome:
    """What an import did to the store."""

    added: dict[Kind, int] = field(default_factory=dict)
    updated: dict[Kind, int] = field(default_factory=dict)
    unchanged: dict[Kind, int] = field(default_factory=dict)
    retired: dict[Kind, int] = field(default_factory=dict)
    cities: int = 0
    """That are new, or of which more is known."""
    sample_removed: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was."""
        return bool(
            self.sample_removed or self.added or self.updated or self.retired or self.cities
        )


@dataclass(frozen=True)
class Change:
    """A record to be written: its whole row, or the columns that its file fills."""

    kind: Kind
    id: str
    columns: dict[str, Any]


class Storing:
    """One file's changes, in a transaction that the caller holds.

    With `dry_run` everything is compared and counted, and nothing written.
    """

    def __init__(self, connection: Connection, catalogue: Catalogue, *, dry_run: bool) -> None:
        self._connection = connection
        if connection.dialect.name == "sqlite":
            # reads of a large import are compared once and would stay mapped: memory for nothing
            connection.exec_driver_sql("PRAGMA mmap_size=0")
        self._edition = catalogue.edition
        self._indexing = Indexing(connection, catalogue.encoder)
        self._dry_run = dry_run
        self._cleared = False
        self.outcome = Outcome()
        self.holds_sample = self._fact("sample") == "1"
        self.is_empty = self._fact("data_version") is None
        self._by_name: dict[str, str] = {}
        self._institutions: set[str] = set()
        self._read_institutions()

    def close(self) -> None:
        """Let go of what the writing took."""
        self._indexing.close()

    def clear_sample(self) -> None:
        """Take the sample out, because real data comes in."""
        self.outcome.sample_removed = True
        self._cleared = True
        self.holds_sample = False
        self._by_name, self._institutions = {}, set()
        if not self._dry_run:
            loading._clear(self._connection)
            # a real record may have the id of an invented one
            self._connection.execute(delete(arrivals))

    def institution(self, owner: Owner, *, source: str, sample: bool) -> tuple[str, Change | None]:
        """The id of an owner, and the institution to be added when it is not known yet."""
        own = given_id(Kind.INSTITUTIONS, owner.id, source=source) if owner.id else None
        if own in self._institutions:
            return str(own), None
        known = self.named(owner.names.values())
        if known and own is None:
            return known, None
        if not owner.names:
            raise LookupError(own)
        key = next(iter(owner.names.values()))
        record_id = own or made_id(Kind.INSTITUTIONS, (key,))
        columns: dict[str, Any] = {
            "id": record_id,
            "name_en": owner.names.get("en"),
            "name_zh": owner.names.get("zh"),
            "alternate_names": list(owner.aliases),
            "type": _type_named(" ".join(owner.names.values())),
            "sample": sample,
        }
        self.knows(record_id, [*owner.names.values(), *owner.aliases])
        return record_id, Change(Kind.INSTITUTIONS, record_id, columns)

    def named(self, names: Iterable[str]) -> str | None:
        """The institution that goes by one of the names."""
        return next(
            (self._by_name[key] for key in map(folded, names) if key in self._by_name), None
        )

    def knows(self, record_id: str, names: Iterable[str]) -> None:
        """Note down an institution's names."""
        self._institutions.add(record_id)
        for each in names:
            self._by_name.setdefault(folded(each), record_id)

    def put(self, changes: Sequence[Change], *, tell: Callable[[str, int, int], None]) -> None:
        """Write what differs from what is stored; later changes of a record win."""
        changed: dict[Kind, list[dict[str, Any]]] = {}
        for kind in _ORDER:
            wanted: dict[str, dict[str, Any]] = {}
            for each in changes:
                if each.kind is kind:
                    wanted.setdefault(each.id, {}).update(each.columns)
            stored = self._stored(kind, list(wanted))
            for record_id, columns in wanted.items():
                old = stored.get(record_id)
                if old is None:
                    self._count(self.outcome.added, kind)
                elif all(old[name] == value for name, value in columns.items()):
                    self._count(self.outcome.unchanged, kind)
                    continue
                else:
                    self._count(self.outcome.updated, kind)
                changed.setdefault(kind, []).append({**(old or _empty(kind)), **columns})
        if changed and not self._dry_run:
            self._indexing.write(changed, tell=tell)

    def retire(self, kind: Kind, keep: set[str], *, source: str) -> None:
        """Take out the records of a source that are not to be kept.

        An institution that others still refer to stays.
        """
        self._indexing.settle()
        model = MODELS[kind]
        start = of_source(kind, source)
        ids = [
            each
            for each in self._connection.scalars(
                select(model.id).where(model.id.startswith(start, autoescape=True))
            )
            if each not in keep
        ]
        if kind is Kind.INSTITUTIONS:
            needed: set[str] = set()
            for other, rows in MODELS.items():
                if other is not Kind.INSTITUTIONS:
                    needed |= set(self._connection.scalars(select(rows.institution_id).distinct()))
            ids = [each for each in ids if each not in needed]
        if not ids or (self._cleared and self._dry_run):
            return
        self.outcome.retired[kind] = len(ids)
        if not self._dry_run:
            self._delete(kind, ids)

    def cities(self) -> dict[str, dict[str, str]]:
        """The cities that came with earlier data: names and country by code."""
        found: dict[str, dict[str, str]] = json.loads(self._fact(CITIES) or "{}")
        return found

    def add_cities(self, cities: dict[str, NewCity]) -> None:
        """Keep the names of cities that the vocabulary does not have."""
        self.outcome.cities = len(cities)
        if self._dry_run or not cities:
            return
        known = self.cities()
        for code, city in cities.items():
            entry = known.setdefault(code, {"country": city.country})
            entry.update(city.names)
            if city.province:
                entry["province"] = city.province
        rows = [{"key": CITIES, "value": json.dumps(known, ensure_ascii=False, sort_keys=True)}]
        insert_or_update(self._connection, meta, rows)

    def finish(self) -> None:
        """Reckon what depends on all records, and give the data a new version if it changed."""
        if self._dry_run or not self.outcome.changed:
            return
        self._indexing.settle()
        loading._spread(self._connection)
        loading._stamp(self._connection, self._edition)

    def _stored(self, kind: Kind, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        if self._cleared and self._dry_run:
            return {}
        found: dict[str, dict[str, Any]] = {}
        rows = inspect(MODELS[kind]).local_table
        for chunk in _chunks(ids):
            for row in self._connection.execute(
                select(rows).where(rows.c.id.in_(chunk))
            ).mappings():
                found[row["id"]] = dict(row)
        return found

    def _read_institutions(self) -> None:
        rows: Any = Institution
        statement = select(rows.id, rows.name_en, rows.name_zh, rows.alternate_names).order_by(
            rows.id
        )
        aliases: list[tuple[str, list[str]]] = []
        for row in self._connection.execute(statement):
            self.knows(row.id, [each for each in (row.name_en, row.name_zh) if each])
            aliases.append((row.id, row.alternate_names or []))
        for record_id, names in aliases:  # a full name wins over another's abbreviation
            self.knows(record_id, names)

    def _delete(self, kind: Kind, ids: Sequence[str]) -> None:
        rows = inspect(MODELS[kind]).local_table
        for chunk in _chunks(ids):
            if self._connection.dialect.name == "sqlite":
                numbers = self._connection.scalars(
                    select(documents.c.num).where(documents.c.record_id.in_(chunk))
                ).all()
                words = table(text_index.fts_table(kind), column("rowid"))
                self._connection.execute(delete(words).where(words.c.rowid.in_(numbers)))
            self._connection.execute(delete(documents).where(documents.c.record_id.in_(chunk)))
            self._connection.execute(delete(rows).where(rows.c.id.in_(chunk)))

    def _fact(self, key: str) -> str | None:
        value: str | None = self._connection.execute(
            select(meta.c.value).where(meta.c.key == key)
        ).scalar()
        return value

    @staticmethod
    def _count(counts: dict[Kind, int], kind: Kind) -> None:
        counts[kind] = counts.get(kind, 0) + 1


_TYPES = (
    ("university", ("大学", "学院", "university", "college", "polytechnic")),
    (
        "institute",
        ("研究院", "研究所", "科学院", "institute", "research center", "research centre"),
    ),
    ("association", ("协会", "学会", "商会", "association", "society", "federation")),
    (
        "enterprise",
        ("公司", "集团", "企业", " ltd", " inc", " gmbh", " corp", " llc", " co.", "group"),
    ),
)


def _type_named(name: str) -> str | None:
    """The type that an institution's name says, if it does."""
    said = name.lower()
    if said.endswith("公司"):
        return "enterprise"
    return next((code for code, words in _TYPES if any(each in said for each in words)), None)


def _empty(kind: Kind) -> dict[str, Any]:
    """A record of the kind of which nothing is known yet."""
    return {
        each.name: each.default_factory() if each.default_factory is not MISSING else each.default
        for each in fields(MODELS[kind])
    }


def _chunks(items: Sequence[Any]) -> Iterable[Any]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
