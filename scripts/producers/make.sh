#!/usr/bin/env bash
# Installs the producers in a temporary folder, lets each make its files, reads them, writes docs/producers.md.
# Debian's packages are installed where they are missing (as root); Node.js and Chromium have to be there.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd); d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
packages=(libreoffice-calc libreoffice-writer gnumeric wkhtmltopdf ghostscript qpdf fonts-dejavu-core)
missing=()
for package in "${packages[@]}"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --disable-pip-version-check weasyprint==70.0 reportlab==5.1.0 fpdf2==2.8.9 \
  xhtml2pdf==0.2.28 matplotlib==3.11.2 pymupdf==2.0 cairocffi==1.7.1 pikepdf==10.18.0 pypdf==7.1.1 \
  typst==0.15.2 openpyxl==3.1.5
mkdir "$d/npm" "$d/corpus"
npm --prefix "$d/npm" install --silent pdfmake@0.3.11 jspdf@4.2.1 jspdf-autotable@5.0.9 \
  pdfkit@0.20.2 pdf-lib@1.17.1 @pdf-lib/fontkit@1.1.1 >/dev/null
cd "$here"
"$d/v/bin/python" -m scripts.producers.make "$d/corpus" 2>"$d/made.log" || { tail -20 "$d/made.log"; exit 1; }
grep -E '^[^<]*, [a-z ]+: [A-Za-z]+(Error|Exception):' "$d/made.log" || true
(cd "$d/npm" && node "$here/scripts/producers/draw.mjs" "$d/corpus" /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf 2>&1 |
  grep -v policy || true)
.venv/bin/python -m scripts.producers "$d/corpus"
