#!/usr/bin/env bash
# alternative='larger' in statsmodels and 'greater' in scipy give opposite one-sided intervals.
#
# Expected (written before the run): both name the same alternative, "the share is larger", whose
#   interval has a lower limit and 1 above: (0.087, 1) for 3 of 10.
# Happens: scipy's binomtest(alternative='greater') gives (0.087, 1), statsmodels'
#   proportion_confint(alternative='larger') gives (0, 0.607). 'smaller' gives (0.087, 1). Both
#   call it the Clopper-Pearson interval, and R's binom.test goes with scipy.
# Matters here: "at least this many matches were wrong" and "at most" are swapped.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check statsmodels==0.15.0 scipy==1.17.1
cat >"$d/t.py" <<'P'
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

larger = proportion_confint(3, 10, method="beta", alternative="larger")
smaller = proportion_confint(3, 10, method="beta", alternative="smaller")
greater = stats.binomtest(3, 10, alternative="greater").proportion_ci(method="exact")
less = stats.binomtest(3, 10, alternative="less").proportion_ci(method="exact")
print("statsmodels", statsmodels.__version__, "scipy", scipy.__version__)
print("  statsmodels larger ", [round(float(x), 4) for x in larger])
print("  scipy       greater", [round(float(x), 4) for x in greater])
print("  statsmodels smaller", [round(float(x), 4) for x in smaller])
print("  scipy       less   ", [round(float(x), 4) for x in less])
assert greater.high == 1 and abs(greater.low - 0.0873) < 1e-4
assert larger[0] == 0 and abs(larger[1] - 0.6066) < 1e-4
assert smaller[1] == 1 and abs(smaller[0] - greater.low) < 1e-9
assert less.low == 0 and abs(less.high - larger[1]) < 1e-9
P
"$d/v/bin/python" "$d/t.py" "$d"
