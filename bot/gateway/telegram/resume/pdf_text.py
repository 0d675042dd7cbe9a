"""The text that a PDF shows, page by page (ISO 32000-1, chapter 9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.gateway.telegram.resume.pdf_objects import Document, Operator, Stream, tokens

_MOST_PAGES = 30
_DEEPEST = 5  # forms within forms
_GAP = -180  # thousandths of the font's size: a step to the right this wide is a space
_FAR = 0.2  # ems between two pieces of text from which there is a space between them
_ENCODINGS = (  # part of a predefined encoding's name: Python's codec
    ("UCS2", "utf-16-be"),
    ("UTF16", "utf-16-be"),
    ("GBK", "gb18030"),
    ("GB-EUC", "gb18030"),
    ("B5", "big5"),
    ("ETen", "big5"),
)


def pdf_text(content: bytes) -> str:
    """The text, a line for each that is shown; raises ValueError when it cannot be read."""
    document = Document(content)
    return "\n".join(_Page(document, page).text() for page in _pages(document))


def _pages(document: Document) -> list[dict[str, Any]]:
    """The pages in order, each with what it inherits; in the file's order if there is no tree."""
    roots = [
        each
        for each in document.objects.values()
        if isinstance(each, dict) and each.get("/Type") == "/Catalog"
    ]
    found: list[dict[str, Any]] = []
    for root in roots[-1:]:
        _collect(document, root.get("/Pages"), {}, found, set())
    if found:
        return found[:_MOST_PAGES]
    loose = (each for each in document.objects.values() if isinstance(each, dict))
    return [each for each in loose if each.get("/Type") == "/Page"][:_MOST_PAGES]


def _collect(
    document: Document,
    node: Any,
    inherited: dict[str, Any],
    found: list[dict[str, Any]],
    seen: set[int],
) -> None:
    about = document.dictionary(node)
    if id(about) in seen or len(found) >= _MOST_PAGES:
        return
    seen.add(id(about))
    resources = about.get("/Resources", inherited.get("/Resources"))
    if "/Kids" in about:
        for kid in document.get(about["/Kids"]) or []:
            _collect(document, kid, {"/Resources": resources}, found, seen)
    elif about:
        found.append({**about, "/Resources": resources})


class _Page:
    """One page's text, gathered as its content is gone through."""

    def __init__(self, document: Document, page: dict[str, Any]) -> None:
        self._document = document
        self._page = page
        self._parts: list[str] = []
        self._fonts: dict[int, _Font] = {}
        self._size = 1.0
        self._shown = 0.0  # ems since the last move

    def text(self) -> str:
        contents = self._document.get(self._page.get("/Contents"))
        streams = contents if isinstance(contents, list) else [contents]
        found = [self._document.get(each) for each in streams]
        data = b"\n".join(self._document.data(each) for each in found if isinstance(each, Stream))
        self._run(data, self._document.dictionary(self._page.get("/Resources")), 0)
        return "".join(self._parts)

    def _run(self, data: bytes, resources: dict[str, Any], depth: int) -> None:
        font: _Font | None = None
        stack: list[Any] = []
        at: tuple[float, float] | None = None
        for token in tokens(data):
            if not isinstance(token, Operator):
                stack.append(token)
                continue
            name = token.name
            if name == "Tf" and len(stack) >= 2:
                font = self._font(resources, stack[-2])
                self._size = abs(stack[-1]) or 1 if isinstance(stack[-1], int | float) else 1
            elif name in ("Tj", "'", '"', "TJ") and stack:
                if name in ("'", '"'):
                    self._parts.append("\n")
                self._show(stack[-1], font)
            elif name in ("Td", "TD") and len(stack) >= 2:
                self._move(stack[-2], new_line=bool(stack[-1]))
            elif name == "T*":
                self._move(0, new_line=True)
            elif name == "Tm" and len(stack) >= 6:
                scale = abs(stack[-6]) or 1
                step = (stack[-2] - at[0]) / scale if at else 0
                self._move(step, new_line=at is None or stack[-1] != at[1])
                at = (stack[-2], stack[-1])
            elif name == "Do" and stack and depth < _DEEPEST:
                self._form(resources, stack[-1], depth)
            stack = []

    def _move(self, step: float, *, new_line: bool) -> None:
        """The next text begins `step` units right of where the last began, or on a new line."""
        if new_line:
            self._parts.append("\n")
        elif step / self._size - self._shown > _FAR:
            self._parts.append(" ")
        self._shown = 0.0

    def _show(self, shown: Any, font: _Font | None) -> None:
        for part in shown if isinstance(shown, list) else [shown]:
            if isinstance(part, bytes):
                text, width = font.decode(part) if font else (part.decode("latin-1"), 0.0)
                self._parts.append(text)
                self._shown += width
            elif isinstance(part, int | float):
                self._shown -= part / 1000
                if part < _GAP and not (font and font.wide):
                    self._parts.append(" ")

    def _font(self, resources: dict[str, Any], name: Any) -> _Font:
        fonts = self._document.dictionary(resources.get("/Font"))
        about = self._document.dictionary(fonts.get(name))
        if id(about) not in self._fonts:
            self._fonts[id(about)] = _Font(self._document, about)
        return self._fonts[id(about)]

    def _form(self, resources: dict[str, Any], name: Any, depth: int) -> None:
        forms = self._document.dictionary(resources.get("/XObject"))
        form = self._document.get(forms.get(name))
        if isinstance(form, Stream) and form.about.get("/Subtype") == "/Form":
            own = self._document.dictionary(form.about.get("/Resources")) or resources
            self._run(self._document.data(form), own, depth + 1)


