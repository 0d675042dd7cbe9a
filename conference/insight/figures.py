"""The figures, from one pass over the conversations kept.

There is no log beside them: what a person deletes is counted no longer, and what is older than
`conference.conversations.KEPT` is gone. Days are the conference's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection, Engine

from conference.conversations import KEPT
from conference.filters import MODELS
from conference.insight.tables import Table, Tally
from conference.moments import iso_utc
from conference.new_cities import with_new_cities
from conference.people_tables import (
    agenda_items,
    contact_requests,
    conversations,
    messages,
    saved_items,
)
from conference.store import meta
from conference.vocabulary import load_vocabulary

DAYS_KEPT = KEPT.days
_SEARCHES = {"results", "count", "matches"}
_ASKED = {"industry": "industries", "city": "cities", "country": "countries"}
_ROWS = 40  # of a table of places; the rest has few searches
_PATIENCE = timedelta(minutes=1)  # a question younger than this may still be answered
_AT_ONCE = 5_000  # messages read at one time


@dataclass
class _Seen:
    """Everything that the pass counts."""

    zone: tzinfo | None
    days: Tally = field(default_factory=Tally)
    channels: Tally = field(default_factory=Tally)
    languages: Tally = field(default_factory=Tally)
    outcomes: Tally = field(default_factory=Tally)
    searches: Tally = field(default_factory=Tally)  # keys: (query key, code); "kind" is one
    empty: Tally = field(default_factory=Tally)
    topics: Tally = field(default_factory=Tally)
    unknown: Tally = field(default_factory=Tally)
    # by person and what was judged: when, and whether it helped; who judges again thought better
    judged: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    searched: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)

    def question(self, row: Any, moment: datetime) -> None:
        self.days.add(moment.astimezone(self.zone).date().isoformat(), row.person)
        self.channels.add(row.channel, row.person)

    def judgement(self, custom: Mapping[str, Any], person: str, moment: str) -> None:
        """A person's judgement on an answer; only their last on the same sort of answer counts."""
        of = custom["of"]
        code = f"{of['type']}.{of.get('topic') or of.get('kind')}"
        last = self.judged.get((person, code), ("", False))
        self.judged[person, code] = max(last, (moment, custom["useful"]))

    def answer(self, custom: Mapping[str, Any], person: str) -> None:
        """One `custom` of a bot's message."""
        kind, topic = custom.get("type"), custom.get("topic")
        search = kind in _SEARCHES
        found = custom.get("total") != 0 and not custom.get("relaxed")
        # a further page is the same search, and an alert's news nobody's
        if search and not custom.get("offset") and not custom.get("alert"):
            self.searched.add(person)
            asked = [("kind", custom["kind"])] if custom.get("kind") else []
            query = custom.get("query") or {}
            asked += [(key, code) for key in _ASKED for code in query.get(key) or ()]
            for each in asked:
                self.searches.add(each, person)
                if not found:
                    self.empty.add(each, person)
        if kind == "detail":
            self.opened.add(person)
        if topic:
            self.topics.add(topic, person)
        nothing = kind == "answer" and not custom.get("sources")
        if nothing and topic:
            self.unknown.add(topic, person)
        if search and not found:
            self.outcomes.add("empty", person)
        elif nothing:
            self.outcomes.add("unknown", person)
        else:
            special = kind in {"fallback", "clarify", "handoff"}
            self.outcomes.add(kind if special else "answered", person)


def insight(
    engine: Engine, *, days: int, now: datetime, today: date | None = None
) -> dict[str, Table]:
    """Every table by its name, for the last `days` days, today's included.

    `now` is in the conference's time zone: a day begins at its midnight. `today` is
    the day by which openings are past: it differs from `now`'s in a demonstration.
    """
    last = now.date()
    first = last - timedelta(days=days - 1)
    since = datetime(first.year, first.month, first.day, tzinfo=now.tzinfo)
    with engine.connect() as connection:
        seen = _count(connection, since, before=now - _PATIENCE)
        supply = _supply(connection, (today or last).isoformat())
        funnel = _funnel(connection, seen, iso_utc(since))
        facts = {row.key: row.value for row in connection.execute(select(meta))}
    vocabulary = with_new_cities(load_vocabulary(), facts)
    calendar = [(first + timedelta(days=each)).isoformat() for each in range(days)]
    tables = [
        _tallied("days", "day", seen.days, "messages", calendar),
        _tallied("channels", "channel", seen.channels, "messages", seen.channels.most()),
        _tallied("languages", "language", seen.languages, "messages", seen.languages.most()),
        _searched(seen, "kinds", "kind", supply),
        *(
            replace(_searched(seen, name, key, supply), vocabulary=vocabulary)
            for key, name in _ASKED.items()
        ),
        _tallied("outcomes", "outcome", seen.outcomes, "answers", seen.outcomes.most()),
        _topics(seen),
        _feedback(seen),
        funnel,
        _times(seen),
    ]
    return {each.name: each for each in tables}


