#!/usr/bin/env bash
# pdfminer.six has no fills by the operator F: pdfplumber sees no rectangle that a viewer paints.
#
# Expected: F is the old spelling of f (ISO 32000-2, table 59: "equivalent to f; included only for
#   compatibility"), so both give the same rectangle.
# Happens: PDFPageInterpreter.do_F does nothing. The path is even kept, so that it joins the next
#   one that is painted. The same file through PDFium has the paint.
# Matters here: cells whose borders or backgrounds are filled rectangles lose their grid, and a
#   box painted over a figure is not noticed: the covered figure is read.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --disable-pip-version-check pdfplumber==0.11.10 \
  pdfminer.six==20260107 pypdfium2==5.15.2 pillow==13.0.0
cat >"$d/t.py" <<'P'
import io
import sys

import pdfminer
import pdfplumber
import pypdfium2


def pdf(content):
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R >>"
    return out + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()


def count(operator):
    data = pdf(f"0 0 0 rg 20 20 60 60 re {operator}")
    with pdfplumber.open(io.BytesIO(data)) as opened:
        rects = len(opened.pages[0].rects)
    image = pypdfium2.PdfDocument(data)[0].render().to_pil().convert("L")
    return rects, image.getpixel((50, 50)) < 40


print("pdfminer.six", pdfminer.__version__, "pdfplumber", pdfplumber.__version__)
results = {operator: count(operator) for operator in ("f", "F")}
for operator, (rects, painted) in results.items():
    print(f"  {operator}: {rects} rectangles, painted by PDFium: {painted}")
assert results == {"f": (1, True), "F": (0, True)}, results
sys.exit(0)
P
"$d/v/bin/python" "$d/t.py"
