"""A mapping of an edition's file, read key by key; what is wrong with it is noted down."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from conference.edition.findings import Finding
from conference.vocabulary.terms import LANGUAGES

_T = TypeVar("_T")
_NOTHING = (None, "", "~", "null")


class Fields:
    """The keys of a mapping. What is asked for and is missing or wrong comes as None or nothing."""

    def __init__(self, data: Any, found: list[Finding], *, file: str, path: str = "") -> None:
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}
        self._found = found
        self._file = file
        self._path = path
        self._asked: set[str] = set()

    def note(self, rule: str, key: str, *, value: object = "", hint: str = "") -> None:
        """Note down a finding about a key."""
        path = f"{self._path}.{key}" if self._path and key else self._path or key
        self._found.append(Finding(rule, f"{self._file}: {path}", str(value), hint))

    def has(self, key: str) -> bool:
        """Whether anything stands there."""
        self._asked.add(key)
        return self._data.get(key) not in _NOTHING

    def __iter__(self) -> Iterator[str]:
        return map(str, self._data)

    def text(self, key: str, *, needed: bool = False) -> str | None:
        """A text of one line that is the same in every language."""
        return self._read(key, " ".join, lambda value: str(value).split(), "text", needed=needed)

    def texts(self, key: str, *, needed: bool = False) -> dict[str, str]:
        """A text by language; a language that lacks it is a finding."""
        if not self._given(key, needed):
            return {}
        if not isinstance(self._data[key], dict):
            self.note("wrong_form", key, value=_short(self._data[key]), hint="{en: ..., zh: ...}")
            return {}
        part = self.part(key)
        texts = part.own_texts()
        part.end()
        return texts

    def own_texts(self) -> dict[str, str]:
        """The text of this very mapping, by language, whatever else stands in it."""
        texts = {}
        for language in LANGUAGES:
            value = self._data.get(language) if self.has(language) else None
            if isinstance(value, dict | list):
                self.note("wrong_form", language, value=_short(value), hint="...")
            elif value is not None:
                texts[language] = str(value).strip()
        if not texts:
            self.note("missing", "")
        for language in LANGUAGES if texts else ():
            if language not in texts:
                self.note("untranslated", language, value=_short(*texts.values()))
        return texts

    def day(self, key: str, *, needed: bool = False) -> date | None:
        return self._read(key, date.fromisoformat, str, "2020-09-12", needed=needed)

    def moment(self, key: str) -> datetime | None:
        return self._read(key, _moment, str, "2020-09-08T10:00+08:00")

    def clock(self, key: str, *, needed: bool = False) -> time | None:
        return self._read(key, _clock, str, "09:00", needed=needed)

    def zone(self, key: str, *, needed: bool = False) -> ZoneInfo | None:
        """A time zone by its name in the IANA's database."""
        return self._read(key, _zone, str, "Asia/Shanghai, Europe/Moscow", needed=needed)

    def url(self, key: str) -> str | None:
        """An address; one that is not https is a finding too, but taken."""
        url = self._read(key, _url, str, "https://www.example.org")
        if url and not url.startswith("https:"):
            self.note("insecure_link", key, value=url)
        return url

    def email(self, key: str) -> str | None:
        return self._read(key, _email, str, "info@example.org")

    def code(self, key: str, codes: Collection[str], *, needed: bool = False) -> str | None:
        """One of the codes."""
        code = self.text(key, needed=needed)
        return self.known(key, code, codes) if code else None

    def known(self, key: str, code: str, codes: Collection[str]) -> str | None:
        """The code, if it is one; else a finding with those most like it."""
        if code in codes:
            return code
        near = difflib.get_close_matches(code, list(codes), n=3, cutoff=0.5)
        self.note("unknown_code", key, value=code, hint=", ".join(near or sorted(codes)[:5]))
        return None

    def items(self, key: str, *, needed: bool = False) -> list[str]:
        """A list of texts."""
        if not self._given(key, needed):
            return []
        value = self._data[key]
        if not isinstance(value, list) or any(isinstance(each, list | dict) for each in value):
            self.note("wrong_form", key, value=_short(value), hint="[..., ...]")
            return []
        return [str(each) for each in value]

    def part(self, key: str, *, needed: bool = False) -> Fields:
        """A mapping within this one."""
        given = self._given(key, needed)
        value = self._data.get(key)
        if given and not isinstance(value, dict):
            self.note("wrong_form", key, value=_short(value), hint="key: value")
        path = f"{self._path}.{key}" if self._path else key
        return Fields(value, self._found, file=self._file, path=path)

    def parts(self, key: str) -> Iterator[Fields]:
        """The mappings of a list."""
        if not self._given(key, needed=False):
            return
        value = self._data[key]
        if not isinstance(value, list):
            self.note("wrong_form", key, value=_short(value), hint="- key: value")
            return
        for number, each in enumerate(value, start=1):
            path = f"{key} {number}"
            if not isinstance(each, dict):
                self.note("wrong_form", path, value=_short(each), hint="- key: value")
                continue
            path = f"{self._path}.{path}" if self._path else path
            yield Fields(each, self._found, file=self._file, path=path)

    def end(self) -> None:
        """Note down the keys that nobody asked for: a misspelled one would be silently nothing."""
        for key in self._data:
            if key not in self._asked:
                near = difflib.get_close_matches(str(key), sorted(self._asked), n=1, cutoff=0.0)
                self.note("unknown_key", str(key), value=key, hint=near[0] if near else "")

    def _given(self, key: str, needed: bool) -> bool:
        given = self.has(key)
        if needed and not given:
            self.note("missing", key)
        return given

    def _read(
        self,
        key: str,
        read: Callable[[Any], _T],
        prepare: Callable[[Any], Any],
        form: str,
        *,
        needed: bool = False,
    ) -> _T | None:
        if not self._given(key, needed):
            return None
        value = self._data[key]
        try:
            if isinstance(value, dict | list):
                raise ValueError(value)
            return read(prepare(value))
        except ValueError:
            self.note("wrong_form", key, value=_short(value), hint=form)
            return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _clock(text: str) -> time:
    if not re.fullmatch(r"\d{1,2}:\d\d", text):
        raise ValueError(text)
    return time.fromisoformat(text.zfill(5))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:  # a folder of zones ("Europe") cannot be opened
        raise ValueError(name) from error


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValueError(text)
    return text


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise ValueError(text)
    return text


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
