"""The tables of a saved web page, cell by cell.

In: an HTML file. Out: one `RawTable` for each data table, in page order; the page number is always
1 and rows are counted down the whole page, so that page and row name one place even where there are
several tables. Does not choose among tables, read prose, fill merged cells, follow links, expand
entities or use the network. What a reader cannot see on the page (scripts, hidden elements) is not
read."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement

from etl.formats.visibility import STRUCK
from etl.formats.web_styles import inline_styles, is_hidden, is_raised, is_struck
from etl.model.cells import RawRow, RawTable
from etl.model.problems import Problem, UnknownShapeError, UnreadableFileError, format_place

_SAVE_PAGE = "Save the page again from the browser as HTML only."
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED_CHARSET = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Browsers read the Latin-1 and ASCII labels as Windows-1252,
# and so do the people who typed the page.
_CHARSETS = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(
        ("windows-1252", "cp1252", "iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252"
    ),
}
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 1024  # bytes: where the HTML standard says that a declaration must stand
_HTML_TAG = re.compile(r"<(?:!doctype\s+html|html|body|table)\b", re.IGNORECASE)
_NOT_MARKUP = re.compile(r"<!--|<(script|style|template)\b", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_INVISIBLE_TAGS = frozenset({"script", "style", "template", "noscript", "head", "title"})
_INVISIBLE_SIGNS = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BREAKING_TAGS = frozenset(
    re.findall(r"\w+", "br p div li ul ol dl dt dd hr h2 h3 h4 h5 h6 table tr details summary")
)
_WIDEST_TABLE = 1000  # columns: the limit browsers put on colspan
_LARGEST_TABLE = 1_000_000  # places: a few merged cells can claim more than there is memory for


def read_tables(path: Path) -> tuple[RawTable, ...]:
    """Every data table of the page: tiers of headings joined by " / ", texts as a reader sees them.

    A table marked as there for layout only (role "presentation" or "none") is not a data table.
    Raises UnreadableFileError for bytes that are not whole HTML, and UnknownShapeError with all
    problems of the page if any table is not a plain grid."""
    root = _parse(path.name, _decode(path))
    tables = [table for table in root.iter("table") if _is_data(table)]
    if not tables:
        title = " ".join("".join(root.xpath("(//title)[1]//text()")).split())
        text = (
            f'no table on the page titled "{title}"'
            if title
            else "no table on a page without a title"
        )
        remedy = "Check that this is the page with the figures."
        raise UnknownShapeError(Problem(path.name, text, "at least one table", remedy))
    problems: list[Problem] = []
    read: list[RawTable] = []
    for number, table in enumerate(tables, start=1):
        rows_above = sum(len(above.rows) for above in read)
        read.append(_read_table(f"{path.name}, table {number}", table, rows_above, problems))
    if problems:
        raise UnknownShapeError(problems)
    return tuple(read)


def _decode(path: Path) -> str:
    data = path.read_bytes()
    if not data.strip():
        raise UnreadableFileError(Problem(path.name, "an empty file", "a web page", _SAVE_PAGE))
    codec = next((codec for mark, codec in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if codec is None:
        declared = _DECLARED_CHARSET.search(data[:_DECLARED_WITHIN])
        label = (
            declared[1].decode("ascii", "replace").lower()
            if declared
            else _declared_by_server(path) or "utf-8"
        )
        codec = _CHARSETS.get(label)
        if codec is None:
            expected = "UTF-8 or Windows-1252"
            raise UnreadableFileError(
                Problem(path.name, f'the declared charset "{label}"', expected, _SAVE_PAGE)
            )
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        text = f"the byte 0x{data[error.start]:02X}"
        remedy = (
            f"{_SAVE_PAGE} If the page declares another charset than it uses, tell the publisher."
        )
        expected = f"{codec} text, as the page declares or by default"
        raise UnreadableFileError(
            Problem(f"{path.name}, line {number}", text, expected, remedy)
        ) from error


def _declared_by_server(path: Path) -> str:
    """The charset that the publisher's server declared, as the file's sidecar holds it."""
    try:
        sidecar = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
        declared = _CHARSET.search(str(sidecar["origin"]["content_type"]))
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return declared[1].lower() if declared else ""


def _parse(name: str, text: str) -> HtmlElement:
    """The root element. Refuses what is not HTML, is cut off in a table,
    or is too much for the parser."""
    if "\0" in text:
        raise UnreadableFileError(Problem(name, "a NUL character", "a web page", _SAVE_PAGE))
    if not text.lstrip("\ufeff \t\r\n").startswith("<") or not _HTML_TAG.search(text):
        raise UnreadableFileError(
            Problem(name, "a file that is not HTML", "a web page", _SAVE_PAGE)
        )
    closing = Counter(match[1] for match in _TABLE_TAG.finditer(_without_scripts(name, text)))
    if closing[""] != closing["/"]:
        found = f"{closing['']} tables begun and {closing['/']} ended"
        raise UnreadableFileError(
            Problem(name, found, "a whole page, every table with its end", _SAVE_PAGE)
        )
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode("utf-8"), parser)
    # At a limit the parser drops the rest of the page and says so only in its log.
    fatal = [entry.message for entry in parser.error_log if entry.level_name == "FATAL"]
    if fatal or root is None:
        raise UnreadableFileError(
            Problem(name, "a page the parser gave up on", "a whole page", _SAVE_PAGE)
        )
    inline_styles(root)
    return root


def _without_scripts(name: str, text: str) -> str:
    """The page without comments, scripts, styles and templates;
    one that never ends hides the rest of the page."""
    lines: list[str] = []
    start = 0
    while begun := _NOT_MARKUP.search(text, start):
        lines.append(text[start : begun.start()])
        end = f"</{begun[1]}" if begun[1] else "-->"
        ended = re.compile(end, re.IGNORECASE).search(text, begun.end())
        if ended is None:
            raise UnreadableFileError(
                Problem(name, f"{begun[0]} without {end}", "a whole page", _SAVE_PAGE)
            )
        start = ended.end()
    return "".join([*lines, text[start:]])


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell as the page has it: its element, what a reader sees in it,
    and how far it is merged."""

    element: HtmlElement
    text: str
    columns: int
    rows: int


