#!/usr/bin/env bash
# An ODS time of 24 hours or more: null in Polars, text in calamine, an error in pandas.
#
# Expected (written before the run): office:time-value is an ISO 8601 duration, and 30 hours 45
#   minutes is one. Polars types the column Duration, so it keeps it.
# Happens: Polars says Duration and gives null for PT30H45M and for PT24H; 09:30 beside them is
#   read. calamine gives the text 'PT30H45M00S', pandas' odf engine tries it as a time of day and
#   raises an error; only odfdo gives a timedelta.
# Matters here: hours of deployment summed in a sheet pass 24 soon, and a null then means
#   "unknown".
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 \
  python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1 odfdo==3.27.3
cat >"$d/t.py" <<'P'
import datetime as dt
import sys
import zipfile

import odfdo
import pandas as pd
import polars as pl
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


def row(value, shown):
    return (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>van</text:p>'
        '</table:table-cell><table:table-cell office:value-type="time" '
        f'office:time-value="{value}"><text:p>{shown}</text:p></table:table-cell>'
        "</table:table-row>"
    )


path = sys.argv[1] + "/n.ods"
ods(
    path,
    row("PT09H30M00S", "09:30:00")
    + row("PT30H45M00S", "30:45:00")
    + row("PT24H00M00S", "24:00:00"),
)
frame = pl.read_ods(path, has_header=False)
polars = frame.to_series(1).to_list()
rust = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
other = [r[1] for r in odfdo.Document(path).body.tables[0].get_values()]
try:
    pandas = pd.read_excel(path, header=None, engine="odf")[1].tolist()
except ValueError as error:
    pandas = error
print("polars", pl.__version__, "pandas", pd.__version__)
print("  polars  ", frame.dtypes[1], [str(x) for x in polars])
print("  calamine", [str(r[1]) for r in rust])
print("  odfdo   ", [str(x) for x in other])
print("  pandas  ", repr(pandas))
hours = [dt.timedelta(hours=9.5), dt.timedelta(hours=30.75), dt.timedelta(hours=24)]
assert other == hours
assert frame.dtypes[1] == pl.Duration("ms") and polars == [hours[0], None, None]
assert [r[1] for r in rust] == [dt.time(9, 30), "PT30H45M00S", "PT24H00M00S"]
assert isinstance(pandas, ValueError)
P
"$d/v/bin/python" "$d/t.py" "$d"
