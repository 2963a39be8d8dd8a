#!/usr/bin/env bash
# hash() of DuckDB gives 64 bits, and still the same number for many of 120,000 different texts.
#
# Expected (taken for granted before it was met): 120,000 identifiers of alerts, `20260101-0000000` and on over
#   30 days, have 120,000 hashes: of 64 bits, two alike have a chance of 1 in two thousand million.
# Happens: there are 113,600, on 1.5.6 and 2.0.1: 6,400 hashes fewer than texts. count(DISTINCT) of
#   the texts themselves is right, and texts of 12 characters have a hash each.
# Matters here: whoever keeps hash(id) in place of the id, to find what was sent twice, finds
#   thousands of repeats that are none. Hashing a short end of the text too leaves none.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
cat >"$d/t.py" <<'P'
import duckdb

counted = duckdb.sql("""
SELECT count(DISTINCT id), count(DISTINCT hash(id)), count(DISTINCT hash(substr(id, 5))),
  count(DISTINCT xor(hash(id), hash(right(id, 12))))
FROM (
  SELECT strftime(DATE '2026-01-01' + day::INTEGER, '%Y%m%d') || '-' || printf('%07d', serial) AS id
  FROM range(30) days(day), range(4000) serials(serial)
)""").fetchall()[0]
print("duckdb", duckdb.__version__, "texts, hashes, hashes of 12 characters, of both:", counted)
assert counted == (120_000, 113_600, 120_000, 120_000)
P
for version in 1.5.6 2.0.1; do
  "$d/v/bin/pip" install -q --no-compile --disable-pip-version-check --no-deps --target \
    "$d/$version" "duckdb==$version"
  PYTHONPATH="$d/$version" "$d/v/bin/python" "$d/t.py"
done
