#!/usr/bin/env bash
# The interval of a ratio of two rates is a single wrong point when one rate has no events.
#
# Expected (written before the run): confint_poisson_2indep(0, 10, 3, 10, compare='ratio') is an
#   interval from 0 (the estimate) to something finite.
# Happens: its default method, 'score', gives (1.28, 1.28): the lower limit is the upper one, and
#   the estimate 0 is outside. With the areas swapped (3 against 0) the answer is a finite point
#   too. No warning for the first. compare='diff' and method='mover' are right; so is the exact
#   interval made from scipy's binomtest of 0 of 3.
# Matters here: forces with no misidentification are what a comparison of forces is about. A bar
#   from 1.28 to 1.28 says "surely more than the other force" of a force with none.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check statsmodels==0.15.0 scipy==1.17.1
cat >"$d/t.py" <<'P'
import warnings

import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.rates import confint_poisson_2indep as interval

warnings.simplefilter("ignore")
score = [float(x) for x in interval(0, 10, 3, 10, compare="ratio")]
swapped = [float(x) for x in interval(3, 10, 0, 10, compare="ratio")]
one = [float(x) for x in interval(1, 10, 3, 10, compare="ratio")]
mover = [float(x) for x in interval(0, 10, 3, 10, compare="ratio", method="mover")]
diff = [float(x) for x in interval(0, 10, 3, 10, compare="diff")]
share = stats.binomtest(0, 3).proportion_ci()
exact = [share.low / (1 - share.low), share.high / (1 - share.high)]
print("statsmodels", statsmodels.__version__, "scipy", scipy.__version__)
print("  0 against 3, default", score)
print("  3 against 0, default", swapped)
print("  1 against 3, default", one)
print("  0 against 3, mover  ", mover, "exact", [round(float(x), 2) for x in exact])
print("  0 against 3, diff   ", diff)
assert 1.28 < score[0] < 1.29 and abs(score[1] - score[0]) < 1e-6
assert 0.78 < swapped[0] < 0.79 and abs(swapped[1] - swapped[0]) < 1e-6
assert one[0] < 1 / 3 < one[1]
assert mover[0] == 0 < mover[1] and diff[0] < -0.3 < diff[1]
assert exact[0] == 0 < exact[1]
P
"$d/v/bin/python" "$d/t.py" "$d"
