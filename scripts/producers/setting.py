"""Producers that set tables themselves: from HTML, from a table of their own, or from a workbook.

In: a `Page`, a path. Out: a PDF. Runs in the producers' environment."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts.producers.drawing import FONT
from scripts.producers.model import WIDTHS, Page

_STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 7.5pt "DejaVu Sans", sans-serif }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: 3pt; font-weight: normal; vertical-align: top }
s, .struck { text-decoration: line-through } .white { color: #ffffff } sup { font-size: 60% }
.covered { background: #000000; color: #000000 }
"""
_RULES = {
    "all": "th, td { border: 0.75pt solid #000000 }",
    "across": "th, td { border-top: 0.75pt solid #000000; border-bottom: 0.75pt solid #000000 }",
    "none": "",
}
# For those who know no style of borders.
_ATTRIBUTES = {"all": ' border="1" cellspacing="0"', "across": "", "none": ""}


def write_html(page: Page) -> str:
    """The page for those who set HTML."""
    style = _STYLE + _RULES[page.rules] + ("thead th { background: #cccccc }" if page.shade else "")
    style += "tr.band td { background: #ebebeb }" if page.bands else ""
    whole = sum(WIDTHS)
    head = "".join(
        f'<th width="{100 * width / whole:.1f}%">{html.escape(heading)}</th>'
        for heading, width in zip(page.headings, WIDTHS, strict=True)
    )
    rows = []
    for number, row in enumerate(page.texts()):
        cells = "".join(_write_cell(page, number, column, text) for column, text in enumerate(row))
        rows.append(f"<tr{' class=band' if number % 2 == 0 else ''}>{cells}</tr>")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>'
        f"<style>{style}</style>"
        f"<table{_ATTRIBUTES[page.rules]}>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></html>"
    )


def _write_cell(page: Page, row: int, column: int, text: str) -> str:
    inner, mark = html.escape(text), page.mark
    if mark is None or (mark.row, mark.column) != (row, column):
        return f"<td>{inner}</td>"
    if mark.kind == "covered":
        return f'<td class="covered">{inner}</td>'
    extra = {
        "note": f"{inner}<sup>{mark.extra}</sup>",
        "white": f'{inner}<span class="white">{mark.extra}</span>',
        "struck": f"<s>{mark.extra}</s> {inner}",
    }
    return f"<td>{extra[mark.kind]}</td>"


def _run(*command: str | Path) -> None:
    # Commands of this file, with files of its own.
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=180)  # noqa: S603


def _weasyprint(page: Page, path: Path) -> None:
    import weasyprint

    weasyprint.HTML(string=write_html(page)).write_pdf(path)


def _wkhtmltopdf(page: Page, path: Path) -> None:
    source = path.with_suffix(".html")
    source.write_text(write_html(page), encoding="utf-8")
    _run("wkhtmltopdf", "-q", "-O", "Landscape", source, path)


def _chromium(page: Page, path: Path) -> None:
    source = path.with_suffix(".html")
    source.write_text(write_html(page), encoding="utf-8")
    _run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--print-to-pdf={path}", source,
    )  # fmt: skip


def _xhtml2pdf(page: Page, path: Path) -> None:
    from xhtml2pdf import pisa

    with path.open("wb") as out:
        result = pisa.CreatePDF(write_html(page).replace("DejaVu Sans", "Helvetica"), dest=out)
    if result.err:
        raise RuntimeError("xhtml2pdf")


def _story(page: Page, path: Path) -> None:
    import pymupdf

    story, writer = pymupdf.Story(write_html(page)), pymupdf.DocumentWriter(path)
    paper = pymupdf.paper_rect("a4-l")
    more = 1
    while more:
        device = writer.begin_page(paper)
        more, _filled = story.place((36, 36, paper.x1 - 36, paper.y1 - 36))
        story.draw(device)
        writer.end_page()
    writer.close()


def _writer(page: Page, path: Path) -> None:
    _office(write_html(page).encode(), ".html", path, "writer_pdf_Export")


def _office(content: bytes, ending: str, path: Path, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"t{ending}"
        source.write_bytes(content)
        _run(
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", f"pdf:{kind}", "--outdir", folder, source,
        )  # fmt: skip
        shutil.copyfile(Path(folder) / "t.pdf", path)


def _workbook(page: Page) -> bytes:
    import io

    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    book = Workbook()
    sheet = book.active
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    thin = Side(style="thin", color="000000")
    sides = {"all": Border(thin, thin, thin, thin), "across": Border(top=thin, bottom=thin)}
    for number, row in enumerate((page.headings, *page.texts())):
        for column, text in enumerate(row):
            cell = sheet.cell(number + 1, column + 1, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = sides.get(page.rules, Border())
            if page.shade and not number:
                cell.fill = PatternFill("solid", fgColor="CCCCCC")
            if page.bands and number % 2:
                cell.fill = PatternFill("solid", fgColor="EBEBEB")
            mark = page.mark
            if mark and (mark.row, mark.column) == (number - 1, column):
                looks = {
                    "note": InlineFont(vertAlign="superscript"),
                    "white": InlineFont(color="FFFFFFFF"),
                    "struck": InlineFont(strike=True),
                }
                if mark.kind == "covered":
                    cell.fill = PatternFill("solid", fgColor="000000")
                elif mark.kind == "struck":
                    cell.value = CellRichText(TextBlock(looks["struck"], mark.extra), f" {text}")
                else:
                    cell.value = CellRichText(text, TextBlock(looks[mark.kind], mark.extra))
    for number in range(len(page.texts()) + 1):
        sheet.row_dimensions[number + 1].height = 40
    for column, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + column)].width = width / 4.6
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _calc(page: Page, path: Path) -> None:
    _office(_workbook(page), ".xlsx", path, "calc_pdf_Export")


