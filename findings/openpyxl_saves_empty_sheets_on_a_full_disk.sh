#!/usr/bin/env bash
# openpyxl writes each sheet to a temporary file first. What happens where that file cannot grow?
#
# Expected (written before the run): save() raises OSError, with lxml and without, whatever the
#   size of the sheet.
# Happens: with lxml a sheet of 3 rows is saved as one byte and save() returns; one of 100 rows
#   raises lxml's SerialisationError, which is no OSError. Without lxml both raise OSError.
#   The limit on a file's size stands for a full disk of temporary files.
# Matters here: a small workbook made while that disk was full is kept as if it were whole.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
for kind in with without; do
  python3 -m venv "$d/$kind"
  "$d/$kind/bin/pip" install -q --no-compile --disable-pip-version-check openpyxl==3.1.5
done
"$d/with/bin/pip" install -q --no-compile --disable-pip-version-check lxml==6.1.3
cat >"$d/t.py" <<'P'
import io
import resource
import signal
import sys
import zipfile

import openpyxl

book = openpyxl.Workbook()
for number in range(int(sys.argv[1])):
    book.active.append([number, "Alder Street"])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
held = io.BytesIO()
try:
    book.save(held)
except Exception as error:
    print(type(error).__name__, isinstance(error, OSError))
else:
    sheet = zipfile.ZipFile(held).read("xl/worksheets/sheet1.xml")
    print("saved, bytes of the sheet:", len(sheet))
P
for kind in with without; do
  for rows in 3 100; do
    found=$("$d/$kind/bin/python" "$d/t.py" "$rows" 2>/dev/null | cat)
    echo "$kind lxml, $rows rows: $found" | tee -a "$d/out"
  done
done
grep -q "^with lxml, 3 rows: saved, bytes of the sheet: 1$" "$d/out"
grep -q "^with lxml, 100 rows: SerialisationError False$" "$d/out"
test "$(grep -c "^without lxml, .*: OSError True$" "$d/out")" = 2