class _Font:
    """How a font's codes are read: by its own table, else by its encoding's name."""

    def __init__(self, document: Document, about: dict[str, Any]) -> None:
        self.wide = about.get("/Subtype") == "/Type0"
        self._codes: dict[bytes, str] = {}
        table = document.get(about.get("/ToUnicode"))
        if isinstance(table, Stream):
            self._codes = dict(_unicode_table(document.data(table)))
        self._lengths = sorted({len(code) for code in self._codes}, reverse=True)
        self._widths = _widths(document, about)
        self._usual = 1.0 if self.wide else 0.5
        name = str(document.get(about.get("/Encoding")))
        self._codec = next((codec for part, codec in _ENCODINGS if part in name), None)

    def decode(self, data: bytes) -> tuple[str, float]:
        """The text, and how wide it is in ems."""
        found, width, at = [], 0.0, 0
        if self._codec and not self._codes:
            return data.decode(self._codec, "replace"), len(data) / 2
        while at < len(data):
            length = next((n for n in self._lengths if data[at : at + n] in self._codes), 0)
            code = data[at : at + (length or (2 if self.wide else 1))]
            if length:
                found.append(self._codes[code])
            elif not self._codes and not self.wide:
                found.append(code.decode("cp1252", "replace"))
            # of a wide font without a table, glyphs are numbers: which letters is nowhere said
            width += self._widths.get(int.from_bytes(code, "big"), self._usual)
            at += len(code)
        return "".join(found), width


def _widths(document: Document, about: dict[str, Any]) -> dict[int, float]:
    """Each code's width in ems, as far as it is said."""
    first = document.get(about.get("/FirstChar"))
    plain = document.get(about.get("/Widths"))
    if isinstance(first, int) and isinstance(plain, list):
        given = enumerate((document.get(each) for each in plain), start=first)
        return {code: each / 1000 for code, each in given if isinstance(each, int | float)}
    below = document.get(about.get("/DescendantFonts"))
    inner = document.dictionary(below[0]) if isinstance(below, list) and below else {}
    rest = list(document.get(inner.get("/W")) or [])
    found: dict[int, float] = {}
    while len(rest) >= 2:
        begin, then = rest[0], document.get(rest[1])
        if isinstance(then, list):  # code [width ...]
            found |= {begin + n: w / 1000 for n, w in enumerate(then) if isinstance(w, int | float)}
            rest = rest[2:]
        elif len(rest) >= 3:  # first last width
            for code in range(begin, min(then, begin + 65536) + 1):
                found[code] = rest[2] / 1000
            rest = rest[3:]
        else:
            break
    return found


def _unicode_table(data: bytes) -> Iterator[tuple[bytes, str]]:
    """The codes of a ToUnicode table with their characters."""
    stack: list[Any] = []
    for token in tokens(data):
        if not isinstance(token, Operator):
            stack.append(token)
            continue
        if token.name == "endbfchar":
            for code, text in zip(stack[::2], stack[1::2], strict=False):
                if isinstance(code, bytes) and isinstance(text, bytes):
                    yield code, _utf16(text)
        elif token.name == "endbfrange":
            triples = zip(stack[::3], stack[1::3], stack[2::3], strict=False)
            for first, last, to in triples:
                if isinstance(first, bytes) and isinstance(last, bytes):
                    yield from _range(first, last, to)
        stack = []


def _range(first: bytes, last: bytes, to: Any) -> Iterator[tuple[bytes, str]]:
    begin, end = int.from_bytes(first, "big"), int.from_bytes(last, "big")
    for step in range(min(end - begin + 1, 65536)):
        code = (begin + step).to_bytes(len(first), "big")
        if isinstance(to, list):
            if step < len(to) and isinstance(to[step], bytes):
                yield code, _utf16(to[step])
        elif isinstance(to, bytes) and to:
            text = _utf16(to)
            yield code, text[:-1] + chr(min(ord(text[-1]) + step, 0x10FFFF)) if text else ""


def _utf16(data: bytes) -> str:
    return data.decode("utf-16-be", "ignore")
