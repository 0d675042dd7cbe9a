"""Chinese typed in Latin letters: "zhao gongzuo shenzhen" is 找工作深圳."""

from __future__ import annotations

import re
from collections.abc import Iterable

import jieba
from pypinyin import lazy_pinyin

from conference.text import has_han, is_han

_WORD = re.compile(r"[a-z]+|[^a-z\s]+", re.IGNORECASE)
_LATIN = re.compile(r"(?<![a-z])[a-z]{5,}(?![a-z])", re.IGNORECASE)
_LONGEST = 6  # syllables written apart
_COMMON = 500
"""Words of two characters or more that Jieba's dictionary counts so often are read, too."""
_EVERYDAY = """
    我 你 的 有 吗 找 在 要 想 和 去 好 是 不 了 呢 个 请 问 我要 我想
    想找 想要 请问 什么 哪些 哪里 哪天 哪一天 哪儿 哪个 怎么 多少 有没有 有什么 可以 没有 你好
    谢谢 再见 帮我 我是 现在 一下 看看 查 给我 有哪些 大会 会展 报名 怎么样 能不能 方面 相关
    招 都 还 也 就 看 几 天 点 月 新 做 能 到 从 里 那 这 人 会 家 多 下 上
""".split()


class Pinyin:
    """Turns pinyin without tones into the Chinese words that sound so, ours before others."""

    def __init__(self, words: Iterable[str], *, english: frozenset[str]) -> None:
        """`words` are those that the assistant knows."""
        jieba.initialize()
        self._english = english
        self._words: dict[str, str] = {}
        self._names: set[str] = set()
        for word in [*_EVERYDAY, *words]:
            if word.isascii():
                self._names.add(word.lower().replace(" ", ""))
            if word and all(map(is_han, word)) and (len(word) > 1 or word in _EVERYDAY):
                self._words.setdefault("".join(lazy_pinyin(word)), word)
        self._ours = frozenset(self._words)
        common = [
            (-count, word)
            for word, count in jieba.dt.FREQ.items()
            if count >= _COMMON and len(word) > 1 and all(map(is_han, word))
        ]
        for _, word in sorted(common):
            self._words.setdefault("".join(lazy_pinyin(word)), word)

    def to_han(self, text: str) -> str | None:
        """The Chinese that was meant, or None if this is no pinyin.

        Every word must be one, and at least one of them ours and neither English nor a place's
        name, which English spells the same. In a text with characters, only what is ours is read.
        """
        if has_han(text):
            mended = _LATIN.sub(lambda run: self._ours_for(run[0]), text)
            return mended if mended != text else None
        if not text.isascii():
            return None
        pieces = _WORD.findall(text.lower())
        parts: list[str] = []
        telling, strange, place = 0, 0, 0
        while place < len(pieces):
            if not pieces[place].isalpha():
                parts.append(pieces[place])
                place += 1
                continue
            size, sounds = self._next(pieces[place : place + _LONGEST])
            if not size:
                return None
            parts.extend(self._words[sound] for sound in sounds)
            tells = [sound for sound in sounds if sound not in self._english and len(sound) > 3]
            telling += len(tells)
            strange += sum(sound in self._ours and sound not in self._names for sound in tells)
            place += size
        return "".join(parts) if strange and (telling >= 2 or len(pieces) == 1) else None

    def _next(self, pieces: list[str]) -> tuple[int, list[str]]:
        """How many pieces make the next words, and how those sound; 0 if none do."""
        for size in range(len(pieces), 0, -1):
            joined = "".join(pieces[:size])
            if joined in self._words and all(map(str.isalpha, pieces[:size])):
                return size, [joined]
        sounds = [] if pieces[0] in self._english else self._split(pieces[0])
        return (1, sounds) if sounds else (0, [])

    def _split(self, piece: str) -> list[str]:
        """The fewest words that a piece written together is made of."""
        best: list[list[str] | None] = [[], *[None] * len(piece)]
        for end in range(1, len(piece) + 1):
            for start in range(end):
                before, sound = best[start], piece[start:end]
                if before is None or sound not in self._words:
                    continue
                if best[end] is None or len(before) + 1 < len(best[end] or ()):
                    best[end] = [*before, sound]
        return best[-1] or []

    def _ours_for(self, run: str) -> str:
        sound = run.lower()
        ours = sound in self._ours and sound not in self._english and sound not in self._names
        return self._words[sound] if ours else run
