"""What the CRF of subjects sees of a token: the word, its neighbours, what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import jieba
from rasa.nlu.tokenizers.tokenizer import Token

from bot.brain.nlu.gazetteer import CUES
from conference.text import is_han

SUBJECT = "subject"


def words_of(tokens: list[Token]) -> tuple[tuple[str, str], ...]:
    """For each token its place in the word that Jieba sees (B, I or S) and that word."""
    ends = [0, *(token.end for token in tokens)]
    return _segmented(
        tuple(
            " " * (token.start > end) + token.lemma
            for token, end in zip(tokens, ends, strict=False)
        )
    )


@lru_cache(maxsize=64)
def _segmented(spaced: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Kept, because a message's words are asked for at each step that looks at them.

    A word ends at a space: 境内 地震 is no 内地.
    """
    word_at: list[tuple[int, str]] = []
    for word in jieba.cut("".join(spaced), HMM=False):
        if word != " ":
            word_at.extend((place, word) for place in range(len(word)))
    marks, position = [], 0
    for lemma in (each.removeprefix(" ") for each in spaced):
        place, word = word_at[position]
        mark = "S" if len(word) <= len(lemma) else "B" if place == 0 else "I"
        marks.append((mark, word if is_han(lemma[0]) else lemma))
        position += len(lemma)
    return tuple(marks)


@cache
def parts_of_speech() -> Mapping[str, str]:
    """Jieba's tag of each word of its dictionary: 所以 is a conjunction, and so no title.

    Read from its file: `jieba.posseg` takes eight times as long to import.
    """
    with jieba.get_dict_file() as file:
        lines = file.read().decode().splitlines()
    return {word: tag for word, _, tag in (line.split(" ") for line in lines)}


def known_as(tokens: list[Token], entities: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """For each token the thing and the cue that the gazetteer sees there."""
    things, cues = ["-"] * len(tokens), ["-"] * len(tokens)
    for entity in entities:
        if entity["entity"] == SUBJECT:
            continue
        labels = cues if entity["entity"] in CUES else things
        name = entity["entity"] if entity["entity"] != "cue" else str(entity["value"])
        for number, token in enumerate(tokens):
            if token.start >= entity["start"] and token.end <= entity["end"]:
                labels[number] = name
    return list(zip(things, cues, strict=True))


@dataclass
class Uses:
    """How often each word stood inside, outside of and just before subjects in the examples.

    A word that no example has outside of a subject is likely one itself: that is how titles and
    skills which nobody foresaw are found. In training an example's own uses don't count, or every
    word would look familiar.
    """

    outside: Counter[str]
    inside: Counter[str]
    beside: Counter[str] = field(default_factory=Counter)

    def familiarity(self, word: str, *, minus: Counter[str] | None = None) -> tuple[int, int]:
        """Buckets 0 to 3 (none, one, a few, many) of uses outside and inside of subjects."""
        own = minus[word] if minus else 0
        out, into = self.outside[word], self.inside[word]
        return _bucket(max(out - own, 0)), _bucket(max(into - own, 0))


def _bucket(count: int) -> int:
    return 0 if count == 0 else 1 if count == 1 else 2 if count < 6 else 3


def token_features(
    tokens: list[Token],
    entities: list[dict[str, Any]],
    uses: Uses,
    *,
    own_words: Counter[str] | None = None,
) -> list[dict[str, Any]]:
    """CRF features of each token, with those of its neighbours on either side.

    `own_words` are an example's own, left out of account while training.
    """
    segments, known = words_of(tokens), known_as(tokens, entities)
    tags = parts_of_speech()
    own: list[dict[str, Any]] = []
    for token, (mark, word), (thing, cue) in zip(tokens, segments, known, strict=True):
        outside, inside = uses.familiarity(word, minus=own_words)
        han = is_han(token.lemma[0])
        own.append(
            {
                "w": word,
                "c": token.lemma,
                "seg": mark,
                "pos": tags.get(word, "") if han else "",
                "thing": thing,
                "cue": cue,
                "han": han,
                "tail": "" if han else token.lemma[-3:],
                "head": "" if han else token.lemma[:3],
                "out": str(outside),
                "in": str(inside),
                "new": f"{outside}{thing}{cue}" if thing == "-" else "-",
                "shape": "X" if token.text.isupper() else "x" if token.text.islower() else "Xx",
            }
        )
    rows = []
    for number in range(len(own)):
        row: dict[str, Any] = {f"0{name}": value for name, value in own[number].items()}
        for offset in (-3, -2, -1, 1, 2, 3):
            other = number + offset
            if not 0 <= other < len(own):
                row[f"{offset}edge"] = True
                continue
            names = (
                ("w", "c", "thing", "cue", "seg", "pos", "out")
                if abs(offset) < 3
                else ("w", "thing")
            )
            row.update({f"{offset}{name}": own[other][name] for name in names})
        if number:
            row["-1|0"] = f"{own[number - 1]['w']}|{own[number]['w']}"
        if number + 1 < len(own):
            row["0|1"] = f"{own[number]['thing']}|{own[number + 1]['thing']}|{own[number + 1]['w']}"
        rows.append(row)
    return rows
