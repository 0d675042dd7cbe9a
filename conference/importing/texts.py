"""A file's bytes as lines of text, whatever its encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from conference.importing.problems import Problems
from conference.importing.rows import BrokenFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_WESTERN = re.compile(r"(?:[\s!-~]|(?<=[A-Za-z])[À-ÿ]|[À-ÿ](?=[a-z]))+")  # é beside plain letters
_LARGEST_AT_ONCE = 200 << 20  # bytes
LONGEST_LINE = 1 << 24  # bytes; beyond, it is no list of records
_MIXED = ("utf-8", "gb18030")
_FEW_WRONG = 20  # of so many characters one may be damaged


def check_size(path: Path) -> None:
    """Raises BrokenFileError for a file that is too large to be read at once."""
    size = path.stat().st_size
    if size > _LARGEST_AT_ONCE:
        raise BrokenFileError("too_large", hint=f"{size >> 20} MB")


def encoding_of(path: Path) -> str | None:
    """The encoding that the whole file is in, or None when it is in several.

    A byte order mark decides; without one UTF-16 shows by its zeros, UTF-8 and GB18030 by fitting
    throughout, and texts that fit neither are taken for the Western or Cyrillic one they look like.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    # zeros may also have strayed into another encoding: into UTF-8, in which few other bytes read
    if 0 in head and not (head.count(0) * 4 < len(head) and _fits(path, "utf-8")):
        return _utf_16(head)
    if _fits(path, "utf-8"):
        return "utf-8"
    # a byte or two that went wrong on the way do not make it another encoding
    if (_fits(path, "gb18030") or _nearly_fits(path)) and _reads_as_chinese(path):
        return "gb18030"
    return _guessed(path)


def _utf_16(head: bytes) -> str | None:
    """Which UTF-16 a text with zeros in it is: the one that reads as everyday characters."""
    head = head[: len(head) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, errors="replace")
        usual = sum("\t" <= each <= "~" or "\u3000" <= each <= "\u9fff" for each in text)
        if usual * 10 >= len(text) * 9:
            return encoding
    return None


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        except UnicodeDecodeError:
            return False
    return True  # a character cut off at the very end is the reader's affair


def _nearly_fits(path: Path) -> bool:
    """Whether all but a few of the characters are GB18030's, and no line is UTF-8."""
    with path.open("rb") as file:
        sample = file.read(_BLOCK)
    text = sample.decode("gb18030", errors="replace")
    wrong, other = text.count("\ufffd"), sum(not each.isascii() for each in text)
    utf_8 = any(_line_fits(each, "utf-8") and not each.isascii() for each in sample.splitlines())
    return not utf_8 and wrong * _FEW_WRONG <= other


def _reads_as_chinese(path: Path) -> bool:
    """Whether most of what is not ASCII decodes to everyday Chinese, as GB18030 text does.

    Western accents decode to rare characters instead, because every pair of bytes is some one.
    """
    with path.open("rb") as file:
        text = file.read(_BLOCK).decode("gb18030", errors="ignore")
    other = [each for each in text if not each.isascii()]
    everyday = 0
    for each in other:
        # GB 2312's first level (the 3,755 everyday characters) and its signs
        try:
            lead = each.encode("gb2312")[0]
        except UnicodeEncodeError:
            continue
        everyday += 0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)
    return everyday * 10 >= len(other) * 8


def _guessed(path: Path) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only odd files need it

    with path.open("rb") as file:
        sample = file.read(_BLOCK)
    if any(_line_fits(line, "utf-8") and not line.isascii() for line in sample.splitlines()):
        return None  # lines of UTF-8 among others: several encodings
    western = sample.decode("cp1252", errors="replace")
    alone = re.findall(r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])", western)
    if len(alone) * 10 >= sum(not each.isascii() for each in western) * 9:
        return "cp1252"  # accents stand one by one among plain letters, in no other script
    best = from_bytes(
        sample, cp_isolation=["cp1252", "cp1251", "big5", "shift_jis", "koi8_r"]
    ).best()
    return str(best.encoding) if best else None


def _line_fits(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


class Lines:
    """The lines of a file, counted; `fraction` says how far the reading is (0 to 1)."""

    def __init__(self, path: Path, problems: Problems) -> None:
        self._path = path
        self._problems = problems
        self._size = max(path.stat().st_size, 1)
        self._file: BinaryIO | None = None
        self.number = 0
        """The number of the line handed out last, from 1."""
        self.ends_in_newline = True
        self._chinese = False  # whether some of the lines were GB18030
        self.open_quote = False
        """Whether the file has ended inside quotation marks."""

    def fraction(self) -> float:
        """How much of the file was read."""
        if self._file is None:
            return 0.0
        return 1.0 if self._file.closed else min(self._file.tell() / self._size, 1.0)

    def __iter__(self) -> Iterator[str]:
        encoding = encoding_of(self._path)
        self._file = self._path.open("rb")
        with self._file:
            if encoding is not None and encoding.startswith(("utf-16", "utf-32")):
                reader = codecs.getreader(encoding)(self._file, "replace")
                lines: Iterator[str] = iter(reader)
            else:
                lines = self._decoded(self._file, encoding)
            for line in lines:
                self.number += 1
                self.ends_in_newline = line.endswith(("\n", "\r"))
                if line.count('"') % 2:
                    self.open_quote = not self.open_quote
                if "\0" in line:
                    line = line.replace("\0", "")  # noqa: PLW2901
                yield line

    def _decoded(self, file: BinaryIO, encoding: str | None) -> Iterator[str]:
        while raw := file.readline(LONGEST_LINE + 1):
            if len(raw) > LONGEST_LINE:
                raise ValueError(f"a line of more than {LONGEST_LINE >> 20} MB")
            if encoding is not None:
                line = raw.decode(encoding, errors="replace")
                if "\ufffd" in line:
                    self._problems.add("odd_characters", place=str(self.number + 1), value=line)
                encoding = "utf-8" if encoding == "utf-8-sig" else encoding
            else:
                line = self._line(raw)
            if "\r" in line[:-2] and not line.endswith("\n"):  # an old Mac's file has no \n
                yield from (f"{each}\n" for each in line.rstrip("\r").split("\r"))
            else:
                body = line.rstrip("\r\n")
                # a lone \r within a row is a leftover, which readers of CSV stumble over
                yield body.replace("\r", " ") + line[len(body) :].replace("\r\r", "\r")

    def _line(self, raw: bytes) -> str:
        """One line of a file in several encodings."""
        for encoding in _MIXED:
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not raw.isascii() and encoding != "utf-8":
                self._chinese = True
                place = str(self.number + 1)
                self._problems.add("mixed_encodings", place=place, value=text[:60], hint=encoding)
            return text
        text, hint = raw.decode("cp1252", errors="replace"), "cp1252"
        if not _WESTERN.fullmatch(text):  # a damaged line, of the encoding of the others
            hint = "gb18030" if self._chinese else "utf-8"
            text = raw.decode(hint, errors="replace")
        place = str(self.number + 1)
        self._problems.add("mixed_encodings", place=place, value=text[:60], hint=hint)
        return text
