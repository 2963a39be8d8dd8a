#!/usr/bin/env bash
# Typst: one word broken over two lines turns every later typed hyphen into a soft hyphen.
#
# Expected (written before the run): 'Year 2023-24, age 18-24' is found and copied as it was
#   typed, whatever else the page has: a line break's hyphen is the typesetter's own.
# Happens: the font's one hyphen glyph gets one entry in the PDF's ToUnicode map, by first use.
#   If a word was broken before, that entry is U+00AD. pypdf and pdfplumber then give
#   '2023\xad24', PDF.js (the reader in Firefox) gives '2023 24'. With the figures before the
#   broken word, all is well, and the broken word gets a plain hyphen instead.
# Matters here: year and age bands in PDF reports can't be searched, nor read back by a scraper.
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
setting = '#set page(width: 8cm, height: 8cm)\n#set text(lang: "en", size: 10pt)\n'
broken = "#block(width: 3cm)[#set text(hyphenate: true)\nAn incomprehensible assessment]\n"
figures = "Year 2023-24, age 18-24\n\n"


def read(name, source):
    pdf = f"{folder}/{name}.pdf"
    typst.compile(source.encode(), output=pdf)
    js = subprocess.run(
        ["node", "t.mjs", pdf], cwd=folder, capture_output=True, text=True, check=True
    )
    texts = {
        "pypdf": pypdf.PdfReader(pdf).pages[0].extract_text(),
        "pdfplumber": pdfplumber.open(pdf).pages[0].extract_text(),
        "pdf.js": js.stdout,
    }
    return {k: t[t.index("Year") :].split("\n")[0][:23] for k, t in texts.items()}


first = read("first", setting + figures + broken)
after = read("after", setting + broken + figures)
print("typst", typst.__version__, "pypdf", pypdf.__version__, "pdfplumber", pdfplumber.__version__)
print("  figures before the broken word", first)
print("  figures after it              ", {k: ascii(t) for k, t in after.items()})
assert set(first.values()) == {"Year 2023-24, age 18-24"}
assert after["pypdf"] == after["pdfplumber"] == "Year 2023\xad24, age 18\xad24"
assert after["pdf.js"] == "Year 2023 24, age 18 24"
P
"$d/v/bin/python" "$d/t.py" "$d"
