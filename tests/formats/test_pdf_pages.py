"""Files that are no PDF, or not a whole or an open one, or one without text:
what the reader says of each."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import EncodedStreamObject, NameObject
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from etl.formats.pdf import pages as pdf_pages
from etl.formats.pdf.tables import read_tables
from etl.model.problems import RecordError, UnknownShapeError, UnreadableFileError
from tests.formats.sample_pdfs import BARNET, CAMDEN, HEADINGS, Sheet, draw

# A picture of one grey dot, stretched by whoever draws it.
DOT = b"P5 1 1 255 \x80"


def list_problems(kind: type[RecordError], path: Path) -> str:
    """The one problem of a file; every problem must say what to do."""
    with pytest.raises(kind) as caught:
        read_tables(path)
    assert type(caught.value) is kind
    (problem,) = caught.value.problems
    assert problem.where.startswith(path.name)
    assert problem.expected
    assert problem.remedy.endswith(".")
    return f"{problem.where.removeprefix(path.name)}|{problem.found}"


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[bytes], Path]:
    def keep_bytes(data: bytes) -> Path:
        path = tmp_path / "kept.pdf"
        path.write_bytes(data)
        return path

    return keep_bytes


def grid(folder: Path) -> bytes:
    """A good PDF of two pages."""
    path = draw(
        folder,
        lambda s: s.table(HEADINGS, CAMDEN),
        lambda s: s.table(BARNET, BARNET, headings=False),
    )
    assert len(read_tables(path)[0].rows) == 3
    return path.read_bytes()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "an empty file (0 bytes)"),
        (
            (
                b"<!DOCTYPE html><html><head><style>p {}</style><title>Access Denied</title></head>"
                b"<body><script>x=1</script><h1>Access Denied</h1> You don't have "
                b"permission</body></html>"
            ),
            (
                'a web page saved under this name, beginning "Access Denied Access Denied You '
                "don't have permission\""
            ),
        ),
        (b"\xef\xbb\xbfnot found, sorry", 'text, beginning "\ufeffnot found, sorry"'),
        (
            b"PK\x03\x04\x14\x00\x06\x00\x08",
            "bytes of another kind, beginning b'PK\\x03\\x04\\x14\\x00\\x06\\x00'",
        ),
    ],
)
def test_what_is_no_pdf_is_named(keep: Callable[[bytes], Path], data: bytes, text: str) -> None:
    assert list_problems(UnreadableFileError, keep(data)) == f"|{text}"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    missing = list_problems(UnreadableFileError, tmp_path / "missing.pdf")
    assert missing == "|no file that can be opened (No such file or directory)"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.99])
def test_a_truncated_pdf_is_refused(
    tmp_path: Path, keep: Callable[[bytes], Path], share: float
) -> None:
    data = grid(tmp_path)
    stored_data = data[: int(len(data) * share)]
    assert (
        list_problems(UnreadableFileError, keep(stored_data))
        == f"|a truncated PDF ({len(stored_data)} bytes without an end mark)"
    )


def test_an_encrypted_pdf_is_refused_unless_it_opens_without_a_password(tmp_path: Path) -> None:
    for name, password in (("closed.pdf", "secret"), ("open.pdf", "")):
        lock = StandardEncryption(password, ownerPassword="owner", canPrint=0)
        canvas = Canvas(str(tmp_path / name), encrypt=lock)
        canvas.drawString(100, 700, "Deployments")
        canvas.save()
    assert list_problems(UnreadableFileError, tmp_path / "closed.pdf") == "|an encrypted PDF"
    assert list_problems(UnknownShapeError, tmp_path / "open.pdf") == "|text but no ruled table"


def test_pictures_of_text_are_refused_without_guessing(tmp_path: Path) -> None:
    picture = tmp_path / "dot.pgm"
    picture.write_bytes(DOT)

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(str(picture)), 0, 0, 500, 700)

    for name, pages in (("scan.pdf", "s"), ("mixed.pdf", "tst"), ("blank.pdf", " ")):
        canvas = Canvas(str(tmp_path / name))
        for page in pages:
            if page == "s":
                scan(canvas)
            elif page == "t":
                canvas.drawString(100, 700, "Deployments")
            canvas.showPage()
        canvas.save()
    assert (
        list_problems(UnreadableFileError, tmp_path / "scan.pdf") == "|pictures only, no text layer"
    )
    assert (
        list_problems(UnreadableFileError, tmp_path / "mixed.pdf")
        == ", page 2|a picture without text"
    )
    assert list_problems(UnreadableFileError, tmp_path / "blank.pdf") == "|no text on any page"
    with pytest.raises(UnreadableFileError, match=r"no OCR is done.*enter the rows by hand"):
        read_tables(tmp_path / "scan.pdf")


def test_a_picture_behind_a_table_is_no_scan(tmp_path: Path) -> None:
    picture = tmp_path / "dot.pgm"
    picture.write_bytes(DOT)

    def page(s: Sheet) -> None:
        s.canvas.drawImage(ImageReader(str(picture)), 0, 0, 600, 400)
        s.table(HEADINGS, CAMDEN)

    assert len(read_tables(draw(tmp_path, page))[0].rows) == 1


def test_a_pdf_without_a_ruled_table_is_of_unknown_shape(tmp_path: Path) -> None:
    path = draw(tmp_path, lambda s: (s.text(20, 20, "A policy document"), s.box(20, 40, 100, 50)))
    assert list_problems(UnknownShapeError, path) == "|text but no ruled table"


def test_a_page_whose_checksum_is_wrong_is_refused(
    tmp_path: Path, keep: Callable[[bytes], Path]
) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(grid(tmp_path))))
    for page in writer.pages:
        # checked, but not packed, so that a letter can be altered
        page.compress_content_streams(level=0)
    out = BytesIO()
    writer.write(out)
    assert len(read_tables(keep(out.getvalue()))[0].rows) == 3
    altered = keep(out.getvalue().replace(b"(Barnet)", b"(Camden)", 1))
    with pdfplumber.open(altered) as pdf:
        assert "Camden" in pdf.pages[1].extract_text(), "pdfplumber alone gives no sign"
    assert (
        list_problems(UnreadableFileError, altered) == ", page 2|a page whose contents are damaged"
    )


@pytest.mark.parametrize("damage", ["cut short", "kind forgotten", "not packed at all"])
def test_a_page_whose_instructions_cannot_be_unpacked_is_no_blank_page(
    tmp_path: Path, keep: Callable[[bytes], Path], damage: str
) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(grid(tmp_path))))
    packed = zlib.compress(writer.pages[1].get_contents().get_data())
    stream = EncodedStreamObject()
    stream._data = {
        "cut short": packed[:-9],
        "kind forgotten": packed,
        "not packed at all": b"q Q",
    }[damage]
    if damage != "kind forgotten":
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[1][NameObject("/Contents")] = writer._add_object(stream)
    out = BytesIO()
    writer.write(out)
    assert (
        list_problems(UnreadableFileError, keep(out.getvalue()))
        == ", page 2|a page whose contents are damaged"
    )


def test_a_page_whose_instructions_are_gone_is_no_blank_page(
    tmp_path: Path, keep: Callable[[bytes], Path]
) -> None:
    data = grid(tmp_path)
    at = data.rindex(b"/Contents")
    assert list_problems(UnreadableFileError, keep(data[:at] + b"/Cantents" + data[at + 9 :])) == (
        ", page 2|a page whose contents are damaged"
    )


def test_a_page_that_cannot_be_found_is_missed(
    tmp_path: Path, keep: Callable[[bytes], Path]
) -> None:
    data = grid(tmp_path)
    at = data.rindex(b"/Type /Page\n")
    broken = data[:at] + b"/Type /Pagx\n" + data[at + 12 :]
    assert list_problems(UnreadableFileError, keep(broken)) == "|a PDF with 1 readable pages of 2"


def test_parts_that_do_not_fit_together_are_damage(
    tmp_path: Path, keep: Callable[[bytes], Path]
) -> None:
    data = grid(tmp_path).replace(b"/MediaBox [ 0 0 600", b"/MediaBox [ 0 0 /no")
    assert (
        list_problems(UnreadableFileError, keep(data))
        == "|a damaged PDF, whose parts do not fit together"
    )


def test_a_fault_of_the_reader_is_not_reported_as_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draw(tmp_path, lambda s: s.table(HEADINGS, CAMDEN))

    def fail(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(pdf_pages, "read_marks", fail)
    with pytest.raises(KeyError, match="ours"):
        read_tables(path)