def _gnumeric(page: Page, path: Path) -> None:
    source = path.with_suffix(".xlsx")
    source.write_bytes(_workbook(page))
    _run("ssconvert", source, path)


def _typst(page: Page, path: Path) -> None:
    import typst

    def quote(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def cell(row: int, column: int, text: str) -> str:
        mark = page.mark
        if mark is None or (mark.row, mark.column) != (row, column):
            return f"[#{quote(text)}]"
        kinds = {
            "note": f"[#{quote(text)}#super({quote(mark.extra)})]",
            "white": f"[#{quote(text)}#text(fill: white, {quote(mark.extra)})]",
            "struck": f"[#strike({quote(mark.extra)}) #{quote(text)}]",
            "covered": f"table.cell(fill: black)[#{quote(text)}]",
        }
        return kinds[mark.kind]

    stroke = {"all": "0.75pt", "across": "(x: none, y: 0.75pt)", "none": "none"}[page.rules]
    fill = "if y == 0 { luma(80%) }" if page.shade else "if false { black }"
    fill += " else if calc.odd(y) { luma(92%) }" if page.bands else ""
    rows = [cell(n, c, text) for n, row in enumerate(page.texts()) for c, text in enumerate(row)]
    head = ", ".join(f"[#{quote(heading)}]" for heading in page.headings)
    widths = ", ".join(f"{width}fr" for width in WIDTHS)
    source = (
        '#set page(paper: "a4", flipped: true, margin: 12mm)\n#set text(size: 7.5pt)\n'
        f"#table(columns: ({widths}), stroke: {stroke}, fill: (x, y) => {fill}, "
        f"table.header({head}), {', '.join(rows)})"
    )
    typst.compile(source.encode(), output=str(path), format="pdf")


def _platypus(page: Page, path: Path) -> None:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(TTFont("DejaVu", FONT))
    look = ParagraphStyle("p", fontName="DejaVu", fontSize=7, leading=9)

    def cell(row: int, column: int, text: str) -> Paragraph:
        inner, mark = html.escape(text), page.mark
        if mark and (mark.row, mark.column) == (row, column):
            kinds = {
                "note": f"{inner}<super>{mark.extra}</super>",
                "white": f'{inner}<font color="white">{mark.extra}</font>',
                "struck": f"<strike>{mark.extra}</strike> {inner}",
                "covered": inner,
            }
            inner = kinds[mark.kind]
        return Paragraph(inner, look)

    rows = [[Paragraph(html.escape(heading), look) for heading in page.headings]]
    rows += [[cell(n, c, text) for c, text in enumerate(row)] for n, row in enumerate(page.texts())]
    style: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    kinds = {"all": "GRID", "across": "LINEABOVE"}
    if page.rules != "none":
        style.append((kinds[page.rules], (0, 0), (-1, -1), 0.75, "black"))
    if page.rules == "across":
        style.append(("LINEBELOW", (0, -1), (-1, -1), 0.75, "black"))
    if page.shade:
        style.append(("BACKGROUND", (0, 0), (-1, 0), "#cccccc"))
    if page.bands:
        style += [("BACKGROUND", (0, n), (-1, n), "#ebebeb") for n in range(1, len(rows), 2)]
    if page.mark and page.mark.kind == "covered":
        at = (page.mark.column, page.mark.row + 1)
        style.append(("BACKGROUND", at, at, "black"))
    table = Table(rows, colWidths=WIDTHS, repeatRows=1, style=TableStyle(style))
    SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=36, rightMargin=36).build(
        [table]
    )


SETTING: dict[str, Callable[[Page, Path], None]] = {
    "WeasyPrint": _weasyprint,
    "wkhtmltopdf": _wkhtmltopdf,
    "Chromium": _chromium,
    "xhtml2pdf": _xhtml2pdf,
    "PyMuPDF Story": _story,
    "LibreOffice Writer": _writer,
    "LibreOffice Calc": _calc,
    "Gnumeric": _gnumeric,
    "Typst": _typst,
    "reportlab platypus": _platypus,
}


def _ghostscript(source: Path, path: Path) -> None:
    _run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={path}", source)


def _qpdf(source: Path, path: Path) -> None:
    _run("qpdf", "--object-streams=generate", "--linearize", source, path)


def _pikepdf(source: Path, path: Path) -> None:
    import pikepdf

    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            page.rotate(90, relative=True)
        pdf.save(path, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _pypdf(source: Path, path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=source)
    for page in writer.pages:
        page.compress_content_streams()
        page.mediabox = page.mediabox
    writer.write(path)


REWRITING: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
    "Ghostscript, of Chromium": ("Chromium", _ghostscript),
    "qpdf, of WeasyPrint": ("WeasyPrint", _qpdf),
    "pikepdf turned, of reportlab": ("reportlab canvas", _pikepdf),
    "pypdf, of Typst": ("Typst", _pypdf),
}