_Row = tuple[_Cell, ...]
_Grid = dict[tuple[int, int], _Cell]


def _is_data(table: HtmlElement) -> bool:
    if (
        table.get("role", "").lower() in {"presentation", "none"}
        or _owner(table, "table") is not None
    ):
        return False
    return not any(_is_invisible(element) for element in (table, *table.iterancestors()))


def _owner(element: HtmlElement, tag: str) -> HtmlElement | None:
    return next(element.iterancestors(tag), None)


def _is_invisible(element: HtmlElement) -> bool:
    if element.tag in _INVISIBLE_TAGS:
        return True
    # "until-found" is a closed accordion: the reader can open it.
    if element.get("hidden", "until-found").lower() != "until-found":
        return True
    return is_hidden(element) or _is_folded(element)


def _is_folded(element: HtmlElement) -> bool:
    """Whether an element is the inside of a `details` that is closed when the page opens."""
    parent = element.getparent()
    return (
        parent is not None
        and parent.tag == "details"
        and parent.get("open") is None
        and element.tag != "summary"
    )


def _visible_parts(element: HtmlElement, *, level: bool) -> Iterator[str]:
    """The texts inside an element that a reader sees, with a space where the page breaks the line.

    `level`: without the marks of notes."""
    is_closed = element.tag == "details" and element.get("open") is None
    yield "" if is_closed else element.text or ""
    for child in element:
        gap = " " if child.tag in _BREAKING_TAGS else ""
        yield gap
        if not _is_invisible(child) and not (level and is_raised(child)):
            yield from _visible_parts(child, level=level)
        yield gap
        yield "" if is_closed else child.tail or ""


def _visible_text(element: HtmlElement, *, level: bool = False) -> str:
    parts = _visible_parts(element, level=level)
    return " ".join("".join(parts).translate(_INVISIBLE_SIGNS).split())


def _span(element: HtmlElement, name: str, limit: int) -> int:
    printed = element.get(name, "1").strip()
    if not (printed.isascii() and printed.isdigit()):
        return 1  # what browsers do with a span that is not a number
    if int(printed[:6]) == 0:
        return limit if name == "rowspan" else 1  # rowspan 0 means down to the end
    return min(int(printed[:6]), limit)


def _read_cells(row: HtmlElement, deepest: int) -> _Row:
    cells = (
        cell
        for cell in row.iter("td", "th")
        if _owner(cell, "tr") is row and not _is_invisible(cell)
    )
    return tuple(
        _Cell(
            cell,
            _visible_text(cell),
            _span(cell, "colspan", _WIDEST_TABLE),
            _span(cell, "rowspan", deepest),
        )
        for cell in cells
    )


