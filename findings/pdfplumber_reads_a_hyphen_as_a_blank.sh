#!/usr/bin/env bash
# The second hyphen of WinAnsiEncoding (octal 255): pdfplumber gives a blank, '10 17' for 10-17.
#
# Expected (written before the run): ISO 32000 (annex D, note 6) says that code is a hyphen too,
#   so every reader gives '-' or a soft hyphen.
# Happens: pdfminer.six, below pdfplumber, gives U+0020: an age band becomes two words, '-5'
#   becomes 5 with a blank before it, and extract_words() makes two words of '10-17'. pypdf gives
#   U+00AD, PDFium '-'.
# Matters here: Word's no-break hyphen is saved as this code in a Latin font, so it turns up in
#   bands and financial years of published PDFs; a minus sign is lost without a trace.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check pdfplumber==0.11.10 \
  pypdf==7.1.1 \
  pypdfium2==5.15.2
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
pdf(path, at(50, 250, r"10\25517") + at(50, 230, r"\2555"))
page = pdfplumber.open(path).pages[0]
chars = [c["text"] for c in page.chars]
words = [w["text"] for w in page.extract_words()]
other = pypdf.PdfReader(path).pages[0].extract_text()
pdfium = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
print("pdfplumber", pdfplumber.__version__, "pypdf", pypdf.__version__)
print("  pdfplumber", chars, words)
print("  pypdf     ", ascii(other))
print("  PDFium    ", ascii(pdfium))
assert chars == ["1", "0", " ", "1", "7", " ", "5"]
assert words == ["10", "17", "5"]
assert other == "10\xad17\n\xad5" and pdfium == "10-17\r\n-5"
P
"$d/v/bin/python" "$d/t.py" "$d"
