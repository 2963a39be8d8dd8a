#!/usr/bin/env bash
# Typst: a soft hyphen in one word adds soft hyphens to a letter all through the PDF's text.
#
# Expected (written before the run): '-?' (Typst's soft hyphen) is unseen where no line breaks,
#   and at worst leaves one U+00AD in its own word.
# Happens: the mark is stored with the glyph of the letter before it, and a glyph has one entry
#   in the font's ToUnicode map. After 'de-?ployment' each later 'e' reads as 'e' + U+00AD in
#   pypdf and pdfplumber, and PDF.js drops the letter: 'Year' reads as 'Y ar'.
# Matters here: one mark put in to break a long Welsh or English word spoils search, copying and
#   reading aloud in the whole report, while the page looks right.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check typst==0.15.2 pypdf==7.1.1 \
  pdfplumber==0.11.10
(cd "$d" && npm install --silent --no-audit --no-fund pdfjs-dist@5.6.205 >npm.log 2>&1)
cat >"$d/t.mjs" <<'P'
import fs from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
const data = new Uint8Array(fs.readFileSync(process.argv[2]));
const page = await (await getDocument({ data, verbosity: 0 }).promise).getPage(1);
const { items } = await page.getTextContent();
console.log(items.map((i) => i.str + (i.hasEOL ? "\n" : "")).join(""));
P
cat >"$d/t.py" <<'P'
import subprocess
import sys

import pdfplumber
import pypdf
import typst

folder = sys.argv[1]


def read(name, word):
    pdf = f"{folder}/{name}.pdf"
    source = f"#set page(width: 9cm, height: 5cm)\n{word} of vans\n\nTen officers, three vans\n"
    typst.compile(source.encode(), output=pdf)
    js = subprocess.run(
        ["node", "t.mjs", pdf], cwd=folder, capture_output=True, text=True, check=True
    )
    return (
        pypdf.PdfReader(pdf).pages[0].extract_text().split("\n")[-1],
        pdfplumber.open(pdf).pages[0].extract_text().split("\n")[-1],
        js.stdout.strip()[js.stdout.index("T") :],
    )


plain, marked = read("plain", "Deployment"), read("marked", "De-?ployment")
print("typst", typst.__version__)
print("  without the mark", plain)
print("  with it         ", [ascii(t) for t in marked])
assert set(plain) == {"Ten officers, three vans"}
spoilt = "Ten officers, three vans".replace("e", "e\xad")
assert marked[:2] == (spoilt, spoilt)
assert "e" not in marked[2]
P
"$d/v/bin/python" "$d/t.py" "$d"