def _read_table(
    where: str, table: HtmlElement, rows_above: int, problems: list[Problem]
) -> RawTable:
    heading_rows: list[_Row] = []
    body: list[_Row] = []
    elements = [
        row for row in table.iter("tr") if _owner(row, "table") is table and not _is_invisible(row)
    ]
    in_head = {row for head in table.iterchildren("thead") for row in head.iterchildren("tr")}
    for element in elements:
        cells = _read_cells(element, len(elements))
        if not cells:
            continue
        labelled = all(
            cell.element.tag == "th" and cell.element.get("scope") != "row" for cell in cells
        )
        if not body and (element in in_head or (labelled and not in_head)):
            heading_rows.append(cells)
            continue
        body.append(cells)
        if labelled or element in in_head:
            place = format_place(where, row=rows_above + len(body))
            problems.append(
                _shape(place, "a row of headings inside the table", "headings only at the top")
            )
    claimed = sum(cell.columns * cell.rows for row in (*heading_rows, *body) for cell in row)
    if claimed > _LARGEST_TABLE:
        problems.append(
            _shape(where, f"merged cells over {claimed:,} places", f"at most {_LARGEST_TABLE:,}")
        )
        return RawTable((), ())
    if next(table.iterdescendants("table"), None) is not None:
        problems.append(_shape(where, "a table inside the table", "a plain grid"))
    if not heading_rows:
        problems.append(
            _shape(where, "no row of headings", "headings in thead, or a first row of th cells")
        )
    headings = _join_tiers(where, heading_rows, problems) if heading_rows else ()
    _check_body(where, headings, body, rows_above, problems)
    texts = (tuple(cell.text for cell in row) for row in body)
    rows = tuple(
        RawRow(1, number, cells) for number, cells in enumerate(texts, start=rows_above + 1)
    )
    return RawTable(headings, rows)


def _lay_out(rows: list[_Row]) -> _Grid:
    """Which cell covers each (row, column) of the grid, counted from 0,
    as a browser lays them out."""
    grid: _Grid = {}
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in grid:
                left += 1
            for down in range(top, min(top + cell.rows, len(rows))):
                grid.update(((down, across), cell) for across in range(left, left + cell.columns))
            left += cell.columns
    return grid


def _join_tiers(where: str, rows: list[_Row], problems: list[Problem]) -> tuple[str, ...]:
    grid = _lay_out(rows)
    width = 1 + max(column for _, column in grid)
    if len(grid) != width * len(rows):
        problems.append(
            _shape(where, "rows of headings of different lengths", "every tier over all columns")
        )
    headings = tuple(
        _join(grid.get((tier, column)) for tier in range(len(rows))) for column in range(width)
    )
    for position, heading in enumerate(headings, start=1):
        if not heading:
            text = f"no heading over column {position}"
            problems.append(_shape(where, text, "a heading over every column"))
    for heading, times in Counter(headings).items():
        if heading and times > 1:
            problems.append(
                _shape(where, f'the heading "{heading}" {times} times', "every heading once")
            )
    return headings


def _join(cells: Iterable[_Cell | None]) -> str:
    """The tiers over one column; a heading merged over several tiers is given once."""
    return " / ".join(dict.fromkeys(cell.text for cell in cells if cell is not None and cell.text))


def _check_body(
    where: str,
    headings: tuple[str, ...],
    body: list[_Row],
    rows_above: int,
    problems: list[Problem],
) -> None:
    grid = _lay_out(body)
    widths = Counter(row for row, _ in grid)
    message: set[int] = set()
    for (row, column), cell in sorted(grid.items(), key=lambda item: item[0]):
        if id(cell) in message:
            continue
        message.add(id(cell))
        heading = headings[column] if column < len(headings) else None
        place = format_place(where, row=rows_above + row + 1, column=heading)
        if cell.columns > 1 or cell.rows > 1:
            text = f'a cell "{cell.text}" merged {cell.columns} across and {cell.rows} down'
            problems.append(_shape(place, text, "one cell for each row and column"))
        problems.extend(_check_markup(place, cell))
    for row in range(len(body)):
        if headings and widths[row] != len(headings):
            place = format_place(where, row=rows_above + row + 1)
            cells = "1 cell" if widths[row] == 1 else f"{widths[row]} cells"
            problems.append(_shape(place, cells, f"{len(headings)}, one under each heading"))


def _check_markup(place: str, cell: _Cell) -> Iterator[Problem]:
    """What the page shows and the text alone would lose or turn into another figure."""
    inside = [each for each in cell.element.iterdescendants() if isinstance(each.tag, str)]
    raised = [_visible_text(mark) for mark in inside if is_raised(mark)]
    level = _visible_text(cell.element, level=True)
    if re.search(r"\d", " ".join(raised)) and re.search(r"\d", level):
        text = f'a raised number beside a figure, "{cell.text}"'
        yield _shape(place, text, "a figure without a footnote mark")
    row = [each for each in cell.element.iterancestors() if each.tag in ("tr", "tbody", "table")]
    if cell.text and any(map(is_struck, (cell.element, *inside, *row))):
        yield _shape(place, f'{STRUCK}, "{cell.text}"', "text that stands")
    if not cell.text and next(cell.element.iter("img", "svg", "input"), None) is not None:
        yield _shape(place, "a picture or a form field without text", "text")


def _shape(where: str, text: str, expected: str) -> Problem:
    remedy = "Compare with the page; its reader must be taught this shape first."
    return Problem(where, text, expected, remedy)
