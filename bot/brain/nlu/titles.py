"""Whole titles of occupations: 叉车司机 with its 叉车, and what the CRF of subjects passed over."""

from __future__ import annotations

from typing import Any

from rasa.nlu.tokenizers.tokenizer import Token
from spacy.lang.en.stop_words import STOP_WORDS

from bot.brain.nlu.gazetteer import NOTHING
from bot.brain.nlu.subject_features import Uses, known_as, words_of
from conference.query import Kind
from conference.text import is_han

OF_LANGUAGE = "of_language"
"""The cue before which a nationality names a language: "Russian teacher"."""

_SINGULAR = frozenset(
    {"event", "project", "programme", "program", "meeting", "session", "schedule", "panel"}
)
_PLAIN = (NOTHING, "attribute", "employer")
"""Cues whose words may as well be part of a title: "business analyst"."""
_PERSON_SUFFIXES = frozenset("工员师匠")
_COMMAS = frozenset(",，、;；")


class Titles:
    """Where an occupation's title begins and ends: 叉车司机 with its 叉车, 打井工 with its 工."""

    def __init__(self, tokens: list[Token], entities: list[dict[str, Any]], uses: Uses) -> None:
        self._words = [word for _, word in words_of(tokens)]
        self._tokens = tokens
        self._known = known_as(tokens, entities)
        self._of_language = {
            number
            for number, token in enumerate(tokens)
            for each in entities
            if each["value"] == OF_LANGUAGE and each["start"] == token.start
        }
        self._uses = uses
        self._jobs = any(
            each["entity"] == "kind" and each["value"] == Kind.JOBS.value for each in entities
        )

    def is_new(self, number: int) -> bool:
        """Whether a token's word is none that is known, or hardly outside of subjects."""
        word, uses = self._words[number], self._uses
        written = word.isalpha() and (word.isascii() or len(word) > 1)
        unusual = uses.outside[word] == 0 or 2 * uses.inside[word] > uses.outside[word]
        return self._known[number] in (("-", "-"), ("-", NOTHING)) and written and unusual

    def begin(self, number: int) -> int:
        """The first token of the title that has token `number` in it."""
        while number and (self.is_new(number - 1) or self._belongs(number - 1)):
            number -= 1
        while number > 1 and self._hyphen(number - 1):  # sous-chef
            number -= 2
        return number

    def _hyphen(self, number: int) -> bool:
        """Whether a token joins its neighbours to one word."""
        before, sign, after = self._tokens[number - 1 : number + 2]
        return bool(sign.text == "-" and before.end == sign.start and sign.end == after.start)

    def end(self, number: int) -> int:
        """The token after the title that has token `number` in it."""
        follows = number + 1
        plain = self._known[number] in (("-", "-"), ("-", NOTHING))  # 护士工 is a nurse's work
        if plain and follows < len(self._words) and self._words[follows] in _PERSON_SUFFIXES:
            return follows + 1
        return follows

    def is_work(self, number: int) -> bool:
        """Whether a token only follows what is known: the 工 (job) of Cantonese 金融工, 教育口."""
        plain = ("-", "-")
        return (
            self._words[number] in ("工", "口", "界", "圈")
            and self._known[number] == plain
            and number > 0
            and self._known[number - 1] != plain
        )

    def _belongs(self, number: int) -> bool:
        """Another occupation (行政文员), or a language (乌兹别克语翻译, "Russian teacher").

        Where jobs are looked for, so does what is organised: 活动主管.
        """
        thing, cue = self._known[number]
        of_language = (thing == "country" or cue == "to_language") and (
            number + 1 in self._of_language or self._known[number + 1] == (thing, cue)
        )
        suffix = cue == OF_LANGUAGE and len(self._tokens[number].lemma) == 1
        organised = thing == "kind" and self._jobs and is_han(self._tokens[number].lemma)
        return cue == "occupation" or suffix or of_language or organised or self._modifies(number)

    def _modifies(self, number: int) -> bool:
        """Whether a token says of what kind an occupation is: "football coach", "night porter".

        So does a word that no example has beside what is looked for without being part of it, the
        time of day (alone, not "in the evening"), and an event or a project in the singular.
        """
        token, following = self._tokens[number : number + 2]
        if token.end + 1 != following.start or not token.lemma.isalpha() or is_han(token.lemma[0]):
            return False
        thing, cue = self._known[number]
        if thing == "period":
            return cue == "-" and self._known[number - 1][0] != "period"
        if thing == "kind":
            return token.lemma in _SINGULAR
        known = self._known[number] not in (("-", "-"), *(("-", cue) for cue in _PLAIN))
        return not known and token.lemma not in STOP_WORDS and not self._uses.beside[token.lemma]


def passed_over(tokens: list[Token], entities: list[dict[str, Any]], titles: Titles) -> list[str]:
    """Labels of an occupation, or of new words beside a kind, that the CRF passed over.

    "Pump engineer, Shandong", "fpga jobs": a search that names an occupation is for it, unless the
    speaker says it of themself ("I'm an engineer"). After a kind, new words say what is looked for
    where the message is put as into a search box: "jobs taxidermy", 职位 入殓师. So do new words
    alone between commas, beside criteria: 两万起，算法，杭州.
    """
    labels = ["O"] * len(tokens)
    kinds = {each["start"] for each in entities if each["entity"] in ("kind", "event_type")}
    selves = [each["end"] for each in entities if each["value"] == "origin"]
    occupations = {each["end"] for each in entities if each["entity"] == "occupation"}
    heading = {each["end"] for each in entities if each["entity"] == "kind" and not each["start"]}
    text = {token.start: token.text for token in tokens}
    alone = _alone(tokens, titles) if entities else set()

    def gap(end: int, start: int) -> str:
        return "".join(text.get(place, "") for place in range(end, start))

    for number, token in enumerate(tokens):
        reach = 0 if is_han(token.lemma[0]) else 1
        new = titles.is_new(number) and any(
            0 <= start - token.end <= reach or gap(token.end, start) == "的" for start in kinds
        )
        new = new or (titles.is_new(number) and token.start - 1 in heading) or number in alone
        if not new and token.end not in occupations:
            continue
        if any(0 <= token.start - end <= 2 for end in selves):
            continue
        labels[number] = "B"
    return labels


def _alone(tokens: list[Token], titles: Titles) -> set[int]:
    """Tokens that have no more than new words beside them, between commas or an end."""
    parts: list[list[int]] = [[]]
    for number, token in enumerate(tokens):
        if token.lemma in _COMMAS:
            parts.append([])
        else:
            parts[-1].append(number)
    if len(parts) == 1:
        return set()
    return {number for part in parts if all(map(titles.is_new, part)) for number in part}


def titled(
    labels: list[str], tokens: list[Token], entities: list[dict[str, Any]], titles: Titles
) -> list[str]:
    """The labels over whole titles."""
    occupations = {each["end"] for each in entities if each["entity"] == "occupation"}
    whole = list(labels)
    for number, token in enumerate(tokens):
        if labels[number] == "O":
            continue
        if titles.is_work(number):
            whole[number] = "O"
            continue
        last = number + 1 == len(tokens) or labels[number + 1] == "O"
        first = titles.begin(number) if token.end in occupations else number
        end = titles.end(number) if last else number + 1
        for place in range(first, end):
            if whole[place] == "O" or place > first:
                whole[place] = "I"
        if first < number and not (first and whole[first - 1] != "O"):
            whole[first] = "B"
    return whole
