#!/usr/bin/env bash
# Babel has two plural rules for Welsh: six forms for locales, five for catalogues, and 0
# differs.
#
# Expected (written before the run): a new Welsh catalogue gets the six forms of CLDR (zero, one,
#   two, few, many, other), the ones that Locale('cy').plural_form chooses from.
# Happens: the catalogue's header has nplurals=5: 0 takes the form of "other". Text written for
#   zero ("no alerts") has no place in the .po file; the form numbers differ as well, so forms
#   listed in CLDR's order go to the wrong counts.
# Matters here: a count of none is the one that needs its own Welsh wording.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check babel==2.18.0
cat >"$d/t.py" <<'P'
import ast
import re

import babel
from babel import Locale
from babel.messages.catalog import Catalog

header = Catalog(locale="cy").plural_forms
count, rule = re.match(r"nplurals=(\d+); plural=\((.*)\);$", header).groups()


def catalogue(n):
    for part in rule.split(":"):
        test, _, form = part.partition("?")
        if not form:
            return int(test)
        left, right = test.split("==")
        assert left.strip() == "n"
        if n == ast.literal_eval(right.strip()):
            return int(form)


locale = Locale("cy")
names = {n: (locale.plural_form(n), catalogue(n)) for n in (0, 1, 2, 3, 4, 6, 7, 100)}
print("babel", babel.__version__, header)
for n, pair in names.items():
    print(f"  {n:3}: locale {pair[0]:6} catalogue form {pair[1]}")
assert count == "5"
assert len({locale.plural_form(n) for n in range(20)}) == 6
assert names[0][0] == "zero" and names[4][0] == "other"
assert names[0][1] == names[4][1] == 0
P
"$d/v/bin/python" "$d/t.py" "$d"
