#!/usr/bin/env bash
# A note's raised 1 behind 201, set by Typst's #super, is extracted as 2011, and nothing but its
# width shows that it is raised.
#
# Expected (written before the run): the raised digit is set smaller and higher, as HTML printers and
#   word processors do, so that a reader can tell by its size or by its line; or its text is U+00B9.
# Happens: Typst takes the raised digit that the font has as a sign of its own. The PDF holds it in
#   the same size and on the same line as the digits beside it, with the text of the plain digit.
#   pdfplumber, pypdf and PDFium all read 2011; sizes and tops agree; only its width differs.
# Matters here: a count of 201 with a note becomes a count of 2,011.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check typst==0.15.2 pdfplumber==0.11.10 \
  pypdf==7.1.1 pypdfium2==5.15.2
cat >"$d/t.py" <<'P'
import sys

import pdfplumber
import pypdf
import pypdfium2
import typst

path = sys.argv[1] + "/n.pdf"
typst.compile(b"201#super[1]", output=path, format="pdf")
chars = pdfplumber.open(path).pages[0].chars
for char in chars:
    print(f"  {char['text']} size {char['size']:.2f} top {char['top']:.2f} width {char['width']:.2f}")
read = [
    "".join(char["text"] for char in chars),
    pypdf.PdfReader(path).pages[0].extract_text().strip(),
    pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().strip(),
]
print("pdfplumber, pypdf, PDFium:", read)
assert [char["text"] for char in chars[:4]] == list("2011"), read
assert all(text.startswith("2011") for text in read)
assert len({round(char["size"], 3) for char in chars[:4]}) == 1
assert len({round(char["top"], 3) for char in chars[:4]}) == 1
assert chars[3]["width"] < 0.8 * chars[2]["width"]
P
"$d/v/bin/python" "$d/t.py" "$d"
