#!/usr/bin/env bash
# The mid-P interval of a rate with no events is (0.30, 0.30): its lower limit is not 0.
#
# Expected (written before the run): for 0 events in 10 days every method of confint_poisson has
#   a lower limit of 0 (Jeffreys: nearly) and a larger upper one.
# Happens: 'midp-c' gives 0.29957 for both, and 'sqrt' 0.096 for both, without a warning, so the
#   interval does not hold the estimate, 0. 'exact-c', 'score' and 'waldccv' give 0 below. One
#   event is enough to mend it.
# Matters here: mid-P is the usual advice for small counts, and small counts are often none.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check statsmodels==0.15.0 scipy==1.17.1
cat >"$d/t.py" <<'P'
import warnings

import scipy
import statsmodels
from statsmodels.stats.rates import confint_poisson

warnings.simplefilter("error")
methods = ("midp-c", "sqrt", "exact-c", "score", "waldccv", "jeff")
none = {m: [float(x) for x in confint_poisson(0, 10, method=m)] for m in methods}
one = {m: [float(x) for x in confint_poisson(1, 10, method=m)] for m in methods}
print("statsmodels", statsmodels.__version__, "scipy", scipy.__version__)
for method in methods:
    print(f"  {method:8} 0 events: {none[method]}  1 event: {one[method]}")
for method in ("midp-c", "sqrt"):
    low, high = none[method]
    assert low > 0.09 and abs(high - low) < 1e-6
    assert one[method][0] < 0.1 < one[method][1]
assert all(none[m][0] < 1e-4 < none[m][1] for m in methods[2:])
P
"$d/v/bin/python" "$d/t.py" "$d"
