#!/usr/bin/env bash
# odfdo leaves out the rows of a group inside a group (LibreOffice: Data, Group and Outline).
#
# Expected (written before the run): grouping rows changes how a sheet is shown, not what it
#   holds; Table.get_values() has all four rows, as calamine and pandas do.
# Happens: a row in a group is there, a row in a group within a group is not. No warning, and the
#   table's height agrees with the short answer.
# Matters here: statistical sheets fold forces under regions under countries, two levels deep.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check odfdo==3.27.3 \
  python-calamine==0.9.1 \
  pandas==3.1.1 odfpy==1.4.1
cat >"$d/t.py" <<'P'
import sys
import zipfile

import odfdo
import pandas as pd
import python_calamine as calamine


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


def row(number):
    return (
        f'<table:table-row><table:table-cell office:value-type="float" office:value="{number}">'
        f"<text:p>{number}</text:p></table:table-cell></table:table-row>"
    )


path = sys.argv[1] + "/n.ods"
group, end = "<table:table-row-group>", "</table:table-row-group>"
ods(path, row(1) + group + row(2) + group + row(3) + end + end + row(4))
table = odfdo.Document(path).body.tables[0]
found = [r[0] for r in table.get_values()]
rust = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
frame = pd.read_excel(path, header=None, engine="odf")[0].tolist()
print("odfdo", odfdo.__version__)
print("  odfdo   ", [int(x) for x in found], "height", table.height)
print("  calamine", [r[0] for r in rust], "pandas", frame)
assert [r[0] for r in rust] == frame == [1, 2, 3, 4]
assert found == [1, 2, 4] and table.height == 3
P
"$d/v/bin/python" "$d/t.py" "$d"
