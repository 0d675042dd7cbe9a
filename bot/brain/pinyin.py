"""Chinese typed in Latin letters: "zhao gongzuo shenzhen" is 找工作深圳."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pypinyin import lazy_pinyin

from conference.text import has_han, is_han

_WORD = re.compile(r"[a-z]+|[^a-z\s]+", re.IGNORECASE)
_LONGEST = 6  # syllables written apart
_EVERYDAY = """
    我 你 的 有 吗 找 在 要 想 和 去 好 是 不 了 呢 个 请 问 我要 我想
    想找 想要 请问 什么 哪些 哪里 怎么 多少 有没有 有什么 可以 没有 你好 谢谢
    再见 帮我 我是 现在 一下 看看 查 给我 有哪些 大会 报名 怎么样 能不能 方面
    相关
""".split()


class Pinyin:
    """Turns pinyin without tones into the known Chinese words that sound so."""

    def __init__(self, words: Iterable[str], *, english: frozenset[str]) -> None:
        self._english = english
        self._words: dict[str, str] = {}
        self._names: set[str] = set()
        for word in [*_EVERYDAY, *words]:
            if word.isascii():
                self._names.add(word.lower().replace(" ", ""))
            if word and all(map(is_han, word)) and (len(word) > 1 or word in _EVERYDAY):
                self._words.setdefault("".join(lazy_pinyin(word)), word)

    def to_han(self, text: str) -> str | None:
        """The Chinese that was meant, or None if this is no pinyin.

        Every word must be one, and at least one of them neither English nor a place's name, which
        English spells the same.
        """
        if has_han(text) or not text.isascii():
            return None
        pieces = _WORD.findall(text.lower())
        parts: list[str] = []
        telling, strange, place = 0, 0, 0
        while place < len(pieces):
            if not pieces[place].isalpha():
                parts.append(pieces[place])
                place += 1
                continue
            for size in range(min(_LONGEST, len(pieces) - place), 0, -1):
                joined = "".join(pieces[place : place + size])
                if joined in self._words:
                    parts.append(self._words[joined])
                    tells = joined not in self._english and len(joined) > 3
                    telling += tells
                    strange += tells and joined not in self._names
                    place += size
                    break
            else:
                return None
        return "".join(parts) if strange and (telling >= 2 or len(pieces) == 1) else None
