"""Messages that say the same, in whichever words and language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.cluster import AgglomerativeClustering

from conference.embeddings import Encoder, encode
from conference.lessons import KeptLesson

_APART = 0.45
"""Cosine distance at which groups stay apart, on average over their members.

Of 600 examples of `nlu_data/` drawn at random, 47 of 100 find company, and 77 of 100 of those have
it within their own intent; at 0.3 it is 17 and 86, at 0.6, 80 and 62.
"""

MOST = 2000
"""Different messages that are grouped, the newest: distances take the square of it."""


@dataclass(frozen=True)
class Said:
    """A message with every lesson that says it."""

    text: str
    language: str
    lessons: tuple[KeptLesson, ...]


def grouped(lessons: Sequence[KeptLesson], encoder: Encoder) -> list[tuple[Said, ...]]:
    """The groups, the one with most lessons first; in each, the message said most often first."""
    by_text: dict[tuple[str, str], list[KeptLesson]] = {}
    for lesson in lessons:
        by_text.setdefault((lesson.text, lesson.language), []).append(lesson)
    said = [Said(text, language, tuple(of)) for (text, language), of in by_text.items()][-MOST:]
    if len(said) < 2:
        return [(each,) for each in said]
    labels = AgglomerativeClustering(
        n_clusters=None, affinity="cosine", linkage="average", distance_threshold=_APART
    ).fit_predict(encode(encoder, [each.text for each in said]))
    groups: dict[int, list[Said]] = {}
    for each, label in zip(said, labels, strict=True):
        groups.setdefault(int(label), []).append(each)
    ordered = [tuple(sorted(group, key=_weight, reverse=True)) for group in groups.values()]
    return sorted(ordered, key=lambda group: sum(map(_weight, group)), reverse=True)


def _weight(said: Said) -> int:
    return len(said.lessons)
