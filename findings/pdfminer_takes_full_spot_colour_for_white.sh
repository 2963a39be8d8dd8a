#!/usr/bin/env bash
# pdfminer.six gives a spot colour's tint as it is: 1.0, full ink, looks like grey 1.0, white.
#
# Expected: text in a Separation space with tint 1 (all of the ink, here black) has a colour that
#   can be told from white, or the colour of the alternate space.
# Happens: non_stroking_color is 1.0 (and 0.0 for no ink), the numbers of DeviceGray for white and
#   black. A reader that drops white text drops the black figure and keeps the invisible one.
# Matters here: brochures made for print set their tables in a spot black.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --disable-pip-version-check pdfplumber==0.11.10 \
  pdfminer.six==20260107 reportlab==5.1.0 pypdfium2==5.15.2 pillow==13.0.0
cat >"$d/t.py" <<'P'
import io

import pdfminer
import pdfplumber
import pypdfium2
from reportlab.lib.colors import CMYKColorSep
from reportlab.pdfgen.canvas import Canvas


def draw(density):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(100, 100))
    colour = CMYKColorSep(0, 0, 0, 1, spotName="TableBlack", density=density)
    canvas.setFillColor(colour)
    canvas.setFont("Helvetica-Bold", 60)
    canvas.drawString(20, 30, "8")
    canvas.save()
    return out.getvalue()


def read(data):
    with pdfplumber.open(io.BytesIO(data)) as opened:
        (char,) = opened.pages[0].chars
    image = pypdfium2.PdfDocument(data)[0].render().to_pil().convert("L")
    return tuple(char["non_stroking_color"]), image.getextrema()[0]


print("pdfminer.six", pdfminer.__version__)
full, none = read(draw(1.0)), read(draw(0.0))
print("  full ink:", full, "  no ink:", none, " (colour, darkest pixel)")
assert full[0] == (1.0,) and full[1] < 60, full
assert none[0] == (0.0,) and none[1] > 200, none
P
"$d/v/bin/python" "$d/t.py"
