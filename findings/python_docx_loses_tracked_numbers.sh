#!/usr/bin/env bash
# A number changed with Track Changes: python-docx reads neither the old nor the new one.
#
# Expected (written before the run): '12' struck out and '15' put in reads as 15 (the text as it
#   would be accepted), or as 12, and a sentence moved elsewhere is read once.
# Happens: python-docx leaves out what was put in and what was struck out: the cell is ''.
#   docx2txt and docx2python read 15, but read a moved sentence twice, at its old and its new
#   place; mammoth has both right.
# Matters here: returns come as Word files that someone reviewed. An empty cell looks like
#   "none".
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


def run(text, kind="t"):
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def by(tag, inside):
    stamp = 'w:id="7" w:author="A" w:date="2024-01-01T00:00:00Z"'
    return f"<w:{tag} {stamp}>{inside}</w:{tag}>"


path = sys.argv[1] + "/n.docx"
changed = by("del", run("12", "delText")) + by("ins", run("15"))
body = (
    f"<w:p>{run('Alerts: ')}{changed}{run(' in May')}</w:p>"
    f"<w:p>{run('Moved: ')}{by('moveFrom', run('nine'))}</w:p>"
    f"<w:p>{run('Here: ')}{by('moveTo', run('nine'))}</w:p>"
)
docx(path, body)
with open(path, "rb") as file:
    raw = mammoth.extract_raw_text(file).value
found = {
    "python-docx": [p.text for p in python_docx.Document(path).paragraphs],
    "docx2txt": docx2txt.process(path).split("\n\n"),
    "docx2python": docx2python(path).text.split("\n\n"),
    "mammoth": raw.strip("\n").split("\n\n"),
}
print("python-docx 1.2.0, docx2txt 0.9, docx2python 3.7.1, mammoth 1.13.0")
for name, lines in found.items():
    print(f"  {name:12}", lines)
right = "Alerts: 15 in May"
assert found["python-docx"] == ["Alerts:  in May", "Moved: ", "Here: "]
for name in ("docx2txt", "docx2python"):
    assert found[name] == [right, "Moved: nine", "Here: nine"]
assert [x.strip() for x in found["mammoth"]] == [right, "Moved:", "Here: nine"]
P
"$d/v/bin/python" "$d/t.py" "$d"
