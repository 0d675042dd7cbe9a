"""Texts into words, the same for what is indexed and for what is asked.

Latin and Cyrillic words are lower-cased, stripped of accents and of the plural; Chinese is
segmented by jieba. Both databases index the outcome as it is, so both find the same.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"[{_CJK}]+|\.net\b|[^\W_{_CJK}]+(?:\+\+|#)?")
_CHINESE = re.compile(f"[{_CJK}]")
_CLAUSE = re.compile(r"[^，。；：、！？,;:!?()（）\n]+")
_SIGNS = str.maketrans({"+": "p", "#": "sharp", ".": "dot"})  # c++ → cpp, c# → csharp, .net

_STOP = frozenset(
    re.findall(
        r"\w+",
        """
        a an and are as at be by for from in into is of on or our that the their this to we with
        you your about any some related field area work job role position
        的 了 和 与 及 或 在 等 是 有 对 为 将 并 于 由 从 以 相关 方面 方向 领域 类 岗位 职位 工作
        """,
    )
)


def indexed(texts: Iterable[str | None]) -> str:
    """All words of `texts`, spaced; Chinese compounds also by their parts."""
    return " ".join(word for text in texts if text for word in _words_of(text))


def asked(text: str) -> list[str]:
    """The distinct words of a question that must be found, in order.

    Words that say nothing are left out, unless nothing else was said.
    """
    words = list(
        dict.fromkeys(word for run in _RUN.findall(_folded(text)) for word in _split(run, False))
    )
    return [word for word in words if word not in _STOP] or words


def terms(text: str) -> set[str]:
    """The words and, in Latin script, pairs of words that stand for something by themselves."""
    found: set[str] = set()
    before = ""
    for run in _RUN.findall(_folded(text)):
        if has_chinese(run):
            found |= {word for word in _split(run, True) if len(word) > 1 and word not in _STOP}
            if len(run) <= 6:  # 机器学习, which jieba takes apart
                found.add(run)
            before = ""
        elif run in _STOP:
            before = ""
        else:
            found |= {each for each in (run, f"{before} {run}" if before else "") if len(each) > 2}
            before = run
    return found


def stem(word: str) -> str:
    """A plural's singular, near enough: batteries → battery, nurses → nurse, classes → class."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1]


def warm() -> None:
    """Load jieba's dictionary now (0.7 s) rather than with the first Chinese question."""
    _split("预热", False)


def has_chinese(text: str) -> bool:
    """Whether any Chinese character is in it."""
    return _CHINESE.search(text) is not None


def _words_of(text: str) -> list[str]:
    # Descriptions repeat clauses ("familiar with ...") far more often than whole texts.
    return [word for clause in _CLAUSE.findall(_folded(text)) for word in _clause(clause)]


@lru_cache(maxsize=100_000)
def _clause(clause: str) -> tuple[str, ...]:
    return tuple(
        word for run in _RUN.findall(clause) for word in _split(run, True) if word not in _STOP
    )


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    if plain.isascii():
        return plain
    marks = [char for char in set(plain) if unicodedata.combining(char)]
    return plain.translate(dict.fromkeys(map(ord, marks))) if marks else plain


def _split(run: str, parts: bool) -> Iterable[str]:
    if not has_chinese(run):
        return (stem(run.translate(_SIGNS)),)
    jieba = _jieba()
    return list(jieba.cut_for_search(run) if parts else jieba.cut(run))


@cache
def _jieba() -> Any:
    import jieba  # noqa: PLC0415 - reads its dictionary's place in the file system when imported

    jieba.setLogLevel(logging.ERROR)  # it announces its dictionary on standard error
    return jieba
