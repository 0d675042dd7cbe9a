"""A PDF's objects (ISO 32000-1, chapter 7), as far as its text needs them.

The cross-reference table is not used: objects are found where they stand, so that a file whose
table is damaged is read all the same. Names are strings with their slash, strings are bytes.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that all streams together may unpack to."""

_DEEPEST = 40
_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})\s+\d{1,5}\s+obj\b")
_SPACE = re.compile(rb"(?:[\0\t\n\f\r ]+|%[^\r\n]*)*")
_REF = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+R(?![^\s<>\[\]()/%])")
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_NAME = re.compile(rb"/[^\s<>\[\](){}/%]*")
_WORD = re.compile(rb"[^\s<>\[\](){}/%]+")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Ref:
    """A reference to an object by its number."""

    number: int


@dataclass(frozen=True)
class Operator:
    """A word that is none of the others: an operator of a content stream, `true`, `null`."""

    name: str


@dataclass(frozen=True)
class Stream:
    """A stream: what is said of it and its packed bytes."""

    about: dict[str, Any]
    packed: bytes


class Document:
    """A PDF's objects by number. Raises ValueError for one that is encrypted or packs a bomb."""

    def __init__(self, content: bytes) -> None:
        self._left = MOST_UNPACKED
        self.objects: dict[int, Any] = {}
        if re.search(rb"/Encrypt\s", content):
            raise ValueError("encrypted")
        for match in _OBJECT.finditer(content):
            self.objects[int(match[1])] = self._read(content, match.end())
        for value in list(self.objects.values()):
            if isinstance(value, Stream) and value.about.get("/Type") == "/ObjStm":
                self._unpack_objects(value)

    def get(self, value: Any) -> Any:
        """The value itself, a reference followed."""
        for _ in range(_DEEPEST):
            if not isinstance(value, Ref):
                return value
            value = self.objects.get(value.number)
        return None

    def dictionary(self, value: Any) -> dict[str, Any]:
        """The value as a dictionary; {} when it is none."""
        found = self.get(value)
        if isinstance(found, Stream):
            return found.about
        return found if isinstance(found, dict) else {}

    def data(self, stream: Stream) -> bytes:
        """A stream's bytes, unpacked; b"" for a packing that no text has."""
        filters = self.get(stream.about.get("/Filter", []))
        data = stream.packed
        for name in filters if isinstance(filters, list) else [filters]:
            data = self._unpack(data, self.get(name))
        return data

    def _unpack(self, data: bytes, name: Any) -> bytes:
        if name == "/FlateDecode":
            unpacker = zlib.decompressobj()
            try:
                data = unpacker.decompress(data, self._left)
            except zlib.error:
                return b""
            self._left -= len(data)
            if self._left <= 0:
                raise ValueError("unpacks to too much")
            return data
        if name == "/ASCII85Decode":
            return base64.a85decode(data.strip().removesuffix(b"~>"))
        if name == "/ASCIIHexDecode":
            return _hex(data.partition(b">")[0])
        return b""

    def _read(self, content: bytes, at: int) -> Any:
        try:
            value, at = parse(content, at)
        except (ValueError, IndexError, RecursionError):
            return None
        begin = re.compile(rb"\s*stream\r?\n").match(content, at)
        if begin is None or not isinstance(value, dict):
            return value
        length = value.get("/Length")
        end = begin.end() + length if isinstance(length, int) else -1
        if not 0 <= end <= len(content) or not content[end : end + 20].lstrip().startswith(
            b"endstream"
        ):
            end = content.find(b"endstream", begin.end())
        return Stream(value, content[begin.end() : end if end >= 0 else len(content)])

    def _unpack_objects(self, stream: Stream) -> None:
        data = self.data(stream)
        first = stream.about.get("/First", 0)
        header = [int(each) for each in data[:first].split() if each.isdigit()]
        for number, offset in zip(header[::2], header[1::2], strict=False):
            try:
                self.objects[number], _ = parse(data, first + offset)
            except (ValueError, IndexError, RecursionError):
                continue


def parse(data: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
    """The value that begins at `at`, and where it ends. Raises ValueError at the data's end."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    at = _skip(data, at)
    if at >= len(data):
        raise ValueError("the end")
    if data.startswith(b"<<", at):
        return _dictionary(data, at + 2, depth)
    char = data[at : at + 1]
    if char == b"[":
        items, at = [], at + 1
        while not data.startswith(b"]", at := _skip(data, at)):
            value, at = parse(data, at, depth + 1)
            items.append(value)
        return items, at + 1
    if char == b"(":
        return _string(data, at + 1)
    if char == b"<":
        end = data.index(b">", at)
        return _hex(data[at + 1 : end]), end + 1
    for pattern, made in ((_REF, _ref), (_NUMBER, _number), (_NAME, _name), (_WORD, _operator)):
        if match := pattern.match(data, at):
            return made(match), match.end()
    return Operator(char.decode("latin-1")), at + 1


def tokens(data: bytes) -> Iterator[Any]:
    """The values and operators of a content stream."""
    at = 0
    while True:
        try:
            value, at = parse(data, at)
        except (ValueError, IndexError):
            return
        yield value
        if value == Operator("ID"):  # a picture within: its bytes are no values
            end = data.find(b"EI", at)
            at = end + 2 if end >= 0 else len(data)


def _skip(data: bytes, at: int) -> int:
    match = _SPACE.match(data, at)
    return match.end() if match else at


def _dictionary(data: bytes, at: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while not data.startswith(b">>", at := _skip(data, at)):
        key, at = parse(data, at, depth + 1)
        value, at = parse(data, at, depth + 1)
        if isinstance(key, str):
            found[key] = value
    return found, at + 2


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    result = bytearray()
    open_brackets = 1
    while True:
        char = data[at : at + 1]
        if not char:
            raise ValueError("the end")
        at += 1
        if char == b"\\":
            octal = re.compile(rb"[0-7]{1,3}").match(data, at)
            if octal:
                result.append(int(octal[0], 8) & 255)
                at = octal.end()
                continue
            escaped = data[at : at + 1]
            at += 1
            if escaped == b"\r" and data[at : at + 1] == b"\n":
                at += 1
            result += b"" if escaped in b"\r\n" else _ESCAPES.get(escaped, escaped)
            continue
        open_brackets += (char == b"(") - (char == b")")
        if not open_brackets:
            return bytes(result), at
        result += char


def _hex(digits: bytes) -> bytes:
    plain = re.sub(rb"[^0-9A-Fa-f]", b"", digits)
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _ref(match: re.Match[bytes]) -> Ref:
    return Ref(int(match[1]))


def _number(match: re.Match[bytes]) -> int | float:
    return float(match[0]) if b"." in match[0] else int(match[0])


def _name(match: re.Match[bytes]) -> str:
    raw = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), match[0])
    return raw.decode("latin-1")


def _operator(match: re.Match[bytes]) -> Operator:
    return Operator(match[0].decode("latin-1"))
