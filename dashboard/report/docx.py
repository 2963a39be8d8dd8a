"""A report as a DOCX: the editable copy, with Word's own headings, tables and page numbers.

In: a `Report`. Out: bytes, the same for the same report. Charts are pictures with their text
alternative, drawn as on the pages; the tables below them have every value."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as DocxParagraph

from dashboard.charts.image import render_png
from dashboard.report.blocks import Block, Link, Paragraph, Points, Quoted, Report, Table, Text

_LANGUAGES = {"en": "en-GB", "cy": "cy-GB"}
_TEXT_COLOUR = RGBColor(0x12, 0x43, 0x6D)
_WIDTH = Mm(170)
# Neither the archive nor the properties may tell when the file was made.
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def write_docx(report: Report) -> bytes:
    """The DOCX."""
    document = Document()
    _set_up(document, report)
    _write_front(document, report)
    for number, section in enumerate(report.sections, start=1):
        document.add_heading(f"{number}. {section.title}", level=1)
        for block in section.blocks:
            _write_block(document, report, block)
    out = io.BytesIO()
    document.save(out)
    return _without_times(out.getvalue())


def _set_up(document: DocxDocument, report: Report) -> None:
    own = document.core_properties
    own.title, own.subject, own.author, own.comments = (
        report.title,
        report.front.kind,
        "",
        report.description,
    )
    own.language = _LANGUAGES[report.language]
    own.last_modified_by, own.revision = "", 1
    day = dt.datetime.fromisoformat(report.date or "1980-01-01")
    own.created = own.modified = day
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    for name, size in (("Normal", 10.5), ("Heading 1", 16), ("Heading 2", 12.5), ("Title", 26)):
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), "Arial"
        _set_fonts(style)
        if name != "Normal":
            style.font.color.rgb = _TEXT_COLOUR
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES[report.language])
    properties = document.styles["Normal"].element.get_or_add_rPr()
    properties.append(language)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.text = f"{report.front.kind} – {report.running}"
    foot.add_run(f"{report.version}    ")
    before, _mark, rest = report.page.partition("{page}")
    between, _mark, after = rest.partition("{pages}")
    for words, field in ((before, "PAGE"), (between, "NUMPAGES")):
        foot.add_run(words)
        _add_field(foot, field)
    foot.add_run(after)


def _write_front(document: DocxDocument, report: Report) -> None:
    front = report.front
    document.add_paragraph(front.kind)
    document.add_paragraph(front.force, style="Title")
    document.add_paragraph(front.period).runs[0].bold = True
    for number, line in enumerate(front.status):
        document.add_paragraph(line).runs[0].bold = number == 0
    for name, words in front.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        _add_text(paragraph, words, report.language)
    document.add_page_break()  # type: ignore[no-untyped-call]


def _write_block(document: DocxDocument, report: Report, block: Block) -> None:
    if isinstance(block, Paragraph):
        if block.kind == "head":
            document.add_heading("".join(_pieces(block.text)), level=2)
            return
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = block.kind == "lead"
        _add_text(paragraph, block.text, report.language, bold=block.kind in ("lead", "box"))
    elif isinstance(block, Points):
        for line in block.lines:
            _add_text(
                document.add_paragraph(style="List Bullet"),
                line,
                report.language,
                size=9 if block.small else None,
            )
    elif isinstance(block, Link):
        _add_link(document.add_paragraph(), block)
    elif isinstance(block, Table):
        _write_table(document, report, block)
    else:
        _add_caption(document, report.chart_word, block.title)
        picture = document.add_picture(
            io.BytesIO(render_png(block.picture, block.title, block.alt)), width=_WIDTH
        )
        described = picture._inline.docPr
        described.set("descr", block.alt)
        described.set("title", block.title)


def _write_table(document: DocxDocument, report: Report, block: Table) -> None:
    _add_caption(document, report.table_word, block.caption)
    table = document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    table.autofit = False
    whole = sum(head.width for head in block.heads)
    widths = [Emu(int(_WIDTH * head.width / whole)) for head in block.heads]
    for column, width in zip(
        table.columns, widths, strict=True
    ):  # Word looks at the cells, LibreOffice at the columns
        column.width = width
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for number, row in enumerate((tuple(head.name for head in block.heads), *block.rows)):
        line = table.add_row() if number else table.rows[0]
        whole_row = OxmlElement("w:cantSplit")
        whole_row.set(qn("w:val"), "true")
        line._tr.get_or_add_trPr().insert(0, whole_row)
        cells = line.cells
        for cell, words, head, width in zip(cells, row, block.heads, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            if head.number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _add_text(paragraph, words, report.language, bold=not number, size=8.5)
    document.add_paragraph()


def _add_caption(document: DocxDocument, word: str, text: str) -> None:
    """Numbered by Word, as in the PDF, and on the page of what it is about."""
    caption = document.add_paragraph(f"{word} ", style="Caption")
    caption.paragraph_format.keep_with_next = True
    # By the name in the file: looking up the style of every paragraph takes longer than all the
    # rest.
    kind = caption._p.style
    number = sum(
        paragraph._p.style == kind and paragraph.text.startswith(f"{word} ")
        for paragraph in document.paragraphs
    )
    _add_field(caption, f"SEQ {word} \\* ARABIC", str(number))
    caption.add_run(f": {text}")


def _add_text(
    paragraph: DocxParagraph,
    words: Text,
    language: str,
    *,
    bold: bool = False,
    size: float | None = None,
) -> None:
    """A run a piece; a quoted one is marked as English."""
    for piece in _pieces(words):
        run = paragraph.add_run(piece)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        if isinstance(piece, Quoted) and language != "en":
            mark = OxmlElement("w:lang")
            mark.set(qn("w:val"), _LANGUAGES["en"])
            run._r.get_or_add_rPr().append(mark)


def _add_link(paragraph: DocxParagraph, link: Link) -> None:
    to = paragraph.part.relate_to(
        link.address,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), to)
    run = paragraph.add_run(link.text)
    run.font.color.rgb, run.font.underline = _TEXT_COLOUR, True
    element.append(run._r)
    paragraph._p.append(element)


def _add_field(paragraph: DocxParagraph, name: str, shown: str = "") -> None:
    """A number that Word fills in; `shown` until it does."""
    run = paragraph.add_run()
    for kind in ("begin", "", "separate", "end"):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = name
        if kind == "end" and shown:
            run.add_text(shown)
        run._r.append(part)


def _set_fonts(style: ParagraphStyle) -> None:
    """Word's headings name a font of the theme, which would win over the one that is set."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), "Arial")


def _pieces(words: Text) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def _without_times(content: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, read.read(name))
    return out.getvalue()
