"""Résumés: what is read from which file, and what a bad one cannot do."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from pypdf import PdfWriter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bot.gateway.telegram.resume import reading
from bot.gateway.telegram.resume.extract import LONGEST, text_of
from bot.gateway.telegram.resume.reading import read_resume
from tests.telegram.conftest import Bot

TEXT = "Materials scientist, PhD. Ten years with lithium batteries; speaks Russian and Chinese."


def word(xml: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


def paragraphs(*texts: str) -> str:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>'


def pdf(content: bytes, *, font: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page, its content packed."""
    packed = zlib.compress(content)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream endobj\n"
        b"5 0 obj%bendobj\n%b\ntrailer<</Root 1 0 R>>\n%%%%EOF"
    ) % (len(packed), packed, font, more)


LATIN = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
ENGLISH_PDF = pdf(
    b"BT /F1 12 Tf 72 700 Td (Materials scientist, \\(PhD\\).) Tj 0 -14 Td "
    b"[(Ten years)-250(with lithium)-250(batteries)] TJ ET",
    font=LATIN,
)
CMAP = b"""begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfchar <0001> <6750> endbfchar
1 beginbfrange <0002> <0003> <6599> endbfrange
2 beginbfrange <0010> <0012> [<79d1> <5b66> <5bb6>] <0020> <0021> <4e00> endbfrange endcmap"""
CHINESE_PDF = pdf(
    b"BT /F1 12 Tf 1 0 0 1 72 700 Tm <000100020010001100120020>Tj ET " * 5,
    font=b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>",
    more=b"6 0 obj<</Length %d>>stream\n%b\nendstream endobj" % (len(CMAP), CMAP),
)


def coded(text: str, encoding: str, name: bytes, collection: bytes) -> bytes:
    """A PDF whose font says by its encoding's name alone what its codes mean."""
    return pdf(
        b"BT /F1 12 Tf 72 700 Td <%b> Tj ET" % text.encode(encoding).hex().encode(),
        font=b"<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/%b/DescendantFonts[6 0 R]>>" % name,
        more=b"6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/S/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(%b)/Supplement 4>>>>endobj" % collection,
    )


