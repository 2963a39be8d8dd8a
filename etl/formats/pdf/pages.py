"""Opens PDFs, and refuses what is not one. The only module that knows how a PDF is stored.

In: the path of a PDF. Out: the `PageMarks` of every page.
Refuses (`UnreadableFileError`) what is not a whole, open PDF with a text layer, and says which of
these it is. Does not look for tables, and does not read pictures: there is no character recognition
here."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pdfplumber
from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from etl.formats.pdf.marks import PageMarks, read_marks
from etl.formats.pdf.paper import Interpreter, Layers, Paper
from etl.formats.visibility import UNPAINTED
from etl.model.problems import Problem, UnreadableFileError, format_place

# The specification wants %PDF- first and %%EOF last;
# readers allow some stray bytes before and after.
STRAY_BYTES = 1024
# A picture that covers more of a page than this, with no text on the page, is taken for a scan.
SCAN_SHARE = 0.5
NO_OCR = (
    "Text in pictures is not recognised (no OCR is done): enter the rows by hand, or ask for a "
    "text PDF."
)

# It tells on the screen, in its own words, what is told here as a problem.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

# pdfminer raises its own families, and lets these through where damaged bytes give objects of the
# wrong kind. They are caught around calls into pdfplumber only, so that a fault of ours is never
# reported as a damaged file.
DAMAGE = (
    PSException,
    PDFException,
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    EOFError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


# Compressed bytes may be written in letters.
_IN_LETTERS = {
    "ASCII85Decode": ascii85decode,
    "A85": ascii85decode,
    "ASCIIHexDecode": asciihexdecode,
    "AHx": asciihexdecode,
}


def read_pages(path: Path) -> tuple[PageMarks, ...]:
    """The marks of every page. Raises `UnreadableFileError` if any part of the file cannot be read
    as text."""
    data = _open_file(path)
    pages: list[PageMarks] = []
    scans: list[int] = []
    opened = _open_pages(data, path)
    with _damage_reported(path):
        document = opened[0].pdf
        paper = Paper(document.rsrcmgr, Layers(document.doc))
        paper.softens_hyphens = "Typst" in str(document.metadata.get("Creator", ""))
    for number, page in enumerate(opened, start=1):
        marks = _read_page(page, number, path, paper)
        pages.append(marks)
        if marks.picture_share > SCAN_SHARE and not _has_print(marks):
            scans.append(number)
    _refuse_pictures(path, pages, scans)
    return tuple(pages)


def _has_print(marks: PageMarks) -> bool:
    """Whether there is text that is painted: the text under a scan was recognised by a machine,
    nobody printed it."""
    return any(glyph.hidden != UNPAINTED and not glyph.text.isspace() for glyph in marks.glyphs)


def _open_pages(data: bytes, path: Path) -> list[Page]:
    with _damage_reported(path):
        # From memory, so that no file stays open whatever happens while the pages are read.
        pdf = pdfplumber.open(BytesIO(data))
        pages = pdf.pages
        declared = resolve1(resolve1(pdf.doc.catalog["Pages"]).get("Count"))
    if not pages or declared != len(pages):
        raise UnreadableFileError(
            _describe_damage(path.name, f"a PDF with {len(pages)} readable pages of {declared}")
        )
    return pages


def _read_page(page: Page, number: int, path: Path, paper: Paper) -> PageMarks:
    with _damage_reported(path):
        is_whole = _is_whole(page)
        Interpreter(paper.rsrcmgr, paper).paint(page.page_obj)
    if not is_whole:
        where = format_place(path.name, page=number)
        raise UnreadableFileError(_describe_damage(where, "a page whose contents are damaged"))
    return read_marks(paper.sheet, number, paper.visible)


@contextmanager
def _damage_reported(path: Path) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, PDFEncryptionError):
            raise UnreadableFileError(
                Problem(
                    where=path.name,
                    found="an encrypted PDF",
                    expected="a PDF that opens without a password",
                    remedy="Ask the publisher for an open copy, or save one without a password.",
                )
            ) from error
        raise UnreadableFileError(
            _describe_damage(path.name, "a damaged PDF, whose parts do not fit together")
        ) from error


def _describe_damage(where: str, text: str) -> Problem:
    return Problem(
        where=where,
        found=text,
        expected="a whole PDF",
        remedy="Fetch the file again and compare its size with the publisher's.",
    )


def _open_file(path: Path) -> bytes:
    """The bytes of the file, which are at least a PDF from its first mark to its last."""
    try:
        data = path.read_bytes()
    except OSError as error:
        text = f"no file that can be opened ({error.strerror})"
        raise UnreadableFileError(
            Problem(path.name, text, "a PDF", "Check the path and the permissions.")
        ) from error
    if not data:
        raise UnreadableFileError(_describe_damage(path.name, "an empty file (0 bytes)"))
    if b"%PDF-" not in data[:STRAY_BYTES]:
        raise UnreadableFileError(
            Problem(
                where=path.name,
                found=_describe_first_words(data),
                expected="a PDF (bytes that begin with %PDF-)",
                remedy=(
                    "Open the publisher's page in a browser, save the PDF itself, and read that."
                ),
            )
        )
    if b"%%EOF" not in data[-STRAY_BYTES:]:
        text = f"a truncated PDF ({len(data)} bytes without an end mark)"
        raise UnreadableFileError(_describe_damage(path.name, text))
    return data


def _describe_first_words(data: bytes) -> str:
    head = data[:8192]
    if b"\x00" in head:
        return f"bytes of another kind, beginning {head[:8]!r}"
    text = head.decode("utf-8", errors="replace")
    kind = "text"
    if re.search(r"<(!doctype html|html|head|body)", text, re.IGNORECASE):
        kind = "a web page saved under this name"
        text = re.sub(r"(?is)<(script|style)\b.*?(</\1>|$)|<[^>]*>?", " ", text)
    return f'{kind}, beginning "{" ".join(text.split()[:12])}"'


def _is_whole(page: Page) -> bool:
    """Whether the drawing instructions of a page are there and undamaged.

    pdfminer reads on after a broken checksum and shows a page whose instructions it cannot follow
    as an empty one, so that altered or missing rows would pass for the publication."""
    streams = [resolve1(reference) for reference in page.page_obj.contents]
    if all(isinstance(stream, PDFStream) and stream.rawdata == b"" for stream in streams):
        # A blank page has no use for fonts.
        return not page.page_obj.resources.get("Font")
    return all(isinstance(stream, PDFStream) and _is_whole_stream(stream) for stream in streams)


def _is_whole_stream(stream: PDFStream) -> bool:
    filters = [getattr(name, "name", "") for name, _ in stream.get_filters()]
    if stream.rawdata is None or stream.decipher is not None:
        return True
    if not filters:
        # Instructions are written in ASCII; compressed bytes here have lost the word that says so.
        return stream.rawdata[:32].isascii()
    data = stream.rawdata
    for name in filters:
        if name in _IN_LETTERS:
            data = _IN_LETTERS[name](data)
        elif name in ("FlateDecode", "Fl"):
            inflate = zlib.decompressobj()
            try:
                data = inflate.decompress(data)
            except zlib.error:
                return False
            if not inflate.eof:
                return False
        else:
            break
    return True


def _refuse_pictures(path: Path, pages: list[PageMarks], scans: list[int]) -> None:
    expected = "a text layer"
    remedy = NO_OCR
    if not any(_has_print(marks) for marks in pages):
        text = "pictures only, no text layer" if scans else "no text on any page"
        raise UnreadableFileError(Problem(path.name, text, expected, remedy))
    if scans:
        raise UnreadableFileError(
            Problem(
                format_place(path.name, page=number), "a picture without text", expected, remedy
            )
            for number in scans
        )
