"""How long a million intervals take in one call, against a Python loop over scipy, one value at a
time.

In: nothing; the counts are drawn with a fixed seed at the scale of the record. Out: seconds, as a
dict. The loop runs on a subset and its time is scaled up; all runs are in one process, and the
median is given."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from scipy import stats

from etl.measures.intervals import proportion_intervals, rate_intervals, rate_ratio_intervals

SIZE = 1_000_000
LOOP_SIZE = 1_000
RUNS = 3


def measure(size: int = SIZE, loop_size: int = LOOP_SIZE, runs: int = RUNS) -> dict[str, float]:
    """Median seconds for `size` intervals of each kind, and of the loop scaled to `size`."""
    random = np.random.default_rng(20250911)
    trials = random.integers(100, 5_000_000, size)
    events = random.binomial(trials, 3e-6)
    references = random.poisson(10, size) + 1

    def loop() -> None:
        for k, n in zip(events[:loop_size].tolist(), trials[:loop_size].tolist(), strict=True):
            # What is usually written by hand; scipy's `binomtest(k,
            # n).proportion_ci` takes far longer.
            _ = (
                stats.beta.ppf(0.025, k, n - k + 1) if k else 0.0,
                stats.beta.ppf(0.975, k + 1, n - k),
            )

    vectorised = _seconds(lambda: proportion_intervals(events, trials), runs)
    looped = _seconds(loop, runs) * size / loop_size
    return {
        "intervals": float(size),
        "proportion_seconds": vectorised,
        "rate_seconds": _seconds(lambda: rate_intervals(events, trials), runs),
        "rate_ratio_seconds": _seconds(
            lambda: rate_ratio_intervals(events, 1e6, references, 5e6), runs
        ),
        "loop_seconds": looped,
        "times_faster": looped / vectorised,
    }


def _seconds(call: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> None:
    print("intervals: " + "  ".join(f"{name} {value:,.2f}" for name, value in measure().items()))


if __name__ == "__main__":
    main()
