"""English written without its spaces: "jobsinshenzhen" is "jobs in shenzhen"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import resources

from symspellpy import SymSpell

_RUN = re.compile(r"(?<![a-z])[a-z]{8,}(?![a-z])", re.IGNORECASE)
_FREQUENT = 10_000_000
"""How often a name of ours counts as seen: as often as "find" in the dictionary's corpus."""


class Spacing:
    """Puts spaces back, by symspellpy's word segmentation over its English frequency dictionary.

    Only a run that is no word itself is taken apart, and only into words one of which is a known
    name: a brand, a nickname or keys hit at random stay as they are.
    """

    def __init__(self, names: Iterable[str], *, near: Callable[[str], bool]) -> None:
        """`names` are the words and phrases that the assistant knows, in any letter case.

        `near` says of a word that it is one of them misspelt, which is not to be taken apart.
        """
        self._near = near
        self._segmenter = SymSpell(max_dictionary_edit_distance=0)
        path = resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
        self._segmenter.load_dictionary(str(path), term_index=0, count_index=1)
        self._names = {
            word
            for name in names
            for word in name.lower().split()
            if len(word) > 3 and word.isascii() and word.isalpha()
        }
        for name in self._names:
            self._segmenter.create_dictionary_entry(name, _FREQUENT)

    def spaced(self, text: str) -> str:
        """The text with its joined words apart."""
        return _RUN.sub(lambda run: self._apart(run[0]), text)

    def _apart(self, run: str) -> str:
        known = self._segmenter.words
        if run.lower() in known or self._near(run.lower()):
            return run
        words = self._segmenter.word_segmentation(run.lower(), max_edit_distance=0)
        parts = words.corrected_string.split()
        real = all(part in known and (len(part) > 1 or part in "ai") for part in parts)
        return " ".join(parts) if real and self._names & {*parts} else run
