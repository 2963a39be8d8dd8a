#!/usr/bin/env bash
# A table row whose cells are drawn from right to left: pypdf joins '12' and '34' into 3412.
#
# Expected (written before the run): order may follow the drawing, but cells 140 points apart
#   stay two words, as a row drawn from left to right does.
# Happens: the plain mode of pypdf puts no blank between a text and one drawn to the left of it:
#   '3412'. extraction_mode='layout', PDFium and pdfplumber have '12 34'.
# Matters here: some report writers place right-aligned number columns first, then the labels.
#   The result is one valid number with no sign of a seam.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check pypdf==7.1.1 pypdfium2==5.15.2 \
  pdfplumber==0.11.10
cat >"$d/t.py" <<'P'
import sys

import pdfplumber
import pypdf
import pypdfium2


def pdf(path, content):
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\n"
    out += f"startxref\n{out.index('xref')}\n%%EOF\n"
    with open(path, "wb") as file:
        file.write(out.encode("latin-1"))


def at(x, y, text):
    return f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


path = sys.argv[1] + "/n.pdf"
pdf(path, at(50, 250, "56") + at(200, 250, "78") + at(200, 230, "34") + at(50, 230, "12"))
page = pypdf.PdfReader(path).pages[0]
plain = page.extract_text().split("\n")
layout = [x.split() for x in page.extract_text(extraction_mode="layout").split("\n") if x]
plumber = pdfplumber.open(path).pages[0].extract_text().split("\n")
pdfium = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().split("\r\n")
print("pypdf", pypdf.__version__)
print("  drawn 56, 78; then 34 on the right, 12 on the left")
print("  pypdf       ", plain)
print("  pypdf layout", layout)
print("  pdfplumber  ", plumber, "PDFium", pdfium)
assert plain == ["56 78", "3412"]
assert layout == [["56", "78"], ["12", "34"]]
assert plumber == pdfium == ["56 78", "12 34"]
P
"$d/v/bin/python" "$d/t.py" "$d"
