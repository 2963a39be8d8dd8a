"""How far deployments lie apart: against hand-written sums,
and by simulation where there is nothing but chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from etl.measures.dispersion import MIN_EVENTS, MIN_ROWS, measure_spread
from etl.measures.intervals import proportion_intervals
from etl.model.queries import RowSums
from etl.queries.record import Record

RUNS = 3000


def sums(events: np.ndarray, trials: np.ndarray) -> RowSums:
    some = trials > 0
    k, n = events[some].astype(float), trials[some].astype(float)
    return RowSums(len(k), k.sum(), n.sum(), float((k * k / n).sum()), float((1 / n).sum()))


def test_the_ratio_is_pearsons_over_its_mean() -> None:
    k, n = (
        np.array([1, 4, 2, 9, 0, 3, 5, 2, 1, 7, 0]),
        np.array([10, 20, 15, 12, 30, 9, 25, 8, 14, 11, 0]),
    )
    (spread,) = measure_spread("proportion", [sums(k, n)])
    k, n = k[:-1], n[:-1]
    p = k.sum() / n.sum()
    pearson = float((((k - n * p) ** 2) / (n * p * (1 - p))).sum())
    assert spread is not None
    assert spread.ratio == pytest.approx(pearson / (9 * n.sum() / (n.sum() - 1)))
    assert spread.beyond_chance
    (rate,) = measure_spread("rate", [sums(k, n)])
    assert rate is not None
    assert rate.ratio == pytest.approx(float((((k - n * p) ** 2) / (n * p)).sum()) / 9)


def test_a_share_and_its_complement_lie_equally_far_apart() -> None:
    k, n = (
        np.array([1, 4, 2, 9, 0, 3, 5, 2, 1, 7]),
        np.array([10, 20, 15, 12, 30, 9, 25, 8, 14, 11]),
    )
    spread, other = measure_spread("proportion", [sums(k, n), sums(n - k, n)])
    assert spread is not None
    assert other is not None
    assert spread.ratio == pytest.approx(other.ratio)


@pytest.mark.parametrize(
    ("kind", "chance", "trials"),
    [
        ("proportion", 0.01, (1, 30)),  # hardly a false alert among few alerts
        ("proportion", 0.02, (1, 30)),
        ("proportion", 0.45, (1, 30)),
        ("proportion", 0.99, (1, 60)),
        ("proportion", 3e-5, (500, 50_000)),  # false alerts among faces
        ("rate", 0.6, (1, 8)),
        ("rate", 0.02, (1, 30)),
    ],
)
def test_where_there_is_nothing_but_chance_it_is_seldom_called_more(
    kind: str, chance: float, trials: tuple[int, int]
) -> None:
    random = np.random.default_rng(20250911)
    n = random.integers(*trials, size=(RUNS, 150))
    k = random.binomial(n, chance) if kind == "proportion" else random.poisson(n * chance)
    spreads = measure_spread(kind, [sums(*rows) for rows in zip(k, n, strict=True)])
    spreads_message = [spread for spread in spreads if spread is not None]
    assert len(spreads_message) > RUNS / 3
    assert np.mean([spread.ratio for spread in spreads_message]) == pytest.approx(1, abs=0.03)
    # The level is 1%; the gamma tail may be a little long or short where events are few.
    assert np.mean([spread.beyond_chance for spread in spreads_message]) < 0.025


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_beyond_chance_begins_at_the_hundredth_of_the_gamma_distribution(kind: str) -> None:
    """12 deployments with 15 events in 400 trials; the variance is written out."""
    rows, events, trials, inverses = 12, 15, 400, 0.6
    p = events / trials
    chance, mean, excess = (
        (p * (1 - p), 11 * 400 / 399, 1 - 6 * p * (1 - p)) if kind == "proportion" else (p, 11, 1)
    )
    variance = 2 * 11 * (1 - 1 / 15) + excess / chance * (0.6 - 144 / 400)
    limit = stats.gamma.isf(0.01, mean**2 / variance, scale=variance / mean)
    for pearson, beyond in ((limit * 0.999, False), (limit * 1.001, True)):
        squares = pearson * chance + events * p
        (spread,) = measure_spread(kind, [RowSums(rows, events, trials, squares, inverses)])
        assert spread is not None
        assert spread.ratio == pytest.approx(pearson / mean)
        assert spread.beyond_chance is beyond


def test_deployments_that_do_differ_are_told_and_their_interval_covers_too_seldom() -> None:
    """What the caveat says: with chances that differ from deployment to deployment the exact limits
    are too narrow."""
    random = np.random.default_rng(1)
    n = np.full((RUNS, 40), 200)
    k = random.binomial(n, random.beta(2, 18, size=n.shape))
    spreads = measure_spread("proportion", [sums(*rows) for rows in zip(k, n, strict=True)])
    assert np.mean([spread is not None and spread.beyond_chance for spread in spreads]) > 0.99
    limits = proportion_intervals(k.sum(axis=1), n.sum(axis=1))
    assert np.mean((limits.low <= 0.1) & (limits.high >= 0.1)) < 0.6


@pytest.mark.parametrize(
    "few",
    [
        None,
        RowSums(MIN_ROWS - 1, 50, 100, 30, 1),
        RowSums(50, MIN_EVENTS - 1, 1000, 1, 5),
        RowSums(50, 996, 1000, 1, 5),  # too few of the other kind
        RowSums(0, 0, 0, 0, 0),
    ],
)
def test_too_few_deployments_or_events_tell_nothing(few: RowSums | None) -> None:
    assert measure_spread("proportion", [few]) == (None,)


def test_the_record_says_where_deployments_differ(warehouse_record: Record) -> None:
    """Alerts among faces in 2025 differ from deployment to deployment;
    false alerts among alerts do not beyond chance."""
    met = {"force_id": ["metropolitan"], "year": [2025]}
    apart = warehouse_record.estimate("alerts_per_1000_faces", where=met).only()
    assert apart.spread_over_chance is not None
    assert apart.spread_over_chance > 2
    assert apart.caveats[-1] == "deployments_differ"
    alike = warehouse_record.estimate("false_share_of_alerts", where=met).only()
    assert alike.spread_over_chance == pytest.approx(1, abs=0.3)
    assert "deployments_differ" not in alike.caveats
    count = warehouse_record.estimate("alerts_count", where=met).only()
    assert count.spread_over_chance is None


@pytest.fixture
def warehouse_record(warehouse):  # type: ignore[no-untyped-def]
    record = Record(warehouse)
    yield record
    record.close()
