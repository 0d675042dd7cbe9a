"""The process that reads one file: bytes in, text out. Of the project it imports `pdf` alone.

What a file is, its bytes tell; what its name says does not matter.
"""

from __future__ import annotations

import io
import re
import resource
import sys
import unicodedata
import zipfile

from defusedxml.ElementTree import fromstring

from bot.gateway.telegram.resume.pdf import pdf_text

LONGEST = 6000  # characters: three pages, and what matching looks at
_MEMORY = 512 * 1024 * 1024
_CPU_SECONDS = 5  # a résumé takes less than one
_MOST_XML = 20 * 1024 * 1024
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEAST = 20  # bytes of letters: less is no résumé; a Chinese one says as much with three


def main() -> None:
    """Read standard input, write what text it has."""
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    text = text_of(sys.stdin.buffer.read())
    sys.stdout.buffer.write(text.encode())


def text_of(content: bytes) -> str:
    """The text, tidied; empty when there is none. Raises ValueError for a damaged file."""
    if b"%PDF-" in content[:1024]:
        return tidy(pdf_text(content, enough=LONGEST))
    if content.startswith(b"PK\x03\x04"):
        return tidy(_word(content))
    return tidy(_plain(content))


def tidy(text: str) -> str:
    """Without what is no text, and no longer than is of use."""
    kept = "".join(
        _character(char) if char == "\n" or unicodedata.category(char)[0] != "C" else " "
        for char in text
    )
    kept = re.sub(r"[^\S\n]+", " ", kept)
    kept = re.sub(r"\s*\n\s*", "\n", kept).strip()
    letters = sum(len(char.encode()) for char in kept if char.isalpha())
    return kept[:LONGEST] if letters >= _LEAST else ""


def _character(char: str) -> str:
    """A radical that stands for the character that looks like it, as PDFs have them, is that."""
    return unicodedata.normalize("NFKC", char) if "\u2e80" <= char <= "\u2fdf" else char


def _word(content: bytes) -> str:
    """A .docx file's paragraphs."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("word/document.xml") as file:
        xml = file.read(_MOST_XML + 1)
    if len(xml) > _MOST_XML:
        raise ValueError("no résumé")  # small files that unfold into huge ones, as entities do
    lines = []
    for paragraph in fromstring(xml, forbid_dtd=True).iter(f"{_WORD}p"):
        parts = []
        for node in paragraph.iter():
            if node.tag == f"{_WORD}t":
                parts.append(node.text or "")
            elif node.tag in (f"{_WORD}tab", f"{_WORD}br"):
                parts.append(" ")
        lines.append("".join(parts))
    return "\n".join(lines)


def _plain(content: bytes) -> str:
    """A text file in any of the encodings that such files have."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        return ""  # a picture, a program
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


if __name__ == "__main__":
    main()
