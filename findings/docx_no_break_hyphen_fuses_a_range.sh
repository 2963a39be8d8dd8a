#!/usr/bin/env bash
# An age band with Word's no-break hyphen, 10-17: docx2txt and docx2python read 1017.
#
# Expected (written before the run): Ctrl+Shift+Hyphen is a hyphen that keeps its line together;
#   readers give '-' or U+2011.
# Happens: docx2txt and docx2python drop the element, and the two ends of the band become one
#   number. python-docx gives '-', mammoth U+2011. A minus sign put in as a symbol of the Symbol
#   font goes the same way, in python-docx too: -5 is 5.
# Matters here: bands and financial years are what people keep from breaking at the end of a
#   line.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check python-docx==1.2.0 \
  mammoth==1.13.0 \
  docx2txt==0.9 docx2python==3.7.1
cat >"$d/t.py" <<'P'
import sys
import zipfile

import docx as python_docx
import docx2txt
import mammoth
from docx2python import docx2python


def docx(path, body):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        )
        z.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        z.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}" xmlns:r="{office}"><w:body>{body}<w:sectPr/>'
            "</w:body></w:document>",
        )

path = sys.argv[1] + "/n.docx"
docx(
    path,
    "<w:p><w:r><w:t>10</w:t><w:noBreakHyphen/><w:t>17</w:t></w:r></w:p>"
    '<w:p><w:r><w:sym w:font="Symbol" w:char="F02D"/><w:t>5</w:t></w:r></w:p>',
)
with open(path, "rb") as file:
    raw = mammoth.extract_raw_text(file).value
found = {
    "python-docx": [p.text for p in python_docx.Document(path).paragraphs],
    "mammoth": raw.strip().split("\n\n"),
    "docx2txt": docx2txt.process(path).split("\n\n"),
    "docx2python": docx2python(path).text.split("\n\n"),
}
print("python-docx 1.2.0, mammoth 1.13.0, docx2txt 0.9, docx2python 3.7.1")
for name, lines in found.items():
    print(f"  {name:12}", [ascii(x) for x in lines])
assert found["python-docx"] == ["10-17", "5"]
assert found["mammoth"] == ["10\u201117", "\u22125"]
assert found["docx2txt"] == ["1017", "5"]
assert found["docx2python"][0] == "1017"
P
"$d/v/bin/python" "$d/t.py" "$d"
