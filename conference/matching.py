"""Openings, programmes or intentions that fit a profile said in words, best first, with reasons.

The criteria that the profile states (degree, industry, place, ...) filter as in a search. What is
left is ranked by two things: how near the profile's meaning, said in any language, is to the
record's title and skills, and how many of the record's skills the profile names in so many words.
Which languages somebody speaks is no trade: it ranks what is near by something else, and finds
nothing by itself, or a chemist's résumé would be answered with teachers of Russian.

Score = nearest phrase (cosine, 0 to 1) + 0.1 for each skill named, at most 0.3. A profile is
compared clause by clause as well as whole, because the vector of a long text is near nothing in
particular. What is neither near enough nor names a skill does not match; but when the criteria
are all that the profile says, all that meet them match.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from conference.catalogue import Catalogue
from conference.models import Job, Record
from conference.query import Frame, Kind, Query
from conference.vocabulary.loader import load_vocabulary
from conference.vocabulary.terms import LANGUAGES

NEAR_ENOUGH = 0.45
"""Below the search's threshold: a profile only hints at what a question names."""

_AS_NEAR = 0.75
"""And not much further than the nearest, as a share of it: of a long text something is always near
enough. A teacher's résumé is answered with 180 of 20,000 openings and not with a thousand."""

_SKILL_BONUS = 0.1
_MOST_BONUS = 0.3
_CLAUSE = re.compile(
    r"[，。；：、！？,;:!?()（）\n.]+|\b(?:and|with|in)\b"
    r"|(?:19|20)\d\d[\d年月/–—~至-]*"  # since when and until when
)
_LONGEST = 20  # clauses of a pasted résumé that are compared


@dataclass(frozen=True)
class Match:
    """A record with its score and why it fits.

    Each reason is a key and what of it fits: `("skills", ["python"])`, `("degree", "phd")`,
    `("industry", "medical")`, `("city", "beijing")`, and `("meaning", None)` when title or skills
    mean nearly what the profile says.
    """

    record: Record
    score: float
    reasons: tuple[tuple[str, Any], ...]


def match(
    catalogue: Catalogue,
    profile_text: str,
    query: Query,
    kind: Kind,
    *,
    limit: int = 5,
    offset: int = 0,
    now: datetime,
) -> tuple[int, list[Match]]:
    """How many records fit, and one page of them."""
    frame = Frame(kind, replace(query, text=None, sort=None))
    meanings, places = catalogue.places(frame, now=now)
    vectors = [catalogue.relevance.vector(each) for each in _clauses(profile_text, query.text)]
    trades = np.array([not _tells_no_trade(text) for text in meanings.texts])
    best = meanings.best_of(trades * np.max([meanings.vectors @ each for each in vectors], axis=0))
    near = max(NEAR_ENOUGH, _AS_NEAR * float(best[places].max(initial=0)))
    named = meanings.subjects_where(_naming(profile_text))
    bonus = np.zeros(len(meanings.ids))
    for place, skills in named.items():
        if best[place] >= near or not all(map(_tells_no_trade, skills)):
            bonus[place] = min(_SKILL_BONUS * len(skills), _MOST_BONUS)
    score = np.round(best + bonus, 4)
    fits = places[(best[places] >= near) | (bonus[places] > 0)]
    if not len(fits) and replace(query, text=None, sort=None):
        fits = places
    order = np.argsort(-score[fits], kind="stable")[offset : offset + limit]
    shown = {meanings.ids[place]: place for place in fits[order].tolist()}
    found = []
    for record in catalogue.get_many(list(shown)):
        place = shown[record.id]
        close = bool(best[place] >= near)
        reasons = _reasons(record, query, named.get(place, []), close=close)
        found.append(Match(record, float(score[place]), reasons))
    return len(fits), found


def _clauses(profile: str, subject: str | None) -> list[str]:
    parts = [part.strip() for part in _CLAUSE.split(profile)]
    told = [part for part in parts if len(part) > 1 and not _tells_no_trade(part)]
    return list(dict.fromkeys(each for each in (subject, profile, *told[:_LONGEST]) if each))


def _tells_no_trade(text: str) -> bool:
    """Whether a text is a heading, or says which languages are spoken, and nothing else."""
    return _no_trades().fullmatch(text) is not None


@cache
def _no_trades() -> re.Pattern[str]:
    words = yaml.safe_load(files(__package__).joinpath("resumes.yml").read_text("utf-8"))
    said = {word for language in LANGUAGES for word in words[language].split(", ")}
    for term in load_vocabulary().terms("language").values():
        said.update(name for language in LANGUAGES for name in term.names(language))
    one = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
    return re.compile(rf"(?:(?:{one})[\W\d]*)+", re.IGNORECASE)


def _naming(profile: str) -> Callable[[str], bool]:
    """Whether the profile names a skill in so many words: "r" is not named by "research"."""
    said = profile.lower()

    def names(skill: str) -> bool:
        term = skill.lower()
        if len(term) < 2 or term not in said:
            return False
        edges = rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])"
        return not term.isascii() or re.search(edges, said) is not None

    return names


def _reasons(
    record: Record, query: Query, skills: list[str], *, close: bool
) -> tuple[tuple[str, Any], ...]:
    """The strongest first; only what both the profile asked for and the record has."""
    found: list[tuple[str, Any]] = [("skills", skills)] if skills else []
    if close:
        found.append(("meaning", None))
    if query.degree and isinstance(record, Job):
        found.append(("degree", query.degree))
    for key in ("industry", "city", "country"):
        value = getattr(record, key)
        if value in getattr(query, key):
            found.append((key, value))
    if isinstance(record, Job):
        if query.employment and record.employment == query.employment:
            found.append(("employment", record.employment))
        if query.remote and record.remote:
            found.append(("remote", True))
    return tuple(found)