def _count(connection: Connection, since: datetime, *, before: datetime) -> _Seen:
    seen = _Seen(before.tzinfo)
    waiting: tuple[Any, datetime] | None = None

    def left() -> None:
        if waiting and waiting[1] < before:
            seen.outcomes.add("failed", waiting[0].person)

    for row in _rows(connection, since):
        moment = datetime.fromisoformat(row.created_at)
        if row.author == "user":
            left()
            waiting = (row, moment)
            seen.question(row, moment)
            continue
        custom = row.custom or {}
        if waiting and waiting[0].conversation_id == row.conversation_id:
            taken = (moment - waiting[1]).total_seconds()
            seen.seconds.setdefault(row.channel, []).append(taken)
            if custom.get("language"):
                seen.languages.add(custom["language"], row.person)
            waiting = None
        elif custom.get("alert"):
            continue  # told unasked
        if custom.get("type") == "feedback":  # the answer that it judges is counted already
            seen.judgement(custom, row.person, row.created_at)
        elif custom:
            seen.answer(custom, row.person)
    left()
    return seen


def _rows(connection: Connection, since: datetime) -> Iterator[Any]:
    """The messages, without their texts."""
    statement = (
        select(
            messages.c.conversation_id,
            messages.c.author,
            messages.c.created_at,
            conversations.c.person,
            conversations.c.channel,
            messages.c.payload["custom"].label("custom"),
        )
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.created_at >= iso_utc(since))
        .order_by(messages.c.conversation_id, messages.c.seq)
    )
    yield from (
        connection.execution_options(stream_results=True).execute(statement).yield_per(_AT_ONCE)
    )


def _supply(connection: Connection, today: str) -> dict[tuple[str, str], int]:
    """How many records there are of each kind, and with each code."""
    counts: Counter[tuple[str, str]] = Counter()
    for kind, model in MODELS.items():
        columns = [getattr(model, key) for key in _ASKED]
        statement = select(*columns, func.count(model.id).label("records")).group_by(*columns)
        until = getattr(model, "valid_through", None)
        if until is not None:
            statement = statement.where(or_(until.is_(None), until >= today))
        for row in connection.execute(statement):
            counts["kind", kind.value] += row.records
            for key in _ASKED:
                if row[key]:
                    counts[key, row[key]] += row.records
    return counts


def _funnel(connection: Connection, seen: _Seen, since: str) -> Table:
    def people(*columns: tuple[Any, Any]) -> set[str]:
        return {
            person
            for who, when in columns
            for person in connection.execute(select(who).where(when >= since)).scalars()
        }

    kept = [(table.c.person, table.c.created_at) for table in (saved_items, agenda_items)]
    asked = contact_requests.c
    steps = {
        "searched": seen.searched,
        "opened": seen.opened,
        "saved": people(*kept),
        "contacted": people((asked.person, asked.consent_at)),
    }
    tally = Tally()
    for step, persons in steps.items():
        for person in persons:
            tally.add(step, person)
    rows = tuple((step, tally.people(step)) for step in steps)
    return Table("funnel", "step", ("step", "people"), rows)


def _tallied(name: str, key: str, tally: Tally, what: str, codes: Sequence[str]) -> Table:
    rows = tuple((code, tally.count(code), tally.people(code)) for code in codes)
    return Table(name, key, (key, what, "people"), rows)


def _searched(seen: _Seen, name: str, key: str, supply: Mapping[tuple[str, str], int]) -> Table:
    """What was searched beside what there is; what nobody searched comes last."""
    asked = [each for each in seen.searches.most() if each[0] == key]
    never = [each for each in supply if each[0] == key and each not in seen.searches.times]
    never.sort(key=lambda each: (-supply[each], each))
    rows = tuple(
        (
            each[1],
            seen.searches.count(each),
            seen.searches.people(each),
            seen.empty.count(each),
            supply.get(each, 0),
        )
        for each in (*asked, *never)[:_ROWS]
    )
    return Table(name, key, (key, "searches", "people", "empty", "records"), rows)


def _topics(seen: _Seen) -> Table:
    rows = tuple(
        (code, seen.topics.count(code), seen.topics.people(code), seen.unknown.count(code))
        for code in seen.topics.most()
    )
    return Table("topics", "topic", ("topic", "questions", "people", "unknown"), rows)


def _feedback(seen: _Seen) -> Table:
    """People by what they judged. Without a total, from which a hidden count could be told."""
    tallies = {True: Tally(), False: Tally()}
    for (person, code), (_, useful) in seen.judged.items():
        tallies[useful].add(code, person)
    codes = {code for _, code in seen.judged}
    rows = [(code, *(tallies[useful].people(code) for useful in (True, False))) for code in codes]
    # by what is seen of them: their order would tell what is hidden
    rows.sort(key=lambda row: (-sum(each for each in row[1:] if isinstance(each, int)), row[0]))
    return Table("feedback", "judged", ("judged", "helpful", "unhelpful"), tuple(rows))


def _times(seen: _Seen) -> Table:
    rows = []
    for channel in sorted(seen.seconds):
        taken = sorted(seen.seconds[channel])
        half, most = (round(taken[int(len(taken) * part)], 3) for part in (0.5, 0.95))
        rows.append((channel, half, most))
    return Table("times", "channel", ("channel", "p50", "p95"), tuple(rows))
