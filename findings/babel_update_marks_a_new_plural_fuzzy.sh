#!/usr/bin/env bash
# Babel's Catalog.update(no_fuzzy_matching=True) marks an entry fuzzy all the same.
#
# Expected: without fuzzy matching a text that becomes a plural is a new, untranslated entry, or
#   keeps its exact translation.
# Happens: the plural entry takes the old translation for its forms and gets the flag "fuzzy". A
#   reader of catalogues that leaves fuzzy entries out loses the translation.
# Matters here: "1 row" and "{count} rows" were one text before they had a form each; the Welsh
#   page fell back to English.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --disable-pip-version-check Babel==2.18.0
cat >"$d/t.py" <<'P'
import babel
from babel.messages.catalog import Catalog

own = Catalog(locale="cy")
own.add("{count} row", "{count} rhes")
template = Catalog()
template.add(("{count} row", "{count} rows"))
own.update(template, no_fuzzy_matching=True)
entry = own["{count} row"]
print("Babel", babel.__version__, entry.id, entry.string, sorted(entry.flags))
assert entry.fuzzy
assert "{count} rhes" in entry.string
P
"$d/v/bin/python" "$d/t.py"
