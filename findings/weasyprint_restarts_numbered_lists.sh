#!/usr/bin/env bash
# WeasyPrint numbers <ol start="3"> from 1: numbers of paragraphs change from page to PDF.
#
# Expected (written before the run): start, value, type and reversed are parts of HTML that a
#   browser heeds, so the PDF has 3. and 4.; <li value="7"> is 7., type="a" gives a. and b.
# Happens: all of them give 1. and 2. They count as presentational hints, which are off unless
#   presentational_hints=True is given; then start, value and type are right, reversed is still
#   1. and 2.
# Matters here: recommendations and conditions are cited by number, and a list broken by a table
#   goes on with start.
# Needs Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0).
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check weasyprint==70.0 \
  pdfplumber==0.11.10
cat >"$d/t.py" <<'P'
import logging
import sys

import pdfplumber
import weasyprint

logging.disable(logging.CRITICAL)
path = sys.argv[1] + "/n.pdf"
items = "<li>x</li><li>y</li></ol>"
lists = {
    "start": '<ol start="3">' + items,
    "value": '<ol><li value="7">x</li><li>y</li></ol>',
    "type": '<ol type="a">' + items,
    "reversed": "<ol reversed>" + items,
}


def read(html, hints):
    weasyprint.HTML(string=html).write_pdf(path, presentational_hints=hints)
    with pdfplumber.open(path) as pdf:
        return pdf.pages[0].extract_text().split("\n")


plain = {k: read(v, False) for k, v in lists.items()}
hinted = {k: read(v, True) for k, v in lists.items()}
print("weasyprint", weasyprint.__version__)
print("  as it comes            ", plain)
print("  presentational_hints   ", hinted)
assert all(lines == ["1. x", "2. y"] for lines in plain.values())
assert hinted["start"] == ["3. x", "4. y"] and hinted["value"] == ["7. x", "8. y"]
assert hinted["type"] == ["a. x", "b. y"] and hinted["reversed"] == ["1. x", "2. y"]
P
"$d/v/bin/python" "$d/t.py" "$d"