def drawn(*pages: str, font: str = "Helvetica", encrypt: StandardEncryption | None = None) -> bytes:
    """A PDF with a line on each page, as a library makes it."""
    if font != "Helvetica":
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    for text in pages:
        canvas.setFont(font, 12)
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked(content: bytes) -> bytes:
    """The PDF with a password for changing it, none for reading it, as offices send them."""
    writer = PdfWriter(io.BytesIO(content))
    writer.encrypt("", "owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


SIMPLIFIED = "材料科学博士，研究锂电池十年，会说俄语和英语，常住北京。"
TRADITIONAL = "材料科學博士，研究鋰電池十年，會說俄語和英語，常住臺北。"
DRAWN = drawn(TEXT)


RESUMES = {
    "utf-8": (TEXT.encode(), TEXT),
    "gb18030": (SIMPLIFIED.encode("gb18030"), SIMPLIFIED),
    "utf-16": (TEXT.encode("utf-16"), TEXT),
    "word": (word(paragraphs(TEXT, "材料 &lt;科学&gt;")), f"{TEXT}\n材料 <科学>"),
    "word in utf-16": (word(paragraphs(TEXT).encode("utf-16")), TEXT),
    "pdf": (ENGLISH_PDF, "Materials scientist, (PhD).\nTen years with lithium batteries"),
    "pdf of two pages": (drawn(TEXT[:27], TEXT[27:]), f"{TEXT[:27]}\n{TEXT[27:].strip()}"),
    "font with a table": (CHINESE_PDF, "材料科学家一"),
    "simplified": (drawn(SIMPLIFIED, font="STSong-Light"), SIMPLIFIED),
    "traditional": (drawn(TRADITIONAL, font="MSung-Light"), TRADITIONAL),
    "gbk codes": (coded(SIMPLIFIED, "gb18030", b"GBK-EUC-H", b"GB1"), SIMPLIFIED),
    "big5 codes": (coded(TRADITIONAL, "big5", b"ETen-B5-H", b"CNS1"), TRADITIONAL),
    "spaced": (coded(" ".join(SIMPLIFIED), "utf-16-be", b"UniGB-UCS2-H", b"GB1"), SIMPLIFIED),
    "locked against changes": (locked(DRAWN), TEXT),
    "wrong startxref": (DRAWN.replace(b"startxref\n", b"startxref\n9"), TEXT),
    "wrong places": (DRAWN.replace(b"\n0000000", b"\n1234567"), TEXT),
    "cut short": (DRAWN[: DRAWN.index(b"xref")], TEXT),
}


@pytest.mark.parametrize(("content", "text"), RESUMES.values(), ids=RESUMES)
async def test_a_resume_is_read_whatever_it_is(content: bytes, text: str) -> None:
    found = await read_resume(content)
    assert found is not None
    assert text in found


async def test_a_pdf_from_a_browser_is_read(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        pytest.skip("needs Chromium")
    async with playwright.async_playwright() as player:
        browser = await player.chromium.launch(executable_path=str(chromium))
        page = await browser.new_page()
        await page.set_content(f"<h1>{TEXT}</h1><p>材料科学博士，研究锂电池。</p>")
        content = await page.pdf()
        await browser.close()
    found = await read_resume(content)
    assert found is not None
    assert "lithium batteries" in found
    assert "材料科学博士，研究锂电池。" in found.replace(" ", "")


SHOWN = b"BT /F1 12 Tf 72 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj "


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + paragraphs(f"{TEXT} &a;")
NO_RESUMES = {
    "nothing": b"",
    "a word": b"short",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "a broken archive": b"PK\x03\x04 broken",
    "an archive of entities": word(ENTITIES),
    "entities in utf-16": word(ENTITIES.encode("utf-16")),
    "an archive that unfolds": word(paragraphs("a" * 30_000_000)),
    "beginnings": b"%PDF-1.4 " + b"1 0 obj<<" * 5000,
    "a password": drawn(
        TEXT,
        encrypt=StandardEncryption("secret", ownerPassword="x", strength=128),
    ),
    "encrypted with nothing": ENGLISH_PDF.replace(b"trailer<<", b"trailer<</Encrypt 9 0 R"),
    "a wrong length": pdf(b"", font=LATIN).replace(b"/Length 8", b"/Length 99999"),
    "pages in a circle": ENGLISH_PDF.replace(b"/Kids[3 0 R]", b"/Kids[2 0 R 2 0 R]"),
    "lists in lists": pdf(b"[" * 200_000, font=LATIN),
    "forms in a circle": pdf(
        b"/X Do",
        font=LATIN,
        more=b"6 0 obj<</Subtype/Form/Length 11>>stream\n/X Do /X Do\nendstream endobj",
    ).replace(b"/Font<</F1 5 0 R>>", b"/XObject<</X 6 0 R>>"),
    "a bomb": pdf(SHOWN * 500_000, font=LATIN),  # 31 MB
    "a small bomb": pdf(SHOWN * 240_000, font=LATIN),  # under what is unpacked: time ends it
}


@pytest.mark.parametrize("content", NO_RESUMES.values(), ids=NO_RESUMES)
async def test_what_is_no_resume_has_no_text_and_does_no_harm(content: bytes) -> None:
    began = time.monotonic()
    assert await read_resume(content) is None
    assert time.monotonic() - began < 20


def test_of_ten_thousand_pages_the_first_are_read() -> None:
    found = text_of(drawn(*(f"{TEXT} Page {number}." for number in range(10_000))))
    assert found.splitlines()[:2] == [f"{TEXT} Page 0.", f"{TEXT} Page 1."]
    assert "Page 29." in found
    assert "Page 30." not in found


async def test_a_file_that_takes_too_long_is_given_up() -> None:
    assert await read_resume(TEXT.encode(), seconds=0.001) is None


def test_a_long_one_is_cut_and_odd_characters_go() -> None:
    assert len(text_of(TEXT.encode() * 500)) == LONGEST
    assert text_of(f"  {TEXT}\x07\t\t x\n\n\n y".encode()) == f"{TEXT} x\ny"


@pytest.mark.parametrize("text", ["Nurse, five years in Wuhan", "护士，在武汉工作五年"])
def test_a_short_one_in_either_language_is_one(text: str) -> None:
    assert text_of(text.encode()) == text


@pytest.mark.parametrize("text", ["Hello there", "您好", "2020-09-08 10:00 +86 755 0000 0000 0000"])
def test_a_few_words_are_none(text: str) -> None:
    assert text_of(text.encode()) == ""


async def test_a_resume_goes_to_matching(bot: Bot) -> None:
    emulator = bot.emulator
    emulator.files["f1"] = word(paragraphs(TEXT))
    file = {"file_id": "f1", "file_unique_id": "f1", "file_name": "cv.docx", "file_size": 900}
    emulator.push(message=emulator.message(document=file))
    await emulator.answers(1)
    (turn,) = bot.brain.turns
    assert turn["payload"].startswith('/match_profile{"profile": "Materials scientist')
    history = bot.conversations.history(conversation=turn["conversation"])
    assert history[0].payload["text"] == "📄 cv.docx"


@pytest.mark.parametrize(
    ("size", "real", "part"),
    [(6_000_000, b"x", "too large"), (100, bytes(6_000_000), "too large"), (9, b"\0", "any text")],
)
async def test_a_file_that_cannot_be_read_is_told(
    bot: Bot, size: int, real: bytes, part: str
) -> None:
    emulator = bot.emulator
    emulator.files["f"] = real
    file = {"file_id": "f", "file_unique_id": "f", "file_size": size}
    emulator.push(message=emulator.message(document=file))
    (answer,) = await emulator.answers(1)
    assert part in answer.text
    assert reading.MOST_BYTES < 6_000_000
