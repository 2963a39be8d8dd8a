#!/usr/bin/env bash
# A table row or cell inside a content control (a form's fill-in field) is no row for
# python-docx.
#
# Expected (written before the run): a content control marks text and does not change a table:
#   three rows of two cells.
# Happens: python-docx gives two rows; a row whose second cell is a control has one cell, so
#   zip() against the headings shortens it; text in a control in a cell is ''. mammoth and
#   docx2txt read it all.
# Matters here: standard return forms in Word are made with just these controls, and the rows
#   that a force repeated are the ones that go.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check python-docx==1.2.0 \
  mammoth==1.13.0 \
  docx2txt==0.9
cat >"$d/t.py" <<'P'
import sys
import zipfile

import docx as python_docx
import docx2txt
import mammoth


def docx(path, body):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        )
        z.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        z.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}" xmlns:r="{office}"><w:body>{body}<w:sectPr/>'
            "</w:body></w:document>",
        )


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def cell(inside):
    return f"<w:tc><w:p>{inside}</w:p></w:tc>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def control(inside):
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


path = sys.argv[1] + "/n.docx"
grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
rows = (
    row(cell(run("Gwent")), control(cell(run("12")))),
    control(row(cell(run("Kent")), cell(run("34")))),
    row(cell(run("Essex")), cell(control(run("56")))),
)
docx(path, f"<w:tbl>{grid}{''.join(rows)}</w:tbl><w:p/>")
table = python_docx.Document(path).tables[0]
found = [[c.text for c in r.cells] for r in table.rows]
with open(path, "rb") as file:
    html = mammoth.convert_to_html(file).value
text = docx2txt.process(path).split()
print("python-docx 1.2.0, mammoth 1.13.0, docx2txt 0.9")
print("  python-docx", found)
print("  mammoth    ", html.count("<tr>"), "rows,", html.count("<td>"), "cells")
print("  docx2txt   ", text)
assert found == [["Gwent"], ["Essex", ""]]
assert (html.count("<tr>"), html.count("<td>")) == (3, 6)
assert text == ["Gwent", "12", "Kent", "34", "Essex", "56"]
P
"$d/v/bin/python" "$d/t.py" "$d"
