#!/usr/bin/env bash
# tablib reads an ODS sheet without its repeated cells and rows, and takes the shown text as
# value.
#
# Expected (written before the run): ODS stores a run of equal cells or rows once, with a number
#   of repeats (LibreOffice does so on every save), so a reader repeats them; a number is the
#   stored office:value, 12.3456, not the '12' that the cell shows.
# Happens: two rows of 1, 2, 2, 3 become one row of 1, 2, 3: later columns move left, equal rows
#   vanish. 12.3456 becomes 12.0, and a rate shown as 12.5% becomes text. calamine has it right.
# Matters here: equal neighbours are common in counts (zeros); arrests would move under alerts.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check tablib[ods]==3.10.0 \
  python-calamine==0.9.1
cat >"$d/t.py" <<'P'
import sys
import zipfile

import python_calamine as calamine
import tablib


def ods(path, rows):
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{k}="{urn}{k}:1.0"' for k in ("office", "table", "text", "manifest"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("mimetype", kind)
        z.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {names} manifest:version="1.3"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        z.writestr(
            "content.xml",
            f'<office:document-content {names} office:version="1.3"><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def cell(value, shown, more=""):
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}"{more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


path = sys.argv[1] + "/n.ods"
twice = ' table:number-columns-repeated="2"'
rate = (
    '<table:table-cell office:value-type="percentage" office:value="0.125">'
    "<text:p>12.5%</text:p></table:table-cell>"
)
ods(
    path,
    f'<table:table-row table:number-rows-repeated="2">{cell(1, 1)}{cell(2, 2, twice)}'
    f"{cell(3, 3)}</table:table-row>"
    f"<table:table-row>{cell(12.3456, 12)}{rate}{cell(7, 7)}</table:table-row>",
)
with open(path, "rb") as file:
    found = list(tablib.Dataset().load(file, format="ods", headers=False))
rust = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
print("tablib", tablib.__version__)
print("  tablib  ", found)
print("  calamine", rust)
assert rust == [[1, 2, 2, 3], [1, 2, 2, 3], [12.3456, 0.125, 7, ""]]
assert found[0] == (1.0, 2.0, 3.0) and len(found) == 2
assert found[1] == (12.0, "12.5%", 7.0)
P
"$d/v/bin/python" "$d/t.py" "$d"
