"""A workbook in OpenDocument. The same workbook gives the same bytes, whenever it is written.

In: a `Workbook`. Out: bytes. Written by hand, because no maintained library writes it: a ZIP of
five XML files. A text is never a formula; dates are dates; headings are heading rows, and each
table is a named range with a heading."""

from __future__ import annotations

import datetime as dt
import re
from xml.sax.saxutils import escape, quoteattr

from etl.outputs.archive import write_archive
from etl.outputs.workbook import CONTENTS, COVER, Sheet, Workbook

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("meta", "meta"),
        ("config", "config"),
    )
)
_SPACES += (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    # The prefix of a name in settings.xml: undeclared, LibreOffice passes the settings over.
    'xmlns:ooo="http://openoffice.org/2004/office"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROWEST, _WIDEST, _SAMPLE, _CENTIMETRES = 10, 60, 200, 0.22


def write_ods(workbook: Workbook) -> bytes:
    """The file; sheets have headings that stay in view."""
    files = {
        "mimetype": _TYPE.encode(),
        "META-INF/manifest.xml": _manifest().encode(),
        "content.xml": _content(workbook).encode(),
        "styles.xml": _styles().encode(),
        "meta.xml": _meta(workbook).encode(),
        "settings.xml": _settings(workbook).encode(),
    }
    return write_archive(files, stored=("mimetype",))


def _content(workbook: Workbook) -> str:
    widths = sorted({width for sheet in workbook.sheets for width in _widths(sheet)})
    columns = "".join(
        (
            f'<style:style style:name="w{width}" style:family="table-column">'
            "<style:table-column-properties "
            f'style:column-width="{width * _CENTIMETRES:.2f}cm"/></style:style>'
        )
        for width in widths
    )
    sheets = "".join(map(_sheet, workbook.sheets))
    ranges = "".join(
        (
            f"<table:database-range table:name={quoteattr(sheet.table)} "
            f'table:target-range-address={quoteattr(_range(sheet))} table:contains-header="true"/>'
        )
        for sheet in workbook.sheets
        if sheet.rows
    )
    return (
        f'{_HEAD}<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>'
        '<number:date-style style:name="iso"><number:year number:style="long"/>'
        '<number:text>-</number:text><number:month number:style="long"/>'
        '<number:text>-</number:text><number:day number:style="long"/></number:date-style>'
        '<style:style style:name="date" style:family="table-cell" '
        'style:parent-style-name="Default" style:data-style-name="iso"/>'
        '<number:time-style style:name="clock"><number:hours number:style="long"/>'
        '<number:text>:</number:text><number:minutes number:style="long"/>'
        '<number:text>:</number:text><number:seconds number:style="long"/></number:time-style>'
        '<style:style style:name="time" style:family="table-cell" '
        'style:parent-style-name="Default" style:data-style-name="clock"/><style:style '
        'style:name="title" style:family="table-cell" style:parent-style-name="Default">'
        '<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style>'
        '<style:style style:name="heading" style:family="table-cell" '
        'style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap"/>'
        '<style:text-properties fo:font-weight="bold"/></style:style><style:style '
        'style:name="wrap" style:family="table-cell" style:parent-style-name="Default">'
        '<style:table-cell-properties fo:wrap-option="wrap" '
        'style:vertical-align="top"/></style:style><style:style style:name="symbol" '
        'style:family="table-cell" style:parent-style-name="Default"><style:paragraph-properties '
        f'fo:text-align="end"/></style:style>{columns}</office:automatic-styles><office:body>'
        f"<office:spreadsheet>{sheets}"
        f"<table:database-ranges>{ranges}</table:database-ranges></office:spreadsheet>"
        "</office:body></office:document-content>\n"
    )


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="w{width}" table:default-cell-style-name="Default"/>'
        for width in _widths(sheet)
    )
    style = "wrap" if sheet.name == COVER else "Default"
    top = [
        _row([_text(sheet.title, "title")]),
        *(_row([_text(note, style)]) for note in sheet.notes),
    ]
    headings = (
        (
            "<table:table-header-rows>"
            f"{_row([_text(heading, 'heading') for heading in sheet.headings])}"
            "</table:table-header-rows>"
        )
        if sheet.headings
        else ""
    )
    rows = "".join(
        _row(
            [_link(str(row[0])), *map(_cell, row[1:])]
            if sheet.name == CONTENTS
            else list(map(_cell, row))
        )
        for row in sheet.rows
    )
    return (
        f"<table:table table:name={quoteattr(sheet.name)}>{columns}{''.join(top)}{headings}{rows}"
        "</table:table>"
    )


