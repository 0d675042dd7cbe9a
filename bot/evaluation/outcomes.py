"""What came of each message, and the figures that are made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scipy.stats import binomtest

from conference.vocabulary.terms import LANGUAGES

_COMPARED = ("type", "kind", "topic", "by", "pending", "language")


@dataclass(frozen=True)
class Outcome:
    """One answered message: what was expected, what came, and in what it differs.

    `intent` and `confidence` are the best reading in context, before thresholds; `turn` counts
    from 1 within a dialogue.
    """

    language: str
    text: str
    expected: Mapping[str, Any]
    got: Mapping[str, Any]
    wrong: tuple[str, ...]
    tags: tuple[str, ...] = ()
    dialogue: str | None = None
    turn: int = 1
    intent: str = ""
    confidence: float = 0.0
    seconds: float = 0.0

    @property
    def right(self) -> bool:
        return not self.wrong

    @property
    def in_scope(self) -> bool:
        return bool(self.expected["type"] != "fallback")

    @property
    def declined(self) -> bool:
        return self.got.get("type") == "fallback"


@dataclass(frozen=True)
class Share:
    """`right` of `total`."""

    right: int = 0
    total: int = 0

    @property
    def value(self) -> float:
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval: how far chance alone may move the share of so few messages."""
        if not self.total:
            return 0.0, 1.0
        bounds = binomtest(self.right, self.total).proportion_ci(method="wilson")
        return float(bounds.low), float(bounds.high)


@dataclass(frozen=True)
class KeyShare:
    """A query key: how often it was expected, found as expected, and there wrongly."""

    expected: int = 0
    right: int = 0
    got: int = 0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.got if self.got else 1.0


@dataclass
class Report:
    """All outcomes of one run."""

    outcomes: list[Outcome] = field(default_factory=list)

    def of(self, language: str, *, dialogues: bool | None = None) -> list[Outcome]:
        """A language's outcomes: all, single messages only, or dialogue turns only."""
        return [
            each
            for each in self.outcomes
            if each.language == language and dialogues in (None, bool(each.dialogue))
        ]

    def accuracy(self, *, language: str, dialogues: bool) -> float:
        """The share of messages (or of dialogue turns) that are right in every respect."""
        return share(self.of(language, dialogues=dialogues)).value

    def intents(self, *, language: str) -> Share:
        """The share of single messages whose type, kind and topic are right, whatever the query."""
        return share(
            self.of(language, dialogues=False),
            right=lambda each: not {"type", "kind", "topic"} & set(each.wrong),
        )

    def declined(self, *, language: str, in_scope: bool) -> Share:
        """The share of single messages in scope (or out of it) that are declined."""
        chosen = [each for each in self.of(language, dialogues=False) if each.in_scope == in_scope]
        return share(chosen, right=lambda each: each.declined)

    def by(self, groups: Callable[[Outcome], Iterable[str]]) -> dict[str, dict[str, Share]]:
        """The share that is right for each group that a message is in, then by language."""
        return {
            name: {
                language: share([e for e in self.of(language) if name in groups(e)])
                for language in LANGUAGES
            }
            for name in sorted({name for each in self.outcomes for name in groups(each)})
        }

    def by_kind(self) -> dict[str, dict[str, Share]]:
        """By the kind of thing that is expected or, for other answers, their type."""
        return self.by(lambda each: [str(each.expected.get("kind") or each.expected["type"])])

    def by_tag(self) -> dict[str, dict[str, Share]]:
        return self.by(lambda each: each.tags)

    def by_turn(self) -> dict[str, dict[str, Share]]:
        """By place within a dialogue: a wrong turn often spoils those after it."""
        return self.by(lambda each: [str(each.turn)] if each.dialogue else [])

    def by_key(self) -> dict[str, dict[str, KeyShare]]:
        """By query key, where a query is expected."""
        counted = {language: _keys(self.of(language)) for language in LANGUAGES}
        names = sorted({name for keys in counted.values() for name in keys})
        return {
            name: {language: counted[language].get(name, KeyShare()) for language in LANGUAGES}
            for name in names
        }

    def confusions(self) -> list[tuple[str, str, int]]:
        """What was expected, what was answered instead and how often, most often first.

        The set says what is to be answered, not by which intent: answers stand for intents here.
        """
        pairs = Counter(
            (label(each.expected), label(each.got))
            for each in self.outcomes
            if label(each.expected) != label(each.got)
        )
        return [(*pair, count) for pair, count in pairs.most_common()]

    def failing(self) -> list[Outcome]:
        return [each for each in self.outcomes if not each.right]

    def dialogues(self, language: str) -> dict[str, list[Outcome]]:
        """A language's dialogues by name, turn by turn."""
        found: dict[str, list[Outcome]] = {}
        for each in self.of(language, dialogues=True):
            found.setdefault(str(each.dialogue), []).append(each)
        return found


def share(
    outcomes: Sequence[Outcome], *, right: Callable[[Outcome], bool] = lambda each: each.right
) -> Share:
    return Share(sum(map(right, outcomes)), len(outcomes))


def label(answer: Mapping[str, Any]) -> str:
    """An answer's sort in a word or two: `results jobs`, `answer fees`, `fallback`."""
    parts = (answer.get("type"), answer.get("kind") or answer.get("topic"))
    return " ".join(str(part) for part in parts if part)


def compare(expected: Mapping[str, Any], got: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of what is wrong: `type`, `kind`, `topic`, ..., or `query.<key>`."""
    wrong = [key for key in _COMPARED if key in expected and expected[key] != got.get(key)]
    if "query" in expected:
        wrong.extend(_query_differences(expected["query"] or {}, got.get("query") or {}))
    return tuple(wrong)


def _query_differences(expected: Mapping[str, Any], got: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted({*expected, *got}):
        if not _same(key, expected.get(key), got.get(key)):
            yield f"query.{key}"


def _same(key: str, expected: Any, got: Any) -> bool:
    if key == "not":
        return not list(_query_differences(expected or {}, got or {}))
    if expected in ("*", ["*"]):
        return bool(got)
    if isinstance(expected, list) and isinstance(got, list):
        return set(expected) == set(got)
    if key == "text" and isinstance(expected, str) and isinstance(got, str):
        return expected.casefold() == got.casefold()
    return bool(expected == got)


def _keys(outcomes: Sequence[Outcome]) -> dict[str, KeyShare]:
    expected: Counter[str] = Counter()
    right: Counter[str] = Counter()
    got: Counter[str] = Counter()
    for each in outcomes:
        if "query" not in each.expected:
            continue
        names = set(each.expected["query"] or {})
        expected.update(names)
        right.update(name for name in names if f"query.{name}" not in each.wrong)
        got.update(list(each.got.get("query") or {}))
    return {name: KeyShare(expected[name], right[name], got[name]) for name in {*expected, *got}}
