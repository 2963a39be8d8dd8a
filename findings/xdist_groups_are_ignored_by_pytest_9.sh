#!/usr/bin/env bash
# pytest-xdist's --dist loadgroup spreads the tests of a group over all workers under pytest 9.2.
#
# Expected (written before the run): tests with the mark xdist_group("one") run in one worker, as
#   the option says; a fixture of their module is made once.
# Happens: under pytest 9.2.0 both workers run them, each makes the fixture, and nothing warns.
#   xdist 3.8.0 appends "@one" to item._nodeid, which pytest 9.2 no longer reads; under pytest
#   8.4.2 the same files keep to one worker.
# Matters here: tests that share a server or a built record made each of them twice.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
cat >"$d/test_group.py" <<'P'
import pathlib
import time

import pytest

pytestmark = pytest.mark.xdist_group("one")


@pytest.fixture(scope="module")
def made(worker_id):
    with (pathlib.Path(__file__).parent / "made").open("a") as out:
        out.write(f"{worker_id}\n")


@pytest.mark.parametrize("number", range(40))
def test_number(made, number):
    time.sleep(0.01)
P
for version in 8.4.2 9.2.0; do
  python3 -m venv "$d/$version"
  "$d/$version/bin/pip" install -q --no-compile --disable-pip-version-check \
    pytest=="$version" pytest-xdist==3.8.0
  rm -f "$d/made"
  (cd "$d" && "$version/bin/python" -m pytest -q -n 2 --dist loadgroup test_group.py) >"$d/log"
  grep -q "40 passed" "$d/log"
  echo "pytest $version: the fixture of one group was made in: $(sort "$d/made" | tr '\n' ' ')"
  wc -l <"$d/made" >"$d/count-$version"
done
test "$(cat "$d/count-8.4.2")" -eq 1
test "$(cat "$d/count-9.2.0")" -eq 2