def _row(cells: list[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(value: object) -> str:
    if isinstance(value, dt.date):
        text = value.isoformat()
        return (
            '<table:table-cell table:style-name="date" office:value-type="date" '
            f'office:date-value="{text}"><text:p>{text}</text:p></table:table-cell>'
        )
    if isinstance(value, dt.time):
        return (
            '<table:table-cell table:style-name="time" office:value-type="time" '
            f'office:time-value="{value:PT%HH%MM%SS}"><text:p>{value:%H:%M:%S}</text:p>'
            "</table:table-cell>"
        )
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value!r}">'
            f"<text:p>{value!r}</text:p></table:table-cell>"
        )
    text = str(value)
    if not text:
        return "<table:table-cell/>"
    symbol = len(text) == len("[x]") and text.startswith("[")
    return _text(text, "symbol" if symbol else "wrap" if len(text) > _WIDEST else "Default")


def _text(text: str, style: str) -> str:
    lines = _NOT_XML.sub("", text).split("\n")
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    return (
        f'<table:table-cell table:style-name="{style}" '
        f'office:value-type="string">{paragraphs}</table:table-cell>'
    )


def _link(name: str) -> str:
    target = quoteattr(f"#'{name}'.A1")
    return (
        '<table:table-cell office:value-type="string"><text:p><text:a xlink:type="simple" '
        f"xlink:href={target}>{escape(name)}</text:a></text:p></table:table-cell>"
    )


def _widths(sheet: Sheet) -> list[int]:
    if not sheet.headings:
        return [100]
    return [
        max(
            _NARROWEST,
            min(
                _WIDEST,
                max(len(heading), *(len(str(row[column])) for row in sheet.rows[:_SAMPLE]), 0) + 2,
            ),
        )
        for column, heading in enumerate(sheet.headings)
    ]


def _range(sheet: Sheet) -> str:
    last = sheet.first_row + 1 + len(sheet.rows)
    return (
        f"'{sheet.name}'.A{sheet.first_row + 1}:'{sheet.name}'.{_letters(len(sheet.headings))}"
        f"{last}"
    )


def _letters(column: int) -> str:
    text = ""
    while column:
        column, left = divmod(column - 1, 26)
        text = chr(ord("A") + left) + text
    return text


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (
            ("/", _TYPE),
            *((f"{name}.xml", "text/xml") for name in ("content", "styles", "meta", "settings")),
        )
    )
    return (
        f"{_HEAD}<manifest:manifest xmlns:manifest="
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{entries}</manifest:manifest>\n'
    )


def _styles() -> str:
    return (
        f'{_HEAD}<office:document-styles {_SPACES} office:version="1.3"><office:font-face-decls/>'
        '<office:styles><style:default-style style:family="table-cell">'
        '<style:text-properties fo:font-family="Arial" fo:font-size="11pt" fo:language="en" '
        'fo:country="GB"/></style:default-style><style:style style:name="Default" '
        'style:family="table-cell"/></office:styles></office:document-styles>\n'
    )


def _meta(workbook: Workbook) -> str:
    return (
        f'{_HEAD}<office:document-meta {_SPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(workbook.title)}</dc:title><dc:language>en-GB</dc:language>"
        f"<dc:date>{workbook.day.isoformat()}T00:00:00</dc:date></office:meta>"
        "</office:document-meta>\n"
    )


def _settings(workbook: Workbook) -> str:
    """The heading row stays in view."""
    items = "".join(
        (
            f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
            '<config:config-item config:name="VerticalSplitMode" '
            'config:type="short">2</config:config-item><config:config-item '
            'config:name="VerticalSplitPosition" '
            f'config:type="int">{sheet.first_row + 1}</config:config-item><config:config-item '
            'config:name="ActiveSplitRange" config:type="short">2</config:config-item>'
            '<config:config-item config:name="PositionBottom" '
            f'config:type="int">{sheet.first_row + 1}</config:config-item>'
            "</config:config-item-map-entry>"
        )
        for sheet in workbook.sheets
        if sheet.rows
    )
    return (
        f'{_HEAD}<office:document-settings {_SPACES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        f'<config:config-item-map-named config:name="Tables">{items}</config:config-item-map-named>'
        '<config:config-item config:name="ActiveTable" '
        f'config:type="string">{COVER}</config:config-item></config:config-item-map-entry>'
        "</config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>\n"
    )
