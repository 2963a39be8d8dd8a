#!/usr/bin/env bash
# A total that Word computed (=SUM(ABOVE)) is empty in python-docx and mammoth, or not.
#
# Expected (written before the run): a field's last result is in the file as text, so every
#   reader gives it, 57.
# Happens: Word's format has two ways to store the same field. Stored as w:fldSimple, the result
#   is missing from python-docx (silently) and mammoth (with a message); as a complex field both
#   read it. docx2txt and docx2python read both.
# Matters here: the row of totals is the check on a table, and would be read as blank.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check python-docx==1.2.0 \
  docx2txt==0.9 \
  docx2python==3.7.1 mammoth==1.13.0
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


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


path = sys.argv[1] + "/n.docx"
simple = f'<w:fldSimple w:instr="=SUM(ABOVE)">{run(57)}</w:fldSimple>'
code = "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>"
whole = mark("begin") + code + mark("separate") + run(58) + mark("end")
docx(path, f"<w:p>{simple}</w:p><w:p>{whole}</w:p>")
with open(path, "rb") as file:
    raw = mammoth.extract_raw_text(file)
found = {
    "python-docx": [p.text for p in python_docx.Document(path).paragraphs],
    "mammoth": [x for x in raw.value.split("\n\n") if x],
    "docx2txt": docx2txt.process(path).split("\n\n"),
    "docx2python": docx2python(path).text.split("\n\n"),
}
print("python-docx 1.2.0, docx2txt 0.9, docx2python 3.7.1, mammoth 1.13.0")
for name, lines in found.items():
    print(f"  {name:12}", lines)
print("  mammoth's messages", [m.message for m in raw.messages if "fldSimple" in m.message])
assert found["python-docx"] == ["", "58"] and found["mammoth"] == ["58"]
assert found["docx2txt"] == found["docx2python"] == ["57", "58"]
P
"$d/v/bin/python" "$d/t.py" "$d"
